"""Invented people in flat colours: heads, hair, jumpers; from the front or the back."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

from config.demo.pictures.canvas import Canvas, Point, around, bend, mixed
from config.demo.pictures.hair import FRONTS, behind

_SKINS = ["#f6d7bd", "#efc4a0", "#e2ad86", "#c98f65", "#b3784f", "#8d5a3a", "#6f4429", "#55321f"]
_HOW_MANY = [6, 6, 5, 4, 3, 3, 2, 1]
_DARK = ["#17110e", "#241712", "#2f1d14", "#3c2a1e"]
_LIGHT = ["#6b4423", "#8a5a2b", "#b5762a", "#d3a44f", "#a3472a", *_DARK]
_SCARVES = ["#31506b", "#7a5c86", "#8c3f4d", "#3f6b5c", "#c9b48a", "#4a4a57"]


@dataclass(frozen=True)
class Figure:
    """How one person looks."""

    skin: str
    hair: str
    style: str
    top: str
    glasses: bool = False
    tie: str = ""
    back: bool = False
    grown: bool = False


def somebody(dice: Random, top: str, *, tie: str = "", grown: bool = False) -> Figure:
    """A person of any background."""
    tone = dice.choices(range(len(_SKINS)), _HOW_MANY)[0]
    dark = tone >= 4
    styles = [
        "short",
        "side",
        "bob",
        "long",
        "ponytail",
        "curly",
        "bun",
        "hijab",
        "plaits",
        "patka",
    ]
    if dark:
        styles = [
            "fade",
            "afro",
            "puffs",
            "locs",
            "curly",
            "plaits",
            "bun",
            "hijab",
            "long",
            "fade",
        ]
    style = dice.choice(styles)
    hair = dice.choice(_DARK if dark or style in {"patka", "hijab"} else _LIGHT)
    if style in {"hijab", "patka"}:
        hair = dice.choice(_SCARVES)
    if grown and dice.random() < 0.25 and style != "hijab":
        hair = "#8b8b8d"
    return Figure(_SKINS[tone], hair, style, top, dice.random() < 0.16, tie, grown=grown)


def bust(c: Canvas, x: float, y: float, s: float, who: Figure, *, low: float) -> None:
    """From the waist up. `x`, `y`: middle of the head; `s`: its half height; `low`: the end."""
    behind(c, x, y, s, who.style, who.hair)
    _jumper(c, x, y, s, who, low)
    _head(c, x, y, s, who)


def _jumper(c: Canvas, x: float, y: float, s: float, who: Figure, low: float) -> None:
    left = bend((x - 1.75 * s, low), (x - 1.95 * s, y + 1.35 * s), (x, y + 1.35 * s))
    right = bend((x, y + 1.35 * s), (x + 1.95 * s, y + 1.35 * s), (x + 1.75 * s, low))
    c.shape(left + right, who.top)
    shade = mixed(who.top, "#000000", 0.14)
    for side in (-1, 1):
        c.line([(x + side * 1.12 * s, y + 3.1 * s), (x + side * 1.06 * s, low)], shade, s * 0.07)
    _collar(c, x, y, s, who)


def _collar(c: Canvas, x: float, y: float, s: float, who: Figure) -> None:
    white = "#f7f5ef"
    c.rect(x - 0.33 * s, y + 0.5 * s, 0.66 * s, 1.05 * s, who.skin, r=0.25 * s)
    c.arc(x, y + 0.84 * s, 0.36 * s, 0.2 * s, (10, 170), mixed(who.skin, "#5a2d16", 0.22), s * 0.09)
    neck: list[Point] = [
        (x - 0.36 * s, y + 1.38 * s),
        (x, y + 1.92 * s),
        (x + 0.36 * s, y + 1.38 * s),
    ]
    c.shape(neck, who.skin)
    for side in (-1, 1):
        c.shape(
            [
                (x + side * 0.34 * s, y + 1.24 * s),
                (x + side * 0.78 * s, y + 1.5 * s),
                (x + side * 0.5 * s, y + 1.98 * s),
                (x, y + 1.88 * s),
            ],
            white,
        )
    if who.tie:
        c.shape(
            [(x - 0.15 * s, y + 1.84 * s), (x + 0.15 * s, y + 1.84 * s), (x, y + 2.15 * s)], who.tie
        )
        c.shape(
            [
                (x, y + 2.0 * s),
                (x + 0.2 * s, y + 3.2 * s),
                (x, y + 3.45 * s),
                (x - 0.2 * s, y + 3.2 * s),
            ],
            who.tie,
        )


def _head(c: Canvas, x: float, y: float, s: float, who: Figure) -> None:
    if who.back:
        c.oval(x, y, 0.94 * s, s, who.hair)
        c.oval(x, y + 0.62 * s, 0.6 * s, 0.4 * s, mixed(who.hair, "#000000", 0.12))
        return
    shade = mixed(who.skin, "#7a3b1d", 0.16)
    for side in (-1, 1):
        c.oval(x + side * 0.9 * s, y + 0.06 * s, 0.15 * s, 0.21 * s, shade)
    c.oval(x, y, 0.9 * s, s, who.skin)
    _face(c, x, y, s, who)
    FRONTS[who.style](c, x, y, s, who.hair)
    if who.glasses:
        for side in (-1, 1):
            c.ring(x + side * 0.36 * s, y + 0.04 * s, 0.25 * s, "#2b2b33", s * 0.06)
        c.line([(x - 0.11 * s, y + 0.02 * s), (x + 0.11 * s, y + 0.02 * s)], "#2b2b33", s * 0.06)


def _face(c: Canvas, x: float, y: float, s: float, who: Figure) -> None:
    blush = mixed(who.skin, "#d9534f", 0.2)
    for side in (-1, 1):
        c.oval(x + side * 0.5 * s, y + 0.33 * s, 0.17 * s, 0.12 * s, blush)
        c.oval(x + side * 0.34 * s, y + 0.03 * s, 0.085 * s, 0.11 * s, "#1f1713")
        c.dot(x + side * 0.34 * s + 0.03 * s, y - 0.01 * s, 0.032 * s, "#ffffff")
        brow = mixed(who.skin, "#20120b", 0.62)
        c.arc(x + side * 0.34 * s, y - 0.13 * s, 0.17 * s, 0.1 * s, (210, 330), brow, s * 0.045)
    c.arc(
        x, y + 0.2 * s, 0.07 * s, 0.07 * s, (20, 160), mixed(who.skin, "#5a2d16", 0.35), s * 0.045
    )
    mouth = "#7a2b2b" if int(who.skin[1:3], 16) > 120 else "#c4625c"
    smile = around(x, y + 0.36 * s, 0.34 * s, 0.3 * s, 10, 170)
    if (len(who.style) + int(who.skin[1:3], 16)) % 3 == 0:
        c.shape(smile, mouth)
        c.shape(around(x, y + 0.37 * s, 0.27 * s, 0.09 * s, 0, 180), "#fffaf2")
    else:
        c.line(smile, mouth, s * 0.07)


# ── whole people ─────────────────────────────────────────────────────────────────────────────────
def standing(
    c: Canvas,
    x: float,
    feet: float,
    s: float,
    who: Figure,
    *,
    arms: str = "down",
    skirt: bool = False,
    shadow: str = "#8f9a8a",
) -> None:
    """Head to foot. `feet`: where they stand; `s`: half the head's height; arms up, down or out."""
    hips, shoulders, head = feet - 3.5 * s, feet - 6.3 * s, feet - 7.85 * s
    c.oval(x, feet + 0.05 * s, 1.5 * s, 0.22 * s, shadow)
    dark = "#353a45" if not who.grown else "#2c3644"
    for side in (-1, 1):
        c.line([(x + side * 0.42 * s, hips), (x + side * 0.48 * s, feet - 0.3 * s)], dark, s * 0.62)
        c.oval(x + side * 0.6 * s, feet - 0.1 * s, 0.46 * s, 0.22 * s, "#2a2420")
    if skirt:
        c.shape(
            [
                (x - 0.8 * s, hips - 0.3 * s),
                (x + 0.8 * s, hips - 0.3 * s),
                (x + 1.15 * s, hips + 1.4 * s),
                (x - 1.15 * s, hips + 1.4 * s),
            ],
            dark,
        )
    behind(c, x, head, s, who.style, who.hair)
    c.rect(x - 1.02 * s, shoulders, 2.04 * s, hips - shoulders + 0.15 * s, who.top, r=0.75 * s)
    c.rect(x - 0.92 * s, hips - 1.2 * s, 1.84 * s, 1.3 * s, who.top, r=0.25 * s)
    _arms(c, x, shoulders, s, who, arms)
    c.rect(x - 0.3 * s, head + 0.6 * s, 0.6 * s, 1.15 * s, who.skin, r=0.2 * s)
    for side in (-1, 1):
        c.shape(
            [
                (x, shoulders + 0.42 * s),
                (x + side * 0.24 * s, shoulders - 0.12 * s),
                (x + side * 0.58 * s, shoulders + 0.1 * s),
            ],
            "#f7f5ef",
        )
    _head(c, x, head, s, who)


def _arms(c: Canvas, x: float, shoulders: float, s: float, who: Figure, arms: str) -> None:
    sleeve = mixed(who.top, "#000000", 0.1)
    hands = {"down": (1.35, 2.6), "up": (1.75, -1.5), "out": (2.3, 0.9)}
    elbows = {"down": (1.3, 1.4), "up": (1.85, 0.1), "out": (1.55, 1.2)}
    for side in (-1, 1):
        pose = arms if arms != "wave" else ("up" if side > 0 else "down")
        ex, ey = elbows[pose]
        hx, hy = hands[pose]
        start = (x + side * 0.78 * s, shoulders + 0.5 * s)
        elbow = (x + side * ex * s, shoulders + ey * s)
        hand = (x + side * hx * s, shoulders + hy * s)
        c.line([start, elbow, hand], sleeve, s * 0.52)
        c.dot(hand[0], hand[1] + (0.1 if pose == "down" else -0.1) * s, 0.3 * s, who.skin)


def seated(c: Canvas, x: float, y: float, s: float, who: Figure) -> None:
    """In a wheelchair, from the front. `y`: the ground."""
    lap = y - 2.9 * s
    for side in (-1, 1):
        c.oval(x + side * 1.55 * s, y - 1.5 * s, 0.34 * s, 1.5 * s, "#3b4652")
        c.oval(x + side * 1.55 * s, y - 1.5 * s, 0.18 * s, 1.2 * s, "#8694a3")
    c.rect(x - 1.35 * s, lap - 2.6 * s, 2.7 * s, 3.4 * s, "#4a5663", r=0.5 * s)
    behind(c, x, lap - 4.5 * s, s, who.style, who.hair)
    c.rect(x - 1.05 * s, lap - 2.9 * s, 2.1 * s, 3.0 * s, who.top, r=0.75 * s)
    _arms(c, x, lap - 2.9 * s, s, who, "down")
    c.rect(x - 1.05 * s, lap - 0.3 * s, 2.1 * s, 1.0 * s, "#353a45", r=0.45 * s)
    for side in (-1, 1):
        c.line(
            [(x + side * 0.55 * s, lap + 0.4 * s), (x + side * 0.55 * s, y - 0.5 * s)],
            "#353a45",
            s * 0.62,
        )
        c.oval(x + side * 0.6 * s, y - 0.3 * s, 0.5 * s, 0.24 * s, "#2a2420")
    c.rect(x - 1.2 * s, y - 0.16 * s, 2.4 * s, 0.18 * s, "#8694a3", r=0.08 * s)
    c.rect(x - 0.3 * s, lap - 3.8 * s, 0.6 * s, 1.15 * s, who.skin, r=0.2 * s)
    _head(c, x, lap - 4.5 * s, s, who)
