"""Personal details in a text: numbers, addresses, birthdays, plates, private links, a child's week.

Shapes, not facts: whatever is found here only ever warns (R-018, R-036, R-127). A phone number
is not looked up in a numbering plan, so that a new range or a mistyped number is still seen.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

import regex

from consents.imports.upn import check_letter
from posts.words.letters import with_places


class Sort(StrEnum):
    """What was found, as the warning says it."""

    PHONE = "a phone number"
    EMAIL = "an e-mail address"
    POSTCODE = "a postcode"
    ADDRESS = "a street address"
    BIRTHDAY = "a date of birth"
    UPN = "a Unique Pupil Number"
    PLATE = "a number plate"
    LINK = "a link to a private file or group"
    ROUTINE = "when and where somebody can be found"
    CLASS = "a class together with a full name"


@dataclass(frozen=True)
class Detail:
    """One thing found: its words as they stand in the text, and where."""

    sort: Sort
    text: str
    start: int
    end: int


@dataclass(frozen=True)
class Published:
    """What a school says of itself in public, so that its own number is no news.

    `phones` are digits as `digits` gives them, `texts` address lines in small letters.
    """

    phones: frozenset[str] = frozenset()
    emails: frozenset[str] = frozenset()
    address: str = ""

    @classmethod
    def of(cls, *, phone: str, email: str, address: str) -> Published:
        """From the school's own record; an empty field publishes nothing."""
        return cls(
            phones=frozenset({digits(phone)} - {""}),
            emails=frozenset({email.lower()} - {""}),
            address=_pressed(address),
        )

    def has(self, detail: Detail) -> bool:
        """Is this the school's own?"""
        said = detail.text.lower()
        if detail.sort is Sort.PHONE:
            return digits(said) in self.phones
        if detail.sort is Sort.EMAIL:
            return said in self.emails or self._is_desk(said)
        if detail.sort in {Sort.POSTCODE, Sort.ADDRESS}:
            return bool(self.address) and _pressed(said) in self.address
        return False

    def _is_desk(self, email: str) -> bool:
        """A desk of the school, not a person: the same domain, and a name that is a place."""
        desk, _, domain = email.partition("@")
        return desk in _DESKS and domain in {one.partition("@")[2] for one in self.emails}


_DESKS = frozenset(
    {
        *("office", "admin", "info", "enquiries", "enquiry", "contact", "reception", "hello"),
        *("school", "head", "admissions", "safeguarding", "attendance", "library", "news"),
        *("press", "finance"),
    }
)
_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|"
    r"sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
)
_DATE = (
    rf"(?:\d{{1,2}}(?:st|nd|rd|th)?\s+(?:of\s+)?{_MONTH}(?:,?\s+(?P<y>\d{{4}}))?"
    rf"|{_MONTH}\s+\d{{1,2}}(?:st|nd|rd|th)?(?:,?\s+(?P<y>\d{{4}}))?"
    r"|\d{1,2}[/.-]\d{1,2}[/.-](?P<y>\d{2}(?:\d{2})?)|(?P<y>\d{4})-\d{2}-\d{2})"
)
_BORN = (
    r"(?:born(?:\s+on)?|d\.?o\.?b\.?|date of birth|birth\s?date|birthday(?:\s+(?:is|was|falls))?"
    r"(?:\s+on)?|turn(?:s|ed|ing)?\s+\w+\s+on)"
)
_DAY = r"(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|satur|sun)days?"
_EVERY = rf"(?:every|each)\s+(?:{_DAY}|(?:week)?day|morning|afternoon|evening|week)|{_DAY[:-2]}s"
_TIME = (
    r"(?:at\s+\d{1,2}(?:[:.]\d{2})?(?!\d)|\d{1,2}(?:[:.]\d{2})?\s?(?:am|pm|o'clock)|"
    r"\d{1,2}[:.]\d{2}|after\s+school|before\s+school|at\s+(?:noon|midday))"
)
_PLACE = r"(?:at|in|from|outside|near|opposite|by)\s+(?:the\s+|her\s+|his\s+|their\s+)?\p{L}{3,}"
_STREETS = (
    "street|road|lane|avenue|ave|close|drive|crescent|gardens|grove|terrace|way|place|square|"
    "court|walk|hill|mews|row|rise|green"
)
_PRIVATE = (
    r"(?:drive|photos|docs|sites)\.google\.com(?!/forms)|photos\.app\.goo\.gl|1drv\.ms|"
    r"onedrive\.live\.com|[\w-]+\.sharepoint\.com|(?:www\.)?dropbox\.com|db\.tt|"
    r"chat\.whatsapp\.com|wa\.me|(?:www\.)?icloud\.com|share\.icloud\.com|we\.tl|"
    r"(?:www\.)?wetransfer\.com|teams\.(?:microsoft|live)\.com|(?:[\w-]+\.)?zoom\.us/j|"
    r"t\.me/(?:joinchat|\+)|discord\.gg|(?:app\.)?box\.com/s|mega\.nz|classroom\.google\.com|"
    r"meet\.google\.com"
)

_I = regex.IGNORECASE
_PHONE = regex.compile(
    r"(?<![\w.,£$€/-])(?:\(?(?:\+|00)\d{1,3}\)?[\s.-]?(?:\(0\)[\s.-]?)?|\(?0)"
    r"\d(?:[\s().-]{0,2}\d){7,12}(?![\w/]|[.,]\d)"
)
_EMAIL = regex.compile(r"(?<![\w.+-])[\w.+-]+\s?@\s?(?:[\w-]+\.)+[a-z]{2,}(?![\w-])", _I)
_POSTCODE = regex.compile(
    r"(?<![\w#@/])(?:[A-PR-UWYZ][A-HK-Y]?\d[\dA-HJKMNPR-Y]?|GIR)\s{0,2}\d[ABD-HJLNP-UW-Z]{2}"
    r"(?![\w])"
)
_ADDRESS = regex.compile(
    rf"(?<![\w.,£/])\d{{1,4}}[a-d]?,?\s+(?:\p{{Lu}}[\p{{L}}'-]+\s+){{1,3}}(?i:{_STREETS})\b(?!-)"
)
_BIRTHDAY = regex.compile(
    rf"\b{_BORN}\W{{0,4}}{_DATE}(?!\d)|\b{_DATE}\W{{1,3}}(?:is|was)\W+\w+\W+birthday", _I
)
_UPN = regex.compile(r"(?<!\w)[A-HJ-NP-RT-Z]\d{11}[0-9A-HJ-NP-RT-Z](?!\w)", _I)
_PLATE = regex.compile(
    r"(?<![\w#@])[A-HJ-PR-Y][A-HJ-PR-Z](?:0[1-9]|[1-9]\d)\s?[A-HJ-PR-Z]{3}(?!\w)"
)
_LINK = regex.compile(
    rf"(?<![\w.@-])(?:https?://)?(?:{_PRIVATE})(?:[/?](?:[^\s<>\"]*[^\s<>\".,;:!?)])?)?", _I
)
_ROUTINE = regex.compile(
    rf"\b(?:{_EVERY})\b[^.!?\n]{{0,40}}?\b{_TIME}[^.!?\n]{{0,30}}?\b{_PLACE}"
    rf"|\b(?:{_EVERY})\b[^.!?\n]{{0,40}}?\b{_PLACE}[^.!?\n]{{0,20}}?\b{_TIME}",
    _I,
)
_CLASS = regex.compile(
    r"\b(?i:year|class|form)\s+\w{1,3}\b|\b(?:Reception|Nursery)\b|\b\d{1,2}\p{Lu}{1,2}\b"
)

_OLDEST_LIVING = 1925


@lru_cache(maxsize=256)
def details(text: str) -> tuple[Detail, ...]:
    """Everything in the text that looks like somebody's personal detail, in order of place.

    What stands inside something found already is not said twice. Classes with names are found by
    `class_beside`, which needs to know the names.
    """
    shown, places = with_places(text)
    small = shown.lower()
    found: list[Detail] = []
    taken: list[tuple[int, int]] = []
    for sort, one in _SORTS:
        if not any(hint in small for hint in _HINTS.get(sort, ("",))):
            continue
        for start, end in one(shown):
            if any(start < last and first < end for first, last in taken):
                continue
            taken.append((start, end))
            begin, stop = places[start], places[end - 1] + 1
            found.append(Detail(sort, text[begin:stop].strip(), begin, stop))
    return tuple(sorted(found, key=lambda detail: detail.start))


def mentions_class(text: str) -> bool:
    """Does it speak of a class or year at all?"""
    return bool(_CLASS.search(text))


def class_beside(text: str, start: int, end: int, form: str) -> str:
    """The words that tell the class of whoever is named at `start`: in the same sentence, near.

    Empty when nothing does. `form`: what the class is called on the roll, "4B".
    """
    first = max(text.rfind(mark, 0, start) for mark in ".!?\n") + 1
    lasts = [at for mark in ".!?\n" if (at := text.find(mark, end)) != -1]
    sentence = text[first : min(lasts, default=len(text))]
    labels = [found.group() for found in _CLASS.finditer(sentence)]
    if form and regex.search(rf"\b{regex.escape(form)}\b", sentence, _I):
        labels.insert(0, form)
    return labels[0] if labels else ""


def digits(number: str) -> str:
    """A phone number without how it is written: +44 (0)114 and 0114 are one."""
    plain = regex.sub(r"^\s*\(?(?:\+|00)44\)?\s*(?:\(0\))?", "0", number)
    return "".join(c for c in plain if c.isdigit())


def _pressed(text: str) -> str:
    return "".join(c for c in text.lower() if c.isalnum())


def _spans(pattern: regex.Pattern[str]) -> Callable[[str], Iterator[tuple[int, int]]]:
    return lambda text: (found.span() for found in pattern.finditer(text))


def _upns(text: str) -> Iterator[tuple[int, int]]:
    """Only with the right check letter: thirteen other signs in a row are a code of something."""
    for found in _UPN.finditer(text):
        upn = found.group().upper()
        if check_letter(upn[1:]) == upn[0]:
            yield found.span()


def _birthdays(text: str) -> Iterator[tuple[int, int]]:
    """Not Shakespeare's: whoever was born so long ago is history."""
    for found in _BIRTHDAY.finditer(text):
        years = [year for year in found.captures("y") if len(year) == 4]
        if not years or int(years[0]) > _OLDEST_LIVING:
            yield found.span()


# Without one of these there is none: looking for a few letters is much faster than for a shape.
_HINTS = {
    Sort.LINK: (
        *("google", "goo.gl", "1drv", "onedrive", "sharepoint", "dropbox", "db.tt", "whatsapp"),
        *("wa.me", "icloud", "we.tl", "wetransfer", "teams.", "zoom.us", "t.me", "discord"),
        *("box.com", "mega.nz"),
    ),
    Sort.EMAIL: ("@",),
    Sort.BIRTHDAY: ("born", "birth", "dob", "d.o.b", "turn"),
    Sort.ROUTINE: ("every", "each", "days"),
}
_SORTS: tuple[tuple[Sort, Callable[[str], Iterator[tuple[int, int]]]], ...] = (
    (Sort.LINK, _spans(_LINK)),
    (Sort.EMAIL, _spans(_EMAIL)),
    (Sort.UPN, _upns),
    (Sort.BIRTHDAY, _birthdays),
    (Sort.PHONE, _spans(_PHONE)),
    (Sort.ADDRESS, _spans(_ADDRESS)),
    (Sort.POSTCODE, _spans(_POSTCODE)),
    (Sort.PLATE, _spans(_PLATE)),
    (Sort.ROUTINE, _spans(_ROUTINE)),
)
