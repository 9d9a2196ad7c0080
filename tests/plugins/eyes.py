"""What looks at photos in tests: told what it finds, because the networks take seconds for each.

They themselves are tested in tests/posts/seeing; `real_eyes` puts them in."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from posts import spotting
from posts.seeing.boxes import Box
from posts.seeing.found import Face, Line, Seen
from posts.seeing.looking import Looker, NotLooked


@dataclass
class Eyes:
    """Finds in every photo what it was told to, or cannot look."""

    faces: list[Face] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    trouble: str = ""
    looked: int = 0

    def look(self, photo: Path) -> Seen:
        assert photo.is_file()
        self.looked += 1
        if self.trouble:
            raise NotLooked(self.trouble)
        return Seen(tuple(self.faces), tuple(self.lines))

    def see_faces(self, number: int) -> None:
        """So many, from left to right."""
        step = 1 / max(number, 1)
        boxes = [Box(n * step + step / 4, 0.3, step / 2, 0.2) for n in range(number)]
        self.faces = [Face(box, 0.99) for box in boxes]

    def read(self, *texts: str, sure: float = 0.95) -> None:
        """These lines, from top to bottom."""
        boxes = [Box(0.1, n / (len(texts) + 1), 0.3, 0.05) for n in range(len(texts))]
        self.lines = [Line(box, text, sure) for box, text in zip(boxes, texts, strict=True)]


@pytest.fixture(autouse=True)
def eyes(monkeypatch: pytest.MonkeyPatch) -> Eyes:
    """Sees nobody and reads nothing, until it is told otherwise."""
    told = Eyes()
    monkeypatch.setattr(spotting, "LOOKER", told)
    return told


@pytest.fixture
def real_eyes(eyes: Eyes, monkeypatch: pytest.MonkeyPatch) -> Iterator[Looker]:
    """The networks themselves."""
    looker = Looker()
    monkeypatch.setattr(spotting, "LOOKER", looker)
    yield looker
    looker.close()
