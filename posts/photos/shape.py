"""What is done to a photo for one channel: parts covered, cropped, straightened, a border.

Pure geometry. Boxes are fractions (0 to 1) of the upright photo; a cover may reach beyond its edge,
so that an ellipse can cover a corner. A crop lies in the photo as it is after straightening, which
turns it about its middle.
"""

from __future__ import annotations

import hashlib
import math
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from posts.seeing.boxes import Box

WHOLE = Box(0.0, 0.0, 1.0, 1.0)
# A detector's box ends at the forehead and the chin. Somebody is covered only with this much more
# of it on every side, and a cover put there by one press goes well beyond that.
LEAST_ROUND, ROUND = 0.1, 0.3
_CORNERS = ((0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 1.0))
# So many straight sides of an ellipse, drawn outside of it.
_SIDES = 64
_SLACK = 1e-9
Point = tuple[float, float]


class Hidden(StrEnum):
    """How somebody is kept from being seen."""

    COVERED = "covered"
    CROPPED = "cropped out"


@dataclass(frozen=True)
class Patch:
    """A solid cover: a box, or the ellipse within it."""

    box: Box
    is_round: bool = False

    def hides(self, wanted: Box) -> bool:
        """Does all of this lie under it?"""
        return all(self._is_under(point) for point in corners(wanted))

    def outline(self) -> list[Point]:
        """Its edge, never inside of it: what lies under it lies within this."""
        if not self.is_round:
            return corners(self.box)
        x, y, wide, high = _middle(self.box)
        out = 1 / math.cos(math.pi / _SIDES)
        turns = [2 * math.pi * n / _SIDES for n in range(_SIDES)]
        return [(x + wide * out * math.cos(t), y + high * out * math.sin(t)) for t in turns]

    def _is_under(self, point: Point) -> bool:
        x, y, wide, high = _middle(self.box)
        across, down = abs(point[0] - x) / wide, abs(point[1] - y) / high
        if self.is_round:
            return across**2 + down**2 <= 1 + _SLACK
        return across <= 1 + _SLACK and down <= 1 + _SLACK


@dataclass(frozen=True)
class Framing:
    """What of a photo is shown. `degrees`: turned clockwise; `has_border`: where a platform wants
    it wider or taller it gets a plain border, and nothing is cut off."""

    box: Box = WHOLE
    degrees: float = 0.0
    has_border: bool = False

    def leaves_out(self, wanted: Box, ratio: float) -> bool:
        """Does none of this come into it? `ratio`: width over height of the photo."""
        if self.box == WHOLE and not self.degrees:
            return False
        turned = [turn(point, self.degrees, ratio) for point in corners(wanted)]
        left, right = min(x for x, _ in turned), max(x for x, _ in turned)
        top, bottom = min(y for _, y in turned), max(y for _, y in turned)
        box = self.box
        return (
            right <= box.left
            or left >= box.left + box.width
            or bottom <= box.top
            or top >= box.top + box.height
        )


@dataclass(frozen=True)
class Shape:
    """All of it, for one photo on one channel. Nothing at all: the photo as it is."""

    patches: tuple[Patch, ...] = ()
    framing: Framing = Framing()

    @property
    def is_plain(self) -> bool:
        """Is nothing done to it?"""
        return not self.patches and self.framing == Framing()

    @property
    def key(self) -> str:
        """Tells shapes apart: the same one gives the same bytes. Empty: nothing is done."""
        if self.is_plain:
            return ""
        said = [[[*patch.box], patch.is_round] for patch in self.patches]
        text = f"{said}|{[*self.framing.box]}|{self.framing.degrees}|{self.framing.has_border}"
        return hashlib.sha256(text.encode()).hexdigest()[:16]

    def hides(self, box: Box, ratio: float) -> Hidden | None:
        """How somebody in this box is kept from being seen; None: they can be."""
        wanted = around(box, LEAST_ROUND)
        if self.framing.leaves_out(wanted, ratio):
            return Hidden.CROPPED
        within = Box.between(
            wanted.left, wanted.top, wanted.left + wanted.width, wanted.top + wanted.height
        )
        return Hidden.COVERED if any(patch.hides(within) for patch in self.patches) else None


def around(box: Box, part: float) -> Box:
    """The box, larger by this part of it on every side."""
    more, higher = box.width * part, box.height * part
    return Box(box.left - more, box.top - higher, box.width + 2 * more, box.height + 2 * higher)


def patch_over(box: Box, *, is_round: bool = False) -> Patch:
    """A cover that lies well over this box."""
    over = around(box, ROUND)
    if is_round:  # an ellipse about a box is so much larger than the box
        over = around(over, (math.sqrt(2) - 1) / 2)
    return Patch(over, is_round)


def turn(point: Point, degrees: float, ratio: float) -> Point:
    """Where a point of the photo comes to lie when it is turned clockwise about its middle."""
    angle = math.radians(degrees)
    across, down = (point[0] - 0.5) * ratio, point[1] - 0.5
    x = across * math.cos(angle) - down * math.sin(angle)
    y = across * math.sin(angle) + down * math.cos(angle)
    return 0.5 + x / ratio, 0.5 + y


def within(framing: Framing, ratio: float) -> Framing:
    """The same, its box made smaller about its middle until it shows nothing but photo: turning
    leaves empty corners. Its middle must lie in the photo."""
    if not framing.degrees:
        return framing
    low, high = 0.0, 1.0
    for _ in range(40):
        middle = (low + high) / 2
        low, high = (
            (middle, high)
            if _is_filled(_scaled(framing.box, middle), framing.degrees, ratio)
            else (low, middle)
        )
    box = framing.box if _is_filled(framing.box, framing.degrees, ratio) else None
    return Framing(box or _scaled(framing.box, low), framing.degrees, framing.has_border)


def corners(box: Box) -> list[Point]:
    """Clockwise from the upper left."""
    return [(box.left + x * box.width, box.top + y * box.height) for x, y in _CORNERS]


def _scaled(box: Box, by: float) -> Box:
    return around(box, (by - 1) / 2)


def _is_filled(box: Box, degrees: float, ratio: float) -> bool:
    back: Iterator[Point] = (turn(point, -degrees, ratio) for point in corners(box))
    return all(-_SLACK <= value <= 1 + _SLACK for point in back for value in point)


def _middle(box: Box) -> tuple[float, float, float, float]:
    """The middle, and half of width and height."""
    return (
        box.left + box.width / 2,
        box.top + box.height / 2,
        max(box.width / 2, _SLACK),
        max(box.height / 2, _SLACK),
    )
