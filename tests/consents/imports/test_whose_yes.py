"""A yes of a file that names nobody is put down to a contact, and never in place of another's."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.utils import timezone

from consents.actions import Said, record_many
from consents.deciding import set_guardianship
from consents.models import Child, Guardianship, Import, ImportRow, Parent, Way
from tests.consents.asking import may
from tests.consents.imports.conftest import Office, as_csv

pytestmark = pytest.mark.django_db
HEAD = ["Adno", "Surname", "Forename", "DOB", "Reg", "Contact 1 Name", "PR"]
AMY = ["0007", "Lee", "Amy", "25/06/2015", "7A", "Jo Lee", "Y"]
TODAY = timezone.localdate()


@pytest.fixture
def file(office: Office) -> Callable[..., Import]:
    """`file(Facebook="Yes")`: a file that lists Jo alone says so of Amy, and is brought in."""

    def brings(**said: str) -> Import:
        heads = [head.replace("_", " ") for head in said]
        return office.brings_in(as_csv([[*HEAD, *heads], [*AMY, *said.values()]]))

    return brings


@pytest.fixture
def amy(file) -> Child:
    """Amy Lee, of whom nothing is recorded but that Jo may decide, and Sam besides."""
    file()
    child = Child.objects.get(mis_id="0007")
    sam = Parent.objects.create(first_name="Sam", surname="Lee")
    Guardianship.objects.create(
        child=child, parent=sam, relationship="Father", has_responsibility=True
    )
    return child


@pytest.fixture
def sam(amy: Child) -> Guardianship:
    return amy.guardianships.get(relationship="Father")


@pytest.fixture
def sam_says_yes(office: Office, amy: Child, sam: Guardianship) -> Callable[..., None]:
    """On paper, to photos on Facebook."""

    def says(until: date | None = None, days_ago: int = 40) -> None:
        record_many(
            said=[Said(office.trust.platform("facebook"), "photo", "yes")],
            child=amy,
            way=Way.PAPER,
            giver=sam.parent,
            given_at=timezone.now() - timedelta(days=days_ago),
            until=until,
            by=office.by,
        )

    return says


def may_not_decide_any_more(office: Office, row: Guardianship) -> None:
    set_guardianship(
        guardianship=row,
        has_responsibility=True,
        court_order=True,
        ended_on=None,
        relationship="Father",
        by=office.by,
    )


def givers(amy: Child) -> set[str]:
    return {said.giver.first_name for said in amy.decisions.all() if said.giver}


def test_r_152_it_is_put_down_to_the_contact_and_called_so(office, file, amy, signed_in):
    file(Facebook="Yes")
    assert may(amy, "facebook")
    page = signed_in(office.by).get(f"/children/{amy.pk}/").content.decode()
    said = " ".join(page[page.index('id="s-said"') :].split())
    assert "put down to Jo Lee" in said
    assert "from the school’s system" in said
    assert "from Jo Lee" not in said


def test_beside_the_yes_of_another_it_is_no_news(file, amy, sam_says_yes):
    sam_says_yes()
    file(Facebook="Yes")
    assert givers(amy) == {"Sam"}


def test_r_152_it_does_not_outlast_the_right_to_decide_of_whoever_said_it(
    office, file, amy, sam, sam_says_yes
):
    sam_says_yes()
    file(Facebook="Yes")
    assert may(amy, "facebook")
    may_not_decide_any_more(office, sam)
    assert not may(amy, "facebook")


def test_nor_is_it_put_down_to_the_one_who_may_decide_after_the_other_may_not(
    office, file, amy, sam, sam_says_yes
):
    sam_says_yes()
    may_not_decide_any_more(office, sam)
    file(Facebook="Yes")
    assert not may(amy, "facebook")


def test_r_149_beside_one_that_has_ended_it_waits(file, amy, sam_says_yes):
    sam_says_yes(until=TODAY - timedelta(days=1))
    source = file(Facebook="Yes")
    assert source.rows.get().outcome == ImportRow.Outcome.PERSON
    assert "the yes in the record has ended" in source.rows.get().remarks[0]
    assert givers(amy) == {"Sam"}


def test_one_that_is_dated_after_that_end_was_said_anew(file, amy, sam_says_yes):
    sam_says_yes(until=TODAY - timedelta(days=20))
    file(Facebook="Yes", Consent_Date=(TODAY - timedelta(days=10)).isoformat())
    assert may(amy, "facebook")


@pytest.mark.parametrize("who", ["Jo Lee", "Mother"])
def test_one_that_names_its_giver_is_theirs_beside_any_other(file, amy, sam_says_yes, who):
    amy.guardianships.exclude(relationship="Father").update(relationship="Mother")
    sam_says_yes()
    file(Facebook="Yes", Consent_Given_By=who)
    assert givers(amy) == {"Sam", "Jo"}


def test_of_another_platform_it_is_news_all_the_same(file, amy, sam_says_yes):
    sam_says_yes()
    file(Instagram="Yes")
    assert may(amy, "instagram")
