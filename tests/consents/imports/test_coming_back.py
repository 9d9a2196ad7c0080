"""A pupil leaves and a later file has them again: what was said before they left."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
import time_machine
from django.utils import timezone

from consents.actions import Said, record_many
from consents.coverage import By, Scope, Tally, coverage
from consents.models import Child, Import, ImportRow, Way
from policy.models import Platform
from tests.cast import Trusty
from tests.consents.asking import may
from tests.consents.imports.conftest import Office, as_csv

pytestmark = pytest.mark.django_db
HEAD = ["Adno", "Surname", "Forename", "DOB", "Contact 1 Name", "PR", "Facebook", "Consent Date"]
HEAD = [*HEAD, "Leaving Date", "Status"]
AMY = ["0007", "Lee", "Amy", "05/06/2015", "Jo Lee", "Y"]


def file(facebook: str = "", said: str = "", left: str = "", status: str = "") -> str:
    """One pupil, Amy Lee, with one answer."""
    return as_csv([HEAD, [*AMY, facebook, said, left, status]])


def in_days(number: int) -> date:
    return timezone.localdate() + timedelta(days=number)


def spelt(day: date) -> str:
    return day.isoformat()


def amy() -> Child:
    return Child.objects.get()


def jo_says(trust: Trusty, answer: str, days: int) -> None:
    record_many(
        said=[Said(trust.platform("facebook"), "photo", answer)],
        child=amy(),
        giver=amy().guardianships.get().parent,
        way=Way.PAPER,
        given_at=timezone.now() + timedelta(days=days),
        by=trust.connie,
    )


def leaves(office: Office, days: int) -> None:
    office.brings_in(file(left=spelt(in_days(days))))
    assert amy().left_on == in_days(days)


def outcome(source: Import) -> str:
    return str(source.rows.get().outcome)


# ── a no ─────────────────────────────────────────────────────────────────────────────────────────
@pytest.mark.parametrize("answer", ["no", "withdrawn"])
def test_a_parents_no_from_before_is_not_turned_by_the_file_that_brings_the_child_back(
    trust: Trusty, office: Office, answer: str
) -> None:
    """R-149."""
    office.brings_in(file())
    jo_says(trust, answer, days=-200)
    leaves(office, days=-30)
    source = office.brings_in(file("Yes", said=spelt(in_days(0))))
    assert amy().returned_on == in_days(0)
    assert outcome(source) == ImportRow.Outcome.PERSON
    assert not may(amy(), "facebook")


def test_a_no_that_nobody_is_named_for_stays_as_well(office: Office) -> None:
    plain = as_csv([["Adno", "Surname", "Forename", "Facebook"], ["0007", "Lee", "Amy", "No"]])
    office.brings_in(plain)
    assert amy().decisions.get().giver is None
    leaves(office, days=-30)
    office.brings_in(file("Yes", said=spelt(in_days(0))))
    assert not may(amy(), "facebook")


def test_the_pupils_own_no_stays_as_well(trust: Trusty, office: Office) -> None:
    office.brings_in(file())
    record_many(
        said=[Said(trust.platform("facebook"), "photo", "no")],
        child=amy(),
        given_by_child=True,
        way=Way.PAPER,
        given_at=timezone.now() - timedelta(days=200),
        by=trust.connie,
    )
    leaves(office, days=-30)
    office.brings_in(file("Yes", said=spelt(in_days(0))))
    assert amy().decisions.filter(answer="yes").count() == 0
    assert not may(amy(), "facebook")


def test_a_no_that_the_same_parent_had_taken_back_does_not_stand_in_the_way(
    trust: Trusty, office: Office
) -> None:
    office.brings_in(file())
    jo_says(trust, "no", days=-300)
    jo_says(trust, "yes", days=-200)
    leaves(office, days=-30)
    office.brings_in(file("Yes", said=spelt(in_days(0))))
    assert may(amy(), "facebook")


# ── a yes ────────────────────────────────────────────────────────────────────────────────────────
@pytest.mark.parametrize("status", ["", "On roll", "Left"])
def test_a_day_of_leaving_to_come_brings_no_yes_back(office: Office, status: str) -> None:
    office.brings_in(file("Yes", said=spelt(in_days(-200))))
    leaves(office, days=-30)
    source = office.brings_in(file(left=spelt(in_days(240)), status=status))
    assert amy().returned_on == in_days(0)
    assert "Is back; answers from before do not come back." in source.rows.get().remarks
    assert not may(amy(), "facebook")


def test_another_day_of_leaving_in_the_past_is_no_coming_back(office: Office) -> None:
    office.brings_in(file("Yes"))
    leaves(office, days=-30)
    leaves(office, days=-20)
    assert amy().returned_on is None


@pytest.mark.parametrize("hour", [0, 9])
def test_a_yes_of_the_day_of_the_return_counts_in_summer_time(office: Office, hour: int) -> None:
    """The day begins at midnight by the school's clock, an hour before it does in Greenwich."""
    first = datetime(2027, 9, 1, hour, 30, tzinfo=timezone.get_current_timezone())
    with time_machine.travel(first, tick=False):
        office.brings_in(file())
        Child.objects.update(left_on=date(2027, 7, 20))
        office.brings_in(file("Yes", said="2027-09-01"))
        assert amy().returned_on == date(2027, 9, 1)
        assert may(amy(), "facebook")
        facebook = Platform.objects.get(key="facebook").pk
        found = coverage(Scope([amy().school_id], [facebook]), By.FORM)
        assert found.counts == {(("", ""), facebook): {Tally.YES.value: 1}}
