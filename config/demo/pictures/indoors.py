"""Scenes inside the school. Each is given who is in it, in order from the left."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random

from config.demo.pictures.canvas import Canvas, mixed
from config.demo.pictures.figures import Figure
from config.demo.pictures.paintings import painting as one_painting
from config.demo.pictures.things import (
    CHEERFUL,
    aqueduct,
    board,
    books,
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


def classroom(c: Canvas, dice: Random, who: People) -> None:
    """A class with the model they built."""
    room(c, dice.choice(_WALLS), "#cfd8cf")
    board(c, 90, 90, 460, 250)
    papers(c, dice, 980, 90, 3, 2)
    window(c, 680, 90, 200, 260)
    row(c, dice, who, 560, 84 if len(who) < 6 else 66, wide=1440, low=1030)
    table(c, 1010)
    aqueduct(c, 330, 1012, 7, 130)


def class_photo(c: Canvas, dice: Random, who: People) -> None:
    """The whole group in two rows before the stage curtain."""
    room(c, "#e8d9c4", "#b58a5c", at=940)
    for fold in range(16):
        c.rect(fold * 100, 0, 100, 820, mixed("#7d2f3b", "#000000", 0.09 * (fold % 2)))
    c.rect(0, 0, 1600, 74, "#9b3d49")
    c.rect(0, 74, 1600, 12, "#d7aa48")
    half = len(who) // 2
    size = 66 if len(who) <= 12 else 56
    row(c, dice, who[:half], 400, size, wide=1380, low=1020)
    row(c, dice, who[half:], 660, size * 1.06, wide=1440, low=1020)
    c.rect(0, 1010, 1600, 190, "#a97c50")
    c.rect(0, 1000, 1600, 20, "#8f6640")


def choir(c: Canvas, dice: Random, who: People) -> None:
    """Singing on the steps."""
    room(c, "#e3ddea", "#b7a58c", at=900)
    for x in (110, 1330):
        window(c, x, 90, 160, 420, "#f3dfae")
    for step in range(3):
        c.rect(
            120 - step * 40,
            900 + step * 90,
            1360 + step * 80,
            96,
            mixed("#9c7b57", "#000000", 0.1 * step),
        )
    crowd(c, dice, who, 1120, 50, wide=1300, poses=["down"], shadow="#7f6446")
    for x, y in [(330, 180), (620, 130), (980, 150), (1240, 210)]:
        c.oval(x, y, 24, 18, "#7a5c86")
        c.line([(x + 20, y), (x + 20, y - 80), (x + 56, y - 64)], "#7a5c86", 8)


def science(c: Canvas, dice: Random, who: People) -> None:
    """An experiment that foams."""
    room(c, "#dfe9ea", "#c2ccd1")
    board(c, 560, 80, 480, 220, "#37517e")
    papers(c, dice, 90, 100, 2, 2)
    for x in (1180, 1300, 1420):
        c.rect(x, 110, 90, 190, "#f7f5ef", r=8)
        c.rect(x + 14, 190, 62, 96, dice.choice(CHEERFUL), r=6)
    row(c, dice, who, 560, 84 if len(who) < 5 else 68, wide=1360, low=1020)
    table(c, 1000, "#8b9aa5")
    for x, tint in [(430, "#93b382"), (760, "#d98f6a"), (1090, "#8fb4c9")]:
        c.rect(x - 24, 800, 48, 90, "#e8f1f4")
        c.shape([(x - 24, 870), (x + 24, 870), (x + 92, 1002), (x - 92, 1002)], "#e8f1f4")
        c.shape([(x - 52, 925), (x + 52, 925), (x + 86, 1000), (x - 86, 1000)], tint)
        for number in range(4):
            c.dot(
                x + dice.randint(-22, 22),
                790 - number * 38,
                20 - number * 3,
                mixed(tint, "#ffffff", 0.4),
            )


def lunch(c: Canvas, dice: Random, who: People) -> None:
    """Dinner time."""
    room(c, "#f1e6cf", "#c9d9cf", at=760)
    bunting(c, 40)
    for x in (150, 1200):
        c.rect(x, 240, 250, 170, "#f7f5ef", r=12)
        c.dot(x + 70, 320, 40, "#d98b3d")
        c.dot(x + 170, 330, 44, "#7ba05b")
    row(c, dice, who, 570, 80 if len(who) < 6 else 66, wide=1380, low=1000)
    table(c, 980, "#d9c19a")
    for place in range(5):
        x = 240 + place * 280
        c.oval(x, 985, 112, 34, "#ffffff")
        c.oval(x - 26, 978, 46, 16, "#d98b3d")
        c.oval(x + 40, 978, 40, 14, "#6f9a55")
        c.rect(x + 118, 890, 42, 92, "#9fc4da", r=10)


def library(c: Canvas, dice: Random, who: People) -> None:
    """Reading in front of the shelves."""
    room(c, "#e6dccb", "#b4846a", at=1010)
    for level in range(4):
        shelf = 260 + level * 230
        c.rect(50, shelf, 1500, 22, "#8a6540")
        books(c, dice, 70, shelf, 1460)
    c.rect(30, 20, 26, 1000, "#7a5836")
    c.rect(1544, 20, 26, 1000, "#7a5836")
    if not who:
        for x, tint in [(380, "#c6692f"), (800, "#2f6a74"), (1220, "#e0b552")]:
            c.oval(x, 1110, 190, 80, tint)
            c.oval(x, 1080, 150, 52, mixed(tint, "#ffffff", 0.18))
        return
    row(c, dice, who, 640, 84 if len(who) < 5 else 68, wide=1320)
    for place in range(len(who)):
        _open_book(c, 140 + 1320 / len(who) * (place + 0.5), CHEERFUL[place * 3 % len(CHEERFUL)])


def _open_book(c: Canvas, x: float, tint: str) -> None:
    upper = [(x - 130, 1000.0), (x, 1030.0), (x + 130, 1000.0)]
    lower = [(x + 130, 1150.0), (x, 1180.0), (x - 130, 1150.0)]
    c.shape(upper + lower, tint)
    c.shape([(x - 116, 990), (x, 1018), (x, 1160), (x - 116, 1134)], "#fffaf0")
    c.shape([(x + 116, 990), (x, 1018), (x, 1160), (x + 116, 1134)], "#f3ecdc")


def art_wall(c: Canvas, dice: Random, who: People) -> None:
    """Pictures made by pupils, hung in the corridor."""
    room(c, dice.choice(["#f0ead9", "#e3ebe9", "#eee5ee"]), "#a98d6d", at=1060)
    for i in range(4):
        for j in range(2):
            x, y = 90 + i * 365, 90 + j * 440
            c.rect(x + 10, y + 12, 320, 390, "#cdc3ac")
            c.rect(x, y, 320, 390, "#fbf8f0")
            one_painting(c, dice, x + 24, y + 24)
    if who:
        row(c, dice, who, 760, 70, wide=1200)


def stage(c: Canvas, dice: Random, who: People) -> None:
    """A play."""
    c.rect(0, 0, 1600, 1200, "#2b2340")
    c.oval(800, 1000, 820, 300, "#4a3d63")
    for x, tint in [(380, "#f3cf6b"), (1220, "#e8b7c8")]:
        c.shape(
            [(x - 34, 0), (x + 34, 0), (x + 330, 1000), (x - 330, 1000)],
            mixed("#2b2340", tint, 0.2),
        )
    for _ in range(34):
        c.dot(dice.randint(220, 1380), dice.randint(60, 520), dice.choice([3, 4, 6]), "#fdf3cf")
    c.dot(1180, 200, 84, "#f3e3b0")
    c.dot(1216, 178, 74, "#2b2340")
    for side in (0, 1):
        for fold in range(3):
            x = fold * 76 if not side else 1524 - fold * 76
            c.rect(x, 0, 78, 1040, mixed("#8c2f3d", "#000000", 0.12 * (fold % 2)))
    c.rect(0, 0, 1600, 90, "#a33b49")
    c.rect(0, 1030, 1600, 170, "#7c5636")
    crowd(c, dice, who, 1090, 58, wide=1120, poses=["out", "wave", "up"], shadow="#5f4129")


def music(c: Canvas, dice: Random, who: People) -> None:
    """Drums and chime bars."""
    room(c, "#e2e6d8", "#b79a78")
    papers(c, dice, 90, 90, 2, 2)
    window(c, 1180, 90, 300, 300)
    for x in (520, 760, 1000):
        c.ring(x, 210, 60, "#c6692f", 18)
        c.line([(x, 270), (x, 350)], "#c6692f", 14)
    row(c, dice, who, 570, 80 if len(who) < 5 else 66, wide=1380)
    for place in range(4):
        x = 260 + place * 360
        tint = CHEERFUL[place * 2]
        c.shape([(x - 120, 960), (x + 120, 960), (x + 86, 1190), (x - 86, 1190)], tint)
        for zig in range(4):
            c.line(
                [(x - 104 + zig * 58, 975), (x - 80 + zig * 52, 1170)],
                mixed(tint, "#ffffff", 0.5),
                6,
            )
        c.oval(x, 960, 122, 36, "#f5ecd8")
        c.ring(x, 958, 6, "#cdbb97", 6)
