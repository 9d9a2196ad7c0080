"""An answer of which the day is known and the hour is not: the one place that says when it counts.

A yes counts from the beginning of its day and everything else from the end, so that a form or a
file which is written down later never undoes a no or a withdrawal of the same day. What somebody
says at the door or on the phone today is said now.
"""

from __future__ import annotations

from datetime import date, datetime, time
from functools import lru_cache

from django.utils import timezone

from consents.models import Answer, Way

_SPOKEN = frozenset([Way.IN_PERSON, Way.PHONE])


@lru_cache(maxsize=4096)
def edge(day: date, *, begins: bool) -> datetime:
    """The first or the last moment of a day, by the school's clock."""
    return timezone.make_aware(datetime.combine(day, time.min if begins else time.max))


def moment_of(day: date, answer: str, way: str) -> datetime:
    """When an answer of that day counts from, as it is written down now."""
    now = timezone.now()
    if way in _SPOKEN and day == timezone.localdate(now):
        return now
    return min(edge(day, begins=answer == Answer.YES), now)
