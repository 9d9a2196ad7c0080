"""Pictures that pupils painted."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

from config.demo.pictures.canvas import Canvas, bend, mixed
from config.demo.pictures.things import CHEERFUL

Colours = list[str]


def painting(c: Canvas, dice: Random, x: float, y: float) -> None:
    """One of five kinds, in the colours the dice choose; `x`, `y`: the corner above left."""
    back = mixed(dice.choice(CHEERFUL), "#ffffff", 0.55)
    c.rect(x, y, 272, 342, back)
    colours = dice.sample(CHEERFUL, 3)
    dice.choice(_KINDS)(c, x, y, *colours)


def _vase(c: Canvas, x: float, y: float, one: str, two: str, three: str) -> None:
    c.shape(
        bend((x + 90, y + 190), (x + 30, y + 320), (x + 136, y + 322))
        + bend((x + 136, y + 322), (x + 242, y + 320), (x + 182, y + 190)),
        one,
    )
    for px, py in [(70, 90), (136, 60), (204, 100), (110, 130), (170, 135)]:
        c.line([(x + 136, y + 200), (x + px, y + py)], "#57804a", 7)
        c.dot(x + px, y + py, 34, two if px % 20 else three)
        c.dot(x + px, y + py, 12, "#fbf3d5")


def _hills(c: Canvas, x: float, y: float, one: str, two: str, _three: str) -> None:
    c.dot(x + 195, y + 85, 44, "#e0b552")
    c.shape(
        [
            (x, y + 342),
            *bend((x, y + 210), (x + 90, y + 120), (x + 272, y + 240)),
            (x + 272, y + 342),
        ],
        one,
    )
    c.shape(
        [
            (x, y + 342),
            *bend((x, y + 270), (x + 160, y + 190), (x + 272, y + 290)),
            (x + 272, y + 342),
        ],
        two,
    )


def _bird(c: Canvas, x: float, y: float, one: str, two: str, _three: str) -> None:
    c.oval(x + 130, y + 190, 84, 62, one)
    c.dot(x + 200, y + 130, 44, one)
    c.shape([(x + 238, y + 120), (x + 268, y + 134), (x + 238, y + 146)], "#d98b3d")
    c.dot(x + 212, y + 122, 8, "#22262b")
    c.shape(
        [*bend((x + 60, y + 170), (x + 130, y + 110), (x + 170, y + 200)), (x + 90, y + 236)],
        two,
    )
    c.line([(x + 110, y + 250), (x + 104, y + 300)], "#6b4423", 8)
    c.line([(x + 150, y + 250), (x + 152, y + 300)], "#6b4423", 8)


def _shapes(c: Canvas, x: float, y: float, one: str, two: str, three: str) -> None:
    c.dot(x + 96, y + 104, 70, one)
    c.rect(x + 120, y + 130, 120, 120, two)
    c.shape([(x + 40, y + 310), (x + 120, y + 180), (x + 200, y + 310)], three)


def _fish(c: Canvas, x: float, y: float, one: str, two: str, _three: str) -> None:
    c.oval(x + 128, y + 172, 92, 58, one)
    c.shape([(x + 200, y + 172), (x + 258, y + 122), (x + 258, y + 222)], one)
    c.dot(x + 84, y + 156, 11, "#fbf8f0")
    for number in range(4):
        c.arc(x + 110 + number * 24, y + 172, 18, 34, (270, 450), two, 8)
    c.line(bend((x, y + 300), (x + 130, y + 250), (x + 272, y + 310)), "#5aa0cf", 14)


_KINDS: list[Callable[[Canvas, float, float, str, str, str], None]] = [
    _vase,
    _hills,
    _bird,
    _shapes,
    _fish,
]
