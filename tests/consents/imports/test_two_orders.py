"""A column with days in both orders, or in neither for certain: no yes lives by a guess."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime

import pytest
from django.utils import timezone

from consents.actions import Said, record_many
from consents.models import Child, ConsentDecision, Import, ImportRow, Way
from tests.consents.asking import may
from tests.consents.imports.conftest import Office, as_csv

pytestmark = pytest.mark.django_db
HEAD = ["Adno", "Surname", "Forename", "DOB", "Reg", "Contact 1 Name", "PR"]
LEE = ["0007", "Lee", "Amy", "05/06/2015", "7A", "Jo Lee", "Y"]
BO = ["0008", "Ray", "Bo", "25/06/2014", "7A", "Al Ray", "Y"]
CY = ["0009", "Poe", "Cy", "25/06/2014", "7A", "Al Poe", "Y"]
LAST_YEAR = timezone.localdate().year - 1


def _on(month: int, day: int, year: int = LAST_YEAR) -> datetime:
    return datetime(year, month, day, 12, tzinfo=timezone.get_current_timezone())


@pytest.fixture
def amy(office: Office) -> Child:
    """Amy Lee, of whom nothing is recorded but that Jo may decide."""
    office.brings_in(as_csv([HEAD, LEE]))
    return Child.objects.get(mis_id="0007")


@pytest.fixture
def on_paper(office: Office, amy: Child) -> Callable[..., None]:
    """Jo's yes to Facebook on paper, of that day."""

    def says(given_at: datetime, until: date | None = None) -> None:
        record_many(
            said=[Said(office.trust.platform("facebook"), "photo", "yes")],
            child=amy,
            way=Way.PAPER,
            giver=amy.guardianships.get().parent,
            given_at=given_at,
            until=until,
            by=office.by,
        )

    return says


def _dated(answer: str, day: str, *, proofs: tuple[str, ...] = ("25/03", "03/25")) -> str:
    """Amy's answer of that day; the other rows prove in which orders the column is written."""
    others = [[*who, "No", f"{p}/{LAST_YEAR}"] for who, p in zip((BO, CY), proofs, strict=False)]
    return as_csv([[*HEAD, "Facebook", "Consent Date"], [*LEE, answer, day], *others])


def _amys(source: Import) -> ImportRow:
    return next(row for row in source.rows.all() if row.number == 2)


def test_no_older_yes_outranks_a_no_of_a_column_with_both_orders(office, amy, on_paper):
    on_paper(_on(6, 1))
    office.brings_in(_dated("No", f"12/01/{LAST_YEAR}"))
    assert not may(amy, "facebook")


def test_a_no_of_a_column_with_both_orders_counts_from_the_upload(office, amy):
    source = office.brings_in(_dated("No", f"12/01/{LAST_YEAR}"))
    assert ConsentDecision.objects.get(child=amy).given_at == source.uploaded_at


def test_a_yes_of_a_column_with_both_orders_waits(office, amy, on_paper):
    on_paper(_on(1, 9), until=_on(3, 31).date())
    office.brings_in(_dated("Yes", f"02/09/{LAST_YEAR}"))
    assert not may(amy, "facebook")


def test_no_older_yes_outranks_a_no_of_a_column_that_proves_no_order(office, amy, on_paper):
    on_paper(_on(7, 20))
    office.brings_in(_dated("No", f"09/07/{LAST_YEAR}", proofs=()))
    assert not may(amy, "facebook")


def test_of_two_days_it_may_be_only_one_can_have_come(office, amy):
    ahead = timezone.localdate().year + 1
    office.brings_in(_dated("No", f"01/12/{ahead - 2}", proofs=()))
    assert timezone.localdate(ConsentDecision.objects.get().given_at) == date(ahead - 2, 12, 1)


def test_a_yes_that_ended_is_not_said_anew_by_a_day_that_may_be_an_older_one(office, amy, on_paper):
    on_paper(_on(1, 9), until=_on(3, 31).date())
    source = office.brings_in(_dated("Yes", f"02/09/{LAST_YEAR}", proofs=()))
    assert "the yes in the record has ended" in _amys(source).remarks[0]


def test_it_is_said_anew_where_the_column_proves_the_day_first(office, amy, on_paper):
    on_paper(_on(1, 9), until=_on(3, 31).date())
    office.brings_in(_dated("Yes", f"02/09/{LAST_YEAR}", proofs=("25/03",)))
    assert may(amy, "facebook")


def _born(day: str, *, ours: int, american: int) -> str:
    proofs = ["25/06/2014"] * ours + ["06/25/2014"] * american
    others = [[f"1{n}", "Poe", f"Cy{n}", day, *CY[4:]] for n, day in enumerate(proofs)]
    return as_csv([HEAD, [*LEE[:3], day, *LEE[4:]], *others])


@pytest.mark.parametrize(("ours", "american"), [(1, 7), (10, 1)])
def test_a_birthday_that_can_be_read_two_ways_leaves_a_known_one_as_it_is(
    office, amy, ours, american
):
    source = office.brings_in(_born("06/05/2015", ours=ours, american=american))
    amy.refresh_from_db()
    assert amy.born_on == date(2015, 6, 5)
    assert "can be read two ways" in _amys(source).remarks[-1]
    assert "The record stays as it is." in _amys(source).remarks[-1]


def test_one_wrong_cell_among_many_days_first_holds_back_no_other_birthday(office):
    office.brings_in(_born("06/05/2015", ours=10, american=1))
    assert Child.objects.get(first_name="Amy").born_on == date(2015, 5, 6)


def test_a_birthday_in_doubt_does_not_prove_two_pupils_of_one_name(office, amy):
    text = _born("06/05/2015", ours=10, american=1).replace("0007", "")
    row = _amys(office.sends(text))
    assert (row.outcome, row.candidates) == (ImportRow.Outcome.PERSON, [amy.pk])


def test_a_day_of_leaving_that_can_be_read_two_ways_lets_no_yes_in(office, amy):
    head = [*HEAD, "Facebook", "Date of Leaving"]
    rows = [[*LEE, "Yes", "02/09/2027"], [*BO, "", "25/09/2027"], [*CY, "", "09/25/2027"]]
    source = office.brings_in(as_csv([head, *rows]))
    assert "the day of leaving cannot be read" in _amys(source).remarks[0]
    amy.refresh_from_db()
    assert amy.left_on is None
