"""What a cell means: answers, flags, year groups, names (days: `dates`). Nothing is guessed."""

from __future__ import annotations

import re
import unicodedata
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


def tidied(text: str) -> str:
    """One space between words, none around, and no capitals."""
    return " ".join(text.split()).casefold()


@lru_cache(maxsize=4096)
def answer(text: str, *, cross_is_yes: bool = False) -> str:
    """One of `Answer`, or `NOT_ASKED`. Whatever is not in the table is unclear (R-148)."""
    tidy = tidied(text)
    if tidy == CROSS:
        return Answer.YES if cross_is_yes else Answer.UNCLEAR
    found = _ANSWERS.get(tidy)
    if found is None:
        found = _ANSWERS.get(tidy.rstrip(".! "))
    return Answer.UNCLEAR if found is None else found


@lru_cache(maxsize=1024)
def names_allowed(text: str, *, cross_is_yes: bool = False) -> str:
    """For a column about names: an answer, or "first" or "full"."""
    tidy = tidied(text)
    if tidy in _FIRST_ONLY:
        return "first"
    if tidy in _FULL:
        return "full"
    return Answer.NO if tidy in _NO_NAMES else answer(text, cross_is_yes=cross_is_yes)


def is_answer(text: str) -> bool:
    """Could this stand in a column of answers? For telling "Name" the pupil from "Name" the
    permission."""
    return tidied(text) == CROSS or names_allowed(text) != Answer.UNCLEAR


@lru_cache(maxsize=1024)
def flag(text: str) -> bool | None:
    """Yes, no, or not known."""
    tidy = tidied(text)
    if tidy in _YES:
        return True
    return False if tidy in _NO else None


@lru_cache(maxsize=1024)
def in_care(text: str) -> bool | None:
    """Any word in a care column but a no means yes: "Full care order", "Oakshire"."""
    tidy = tidied(text)
    if tidy in _NO or tidy in {"no care", "not in care", "never"}:
        return False
    return None if _ANSWERS.get(tidy) == NOT_ASKED else True


_YEAR_GROUP = re.compile(r"(?:national curriculum |nc )?(?:years?|yrs?|y)?\s*0?(1[0-4]|[1-9])")


def year_group(text: str) -> str | None:
    """ "7", "Reception", "Nursery"; empty when empty, `None` when it is none of these."""
    tidy = tidied(text).replace(".", "")
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
