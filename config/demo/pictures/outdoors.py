"""Scenes outside. Each is given who is in it, in order from the left."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random

from config.demo.pictures.canvas import HEIGHT, WIDTH, Canvas, bend, mixed
from config.demo.pictures.figures import Figure, bust, seated
from config.demo.pictures.things import CHEERFUL, bunting, cloud, crowd, hills, tree

People = Sequence[Figure]


def sports_day(c: Canvas, dice: Random, who: People) -> None:
    """Lanes, flags and a finish line."""
    hills(c, "#cfe6f2", "#a9c58b", "#8fb76c", horizon=520)
    cloud(c, 330, 170, 62)
    cloud(c, 1240, 120, 50)
    tree(c, 140, 560, 260, "#6f9a55")
    tree(c, 1480, 570, 300, "#7ba05b")
    for lane in range(5):
        y = 700 + lane * lane * 32
        c.shape([(0, y), (WIDTH, y), (WIDTH, y + 8 + lane * 3), (0, y + 8 + lane * 3)], "#f2f4e6")
    bunting(c, 300, 60)
    crowd(c, dice, who, 1130, 60, wide=1360, poses=["up", "wave", "out"], shadow="#7a9f5c")


def garden(c: Canvas, dice: Random, who: People) -> None:
    """Raised beds in the school garden."""
    hills(c, "#dcebef", "#b5cf98", "#9dbb7c", horizon=560)
    c.dot(1340, 170, 84, "#f3cf6b")
    cloud(c, 380, 150, 56)
    tree(c, 180, 620, 300, "#7ba05b")
    c.rect(1180, 380, 320, 260, "#b98d5f")
    c.shape([(1140, 390), (1340, 260), (1540, 390)], "#8e4f3d")
    c.rect(1290, 490, 90, 150, "#7a5a3d")
    if who:
        crowd(c, dice, who, 960, 54, wide=1180, poses=["down", "wave"], shadow="#86a567")
    for bed in range(2):
        y = 900 + bed * 150
        x = 60 + bed * 30
        c.rect(x, y, 1480 - bed * 60, 120, "#8b6a45", r=8)
        c.rect(x, y, 1480 - bed * 60, 34, "#5d432c", r=8)
        for number in range(13):
            _sprout(c, dice, x + 70 + number * 108, y + 8, (bed + number) % 3)


def _sprout(c: Canvas, dice: Random, x: float, y: float, kind: int) -> None:
    tall = dice.randint(50, 86)
    c.line([(x, y + 6), (x, y - tall)], "#3f7a3e", 9)
    for side in (-1, 1):
        c.oval(x + side * 22, y - tall * 0.6, 24, 11, "#57a055")
        c.oval(x + side * 18, y - tall * 0.95, 20, 10, "#6bb166")
    if kind == 0:
        c.dot(x, y - tall - 10, 19, dice.choice(["#e0b552", "#d98f6a", "#b23a3a", "#8f6aa8"]))
        c.dot(x, y - tall - 10, 8, "#fbf3d5")


def seedlings(c: Canvas, dice: Random, who: People) -> None:
    """A window sill with pots, close up."""
    c.rect(0, 0, WIDTH, HEIGHT, "#d8e9ee")
    c.dot(1300, 230, 110, "#f3cf6b")
    c.shape([(0, 700), *bend((0, 620), (600, 460), (1600, 660)), (1600, 800), (0, 800)], "#a9c58b")
    c.rect(770, 0, 40, 830, "#f7f5ef")
    c.rect(0, 800, WIDTH, 60, "#f7f5ef")
    c.rect(0, 860, WIDTH, 340, "#e6dccb")
    for number in range(6):
        x = 160 + number * 256
        tint = CHEERFUL[(number * 3) % len(CHEERFUL)]
        c.shape([(x - 90, 780), (x + 90, 780), (x + 64, 990), (x - 64, 990)], tint)
        c.rect(x - 100, 760, 200, 40, mixed(tint, "#000000", 0.12), r=10)
        c.oval(x, 768, 86, 14, "#5d432c")
        tall = dice.randint(140, 330)
        c.line(bend((x, 766), (x + dice.randint(-30, 30), 700), (x, 766 - tall)), "#3f7a3e", 14)
        for leaf in range(2 + tall // 110):
            y = 740 - leaf * 86
            side = 1 if leaf % 2 else -1
            c.oval(x + side * 46, y, 50, 22, "#57a055")
        c.oval(x - 30, 770 - tall, 36, 17, "#6bb166")
        c.oval(x + 30, 770 - tall, 36, 17, "#6bb166")


def snow(c: Canvas, dice: Random, who: People) -> None:
    """The field under snow, with a snowman."""
    hills(c, "#c9dbe8", "#e3edf3", "#f5f8fa", horizon=560)
    for x, size in [(160, 300), (420, 220), (1450, 320)]:
        tree(c, x, 640, size, "#dfe9ee")
    x, base = 1410, 1010
    for y, r in [(base - 110, 150), (base - 320, 112), (base - 490, 80)]:
        c.dot(x, y, r + 6, "#d5e2ea")
        c.dot(x, y, r, "#ffffff")
    c.shape([(x, base - 492), (x + 90, base - 470), (x, base - 468)], "#d98b3d")
    for side in (-1, 1):
        c.dot(x + side * 28, base - 516, 9, "#2b2b33")
        c.line([(x + side * 100, base - 340), (x + side * 220, base - 420)], "#6b4423", 12)
    c.rect(x - 84, base - 425, 168, 36, "#b23a3a", r=14)
    c.rect(x + 30, base - 410, 36, 120, "#b23a3a", r=12)
    c.rect(x - 70, base - 640, 140, 84, "#2f3a45", r=8)
    c.rect(x - 110, base - 566, 220, 22, "#2f3a45", r=8)
    crowd(c, dice, who, 1110, 60, wide=900, poses=["up", "wave", "out"], shadow="#cddbe4")
    for _ in range(90):
        c.dot(dice.randint(0, WIDTH), dice.randint(0, HEIGHT), dice.choice([4, 5, 7]), "#ffffff")


def coach(c: Canvas, dice: Random, who: People) -> None:
    """Off on a trip: heads in the windows of the coach."""
    hills(c, "#d5e8f0", "#b5cf98", "#9dbb7c", horizon=600)
    cloud(c, 300, 140, 60)
    cloud(c, 1180, 180, 48)
    tree(c, 120, 660, 280, "#7ba05b")
    c.rect(0, 1010, WIDTH, 190, "#6c7078")
    for x in range(40, WIDTH, 240):
        c.rect(x, 1098, 120, 12, "#f2f4e6")
    body = dice.choice(["#2f6a74", "#c6692f", "#7a5c86"])
    c.rect(90, 330, 1420, 680, "#f6f4ec", r=60)
    for place in range(5):
        x = 170 + place * 270
        c.rect(x - 8, 400, 246, 268, "#2f3a45", r=22)
        c.rect(x, 408, 230, 252, "#cfe3ef", r=18)
        if place < len(who):
            bust(c, x + 115, 530, 62, who[place], low=668)
    c.rect(90, 668, 1420, 30, "#f6f4ec")
    for place in range(5):
        c.rect(162 + place * 270, 660, 246, 10, "#2f3a45")
    c.rect(90, 720, 1420, 250, body, r=30)
    c.rect(90, 690, 1420, 60, mixed(body, "#ffffff", 0.35))
    for x in (380, 1220):
        c.dot(x, 1000, 104, "#2b2f36")
        c.dot(x, 1000, 50, "#b9c1c9")
    c.rect(1440, 800, 60, 40, "#f3cf6b", r=10)


def football(c: Canvas, dice: Random, who: People) -> None:
    """The team with a cup."""
    hills(c, "#d3e6ee", "#a9c58b", "#86ad64", horizon=600)
    cloud(c, 1180, 150, 60)
    for side in (180, 1060):
        c.line([(side, 760), (side, 380), (side + 360, 380), (side + 360, 760)], "#fbf8f0", 18)
        for number in range(1, 9):
            c.line([(side + number * 40, 390), (side + number * 40, 750)], "#dfe7e3", 3)
        for number in range(1, 9):
            c.line([(side + 8, 390 + number * 42), (side + 352, 390 + number * 42)], "#dfe7e3", 3)
    crowd(c, dice, who, 1100, 58, wide=1340, poses=["down", "wave"], shadow="#6f9352")
    c.dot(700, 1130, 44, "#fbf8f0")
    for dx, dy in [(0, 0), (-26, -18), (26, -18), (-18, 26), (18, 26)]:
        c.dot(700 + dx, 1130 + dy, 10, "#2b2f36")
    c.shape([(840, 1040), (960, 1040), (930, 1120), (870, 1120)], "#d7aa48")
    c.rect(888, 1116, 24, 34, "#d7aa48")
    c.rect(856, 1146, 88, 22, "#8a6540", r=6)
    for side in (-1, 1):
        c.arc(900 + side * 62, 1066, 26, 24, (-90, 90) if side > 0 else (90, 270), "#d7aa48", 10)


def forest(c: Canvas, dice: Random, who: People) -> None:
    """Forest school among the trunks."""
    c.rect(0, 0, WIDTH, HEIGHT, "#cfe0c3")
    c.rect(0, 720, WIDTH, 480, "#a88f66")
    for x in range(60, WIDTH, 210):
        tint = mixed("#7a5a3d", "#cfe0c3", dice.choice([0.15, 0.35, 0.5]))
        c.rect(x + dice.randint(-30, 30), 0, dice.randint(40, 76), 790, tint)
    for _ in range(26):
        leaf = dice.choice(["#7ba05b", "#93b382", "#d98f6a", "#e0b552"])
        c.dot(dice.randint(0, WIDTH), dice.randint(-20, 190), dice.randint(70, 130), leaf)
    c.shape([(860, 800), (1160, 420), (1460, 800)], "#8a6540")
    for number in range(6):
        c.line([(880 + number * 100, 800), (1160, 430)], "#6b4a2c", 14)
    c.shape([(1080, 800), (1160, 600), (1240, 800)], "#3d2f22")
    for place, figure in enumerate(who):
        if place == 0 and len(who) > 2:
            seated(c, 260, 1130, 60, figure)
    others = who[1:] if len(who) > 2 else who
    crowd(c, dice, others, 1130, 58, wide=900, poses=["out", "wave", "down"], shadow="#8a7450")
    for _ in range(40):
        c.oval(
            dice.randint(0, WIDTH),
            dice.randint(820, 1190),
            16,
            8,
            dice.choice(["#d98f6a", "#c6692f", "#e0b552"]),
        )


def pond(c: Canvas, dice: Random, who: People) -> None:
    """Nets and trays at the pond."""
    hills(c, "#dcebef", "#b5cf98", "#9dbb7c", horizon=520)
    tree(c, 1420, 560, 300, "#6f9a55")
    crowd(c, dice, who, 880, 54, wide=1240, poses=["out", "wave"], shadow="#86a567")
    c.oval(800, 1080, 760, 190, "#7d9f66")
    c.oval(800, 1086, 724, 168, "#6fb1cf")
    for x, y in [(420, 1050), (760, 1120), (1120, 1040)]:
        c.oval(x, y, 120, 16, "#8fc4dc")
    for x, y in [(560, 1130), (980, 1140), (1240, 1080)]:
        c.oval(x, y, 58, 22, "#57a055")
        c.dot(x + 12, y - 12, 14, "#f3d3e0")
    for number in range(10):
        x = 90 + number * 16
        c.line([(x, 1130), (x + dice.randint(-20, 20), 960)], "#57804a", 8)
        c.oval(x, 960, 9, 30, "#8a6540")


def cycling(c: Canvas, dice: Random, who: People) -> None:
    """A playground with painted lines and cones."""
    c.rect(0, 0, WIDTH, 560, "#cfe3ef")
    cloud(c, 420, 160, 58)
    c.rect(160, 240, 1280, 330, "#c98d6a")
    for x in range(240, 1300, 190):
        c.rect(x, 310, 110, 130, "#e8f1f4", r=6)
        c.rect(x + 50, 310, 10, 130, "#c98d6a")
    c.shape([(130, 250), (1470, 250), (1380, 170), (220, 170)], "#7d5a4a")
    c.rect(0, 560, WIDTH, 640, "#a7adb3")
    c.line(bend((0, 760), (800, 640), (1600, 780)), "#f3cf6b", 14)
    c.line(bend((0, 1160), (800, 1010), (1600, 1180)), "#f7f5ef", 16)
    crowd(c, dice, who, 1040, 60, wide=1300, poses=["wave", "down", "out"], shadow="#8d949b")
    for x in (160, 1440, 820):
        c.shape([(x - 42, 1130), (x + 42, 1130), (x, 1000)], "#d9772f")
        c.shape([(x - 24, 1075), (x + 24, 1075), (x + 15, 1045), (x - 15, 1045)], "#fbf8f0")
        c.rect(x - 56, 1124, 112, 20, "#b85f22", r=6)


def lanterns(c: Canvas, dice: Random, who: People) -> None:
    """Lanterns in the dusk, for any feast of light."""
    c.rect(0, 0, WIDTH, HEIGHT, "#33395c")
    c.rect(0, 760, WIDTH, 440, "#4b4a6b")
    for _ in range(40):
        c.dot(dice.randint(0, WIDTH), dice.randint(0, 480), dice.choice([2, 3, 4]), "#fdf3cf")
    for part in range(4):
        line = bend((part * 400, 80), (part * 400 + 200, 230), (part * 400 + 400, 80), 16)
        c.line(line, "#6d6a8c", 5)
        for x, y in line[2:-1:4]:
            tint = dice.choice(["#e0953f", "#d9574f", "#e0b552", "#c86f9a"])
            c.oval(x, y + 56, 50, 58, mixed(tint, "#33395c", 0.45))
            c.oval(x, y + 56, 36, 44, tint)
            c.oval(x, y + 60, 14, 20, "#fdeeb8")
    crowd(c, dice, who, 1120, 60, wide=1340, poses=["down", "wave"], shadow="#3f3e5c")
    for x in range(120, 1600, 170):
        c.shape([(x - 34, 1150), (x + 34, 1150), (x + 22, 1176), (x - 22, 1176)], "#c6692f")
        c.oval(x, 1136, 8, 18, "#fdeeb8")
