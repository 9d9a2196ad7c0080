"""Finds the names of a school's children in a text, however they are written (R-073).

Full names are found for every child of the roster. A first name alone is a finding for a child
who is pictured or named on purpose; for any other child of the school it is a "maybe", which a
person answers. Full names of several children with one name are one match.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import NamedTuple

from posts.words.roster import NameIndex, Row
from posts.words.searching import Found, Kind, Search
from posts.words.tokens import tokens

__all__ = ["Kind", "Match", "NameIndex", "Row", "find"]


class Match(NamedTuple):
    """A name in a text: whose it can be, and where it stands."""

    child_ids: frozenset[int]
    kind: Kind
    start: int
    end: int
    text: str


def find(text: str, index: NameIndex, *, narrow_to: Collection[int]) -> list[Match]:
    """Every name in the text, in order of place. `narrow_to`: who is pictured or meant."""
    row = tokens(text)
    search = Search(row, index)
    full = _longest(search.full_names())
    taken = {place for start, end, _ in full for place in range(start, end)}
    found: list[tuple[int, int, Kind, set[int]]] = [(s, e, "full_name", ids) for s, e, ids in full]
    found += search.first_names(taken, set(narrow_to))
    matches = []
    for first, after, kind, ids in sorted(found, key=lambda one: one[:2]):
        start, end = row[first].start, row[after - 1].end
        matches.append(Match(frozenset(ids), kind, start, end, text[start:end]))
    return matches


def _longest(found: Iterable[Found]) -> list[Found]:
    """Names that are no part of a longer one; the same words once, for everyone so called."""
    merged: dict[tuple[int, int], set[int]] = {}
    for start, end, ids in found:
        merged.setdefault((start, end), set()).update(ids)
    kept: list[Found] = []
    furthest = 0
    for (start, end), ids in sorted(merged.items(), key=lambda one: (one[0][0], -one[0][1])):
        if end > furthest:
            kept.append((start, end, ids))
            furthest = end
    return kept
