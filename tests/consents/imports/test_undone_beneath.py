"""A file is undone beneath a later one where the two have nothing to do with each other."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from consents.imports import actions, following, undoing
from consents.models import Child, Guardianship, Import, ImportTrace
from schools.models import User
from tests.consents.asking import may
from tests.consents.imports.conftest import Office, as_csv

pytestmark = pytest.mark.django_db
HEAD = ["Adno", "Surname", "Forename", "DOB", "Reg", "Contact 1 Name", "PR", "Facebook"]
AMY = ["0007", "Lee", "Amy", "25/06/2015", "7A", "Jo Lee", "Y"]
BO = ["0008", "Ray", "Bo", "25/06/2014", "7B", "Al Ray", "Y"]


def said(*rows: list[str]) -> str:
    return as_csv([HEAD, *rows])


@pytest.fixture
def both(office: Office) -> None:
    """Amy and Bo, of whom nothing is answered."""
    office.brings_in(said([*AMY, ""], [*BO, ""]))


@pytest.fixture
def amys(office: Office, both: None) -> Import:
    """A file that says yes for Amy, and names nobody else."""
    return office.brings_in(said([*AMY, "Yes"]))


def amy() -> Child:
    return Child.objects.get(mis_id="0007")


def undo(office: Office, source: Import) -> Import:
    source.refresh_from_db()
    seen = undoing.plan(source).counts["digest"]
    actions.undo(source=source, seen=seen, by=office.by)
    return office.works(source)


def test_beneath_a_file_about_others_it_is_undone(office: Office, amys: Import) -> None:
    office.brings_in(said([*BO, "Yes"]))
    assert may(amy(), "facebook")
    assert undo(office, amys).state == Import.State.UNDONE
    assert not may(amy(), "facebook")
    assert may(Child.objects.get(mis_id="0008"), "facebook")


def test_what_the_later_one_brought_can_be_undone_after_it(office: Office, amys: Import) -> None:
    bos = office.brings_in(said([*BO, "Yes"]))
    undo(office, amys)
    assert undo(office, bos).state == Import.State.UNDONE
    assert not may(Child.objects.get(mis_id="0008"), "facebook")


def test_a_file_that_named_a_pupil_and_found_nothing_new_stands_in_the_way(
    office: Office, amys: Import
) -> None:
    later = office.brings_in(said([*AMY, "Yes"]))
    assert undoing.why_not(amys) == following.FOLLOWED
    assert following.in_the_way(amys) == later


def test_so_does_one_that_says_nothing_of_the_same_squares(office: Office, amys: Import) -> None:
    office.brings_in(said([*AMY, ""]))
    assert undoing.why_not(amys) == following.FOLLOWED


def test_so_does_one_that_names_a_pupil_of_whom_no_parent_is_known(office: Office) -> None:
    alone = [*AMY[:5], "", "", "No"]
    first = office.brings_in(said(alone))
    office.brings_in(said(alone))
    assert not Guardianship.objects.exists()
    assert undoing.why_not(first) == following.FOLLOWED


def test_a_brothers_file_stands_in_the_way(office: Office, amys: Import) -> None:
    jo = Guardianship.objects.get(child=amy()).parent
    bo = Child.objects.get(mis_id="0008")
    Guardianship.objects.create(child=bo, parent=jo, has_responsibility=True)
    office.brings_in(said([*BO, "Yes"]))
    assert undoing.why_not(amys) == following.FOLLOWED


@pytest.mark.parametrize(
    ("place", "cell"), [(0, "0009"), (1, "Ley"), (2, "Amelia"), (3, "26/06/2015")]
)
def test_a_file_that_changed_who_somebody_is_is_not_undone_beneath(
    office: Office, both: None, place: int, cell: str
) -> None:
    """A later file looked for its pupils among these names and numbers."""
    Child.objects.filter(mis_id="0007").update(upn="T999400126001")
    row = ["T999400126001", *AMY, ""]
    row[place + 1] = cell
    source = office.brings_in(as_csv([["UPN", *HEAD], row]))
    assert source.summary["outcomes"]["changed"] == 1
    office.brings_in(said([*BO, "Yes"]))
    assert undoing.why_not(source) == following.FOLLOWED


def test_a_pupil_it_added_leaves_the_roll_beneath_the_other(office: Office) -> None:
    first = office.brings_in(said([*AMY, "Yes"]))
    office.brings_in(said([*BO, "Yes"]))
    undo(office, first)
    assert amy().has_left()


def test_a_new_pupil_of_the_later_one_is_named_by_it(office: Office) -> None:
    office.brings_in(said([*AMY, "Yes"]))
    bos = office.brings_in(said([*BO, "Yes"]))
    office.brings_in(said([*BO, ""]))
    assert undoing.why_not(bos) == following.FOLLOWED


def test_one_from_before_it_was_noted_whom_files_name_stands_in_the_way(
    office: Office, amys: Import
) -> None:
    later = office.brings_in(said([*BO, "Yes"]))
    ImportTrace.objects.filter(source=later).update(named=None)
    assert undoing.why_not(amys) == following.FOLLOWED


def test_of_several_the_page_leads_to_the_last_in_the_way(
    office: Office, amys: Import, signed_in: Callable[[User], Client]
) -> None:
    later = office.confirms(office.sends(said([*AMY, "No"]), name="autumn.csv"))
    office.brings_in(said([*BO, "Yes"]))
    page = signed_in(office.by).get(f"/children/imports/{amys.pk}/undo/").content.decode()
    assert f'<a href="/children/imports/{later.pk}/">autumn.csv</a>' in page


def test_one_about_others_that_is_going_in_is_waited_for(office: Office, amys: Import) -> None:
    actions.confirm(source=office.sends(said([*BO, "Yes"])), accepted=[], by=office.by)
    assert undoing.why_not(amys) == following.GOING_IN


def test_one_about_others_written_after_undoing_was_asked_for_does_not_stop_it(
    office: Office, both: None
) -> None:
    bos = office.sends(said([*BO, "Yes"]))
    amys = office.brings_in(said([*AMY, "Yes"]))
    actions.set_reading(source=bos, columns={}, options={}, by=office.by)
    bos = office.works(bos)
    seen = undoing.plan(amys).counts["digest"]
    actions.undo(source=amys, seen=seen, by=office.by)
    actions.confirm(source=bos, accepted=[], by=office.by)
    assert office.works(bos).state == Import.State.DONE
    amys.refresh_from_db()
    assert amys.state == Import.State.UNDONE
