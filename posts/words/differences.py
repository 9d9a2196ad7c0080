"""What changed between two texts, word by word: "one comma changed"."""

from __future__ import annotations

from difflib import SequenceMatcher
from typing import Literal, NamedTuple

import regex

Change = Literal["same", "added", "removed"]

# A word brings the space before it along, so that thousands of equal spaces are not compared.
_PIECE = regex.compile(r"\s*\n\s*|[^\S\n]*(?:\w+(?:['’-]\w+)*|[^\w\s])|\s+")


class Piece(NamedTuple):
    """A run of text that is in both, only in the new or only in the old."""

    change: Change
    text: str


def differences(old: str, new: str) -> list[Piece]:
    """The way from `old` to `new`. What is not added makes `old`; what is not removed, `new`."""
    if old == new:
        return [Piece("same", new)] if new else []
    before, after = _PIECE.findall(old), _PIECE.findall(new)
    found: list[Piece] = []
    for tag, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag == "equal":
            _add(found, "same", before[a:b])
        else:
            _add(found, "removed", before[a:b])
            _add(found, "added", after[c:d])
    return found


def _add(found: list[Piece], change: Change, pieces: list[str]) -> None:
    if pieces:
        found.append(Piece(change, "".join(pieces)))
