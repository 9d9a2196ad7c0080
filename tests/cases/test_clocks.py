"""The clocks of the law, by tables of dates."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from cases import clocks

D = date.fromisoformat
LONDON = ZoneInfo("Europe/London")

ANSWERS = [
    ("2026-08-31", "2026-09-30", "a bank holiday receives; September has no 31st"),
    ("2026-01-31", "2026-03-02", "28 February 2026 is a Saturday"),
    ("2023-01-31", "2023-02-28", "a Tuesday"),
    ("2028-01-31", "2028-02-29", "a leap year"),
    ("2032-01-31", "2032-03-01", "29 February 2032 is a Sunday"),
    ("2028-02-29", "2028-03-29", "from a leap day"),
    ("2026-03-03", "2026-04-07", "over Good Friday, the weekend and Easter Monday"),
    ("2026-11-25", "2026-12-29", "Christmas is a Friday, Boxing Day has its Monday"),
    ("2026-12-01", "2027-01-04", "New Year's Day is a Friday"),
    ("2027-11-28", "2027-12-29", "both substitutes of Christmas 2027"),
    (
        "2026-11-23",
        "2026-12-23",
        "the school is closed for Christmas, the office of the law is not",
    ),
    ("2026-11-30", "2026-12-30", "between the years"),
    ("2026-07-20", "2026-08-20", "in the summer holidays"),
    ("2026-12-15", "2027-01-15", "over the end of a year"),
]


@pytest.mark.parametrize(("received", "due", "why"), ANSWERS)
def test_r_160_a_request_is_answered_by_the_same_date_next_month(received, due, why):
    assert clocks.answer_by(D(received)) == D(due), why


LONGER = [
    ("2026-08-31", "2026-11-30", "November has no 31st"),
    ("2027-11-30", "2028-02-29", "into a leap year"),
    ("2026-01-03", "2026-04-07", "Good Friday once more"),
]


@pytest.mark.parametrize(("received", "due", "why"), LONGER)
def test_r_160_told_in_time_there_are_two_further_months(received, due, why):
    assert clocks.answer_by(D(received), longer=True) == D(due), why


def test_r_160_days_of_waiting_for_proof_are_added_before_a_weekend_moves_the_end():
    assert clocks.answer_by(D("2026-09-01"), waited=2) == D("2026-10-05")
    assert clocks.answer_by(D("2026-09-01"), waited=4) == D("2026-10-05")


COMPLAINTS = [
    ("2026-06-05", "2026-07-06", "5 July 2026 is a Sunday"),
    ("2026-06-08", "2026-07-08", "a Wednesday"),
    ("2026-11-25", "2026-12-29", "Christmas Day"),
    ("2028-01-31", "2028-03-01", "through a leap day"),
    ("2027-01-30", "2027-03-01", "through a short February"),
]


@pytest.mark.parametrize(("received", "due", "why"), COMPLAINTS)
def test_r_161_thirty_days_to_acknowledge_count_from_the_day_after(received, due, why):
    assert clocks.acknowledge_by(D(received)) == D(due), why


BREACHES = [
    ("2026-03-27T18:00", "2026-03-30T19:00", "clocks go forward: 72 real hours"),
    ("2026-10-23T18:00", "2026-10-26T17:00", "clocks go back"),
    ("2026-12-24T15:00", "2026-12-27T15:00", "Christmas stops nothing"),
    ("2028-02-28T09:30", "2028-03-02T09:30", "through a leap day"),
]


@pytest.mark.parametrize(("known", "due", "why"), BREACHES)
def test_r_162_the_regulator_hears_within_72_real_hours(known, due, why):
    found = clocks.regulator_by(datetime.fromisoformat(known).replace(tzinfo=LONDON))
    assert found == datetime.fromisoformat(due).replace(tzinfo=LONDON), why


@pytest.mark.parametrize("day", ["2026-03-29", "2026-10-25", "2026-07-01", "2026-01-01"])
def test_a_day_ends_with_its_last_minute_in_the_uk(day):
    end = clocks.end_of(D(day))
    assert end.astimezone(LONDON).date() == D(day)
    assert (end.astimezone(UTC) + timedelta(minutes=1)).astimezone(LONDON).date() > D(day)
