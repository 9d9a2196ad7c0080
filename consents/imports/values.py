"""What a cell means: answers, flags, dates, year groups, names. Nothing is guessed or corrected."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from datetime import date, timedelta
from functools import lru_cache

from consents.models import Answer

NOT_ASKED = ""
CROSS = "x"  # yes only if a person says that this file uses it so

_ANSWERS: dict[str, str] = {
    **dict.fromkeys(
        [
            "y",
            "yes",
            "true",
            "t",
            "1",
            "tick",
            "ticked",
            "✓",
            "✔",
            "☑",
            "granted",
            "given",
            "accepted",
            "approved",
            "consent",
            "consented",
            "agreed",
        ],
        Answer.YES,
    ),
    **dict.fromkeys(
        ["n", "no", "false", "f", "0", "refused", "declined", "denied", "withheld", "not given"],
        Answer.NO,
    ),
    **dict.fromkeys(["withdrawn", "revoked", "removed"], Answer.WITHDRAWN),
    **dict.fromkeys(
        [
            "",
            "-",
            "–",
            "—",
            "?",
            "n/a",
            "na",
            "unknown",
            "pending",
            "requested",
            "awaiting",
            "no response",
            "null",
            "none",
            "not asked",
            "no answer",
            "☐",
            "#n/a",
        ],
        NOT_ASKED,
    ),
}
TICKS = frozenset(["tick", "ticked", "✓", "✔", "☑", "x", "1", "true", "t"])
UNTICKED = frozenset(["0", "false", "f", "☐"])
_FIRST_ONLY = frozenset(["first", "first only", "first name", "first name only", "forename"])
_FULL = frozenset(["full", "full name", "both", "first and last", "first and surname"])
_NO_NAMES = frozenset(["no names", "no name", "not named", "neither"])

_YES = frozenset(["y", "yes", "true", "t", "1", "tick", "✓", "✔"])
_NO = frozenset(["n", "no", "false", "f", "0", "none"])


def _tidy(text: str) -> str:
    return " ".join(text.split()).casefold()


@lru_cache(maxsize=4096)
def answer(text: str, *, cross_is_yes: bool = False) -> str:
    """One of `Answer`, or `NOT_ASKED`. Whatever is not in the table is unclear (R-148)."""
    tidy = _tidy(text)
    if tidy == CROSS:
        return Answer.YES if cross_is_yes else Answer.UNCLEAR
    found = _ANSWERS.get(tidy)
    if found is None:
        found = _ANSWERS.get(tidy.rstrip(".! "))
    return Answer.UNCLEAR if found is None else found


@lru_cache(maxsize=1024)
def names_allowed(text: str, *, cross_is_yes: bool = False) -> str:
    """For a column about names: an answer, or "first" or "full"."""
    tidy = _tidy(text)
    if tidy in _FIRST_ONLY:
        return "first"
    if tidy in _FULL:
        return "full"
    return Answer.NO if tidy in _NO_NAMES else answer(text, cross_is_yes=cross_is_yes)


def is_answer(text: str) -> bool:
    """Could this stand in a column of answers? For telling "Name" the pupil from "Name" the
    permission."""
    return _tidy(text) == CROSS or names_allowed(text) != Answer.UNCLEAR


@lru_cache(maxsize=1024)
def flag(text: str) -> bool | None:
    """Yes, no, or not known."""
    tidy = _tidy(text)
    if tidy in _YES:
        return True
    return False if tidy in _NO else None


@lru_cache(maxsize=1024)
def in_care(text: str) -> bool | None:
    """Any word in a care column but a no means yes: "Full care order", "Oakshire"."""
    tidy = _tidy(text)
    if tidy in _NO or tidy in {"no care", "not in care", "never"}:
        return False
    return None if _ANSWERS.get(tidy) == NOT_ASKED else True


_ORDERED = re.compile(r"(\d{1,2})[/.\- ](\d{1,2})[/.\- ](\d{4}|\d{2})")
_ISO = re.compile(r"(\d{4})[-/](\d{1,2})[-/](\d{1,2})")
_WORDED = re.compile(r"(\d{1,2})[ /\-]([a-z]{3,9})\.?[ /\-,]+(\d{4}|\d{2})")
_CLOCK = re.compile(r"[t ]\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?z?$")
_MONTHS = {
    name[:3]: number
    for number, name in enumerate(
        [
            "january",
            "february",
            "march",
            "april",
            "may",
            "june",
            "july",
            "august",
            "september",
            "october",
            "november",
            "december",
        ],
        start=1,
    )
}
_EXCEL_ZERO = date(1899, 12, 30)
_SERIALS = range(10_000, 75_000)  # 1927 to 2105


class NotADate(ValueError):
    """The cell holds something, and no day in it. `str(error)` says what to do."""


def months_first(cells: Iterable[str]) -> bool:
    """Does any cell of this column prove the American order (03/25/2015)?"""
    return any(
        int(found[1]) <= 12 < int(found[2])
        for cell in set(cells)
        if (found := _ORDERED.fullmatch(_CLOCK.sub("", _tidy(cell))))
    )


@lru_cache(maxsize=65_536)
def day(text: str, *, american: bool = False, this_year: int) -> date | None:
    """Day first, ISO, 1-Sep-26, or an Excel serial number. `None` for an empty cell.

    `american`: another cell of the column proves the month to be first, so that a day that could
    be read either way is refused rather than guessed. Raises `NotADate`.
    """
    tidy = _CLOCK.sub("", _tidy(text))
    if _ANSWERS.get(tidy) == NOT_ASKED:
        return None
    try:
        found = _read_day(tidy, american, this_year)
    except NotADate:
        raise
    except ValueError:
        found = None
    if found is None:
        raise NotADate("this is not a date. Write it like 25/03/2015")
    return found


def _read_day(tidy: str, american: bool, this_year: int) -> date | None:
    if found := _ISO.fullmatch(tidy):
        return date(int(found[1]), int(found[2]), int(found[3]))
    if found := _WORDED.fullmatch(tidy):
        month = _MONTHS.get(found[2][:3], 0)
        return date(_year(found[3], this_year), month, int(found[1]))
    if found := _ORDERED.fullmatch(tidy):
        return _ordered(int(found[1]), int(found[2]), _year(found[3], this_year), american)
    if tidy.isdecimal() and len(tidy) == 5 and int(tidy) in _SERIALS:
        return _EXCEL_ZERO + timedelta(days=int(tidy))
    return None


def _ordered(first: int, second: int, year: int, american: bool) -> date:
    if first <= 12 < second:
        raise NotADate("this date has the month first. Write the day first, like 25/03/2015")
    if american and first <= 12 and first != second:
        raise NotADate(
            "this date can be read two ways, and other dates in this column have the month first. "
            "Write it like 2015-03-25"
        )
    return date(year, second, first)


def _year(text: str, this_year: int) -> int:
    """Two figures mean the most recent year that is not beyond next year."""
    year = int(text)
    if len(text) == 4:
        return year
    century = this_year // 100 * 100
    return century + year if century + year <= this_year + 1 else century - 100 + year


_YEAR_GROUP = re.compile(r"(?:national curriculum |nc )?(?:years?|yrs?|y)?\s*0?(1[0-4]|[1-9])")


def year_group(text: str) -> str | None:
    """ "7", "Reception", "Nursery"; empty when empty, `None` when it is none of these."""
    tidy = _tidy(text).replace(".", "")
    if _ANSWERS.get(tidy) == NOT_ASKED and tidy not in {"0"}:
        return ""
    if tidy in {"r", "rec", "reception", "fs2", "year r", "yr r", "yr", "year 0", "0"}:
        return "Reception"
    if re.fullmatch(r"(n|nursery|fs)\s*[12]?|year n|pre-?school|n0", tidy):
        return "Nursery"
    found = _YEAR_GROUP.fullmatch(tidy)
    return found[1] if found else None


def name(text: str) -> str:
    """As given: one form of accents (NFC), no spaces at the ends or doubled inside."""
    return unicodedata.normalize("NFC", " ".join(text.split()))


NO_NAME = frozenset("-.–—")  # how systems write that there is none
ONE_NAME = "One name only: it is taken as the first name"
ODD = "this name holds digits or signs; it is kept as it is"
_SIGNS = frozenset("@#$%^*_+=~|\\{}[]!?:;")


def looks_odd(text: str) -> bool:
    """Digits, or signs that stand in no name: kept, and said."""
    return any(c.isdigit() or c in _SIGNS for c in text)


def spoiled(text: str) -> str:
    """What is wrong with this name; empty when nothing is."""
    if "\ufffd" in text:
        return "a letter of this name was lost (�). Write it again"
    if text.startswith("="):
        return "this is a formula, not a name"
    if "<" in text or ">" in text:
        return "this is not a name but a piece of a page (< or >)"
    if any(unicodedata.category(c) == "Cc" for c in text):
        return "this name holds characters that cannot be printed"
    if not any(c.isalpha() for c in text):
        return "this is not a name"
    return ""


_MISREAD = re.compile(r"[ÃÂ][\u0080-\u00bf‚ƒ„…†‡ˆ‰‹‘’“”•–—˜™›]")


def looks_misread(text: str) -> bool:
    """ "ZoÃ«": UTF-8 that some program took for Windows letters on the way here."""
    return bool(_MISREAD.search(text))


_TITLE = re.compile(r"^(?:mr|mrs|miss|ms|mx|dr|prof|rev)\.? ", re.IGNORECASE)


def split_name(text: str) -> tuple[str, str, bool]:
    """(first, surname, sure?) of "SMITH, John" or "John Smith". A single name is a first name."""
    whole = _TITLE.sub("", name(text))
    if "," in whole:
        surname, _, first = whole.partition(",")
        return first.strip(), surname.strip(), True
    words = whole.split(" ")
    if len(words) == 1:
        return whole, "", True
    return " ".join(words[:-1]), words[-1], len(words) == 2


def lost_noughts(said: str, known: str) -> bool:
    """Is it the known number without the noughts in front, as a spreadsheet leaves it?"""
    return said != known and bool(said.lstrip("0")) and said == known.lstrip("0")
