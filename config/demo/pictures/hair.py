"""Hair of every kind, in flat colours."""

from __future__ import annotations

from collections.abc import Callable

from config.demo.pictures.canvas import Canvas, around, bend, mixed


def _cap(c: Canvas, x: float, y: float, s: float, hair: str, *, low: float, fringe: float) -> None:
    """The top of the head. `low`: how far down at the sides, `fringe`: how far over the brow."""
    outer = around(x, y - 0.02 * s, 0.97 * s, 1.06 * s, 180 - low, 360 + low)
    right, left = outer[-1], outer[0]
    middle = (x, y - (0.95 - fringe) * s)
    inner = bend(right, (x + 0.72 * s, y - 0.72 * s), middle)
    inner += bend(middle, (x - 0.72 * s, y - 0.72 * s), left)
    c.shape(outer + inner, hair)


def _short(c: Canvas, x: float, y: float, s: float, hair: str) -> None:
    _cap(c, x, y, s, hair, low=2, fringe=0.42)
    for step in (-0.5, -0.15, 0.2):
        c.shape(
            [
                (x + step * s, y - 0.62 * s),
                (x + (step + 0.34) * s, y - 0.62 * s),
                (x + (step + 0.1) * s, y - 0.38 * s),
            ],
            hair,
        )


def _side(c: Canvas, x: float, y: float, s: float, hair: str) -> None:
    outer = around(x, y - 0.02 * s, 0.97 * s, 1.06 * s, 178, 364)
    inner = bend(outer[-1], (x + 0.66 * s, y - 0.35 * s), (x + 0.5 * s, y - 0.62 * s))
    inner += bend((x + 0.5 * s, y - 0.62 * s), (x - 0.5 * s, y - 0.28 * s), outer[0])
    c.shape(outer + inner, hair)


def _fade(c: Canvas, x: float, y: float, s: float, hair: str) -> None:
    _cap(c, x, y, s, hair, low=-8, fringe=0.34)


def _curly(c: Canvas, x: float, y: float, s: float, hair: str) -> None:
    for px, py in around(x, y - 0.12 * s, 0.82 * s, 0.84 * s, 175, 365)[::2]:
        c.dot(px, py, 0.3 * s, hair)
    _cap(c, x, y, s, hair, low=-5, fringe=0.36)


def _long(c: Canvas, x: float, y: float, s: float, hair: str) -> None:
    outer = around(x, y - 0.02 * s, 0.98 * s, 1.06 * s, 172, 368)
    inner = bend(outer[-1], (x + 0.86 * s, y - 0.6 * s), (x + 0.12 * s, y - 0.8 * s))
    inner += bend((x + 0.12 * s, y - 0.8 * s), (x - 0.8 * s, y - 0.62 * s), outer[0])
    c.shape(outer + inner, hair)


def _bob(c: Canvas, x: float, y: float, s: float, hair: str) -> None:
    _cap(c, x, y, s, hair, low=4, fringe=0.5)
    for side in (-1, 1):
        c.shape(
            [
                (x + side * 1.0 * s, y - 0.3 * s),
                (x + side * 0.72 * s, y - 0.45 * s),
                (x + side * 0.74 * s, y + 0.62 * s),
                (x + side * 1.06 * s, y + 0.62 * s),
            ],
            hair,
        )


def _bun(c: Canvas, x: float, y: float, s: float, hair: str) -> None:
    c.dot(x, y - 1.16 * s, 0.36 * s, hair)
    _cap(c, x, y, s, hair, low=-2, fringe=0.3)


def _puffs(c: Canvas, x: float, y: float, s: float, hair: str) -> None:
    for side in (-1, 1):
        c.dot(x + side * 0.82 * s, y - 0.82 * s, 0.46 * s, hair)
        c.dot(x + side * 0.58 * s, y - 0.66 * s, 0.13 * s, "#e0b552")
    _cap(c, x, y, s, hair, low=-6, fringe=0.32)


def _hijab(c: Canvas, x: float, y: float, s: float, hair: str) -> None:
    outer = around(x, y, 1.12 * s, 1.18 * s, 0, 360)
    hole = around(x, y + 0.1 * s, 0.76 * s, 0.86 * s, 360, 0)
    c.shape([*outer, *hole], hair)
    under = bend((x - 0.9 * s, y + 0.55 * s), (x, y + 1.45 * s), (x + 0.9 * s, y + 0.55 * s))
    right = bend((x + 1.08 * s, y + 0.3 * s), (x + 1.0 * s, y + 2.0 * s), (x, y + 2.05 * s))
    left = bend((x, y + 2.05 * s), (x - 1.0 * s, y + 2.0 * s), (x - 1.08 * s, y + 0.3 * s))
    c.shape(under + right + left, hair)
    fold = mixed(hair, "#000000", 0.16)
    c.line(
        bend((x - 0.8 * s, y + 0.95 * s), (x, y + 1.7 * s), (x + 0.7 * s, y + 1.2 * s)),
        fold,
        s * 0.06,
    )


def _patka(c: Canvas, x: float, y: float, s: float, hair: str) -> None:
    c.dot(x, y - 1.08 * s, 0.24 * s, hair)
    _cap(c, x, y, s, hair, low=-4, fringe=0.36)
    c.arc(x, y - 0.06 * s, 0.9 * s, 0.82 * s, (205, 335), mixed(hair, "#ffffff", 0.25), s * 0.07)


def _tied(c: Canvas, x: float, y: float, s: float, hair: str) -> None:
    _cap(c, x, y, s, hair, low=0, fringe=0.36)


FRONTS: dict[str, Callable[[Canvas, float, float, float, str], None]] = {
    "short": _short,
    "side": _side,
    "fade": _fade,
    "curly": _curly,
    "afro": _fade,
    "long": _long,
    "locs": _fade,
    "bob": _bob,
    "bun": _bun,
    "puffs": _puffs,
    "hijab": _hijab,
    "patka": _patka,
    "ponytail": _tied,
    "plaits": _tied,
}


def behind(c: Canvas, x: float, y: float, s: float, style: str, hair: str) -> None:
    """Hair that hangs behind the shoulders or stands round the head."""
    if style == "long":
        c.rect(x - 1.06 * s, y - 0.5 * s, 2.12 * s, 2.7 * s, hair, r=0.6 * s)
    elif style == "afro":
        c.oval(x, y - 0.2 * s, 1.34 * s, 1.28 * s, hair)
    elif style == "locs":
        for step in range(-5, 6):
            c.line(
                [(x + step * 0.17 * s, y - 0.7 * s), (x + step * 0.225 * s, y + 1.2 * s)],
                hair,
                s * 0.2,
            )
    elif style == "ponytail":
        tail = bend(
            (x + 0.5 * s, y - 0.9 * s), (x + 2.1 * s, y - 0.5 * s), (x + 1.3 * s, y + 1.5 * s)
        )
        c.line(tail, hair, s * 0.42)
    elif style == "plaits":
        for side in (-1, 1):
            for step in range(7):
                c.dot(
                    x + side * (0.96 + 0.02 * step) * s, y + (0.35 + 0.27 * step) * s, 0.2 * s, hair
                )
            c.dot(x + side * 1.09 * s, y + 2.2 * s, 0.14 * s, "#d7aa48")
