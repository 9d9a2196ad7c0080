"""What stands about in a school: tables, windows, boards, trees, bunting, models."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random

from config.demo.pictures.canvas import HEIGHT, WIDTH, Canvas, Point, around, bend, mixed
from config.demo.pictures.figures import Figure, bust, standing

CHEERFUL = ["#c6692f", "#e0b552", "#2f6a74", "#8fb4c9", "#93b382", "#b23a3a", "#d98f6a", "#7a5c86"]
WOOD = "#b98d5f"


def row(
    c: Canvas,
    dice: Random,
    who: Sequence[Figure],
    head: float,
    s: float,
    *,
    wide: float,
    low: float = HEIGHT + 40,
) -> None:
    """People side by side from the waist up, each a little taller or shorter.

    `head`: about where their heads are; `low`: where they end, behind a table or below the picture.
    """
    step = wide / max(1, len(who))
    left = (WIDTH - wide) / 2 + step / 2
    for place, figure in enumerate(who):
        tall = dice.uniform(-0.35, 0.35) * s - (1.2 * s if figure.grown else 0)
        size = s * (1.08 if figure.grown else 1)
        x = left + place * step + dice.uniform(-0.1, 0.1) * s
        bust(c, x, head + tall, size, figure, low=low)


def crowd(
    c: Canvas,
    dice: Random,
    who: Sequence[Figure],
    ground: float,
    s: float,
    *,
    wide: float,
    poses: Sequence[str],
    shadow: str = "#8f9a8a",
) -> None:
    """People head to foot, in one or two rows."""
    half = (len(who) + 1) // 2 if len(who) > 6 else len(who)
    rows = [who[half:], who[:half]] if len(who) > half else [who]
    for depth, line in enumerate(rows):
        size = s * (1 - 0.12 * (len(rows) - 1 - depth))
        feet = ground - 150 * (len(rows) - 1 - depth)
        step = wide / max(1, len(line))
        for place, figure in enumerate(line):
            x = (WIDTH - wide) / 2 + step * (place + 0.5) + dice.uniform(-0.12, 0.12) * step
            tall = size * (1.16 if figure.grown else dice.uniform(0.94, 1.04))
            pose, skirt = dice.choice(poses), dice.random() < 0.4
            standing(c, x, feet, tall, figure, arms=pose, skirt=skirt, shadow=shadow)


def room(c: Canvas, wall: str, floor: str, *, at: float = 800) -> None:
    """Wall, skirting board and floor."""
    c.rect(0, 0, WIDTH, at, wall)
    c.rect(0, at, WIDTH, HEIGHT - at, floor)
    c.rect(0, at - 12, WIDTH, 16, mixed(floor, "#000000", 0.16))


def window(c: Canvas, x: float, y: float, w: float, h: float, sky: str = "#cfe3ef") -> None:
    """A window with four panes."""
    c.rect(x - 14, y - 14, w + 28, h + 28, "#f7f5ef", r=10)
    c.rect(x, y, w, h, sky)
    c.oval(x + w * 0.3, y + h * 0.35, w * 0.2, h * 0.08, "#ffffff")
    c.rect(x + w / 2 - 7, y, 14, h, "#f7f5ef")
    c.rect(x, y + h / 2 - 7, w, 14, "#f7f5ef")


def board(c: Canvas, x: float, y: float, w: float, h: float, colour: str = "#3c5a4d") -> None:
    """A board with chalk lines that say nothing."""
    c.rect(x - 12, y - 12, w + 24, h + 24, "#caa36a", r=8)
    c.rect(x, y, w, h, colour)
    chalk = mixed(colour, "#ffffff", 0.62)
    for number in range(3):
        long = w * (0.5, 0.7, 0.4)[number]
        c.line([(x + 40, y + 55 + number * 50), (x + 40 + long, y + 55 + number * 50)], chalk, 7)
    c.ring(x + w - 80, y + h - 80, 40, chalk, 6)


def papers(c: Canvas, dice: Random, x: float, y: float, across: int, down: int) -> None:
    """Pictures pinned to the wall: suns, hills and spots."""
    for i in range(across):
        for j in range(down):
            px, py = x + i * 170, y + j * 150
            back = mixed(dice.choice(CHEERFUL), "#ffffff", 0.68)
            c.rect(px + 5, py + 6, 140, 120, "#d8cfba")
            c.rect(px, py, 140, 120, back)
            _little_picture(c, dice, px, py)
            c.dot(px + 70, py + 6, 6, "#b23a3a")


def _little_picture(c: Canvas, dice: Random, x: float, y: float) -> None:
    tint = dice.choice(CHEERFUL)
    kind = dice.randrange(4)
    if kind == 0:
        c.dot(x + 100, y + 38, 18, "#e0b552")
        c.shape(
            [
                (x, y + 120),
                *bend((x, y + 80), (x + 60, y + 45), (x + 140, y + 90)),
                (x + 140, y + 120),
            ],
            tint,
        )
    elif kind == 1:
        for number in range(5):
            c.dot(x + 24 + number * 23, y + 40 + (number % 2) * 42, 15, CHEERFUL[(number * 3) % 8])
    elif kind == 2:
        c.dot(x + 70, y + 52, 22, tint)
        for px, py in around(x + 70, y + 52, 34, 34, 0, 360)[::10]:
            c.dot(px, py, 11, tint)
        c.line([(x + 70, y + 76), (x + 70, y + 112)], "#57804a", 6)
    else:
        c.shape([(x + 25, y + 100), (x + 70, y + 30), (x + 115, y + 100)], tint)
        c.rect(x + 58, y + 72, 24, 28, "#fffaf0")


def table(c: Canvas, y: float, colour: str = WOOD, *, x: float = 90, w: float = 1420) -> None:
    """A long table across the picture."""
    c.rect(x, y, w, 46, colour, r=10)
    c.rect(x + 12, y + 42, w - 24, 16, mixed(colour, "#000000", 0.2), r=6)
    for side in (x + 70, x + w - 110):
        c.rect(side, y + 54, 40, HEIGHT - y, mixed(colour, "#000000", 0.28))


def bunting(c: Canvas, y: float, dip: float = 90) -> None:
    """Little flags on a line."""
    for part in range(4):
        line = bend((part * 400, y), (part * 400 + 200, y + dip * 2), ((part + 1) * 400, y), 24)
        c.line(line, "#8c7a5a", 5)
        for number, (x, top) in enumerate(line[2:-2:4]):
            tint = CHEERFUL[(number + part * 3) % len(CHEERFUL)]
            c.shape([(x - 26, top), (x + 26, top), (x, top + 56)], tint)


def tree(c: Canvas, x: float, ground: float, size: float, leaf: str) -> None:
    """A round tree."""
    c.rect(x - size * 0.09, ground - size * 0.8, size * 0.18, size * 0.8, "#7a5a3d", r=8)
    light = mixed(leaf, "#ffffff", 0.12)
    for dx, dy, r in [(0, -1.25, 0.5), (-0.36, -0.98, 0.38), (0.36, -0.98, 0.38), (0, -0.9, 0.42)]:
        c.dot(x + dx * size, ground + dy * size, r * size, leaf)
    c.dot(x - 0.16 * size, ground - 1.36 * size, 0.22 * size, light)


def hills(c: Canvas, sky: str, far: str, near: str, *, horizon: float = 640) -> None:
    """Sky, a far hill and a field."""
    c.rect(0, 0, WIDTH, HEIGHT, sky)
    back: list[Point] = [
        (0, horizon),
        *bend((0, horizon - 20), (500, horizon - 240), (1600, horizon)),
    ]
    c.shape([*back, (1600, HEIGHT), (0, HEIGHT)], far)
    front = bend((0, horizon + 60), (900, horizon - 60), (1600, horizon + 40))
    c.shape([*front, (1600, HEIGHT), (0, HEIGHT)], near)


def cloud(c: Canvas, x: float, y: float, s: float) -> None:
    """A cloud."""
    for dx, dy, r in [(-1.0, 0.1, 0.6), (0, -0.25, 0.85), (1.0, 0.1, 0.62)]:
        c.dot(x + dx * s, y + dy * s, r * s, "#ffffff")
    c.rect(x - 1.5 * s, y + 0.1 * s, 3 * s, 0.6 * s, "#ffffff", r=0.3 * s)


def aqueduct(c: Canvas, x: float, base: float, arches: int, size: float) -> None:
    """A model of cardboard, with water on top."""
    stone, shade = "#c2ae8e", "#a8926f"
    wide = arches * size
    c.rect(x - 12, base - size * 1.75, wide + 24, size * 0.3, stone, r=6)
    for number in range(arches + 1):
        c.rect(x + number * size - size * 0.12, base - size * 1.5, size * 0.24, size * 1.5, stone)
        c.rect(x + number * size + size * 0.04, base - size * 1.5, size * 0.08, size * 1.5, shade)
    for number in range(arches):
        middle = x + (number + 0.5) * size
        c.arc(middle, base - size * 0.95, size * 0.44, size * 0.46, (180, 360), stone, size * 0.16)
    c.rect(x - 12, base - size * 1.85, wide + 24, size * 0.12, "#5aa0cf", r=4)


def books(c: Canvas, dice: Random, x: float, shelf: float, wide: float) -> None:
    """Books side by side on a shelf."""
    right = x + wide
    while x < right - 30:
        thick, tall = dice.randint(22, 46), dice.randint(120, 190)
        thick = min(thick, int(right - x))
        tint = dice.choice(CHEERFUL)
        c.rect(x, shelf - tall, thick, tall, tint, r=4)
        c.rect(x + 4, shelf - tall + 24, thick - 8, 10, mixed(tint, "#ffffff", 0.55))
        x += thick + dice.choice([2, 2, 3, 14])
