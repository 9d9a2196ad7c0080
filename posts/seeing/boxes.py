"""Where something is in a picture: fractions (0 to 1) of the upright picture."""

from __future__ import annotations

from typing import NamedTuple, Self


class Box(NamedTuple):
    """Left and top edge, width and height."""

    left: float
    top: float
    width: float
    height: float

    @classmethod
    def between(cls, left: float, top: float, right: float, bottom: float) -> Self:
        """From two corners; what lies outside of the picture is cut off."""
        left, right = (min(max(float(v), 0.0), 1.0) for v in (left, right))
        top, bottom = (min(max(float(v), 0.0), 1.0) for v in (top, bottom))
        return cls(left, top, max(right - left, 0.0), max(bottom - top, 0.0))

    def overlap(self, other: Box) -> float:
        """How much of the smaller one lies in both (0 to 1)."""
        width = min(self.left + self.width, other.left + other.width) - max(self.left, other.left)
        height = min(self.top + self.height, other.top + other.height) - max(self.top, other.top)
        smaller = min(self.width * self.height, other.width * other.height)
        return max(width, 0.0) * max(height, 0.0) / smaller if smaller else 0.0
