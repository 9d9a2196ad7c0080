"""When whoever was asked and has not answered is reminded: on so many days after asking."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

APART = timedelta(days=1)


def next_reminder(
    asked_at: datetime, days: Sequence[int], done: int, at: datetime | None = None
) -> datetime | None:
    """The next one after `done` of them; none after the last. `at`: another has just been due, so
    that this one is a day away at least, also after the machine has stood still for a while."""
    if done >= len(days):
        return None
    due = asked_at + timedelta(days=days[done])
    return due if at is None else max(due, at + APART)
