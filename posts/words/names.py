"""Finds the names of a school's children in a text, however they are written (R-073).

Full names are found for every child of the roster. A first name alone is a finding for a child
who is pictured or named on purpose; for any other child of the school it is a "maybe", which a
person answers. Full names of several children with one name are one match.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable
from functools import lru_cache
from typing import NamedTuple

from posts.words import strangers
from posts.words.roster import NameIndex, Row, keep
from posts.words.searching import Found, Kind, Manner, Search
from posts.words.tokens import Token, tokens

__all__ = ["Kind", "Match", "NameIndex", "Row", "find", "forget"]


Part = tuple[int, int, Kind, set[int]]  # first word, the place after the last, and whose
_SENTENCE = re.compile(r"[.!?…](?=\s)")
_NO_SHORT_FORM = 5  # letters of a word that a full stop does not shorten


class Match(NamedTuple):
    """A name in a text: whose it can be, and where it stands."""

    child_ids: frozenset[int]
    kind: Kind
    start: int
    end: int
    text: str


def find(
    text: str, index: NameIndex, *, narrow_to: Collection[int], is_label: bool = False
) -> list[Match]:
    """Every name in the text, in order of place. `narrow_to`: who is pictured or meant.
    `is_label`: the text is the name of a file."""
    return by_sentence(text, index, _find, frozenset(narrow_to), is_label=is_label)


# How one sentence is looked through.
Finder = Callable[[list[Token], Search, frozenset[int]], list[Part]]


def by_sentence(
    text: str, index: NameIndex, finder: Finder, pictured: frozenset[int], *, is_label: bool
) -> list[Match]:
    """What `finder` finds in each sentence. One is read once for each index: while somebody
    types, only the sentence that changed."""
    parts = [text] if is_label else sentences(text)
    read = [_read(part, is_label) for part in parts]
    manner = _manner(read)
    known = index.sentences((finder, manner, pictured, is_label))
    found: list[Match] = []
    at = 0
    for part, (row, _) in zip(parts, read, strict=True):
        here = known.get(part)
        if here is None:
            here = matched(part, row, finder(row, Search(row, index, manner), pictured))
            keep(known, part, here)
        if here:
            found += [Match(ids, kind, at + s, at + e, said) for ids, kind, s, e, said in here]
        at += len(part)
    return found


def sentences(text: str) -> list[str]:
    """The text cut after each sentence that ends in a word of five letters or more: "A. Khan",
    "St. Clair" and "Prof. Reed" stay whole."""
    found, start = [], 0
    for mark in _SENTENCE.finditer(text):
        word = mark.start() - _NO_SHORT_FORM
        if word >= start and text[word : mark.start()].isalpha():
            found.append(text[start : mark.end()])
            start = mark.end()
    return [*found, text[start:]] if start < len(text) or not found else found


def forget(index: NameIndex) -> None:
    """Read everything anew. For measures; never needed for a right answer."""
    index.words_read.clear()
    index.sentences_read.clear()
    _read.cache_clear()


def _manner(read: list[tuple[list[Token], strangers.Capitals]]) -> Manner:
    capitals = long = large = 0
    for _, counted in read:
        capitals += counted[0]
        long += counted[1]
        large += counted[2]
    return Manner(capitals > 0, strangers.is_headline(long, large))


@lru_cache(maxsize=4_096)
def _read(sentence: str, is_label: bool) -> tuple[list[Token], strangers.Capitals]:
    """Its words, to be read only, and how many capitals they have."""
    row = tokens(sentence, is_label=is_label)
    return row, strangers.capitals(row)


def _find(row: list[Token], search: Search, pictured: frozenset[int]) -> list[Part]:
    full = longest(search.full_names())
    taken = {place for start, end, _ in full for place in range(start, end)}
    found: list[Part] = [(s, e, "full_name", ids) for s, e, ids in full]
    found += search.first_names(taken, pictured)
    taken |= {place for start, end, *_ in found for place in range(start, end)}
    found += search.surnames(taken, pictured)
    return found


def matched(text: str, row: list[Token], found: list[Part]) -> list[Match]:
    """Words of the row as places in the text, in order."""
    matches = []
    for first, after, kind, ids in sorted(found, key=lambda one: one[:2]):
        start, end = row[first].start, row[after - 1].end
        matches.append(Match(frozenset(ids), kind, start, end, text[start:end]))
    return matches


def longest(found: Iterable[Found]) -> list[Found]:
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
