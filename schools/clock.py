"""Days and times as people say them, always in UK time (the settings' zone)."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.utils import timezone
from django.utils.formats import date_format

_SOON = 13  # days ahead in which a weekday says more than a year
_LATELY = 6


def clock(at: datetime) -> str:
    """ "15:30", "8:00"."""
    here = timezone.localtime(at)
    return f"{here.hour}:{here.minute:02d}"


def day(on: date) -> str:
    """ "3 May 2026"; a moment is given its UK day."""
    return date_format(_uk_day(on), "j F Y")


def moment(at: datetime) -> str:
    """ "3 May 2026, 15:30"."""
    return f"{day(at)}, {clock(at)}"


def when(at: datetime, now: datetime | None = None) -> str:
    """ "today at 15:30", "tomorrow at 8:00", "Monday 23 November at 9:00", "3 May 2026, 15:30"."""
    today = _uk_day(now or timezone.now())
    days = (_uk_day(at) - today).days
    near = {-1: "yesterday", 0: "today", 1: "tomorrow"}.get(days)
    if near:
        return f"{near} at {clock(at)}"
    if -_LATELY <= days <= _SOON:
        return f"{date_format(_uk_day(at), 'l j F')} at {clock(at)}"
    return moment(at)


def left(at: datetime, now: datetime | None = None) -> str:
    """ "4 days", "3 hours 25 minutes"; empty when the moment has passed."""
    remains = at - (now or timezone.now())
    if remains <= timedelta(0):
        return ""
    if remains >= timedelta(days=2):
        return noun(remains.days, "day", "days")
    hours, minutes = divmod(int(remains.total_seconds()) // 60, 60)
    said = [noun(hours, "hour", "hours")] if hours else []
    said += [noun(minutes, "minute", "minutes")] if minutes else []
    return " ".join(said) or "less than a minute"


def noun(count: int, one: str, many: str) -> str:
    """A number with its noun: "1 child", "2,500 parents", "no children"."""
    if count == 1:
        return f"1 {one}"
    return f"{count:,} {many}" if count else f"no {many}"


def _uk_day(on: date) -> date:
    return timezone.localtime(on).date() if isinstance(on, datetime) else on
