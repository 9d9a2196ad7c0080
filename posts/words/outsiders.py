"""Finds people and organisations that are on no register (R-015). A guess: only ever a question.

Quiet on purpose. A person is a title with a name, or two or three words with capitals of which the
first is a first name or follows "by", "author", "thank you" and the like. An organisation ends in a
word that says so.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple

from posts.words import ordinary, phrases, strangers
from posts.words.tokens import Token, tokens

_MOST_WORDS = 4
_TITLES = ordinary.TITLES - ordinary.words("father sister imam bishop pastor canon")
# What stands before a visitor's name.
_CUES = ordinary.words(
    "by author poet illustrator artist athlete olympian paralympian visitor photographer speaker "
    "guest actor actress singer musician footballer cricketer storyteller councillor mayor mp met"
)
_ORGANISATIONS = ordinary.words(
    "ltd limited plc llp foundation homes construction travel council university bakery garage "
    "builders solicitors rotary supermarket supermarkets bank holdings group services associates "
    "partnership tesco asda aldi lidl sainsbury morrisons waitrose greggs"
)
# With a capital, and no part of anybody's name.
_COMMON = ordinary.words(
    "year years class reception nursery primary secondary infant infants junior juniors academy "
    "school schools college church cathedral chapel castle museum zoo farm park parks library hall "
    "house street road lane avenue river mount lake sea wood woods forest town city county "
    "village centre theatre gallery stadium club clubs team cup games day days week month term "
    "fair fayre festival parade christmas easter eid diwali hanukkah ramadan lent advent new year "
    "good happy merry great big little well done red green blue yellow gold silver bronze "
    "english maths science history geography music art drama french spanish german welsh "
    "monday tuesday wednesday thursday friday saturday sunday pe re ict pta eyfs send senco head "
    "teacher headteacher governor governors prime minister king queen prince princess "
    "royal british national international world united kingdom england scotland wales ireland "
    "london facebook instagram x twitter youtube google zoom teams the a an our my his her their "
    "we i you they it this that and of at in on for to from with star stars"
)


class Outsider(NamedTuple):
    """Somebody, or some organisation, as written."""

    start: int
    end: int
    text: str


def find_outsiders(
    text: str, *, first_names: Container[str], known: Iterable[tuple[int, int]]
) -> list[Outsider]:
    """Name-like runs that touch nobody who was found by a register. `first_names`: folded;
    `known`: where those others stand."""
    row, runs = _read(text)
    spans = list(known)
    found = []
    for first, after in runs:
        start, end = row[first].start, row[after - 1].end
        if _is_named(row, first, after, first_names) and not any(
            start < other_end and other_start < end for other_start, other_end in spans
        ):
            found.append(Outsider(start, end, text[start:end]))
    return found


@lru_cache(maxsize=256)
def _read(text: str) -> tuple[list[Token], list[tuple[int, int]]]:
    """Its words, to be read only, and those with capitals that stand together. None where there
    are too many to tell."""
    row = tokens(text)
    return row, [] if strangers.has_too_many_capitals(row) else list(_runs(row))


def _runs(row: list[Token]) -> Iterator[tuple[int, int]]:
    """Words with capitals that stand together."""
    nobody = phrases.passed_over(row)
    at = 0
    while at < len(row):
        after = at
        while (
            after < len(row)
            and row[after].capital
            and not row[after].tagged
            and after not in nobody
            and (after == at or _goes_on(row, after))
        ):
            after += 1
        if after > at:
            yield at, after
        at = max(after, at + 1)


def _goes_on(row: list[Token], at: int) -> bool:
    """One space, or the mark inside a name: "Mr. Reed", "Asher-Smith", "O’Neill"."""
    gap = row[at].gap
    if gap in {" ", "-", "'", ""}:
        return True
    return gap == ". " and (row[at - 1].key in _TITLES or len(row[at - 1].key) == 1)


def _is_named(row: list[Token], first: int, after: int, first_names: Container[str]) -> bool:
    words = [token.key for token in row[first:after]]
    if words[0] in _TITLES:
        return len(words) > 1 and words[1] not in _COMMON
    if len(words) > 1 and not _ORGANISATIONS.isdisjoint(words):
        return True
    while len(words) > 2 and words[0] in _CUES:
        words = words[1:]
    if not 1 < len(words) <= _MOST_WORDS or any(word in _COMMON for word in words):
        return False
    if words[0] in first_names and words[0] not in ordinary.ORDINARY:
        return True
    before = row[first - 1].key if first and row[first].gap == " " else ""
    return before in _CUES or _is_thanked(row, first)


def _is_thanked(row: list[Token], first: int) -> bool:
    """ "Thank you Michael Rosen"."""
    return (
        first > 1
        and row[first].gap == " "
        and [t.key for t in row[first - 2 : first]]
        in (
            ["thank", "you"],
            ["thanks", "to"],
            ["you", "to"],
        )
    )
