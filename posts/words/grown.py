"""Finds grown-ups of the school in a text: "Mrs Marsh", "Helen Marsh", "H. Marsh" (R-041)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache

from posts.words import ordinary
from posts.words.names import Match, Part, by_sentence, longest
from posts.words.roster import NameIndex, Row
from posts.words.searching import Found, Search
from posts.words.tokens import Token

# The end of a surname of several words: "van der Berg", "de la Cruz".
_PARTICLES = ordinary.words("van von der den de la le da di du dos el al ap st o mc mac bin ibn")
_MOST_INDEXES = 32


def row_of_name(pk: int, name: str) -> Row:
    """A name in one field, as the index takes it: titles aside, the last word is the surname."""
    words = [word for word in name.split() if word.strip(".").lower() not in ordinary.TITLES]
    cut = len(words) - 1
    while cut > 1 and words[cut - 1].lower() in _PARTICLES:
        cut -= 1
    if cut < 1:
        return pk, "", " ".join(words), "", "", ""
    return pk, " ".join(words[:cut]), " ".join(words[cut:]), "", "", ""


@lru_cache(maxsize=_MOST_INDEXES)
def index_of(named: frozenset[tuple[int, str]]) -> NameIndex:
    """The index of these (key, name); the same names are indexed once."""
    return NameIndex.build(row_of_name(pk, name) for pk, name in sorted(named))


def find_adults(text: str, index: NameIndex, *, is_label: bool = False) -> list[Match]:
    """Every grown-up named in the text, in order of place. "full_name": by title or first name
    with the surname; "maybe": by the first name alone."""
    return by_sentence(text, index, _find, frozenset(), is_label=is_label)


def without(matches: Iterable[Match], others: Iterable[Match]) -> Iterator[Match]:
    """Those that do not lie within a whole name of the others: "David" of "David Patel"."""
    whole = [(m.start, m.end) for m in others if m.kind == "full_name"]
    for match in matches:
        inside = any(start <= match.start and match.end <= end for start, end in whole)
        if not (inside and match.kind == "maybe"):
            yield match


def _find(row: list[Token], search: Search, nobody: frozenset[int]) -> list[Part]:
    full = longest([*search.full_names(), *_titled(row, search)])
    taken = {place for start, end, _ in full for place in range(start, end)}
    found: list[Part] = [(s, e, "full_name", ids) for s, e, ids in full]
    return [*found, *search.first_names(taken, nobody)]


def _titled(row: list[Token], search: Search) -> Iterator[Found]:
    """A title and a surname, perhaps with an initial between."""
    for at, token in enumerate(row[:-1]):
        if token.key not in ordinary.TITLES or not (token.capital or token.tagged):
            continue
        place = at + 1
        initial = len(row[place].key) == 1 and not search.last[place]
        if initial and row[place].joined and place + 1 < len(row):
            place += 1
        if row[place].joined or row[place].gap == ". ":
            for after, ids in search.last[place]:
                yield at, after, ids
