"""Days, times and numbers as people say them."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from schools import clock

NOON = datetime(2026, 5, 14, 11, 0, tzinfo=UTC)  # a Thursday, 12:00 in London


@pytest.mark.parametrize(
    ("at", "said"),
    [
        (datetime(2026, 5, 14, 14, 30, tzinfo=UTC), "today at 15:30"),
        (datetime(2026, 5, 15, 7, 0, tzinfo=UTC), "tomorrow at 8:00"),
        (datetime(2026, 5, 13, 14, 10, tzinfo=UTC), "yesterday at 15:10"),
        (datetime(2026, 5, 12, 15, 5, tzinfo=UTC), "Tuesday 12 May at 16:05"),
        (datetime(2026, 5, 25, 8, 0, tzinfo=UTC), "Monday 25 May at 9:00"),
        (datetime(2026, 6, 3, 14, 30, tzinfo=UTC), "3 June 2026, 15:30"),
        (datetime(2026, 5, 3, 14, 30, tzinfo=UTC), "3 May 2026, 15:30"),
    ],
)
def test_a_moment_is_said_as_near_as_it_is(at: datetime, said: str) -> None:
    assert clock.when(at, now=NOON) == said


def test_today_ends_at_midnight_in_london_not_in_utc() -> None:
    late = datetime(2026, 5, 14, 23, 30, tzinfo=UTC)  # 0:30 on Friday in London
    assert clock.when(late, now=NOON) == "tomorrow at 0:30"


def test_a_day_needs_no_time() -> None:
    assert clock.day(date(2026, 5, 3)) == "3 May 2026"


def test_the_day_of_a_moment_is_the_uk_day() -> None:
    assert clock.day(datetime(2026, 5, 2, 23, 30, tzinfo=UTC)) == "3 May 2026"


@pytest.mark.parametrize(
    ("ahead", "said"),
    [
        (timedelta(hours=3, minutes=25), "3 hours 25 minutes"),
        (timedelta(hours=1), "1 hour"),
        (timedelta(minutes=1, seconds=40), "1 minute"),
        (timedelta(seconds=40), "less than a minute"),
        (timedelta(days=4, hours=2), "4 days"),
        (timedelta(seconds=-1), ""),
    ],
)
def test_what_is_left_is_said_in_hours_and_minutes(ahead: timedelta, said: str) -> None:
    assert clock.left(NOON + ahead, now=NOON) == said


@pytest.mark.parametrize(
    ("count", "said"),
    [(0, "no children"), (1, "1 child"), (3, "3 children"), (1500, "1,500 children")],
)
def test_a_number_has_its_noun(count: int, said: str) -> None:
    assert clock.noun(count, "child", "children") == said
