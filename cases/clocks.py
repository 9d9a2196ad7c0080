"""How long the law gives. Days are days of the UK; school holidays stop none of these clocks.

Days end with their last minute. Where a last day falls on a weekend or a bank holiday of England,
the next working day is the last.
"""

from __future__ import annotations

from calendar import monthrange
from datetime import UTC, date, datetime, time, timedelta

import holidays
from django.utils import timezone

ANSWER, LONGER = 1, 3  # calendar months from receipt
ACKNOWLEDGE = timedelta(days=30)  # counted from the day after receipt
REGULATOR = timedelta(hours=72)  # from when somebody of ours knew
_A_DAY = timedelta(days=1)
_SATURDAY = 5
_BANK = holidays.country_holidays("GB", subdiv="ENG")


def is_working_day(day: date) -> bool:
    """Neither a weekend nor a bank holiday of England."""
    return day.weekday() < _SATURDAY and day not in _BANK


def working_day_from(day: date) -> date:
    """That day, or the next working day."""
    while not is_working_day(day):
        day += _A_DAY
    return day


def months_after(day: date, months: int) -> date:
    """The same date some months on; where that month has none, its last day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def answer_by(received: date, *, longer: bool = False, waited: int = 0) -> date:
    """The last day to answer a request for somebody's data (R-160).

    The clock starts on the day of receipt, working day or not. `longer`: two further months, told
    in time. `waited`: whole days for which a proof of identity or a clarification was awaited.
    """
    on = months_after(received, LONGER if longer else ANSWER)
    return working_day_from(on + timedelta(days=waited))


def acknowledge_by(received: date) -> date:
    """The last day to acknowledge a complaint about data (R-161)."""
    return working_day_from(received + ACKNOWLEDGE)


def regulator_by(known_at: datetime) -> datetime:
    """The moment until which the regulator hears of a breach: real hours, through a change of the
    clocks, at weekends and on bank holidays too (R-162)."""
    return known_at.astimezone(UTC) + REGULATOR


def end_of(day: date) -> datetime:
    """The last minute of a day of the UK."""
    return datetime.combine(day, time(23, 59), timezone.get_default_timezone())
