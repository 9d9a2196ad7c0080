"""Something to draw on: 1600 by 1200, drawn twice as large and shrunk for smooth edges."""

from __future__ import annotations

import io
import math
from collections.abc import Sequence

from PIL import Image, ImageDraw

WIDTH, HEIGHT = 1600, 1200
_FINE = 2
_QUALITY = 88

Point = tuple[float, float]


class Canvas:
    """Flat shapes in a coordinate system of 1600 by 1200, from the top left."""

    def __init__(self, background: str) -> None:
        size = (WIDTH * _FINE, HEIGHT * _FINE)
        self.image = Image.new("RGB", size, background)
        self.draw = ImageDraw.Draw(self.image)

    def jpeg(self) -> bytes:
        """The picture as a camera would hand it over."""
        out = io.BytesIO()
        self.image.reduce(_FINE).save(out, "JPEG", quality=_QUALITY)
        return out.getvalue()

    def rect(self, x: float, y: float, w: float, h: float, fill: str, *, r: float = 0) -> None:
        """A rectangle, with round corners of radius `r`."""
        box = _box(x, y, x + w, y + h)
        if r:
            self.draw.rounded_rectangle(box, min(r, w / 2, h / 2) * _FINE, fill=fill)
        else:
            self.draw.rectangle(box, fill=fill)

    def oval(self, x: float, y: float, rx: float, ry: float, fill: str) -> None:
        """An ellipse about its middle."""
        self.draw.ellipse(_box(x - rx, y - ry, x + rx, y + ry), fill=fill)

    def dot(self, x: float, y: float, r: float, fill: str) -> None:
        """A circle about its middle."""
        self.oval(x, y, r, r, fill)

    def ring(self, x: float, y: float, r: float, fill: str, width: float) -> None:
        """A circle's line."""
        box = _box(x - r, y - r, x + r, y + r)
        self.draw.ellipse(box, outline=fill, width=round(width * _FINE))

    def shape(self, points: Sequence[Point], fill: str) -> None:
        """A polygon."""
        self.draw.polygon([(x * _FINE, y * _FINE) for x, y in points], fill=fill)

    def line(self, points: Sequence[Point], fill: str, width: float) -> None:
        """A line with round corners and ends."""
        fine = [(x * _FINE, y * _FINE) for x, y in points]
        self.draw.line(fine, fill=fill, width=round(width * _FINE), joint="curve")
        for x, y in (points[0], points[-1]):
            self.dot(x, y, width / 2, fill)

    def arc(
        self,
        x: float,
        y: float,
        rx: float,
        ry: float,
        turn: tuple[float, float],
        fill: str,
        w: float,
    ) -> None:
        """Part of an ellipse's line. `turn`: from and to, in degrees, clockwise from the right."""
        self.line(around(x, y, rx, ry, *turn), fill, w)


def around(x: float, y: float, rx: float, ry: float, start: float, end: float) -> list[Point]:
    """Points on an ellipse, in degrees, clockwise from the right."""
    steps = max(6, int(abs(end - start) / 6))
    angles = [math.radians(start + (end - start) * n / steps) for n in range(steps + 1)]
    return [(x + rx * math.cos(a), y + ry * math.sin(a)) for a in angles]


def bend(start: Point, through: Point, end: Point, steps: int = 14) -> list[Point]:
    """A curve from `start` to `end`, pulled towards `through`."""
    points = []
    for n in range(steps + 1):
        t = n / steps
        a, b, c = (1 - t) ** 2, 2 * t * (1 - t), t * t
        points.append(
            (a * start[0] + b * through[0] + c * end[0], a * start[1] + b * through[1] + c * end[1])
        )
    return points


def mixed(one: str, other: str, share: float) -> str:
    """A colour between two: `share` of the other."""
    pairs = zip(_rgb(one), _rgb(other), strict=True)
    return "#" + "".join(f"{round(a + (b - a) * share):02x}" for a, b in pairs)


def _rgb(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def _box(x0: float, y0: float, x1: float, y1: float) -> tuple[float, float, float, float]:
    return x0 * _FINE, y0 * _FINE, x1 * _FINE, y1 * _FINE
