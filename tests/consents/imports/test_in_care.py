"""A file says that a pupil is in care: who is told what, and that nobody is told of a hold."""

from __future__ import annotations

from typing import Any

import pytest

from consents.actions import lift_hold, set_hold
from consents.caring import record_care
from consents.imports import actions
from consents.models import Child, Hold, Import
from tests.cast import Trusty
from tests.consents.asking import may
from tests.consents.imports.conftest import Office, as_csv

pytestmark = pytest.mark.django_db
HEAD = ["Adno", "Surname", "Forename", "DOB", "Contact 1 Name", "PR", "Facebook", "LAC"]
AMY = ["0007", "Lee", "Amy", "05/06/2015", "Jo Lee", "Y", "Yes"]


def file(in_care: str) -> str:
    return as_csv([HEAD, [*AMY, in_care]])


def lifted_by_the_lead(trust: Trusty, hold: Hold) -> None:
    """Dot writes down that nobody but the parents decides, and lifts it."""
    record_care(child=hold.child, basis="The order has ended.", by=trust.dot)
    lift_hold(hold=hold, by=trust.dot)


def told(office: Office, source: Import) -> dict[str, Any]:
    """All that the office reads of a file before it is brought in."""
    rows = [(row.outcome, row.remarks, row.problems) for row in source.rows.all()]
    return source.summary | {"rows": rows, "state": source.state}


@pytest.mark.parametrize("kind", Hold.Kind.values)
@pytest.mark.parametrize("lifted", [False, True])
def test_a_file_with_children_in_care_reads_the_same_whether_held_or_not(
    trust: Trusty, office: Office, kind: str, lifted: bool
) -> None:
    office.brings_in(file(""))
    before = office.sends(file("Y"))
    expected = told(office, before)
    actions.cancel(source=before, by=office.by)
    hold = set_hold(child=Child.objects.get(), kind=kind, by=trust.dot)
    if lifted:
        lifted_by_the_lead(trust, hold)
    assert told(office, office.sends(file("Y"))) == expected
    assert expected["in_care"] == 1


def test_a_hold_set_after_the_look_does_not_hold_up_the_file(trust: Trusty, office: Office) -> None:
    office.brings_in(file(""))
    source = office.sends(file("Y"))
    set_hold(child=Child.objects.get(), kind=Hold.Kind.CARE, by=trust.dot)
    assert office.confirms(source).state == Import.State.DONE
    assert Hold.objects.count() == 1


def test_the_lead_is_told_of_a_new_hold_and_not_of_one_that_stands(
    trust: Trusty, office: Office
) -> None:
    dot = trust.dot
    office.brings_in(file("Y"))
    assert dot.notices.filter(subject="New holds at Oak").count() == 1
    office.brings_in(file("Y"))
    assert dot.notices.filter(subject="New holds at Oak").count() == 1


def test_r_154_in_care_in_a_file_holds_a_pupil_whom_the_same_file_says_yes_for(
    office: Office,
) -> None:
    office.brings_in(file("Y"))
    amy = Child.objects.get()
    assert amy.holds.get().kind == Hold.Kind.CARE
    assert amy.decisions.filter(answer="yes").exists()
    assert not may(amy, "facebook")


def held(child: Child) -> bool:
    return child.holds.filter(kind=Hold.Kind.CARE, lifted_at=None).exists()


@pytest.mark.parametrize("not_in_care", ["N", ""])
def test_a_pupil_who_comes_into_care_once_more_is_held_once_more(
    trust: Trusty, office: Office, not_in_care: str
) -> None:
    """R-154."""
    office.brings_in(file("Y"))
    amy = Child.objects.get()
    lifted_by_the_lead(trust, amy.holds.get())
    source = office.brings_in(file(not_in_care))
    assert source.summary["outcomes"]["unchanged"] == 1
    assert may(amy, "facebook")
    office.brings_in(file("Y"))
    assert held(amy)
    assert not may(amy, "facebook")


@pytest.mark.parametrize("between", ["Y", "?", None])
def test_a_lifted_hold_stays_lifted_while_files_say_nothing_new(
    trust: Trusty, office: Office, between: str | None
) -> None:
    office.brings_in(file("Y"))
    amy = Child.objects.get()
    lifted_by_the_lead(trust, amy.holds.get())
    office.brings_in(as_csv([HEAD[:-1], AMY]) if between is None else file(between))
    office.brings_in(file("Y"))
    assert not held(amy)


def test_a_hold_stays_when_a_file_no_longer_says_in_care(office: Office) -> None:
    office.brings_in(file("Y"))
    office.brings_in(file("N"))
    assert held(Child.objects.get())
