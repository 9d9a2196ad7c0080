"""What was found in one photo: faces and lines of writing, where, and how sure that is."""

from __future__ import annotations

from dataclasses import dataclass

from posts.seeing.boxes import Box

READ_WELL = 0.6
SURE = 0.95  # of a face; below it one is only possible


@dataclass(frozen=True)
class Face:
    """Where a face is, and how sure that is (0 to 1)."""

    box: Box
    sure: float


@dataclass(frozen=True)
class Line:
    """A line of writing: where; what it seems to say, empty where that cannot be told; and how sure
    that is (0 to 1)."""

    box: Box
    text: str
    sure: float

    @property
    def is_read(self) -> bool:
        """Could it be read?"""
        return bool(self.text) and self.sure >= READ_WELL


@dataclass(frozen=True)
class Seen:
    """Everything that was found."""

    faces: tuple[Face, ...]
    lines: tuple[Line, ...]
