"""A day of leaving that can be read two ways is the earlier one: no yes counts too long."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

import pytest
import time_machine
from django.utils import timezone

from consents.models import Child, Import, ImportRow
from tests.consents.asking import may
from tests.consents.imports.conftest import Office, as_csv

pytestmark = pytest.mark.django_db
HEAD = ["Adno", "Surname", "Forename", "DOB", "Reg", "Contact 1 Name", "PR", "Facebook", "DOL"]
LEE = ["0007", "Lee", "Amy", "25/06/2015", "7A", "Jo Lee", "Y", "Yes"]
RAY = ["0008", "Ray", "Bo", "25/06/2014", "7A", "Al Ray", "Y", ""]
LATER = timezone.localdate().year + 2
SUMMER = timezone.localdate().year + 1
TWO_WAYS = f"07/09/{SUMMER}"  # 7 September, or 9 July
JULY, SEPTEMBER = date(SUMMER, 7, 9), date(SUMMER, 9, 7)


def leaves(day: str, *others: list[str]) -> str:
    """Amy's row with that day of leaving."""
    return as_csv([HEAD, [*LEE, day], *others])


@pytest.fixture
def amy(office: Office) -> Child:
    """Amy Lee, with Jo's yes for Facebook from a file."""
    office.brings_in(leaves(""))
    return Child.objects.get(mis_id="0007")


@pytest.fixture
def in_august(amy: Child) -> Iterator[None]:
    """The first of the two days is over, and the second is not."""
    zone = timezone.get_current_timezone()
    with time_machine.travel(datetime(SUMMER, 8, 1, 12, tzinfo=zone)):
        yield


def row(source: Import) -> ImportRow:
    return next(row for row in source.rows.all() if row.number == 2)


def left_on(child: Child) -> date | None:
    return Child.objects.get(pk=child.pk).left_on


def test_of_two_days_to_come_it_is_the_earlier(office, amy):
    office.brings_in(leaves(f"03/04/{LATER}"))
    assert left_on(amy) == date(LATER, 3, 4)
    office.brings_in(leaves(f"04/03/{LATER}"))
    assert left_on(amy) == date(LATER, 3, 4)


def test_the_row_names_both_days_and_says_what_to_do(office, amy):
    [remark] = [said for said in row(office.sends(leaves(TWO_WAYS))).remarks if "DOL" in said]
    assert f"9 July {SUMMER} or 7 September {SUMMER}. The earlier day is taken" in remark
    assert "write it with the year first" in remark


def test_the_file_says_how_many_there_are(office, amy):
    [said] = [one for one in office.sends(leaves(TWO_WAYS)).summary["notices"] if "leaving" in one]
    assert said.startswith("1 day of leaving can be read two ways")


def test_no_yes_counts_after_the_earlier_although_the_later_is_to_come(office, amy, in_august):
    assert may(amy, "facebook")
    office.brings_in(leaves(TWO_WAYS))
    assert not may(amy, "facebook")


def test_where_the_column_proves_the_day_first_it_is_as_it_stands(office, amy):
    office.brings_in(leaves(TWO_WAYS, [*RAY, f"25/07/{SUMMER}"]))
    assert left_on(amy) == SEPTEMBER


@pytest.mark.parametrize("known", [JULY, SEPTEMBER])
def test_the_one_of_both_that_the_record_has_stays(office, amy, known):
    office.brings_in(leaves(known.isoformat()))
    office.brings_in(leaves(TWO_WAYS))
    assert left_on(amy) == known


def test_another_day_in_the_record_gives_way(office, amy):
    office.brings_in(leaves(f"{LATER}-01-31"))
    office.brings_in(leaves(TWO_WAYS))
    assert left_on(amy) == JULY


def test_somebody_new_who_may_have_left_goes_back_to_be_mended(office, amy, in_august):
    source = office.sends(as_csv([HEAD, [*RAY, TWO_WAYS]]))
    assert row(source).outcome == ImportRow.Outcome.PROBLEM


def test_somebody_new_who_is_here_on_both_days_goes_in_with_the_earlier(office, amy):
    office.brings_in(as_csv([HEAD, [*RAY, TWO_WAYS]]))
    assert Child.objects.get(mis_id="0008").left_on == JULY
