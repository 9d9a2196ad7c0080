"""What was found in the demo's drawn photos, kept with the demo: looking takes seconds for each.

The photos are the same everywhere, so each is known by its digest; one that is not is looked at.
`manage.py demo --look-again` looks at all of them anew, which a changed drawing asks for.
"""

from __future__ import annotations

import json
from hashlib import sha256
from pathlib import Path

from posts.seeing.boxes import Box
from posts.seeing.found import Face, Line, Seen
from posts.seeing.looking import Looker

KEPT = Path(__file__).with_name("seen.json")
Kept = dict[str, dict[str, list[list[float | str]]]]


class Remembered(Looker):
    """Looks at a photo unless it is known what is in it."""

    def __init__(self, kept: Kept) -> None:
        super().__init__()
        self.kept = kept
        self.met: dict[str, Seen] = {}

    @classmethod
    def read(cls) -> Remembered:
        """With what is kept with the demo."""
        return cls(json.loads(KEPT.read_text()) if KEPT.exists() else {})

    def look(self, photo: Path) -> Seen:
        """What is in it: known, or looked for."""
        key = sha256(photo.read_bytes()).hexdigest()[:32]
        known = self.kept.get(key)
        self.met[key] = super().look(photo) if known is None else _seen(known)
        return self.met[key]

    def write(self) -> None:
        """Keep what was met."""
        rows = {key: _row(seen) for key, seen in sorted(self.met.items())}
        lines = (f'"{key}": {json.dumps(row)}' for key, row in rows.items())
        KEPT.write_text("{\n" + ",\n".join(lines) + "\n}\n")


def _seen(row: dict[str, list[list[float | str]]]) -> Seen:
    return Seen(
        tuple(Face(Box(*map(float, face[:4])), float(face[4])) for face in row["faces"]),
        tuple(
            Line(Box(*map(float, line[:4])), str(line[4]), float(line[5])) for line in row["lines"]
        ),
    )


def _row(seen: Seen) -> dict[str, list[list[float | str]]]:
    return {
        "faces": [[*_rounded(face.box), round(face.sure, 3)] for face in seen.faces],
        "lines": [[*_rounded(line.box), line.text, round(line.sure, 3)] for line in seen.lines],
    }


def _rounded(box: Box) -> list[float]:
    return [round(side, 4) for side in box]
