"""Clubs and gatherings inside the school. Each is given who is in it, in order from the left."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random

from config.demo.pictures.canvas import Canvas, around, bend, mixed
from config.demo.pictures.figures import Figure, bust, seated, standing
from config.demo.pictures.things import (
    CHEERFUL,
    WOOD,
    board,
    bunting,
    crowd,
    papers,
    room,
    row,
    table,
    window,
)

People = Sequence[Figure]
_WALLS = ["#e9e2d2", "#e4e9e2", "#efe3d6", "#dfe7ea", "#ece4ea"]


def coding(c: Canvas, dice: Random, who: People) -> None:
    """At the laptops, with a little robot."""
    room(c, "#dde5ee", "#c3c7cf")
    board(c, 520, 80, 560, 260, "#22364d")
    for number, tint in enumerate(["#93b382", "#e0b552", "#8fb4c9", "#d98f6a"]):
        c.rect(570 + number * 20, 120 + number * 48, 220 + number * 40, 26, tint, r=10)
    window(c, 120, 90, 260, 260)
    papers(c, dice, 1180, 90, 2, 2)
    row(c, dice, who, 580, 82 if len(who) < 5 else 66, wide=1360, low=1040)
    table(c, 1020, "#cbb593")
    count = max(2, len(who))
    for place in range(count):
        x = 120 + 1360 / count * (place + 0.5)
        c.rect(x - 118, 870, 236, 148, "#56616e", r=12)
        c.dot(x, 944, 18, "#cdd6df")
        c.rect(x - 140, 1012, 280, 18, "#8694a3", r=8)
    _robot(c, 800, 1010)


def _robot(c: Canvas, x: float, base: float) -> None:
    c.rect(x - 44, base - 130, 88, 84, "#e0b552", r=16)
    c.rect(x - 34, base - 50, 68, 44, "#c6692f", r=10)
    for side in (-1, 1):
        c.dot(x + side * 18, base - 92, 11, "#22364d")
        c.dot(x + side * 26, base - 4, 14, "#3b4652")
    c.line([(x, base - 130), (x, base - 160)], "#3b4652", 6)
    c.dot(x, base - 166, 10, "#b23a3a")


def baking(c: Canvas, dice: Random, who: People) -> None:
    """Bread and cakes on the table."""
    room(c, "#f3e7dc", "#c9b8a2")
    for x in range(0, 1600, 100):
        for y in range(0, 380, 100):
            c.rect(
                x + 3,
                y + 3,
                94,
                94,
                mixed("#dbe8e6", "#ffffff", 0.4 if (x + y) % 200 else 0.0),
                r=4,
            )
    for x in (220, 640, 1060):
        c.rect(x, 190, 320, 20, WOOD, r=6)
        for number in range(4):
            c.rect(x + 24 + number * 74, 110, 50, 80, CHEERFUL[(number * 3 + x) % 8], r=12)
    row(c, dice, who, 560, 82 if len(who) < 5 else 66, wide=1340, low=1010)
    table(c, 990, "#d9bd8e")
    for place in range(6):
        x = 230 + place * 228
        if place % 2:
            c.shape(around(x, 985, 100, 66, 180, 360), "#b9783f")
            for cut in (-44, 0, 44):
                c.line([(x + cut - 10, 952), (x + cut + 12, 938)], "#e9c48c", 8)
        else:
            c.shape([(x - 46, 930), (x + 46, 930), (x + 34, 992), (x - 34, 992)], "#8fb4c9")
            c.shape(around(x, 932, 58, 52, 180, 360), "#f6dfe4")
            c.dot(x, 878, 12, "#b23a3a")


def chess(c: Canvas, dice: Random, who: People) -> None:
    """The chess club."""
    room(c, "#e3e1d3", "#a58c6d")
    window(c, 140, 80, 300, 320)
    papers(c, dice, 640, 100, 2, 2)
    c.rect(1120, 120, 330, 250, "#fbf8f0", r=8)
    for i in range(8):
        for j in range(6):
            if (i + j) % 2:
                c.rect(1125 + i * 40, 125 + j * 40, 40, 40, "#8a6a4a")
    row(c, dice, who, 590, 86 if len(who) < 5 else 68, wide=1260, low=1030)
    table(c, 1010, "#b08a5e")
    for place in range(8):
        x = 350 + place * 128
        tint = "#2b2622" if place % 2 else "#f4ecdc"
        tall = (90, 120, 74)[place % 3]
        c.shape(
            [(x - 34, 1012), (x + 34, 1012), (x + 16, 1012 - tall), (x - 16, 1012 - tall)], tint
        )
        c.dot(x, 1006 - tall, 26, tint)


def assembly(c: Canvas, dice: Random, who: People) -> None:
    """Certificates without names, held up in the hall."""
    room(c, "#eadfc9", "#c39b6b", at=930)
    bunting(c, 50)
    for left in (120, 640, 1160):
        window(c, left, 250, 320, 300)
    crowd(c, dice, who, 1130, 60, wide=1380, poses=["down"], shadow="#a37d50")
    count = max(1, (len(who) + 1) // 2 if len(who) > 6 else len(who))
    for place in range(count):
        x = 110 + 1380 / count * (place + 0.5)
        c.rect(x - 70, 850, 140, 100, "#d7aa48", r=6)
        c.rect(x - 62, 858, 124, 84, "#fffaf0", r=4)
        c.line([(x - 40, 884), (x + 40, 884)], "#d9cdb0", 6)
        c.dot(x + 34, 918, 14, "#b23a3a")


def sensory(c: Canvas, dice: Random, who: People) -> None:
    """Soft light and bubbles, with room for wheels."""
    room(c, "#3d3a63", "#5a5485", at=900)
    for tube, tint in [(180, "#7fd0d8"), (800, "#e59ac1"), (1420, "#f0cf79")]:
        c.rect(tube - 60, 120, 120, 800, mixed("#3d3a63", tint, 0.35), r=56)
        for number in range(12):
            c.dot(
                tube + dice.randint(-34, 34),
                180 + number * 60,
                dice.randint(8, 20),
                mixed(tint, "#ffffff", 0.35),
            )
    for _ in range(50):
        spark = dice.randint(0, 1600), dice.randint(20, 700)
        c.dot(*spark, dice.choice([3, 4, 5]), mixed("#f0cf79", "#ffffff", 0.3))
    step = 1160 / max(1, len(who))
    for place, figure in enumerate(who):
        x = 220 + step * (place + 0.5)
        if place % 3 == 0:
            seated(c, x, 1120, 62, figure)
        else:
            standing(c, x, 1120, 58, figure, arms=dice.choice(["wave", "out"]), shadow="#48426f")


def painting(c: Canvas, dice: Random, who: People) -> None:
    """At the easels."""
    room(c, "#e9ebe0", "#bfae97", at=860)
    window(c, 620, 80, 380, 300)
    papers(c, dice, 90, 90, 3, 1)
    papers(c, dice, 1100, 90, 2, 1)
    count = max(1, len(who))
    for place, figure in enumerate(who):
        x = 60 + 1480 / count * (place + 0.5)
        bust(c, x - 70, 640, 76, figure, low=1240)
        c.line([(x + 60, 560), (x - 10, 1190)], "#8a6540", 18)
        c.line([(x + 130, 560), (x + 200, 1190)], "#8a6540", 18)
        c.rect(x - 10, 600, 210, 260, "#fbf8f0", r=4)
        one, two = dice.sample(CHEERFUL, 2)
        c.dot(x + 70, 690, 46, one)
        c.line(bend((x + 10, 820), (x + 100, 740), (x + 186, 810)), two, 24)


def harvest(c: Canvas, dice: Random, who: People) -> None:
    """A table of food for the food bank."""
    room(c, "#efe0c0", "#a97c50", at=820)
    bunting(c, 30)
    for number in range(-6, 7):
        tip = (800 + number * 52, 300 + number * number * 5)
        c.line([(800 + number * 8, 700), tip], "#c39a4a", 12)
        c.oval(tip[0], tip[1], 20, 52, "#e0b552")
    c.shape([(720, 880), (880, 880), (850, 640), (750, 640)], "#c39a4a")
    c.rect(736, 640, 128, 44, "#b23a3a", r=16)
    table(c, 880, "#c49a6c")
    for x, tint in [(220, "#d9772f"), (420, "#e0953f"), (1210, "#d9772f"), (1400, "#c6692f")]:
        for dx in (-44, 0, 44):
            c.oval(x + dx, 820, 52, 64, mixed(tint, "#000000", 0.05 if dx else 0))
        c.rect(x - 8, 742, 16, 30, "#57804a", r=6)
    for number in range(7):
        x = 580 + number * 86
        if number % 2:
            c.rect(x - 30, 770, 60, 112, CHEERFUL[number], r=8)
            c.rect(x - 30, 800, 60, 40, "#fbf3e0")
        else:
            c.dot(x, 846, 36, "#b23a3a" if number % 4 else "#7ba05b")
            c.line([(x, 812), (x + 8, 796)], "#6b4423", 6)
    if who:
        row(c, dice, who, 560, 66, wide=1200, low=900)
