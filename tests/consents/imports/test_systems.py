"""A file of each system that schools use, as CSV and as a workbook, goes in right."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from datetime import date

import pytest
from django.utils import timezone
from openpyxl import Workbook

from consents.models import Child, ConsentDecision, Hint, Hold, Import
from tests.consents.imports.conftest import Office, as_csv
from tests.consents.imports.systems import AMARA, MO, SYSTEMS, ZOE, System, written

pytestmark = pytest.mark.django_db
Answers = Callable[[str], dict[str, str]]


def _as_csv(system: System) -> bytes:
    text = io.StringIO()
    rows = [[written(cell) for cell in row] for row in system.rows]
    csv.writer(text, delimiter=system.delimiter).writerows(rows)
    return text.getvalue().encode(system.encoding)


def _as_xlsx(system: System) -> bytes:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in system.rows:
        sheet.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


WRITERS = {"csv": _as_csv, "xlsx": _as_xlsx}


@pytest.fixture(params=SYSTEMS)
def system(request: pytest.FixtureRequest) -> System:
    """The file of one system."""
    return SYSTEMS[request.param]


@pytest.fixture(params=WRITERS)
def source(request: pytest.FixtureRequest, system: System, office: Office) -> Import:
    """It was brought in, as CSV and as a workbook."""
    content = WRITERS[request.param](system)
    return office.brings_in(content, rows_per_contact=system.rows_per_contact)


def test_every_pupil_is_new_and_nothing_is_left_to_mend(source: Import) -> None:
    found = {key: count for key, count in source.summary["outcomes"].items() if count}
    assert found == {"new": 3}


def test_pupils_have_their_names_birthdays_years_and_classes(source: Import) -> None:
    facts = Child.objects.order_by("mis_id").values_list(
        "upn", "first_name", "surname", "born_on", "year", "form"
    )
    assert list(facts) == [
        (ZOE, "Zoë", "O’Brien", date(2014, 9, 3), "7", "7ES"),
        (MO, "Mohammed", "ALI", date(2015, 2, 11), "7", "7AB"),
        (AMARA, "Amara", "Smith-Jones", date(2015, 6, 5), "7", "7AB"),
    ]


def test_who_may_decide_is_who_has_responsibility(source: Import) -> None:
    zoe, mo, amara = (Child.objects.get(upn=upn) for upn in (ZOE, MO, AMARA))
    found = [
        {g.parent.full_name: g.is_entitled() for g in child.guardianships.all()}
        for child in (zoe, mo, amara)
    ]
    assert found == [
        {"Siân O’Brien": True, "Pat O’Brien": True},
        {"Fatima Ali": True, "Omar Ali": False},
        {"Jo Brown": False},
    ]


def test_answers_are_those_of_the_first_contact_on_the_day_they_were_given(
    source: Import, system: System, answers: Answers
) -> None:
    no = {"instagram": "no"} if system.can_say_no else {}
    assert answers("Zoë") == {"facebook": "yes", **no}
    yes = ConsentDecision.objects.get(child__upn=ZOE, answer="yes")
    assert yes.giver is not None
    assert (yes.giver.full_name, timezone.localdate(yes.given_at)) == (
        "Siân O’Brien",
        date(2026, 9, 1),
    )


def test_who_was_not_asked_has_no_answer(source: Import) -> None:
    assert not ConsentDecision.objects.filter(child__upn=MO).exists()


def test_photos_in_general_are_a_hint(source: Import) -> None:
    hint = Hint.objects.get(child__upn=ZOE)
    assert (hint.topic, hint.said_on) == ("photo", date(2026, 9, 1))
    assert not Hint.objects.filter(child__upn=AMARA).exists()


def test_a_child_in_care_is_held(source: Import) -> None:
    assert Hold.objects.get().child.upn == AMARA


def test_what_is_no_permission_to_publish_is_refused_as_one(source: Import) -> None:
    left_out = [c["heading"] for c in source.columns if c["field"] == "not_permission"]
    assert len(left_out) == 1


HEAD = ["Adno", "Surname", "Forename", "DOB", "Contact 1 Name", "PR", "Facebook"]
AMY = ["0007", "Lee", "Amy", "05/06/2015", "Jo Lee", "Y"]
BO = ["0008", "Ray", "Bo", "05/06/2015", "Al Ray", "Y"]


def test_a_box_not_ticked_is_no_answer(office: Office, answers: Answers) -> None:
    source = office.brings_in(as_csv([HEAD, [*AMY, "TRUE"], [*BO, "FALSE"]]))
    assert (answers("Amy"), answers("Bo")) == ({"facebook": "yes"}, {})
    assert any("“Facebook”: ticked or not" in notice for notice in source.summary["notices"])


def test_a_box_no_longer_ticked_is_a_withdrawal(office: Office, answers: Answers) -> None:
    office.brings_in(as_csv([HEAD, [*AMY, "TRUE"], [*BO, "FALSE"]]))
    source = office.brings_in(as_csv([HEAD, [*AMY, "FALSE"], [*BO, "TRUE"]]))
    assert source.summary["answers"] == {"withdrawn": 1, "yes": 1}
    assert answers("Amy") == {"facebook": "withdrawn"}


def test_false_beside_words_is_a_no(office: Office, answers: Answers) -> None:
    office.brings_in(as_csv([HEAD, [*AMY, "Yes"], [*BO, "FALSE"]]))
    assert answers("Bo") == {"facebook": "no"}
