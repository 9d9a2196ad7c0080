"""Days as files write them. What can be read two ways is refused once its column shows the American
order too; before that it is read day first, as schools write, and `the_other` tells the doubt."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from datetime import date, timedelta
from enum import StrEnum
from functools import lru_cache

from consents.imports import values
from consents.imports.values import tidied

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


class Order(StrEnum):
    """In which order the cells of a column prove its days to be written."""

    GUESSED = "day first, though nothing proves it"  # the schools' own order
    DAY = "day first"
    MOSTLY = "day first, but for a few"
    MIXED = "some of each"
    MONTH = "month first"


_CLEARLY = 10  # so many proven days first to each proven month first are "but for a few"
_REFUSES = frozenset([Order.MIXED, Order.MONTH])  # a day that can be read two ways
DOUBTED = frozenset([Order.GUESSED, Order.MOSTLY])  # it is read day first, and may be another
MONTH_FIRST = "this date has the month first. Write the day first, like 25/03/2015"
TWO_WAYS = (
    "this date can be read two ways, and other dates in this column have the month first. "
    "Write it like 2015-03-25"
)


def order_of(cells: Iterable[str], *, outweighs: bool = False) -> Order:
    """What the cells prove: 25/03/2015 is day first, 03/25/2015 month first.

    One cell with the month first puts every day of the column in doubt that can be read two ways.
    Only where `outweighs` (a birthday refuses the row of somebody new) are ten proven days first
    to each proven month first enough to read the rest day first.
    """
    ours = american = 0
    for cell, times in Counter(cells).items():
        if found := _ORDERED.fullmatch(_CLOCK.sub("", tidied(cell))):
            first, second = int(found[1]), int(found[2])
            american += times * (first <= 12 < second)
            ours += times * (second <= 12 < first)
    if not american:
        return Order.DAY if ours else Order.GUESSED
    if outweighs and ours >= _CLEARLY * american:
        return Order.MOSTLY
    return Order.MIXED if ours else Order.MONTH


@lru_cache(maxsize=65_536)
def day(text: str, *, order: Order = Order.DAY, this_year: int) -> date | None:
    """Day first, ISO, 1-Sep-26, or an Excel serial number. `None` for an empty cell.

    `order` of its column: where that has the month first too, a day that could be read either way
    is refused rather than guessed. Raises `NotADate`.
    """
    tidy = _CLOCK.sub("", tidied(text))
    if values.answer(tidy) == values.NOT_ASKED:
        return None
    try:
        found = _read_day(tidy, order, this_year)
    except NotADate:
        raise
    except ValueError:
        found = None
    if found is None:
        raise NotADate("this is not a date. Write it like 25/03/2015")
    return found


def _read_day(tidy: str, order: Order, this_year: int) -> date | None:
    if found := _ISO.fullmatch(tidy):
        return date(int(found[1]), int(found[2]), int(found[3]))
    if found := _WORDED.fullmatch(tidy):
        month = _MONTHS.get(found[2][:3], 0)
        return date(_year(found[3], this_year), month, int(found[1]))
    if found := _ORDERED.fullmatch(tidy):
        return _ordered(int(found[1]), int(found[2]), _year(found[3], this_year), order)
    if tidy.isdecimal() and len(tidy) == 5 and int(tidy) in _SERIALS:
        return _EXCEL_ZERO + timedelta(days=int(tidy))
    return None


def _ordered(first: int, second: int, year: int, order: Order) -> date:
    if first <= 12 < second:
        raise NotADate(MONTH_FIRST)
    if order in _REFUSES and first <= 12 and first != second:
        raise NotADate(TWO_WAYS)
    return date(year, second, first)


def the_other(text: str, *, order: Order, this_year: int) -> date | None:
    """The day it would be with the month first, where `day` has read it day first in doubt."""
    found = _ORDERED.fullmatch(_CLOCK.sub("", tidied(text)))
    if order not in DOUBTED or not found or found[1] == found[2] or int(found[1]) > 12:
        return None
    try:
        return date(_year(found[3], this_year), int(found[1]), int(found[2]))
    except ValueError:
        return None


def _year(text: str, this_year: int) -> int:
    """Two figures mean the most recent year that is not beyond next year."""
    year = int(text)
    if len(text) == 4:
        return year
    century = this_year // 100 * 100
    return century + year if century + year <= this_year + 1 else century - 100 + year
