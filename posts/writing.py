"""Which writing in a photo asks to be looked at: what looks like a name, a detail, or is unread.

It is compared with the names of the post's own school only, and nothing is kept of whose name it
looks like: a hint may be wrong, so no page says "this is Amira" (photo-safety.md §4).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from django.utils import timezone
from rapidfuzz import fuzz, process

from consents.models.people import folded
from posts.checks.registers import Register, grown_ups_of, register_of
from posts.models import Found
from posts.seeing.found import Line
from posts.words.details import details
from posts.words.grown import find_adults, index_of
from posts.words.names import NameIndex, find
from posts.words.tokens import keys

# Measured (photo-safety.md §4): of names with one letter in ten misread, 94 % are this alike.
ALIKE = 84
_LONG_ENOUGH = 6  # letters of a name, below which a likeness says little
_WORDS = 3  # of a name, at most


def hints(lines: Iterable[Line], school_id: int) -> list[tuple[Line, str]]:
    """Each line with its hint. A handful of queries, however many lines."""
    day = timezone.localdate()
    register = register_of(school_id, day)
    adults = grown_ups_of(school_id, day)
    grown = index_of(frozenset((pk, one.name) for pk, one in adults.items()))
    full = sorted({*_full_names(register), *(folded(one.name) for one in adults.values())})
    return [(line, _hint(line, register.names, grown, full)) for line in lines]


def _hint(line: Line, pupils: NameIndex, grown: NameIndex, full: list[str]) -> str:
    # A name is told even where the reading is unsure of it.
    if line.text and _is_a_name(line.text, pupils, grown, full):
        return Found.Hint.NAME
    if not line.is_read:
        return Found.Hint.UNREAD
    return Found.Hint.DETAIL if details(line.text) else ""


def _is_a_name(text: str, pupils: NameIndex, grown: NameIndex, full: list[str]) -> bool:
    # On kit and trays names stand in capitals, where a capital tells nothing.
    said = text.title() if text.isupper() else text
    if find(said, pupils, narrow_to=()) or find_adults(said, grown):
        return True
    return _stands_alone(text, pupils, grown) or _is_like(text, full)


def _stands_alone(text: str, pupils: NameIndex, grown: NameIndex) -> bool:
    """One word by itself that is somebody's first name or surname: a label, also of a name that
    is an ordinary word elsewhere ("Rose")."""
    word = "".join(keys(text))
    return len(text.split()) == 1 and any(
        word in index.firsts or word in index.surnames for index in (pupils, grown)
    )


def _is_like(text: str, full: list[str]) -> bool:
    """Is any run of its words nearly a whole name of somebody's?"""
    wanted = list(_runs(folded(text).split()))
    if not wanted or not full:
        return False
    return any(
        process.extractOne(run, full, scorer=fuzz.ratio, score_cutoff=ALIKE) for run in wanted
    )


def _runs(words: list[str]) -> Iterator[str]:
    for number in range(1, _WORDS + 1):
        for at in range(len(words) - number + 1):
            run = " ".join(words[at : at + number])
            if len(run) >= _LONG_ENOUGH:
                yield run


def _full_names(register: Register) -> Iterator[str]:
    for first, surname, preferred, preferred_surname, *_ in register.rows.values():
        for one in {first, preferred} - {""}:
            for last in {surname, preferred_surname} - {""}:
                yield folded(f"{one} {last}")
