"""The sample of invented pupils, in every shape a school sends it, with its expected outcome."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from consents import rules
from consents.models import Child, ConsentDecision, Hint, Hold, Import
from policy.models import Platform
from tests.cast import Trusty
from tests.consents.imports.conftest import SAMPLE, Office, as_csv, as_xlsx, parsed

pytestmark = pytest.mark.django_db
Answers = Callable[[str], dict[str, str]]

SHAPES: dict[str, bytes] = {
    "utf-8 with a mark": SAMPLE.encode("utf-8-sig"),
    "utf-8": SAMPLE.encode(),
    "cp1252": SAMPLE.encode("cp1252"),
    "utf-16": SAMPLE.encode("utf-16"),
    "semicolons": as_csv(parsed(SAMPLE), ";").encode("utf-8-sig"),
    "tabs": as_csv(parsed(SAMPLE), "\t").encode("utf-8-sig"),
    "xlsx": as_xlsx(parsed(SAMPLE)),
}


@pytest.fixture(params=list(SHAPES))
def source(request: pytest.FixtureRequest, office: Office) -> Import:
    """The sample, brought in, in each shape."""
    return office.brings_in(SHAPES[request.param])


def _may(first_name: str) -> set[str]:
    child = Child.objects.get(first_name=first_name)
    keys = dict(Platform.objects.values_list("pk", "key"))
    found = rules.permissions([child.pk], list(keys), ["photo"])
    return {keys[platform] for _, platform, _ in found.allowed}


def test_every_shape_of_the_sample_has_its_expected_outcome(
    source: Import, answers: Answers
) -> None:
    assert source.state == Import.State.DONE
    assert source.summary["outcomes"] == {
        "new": 5,
        "changed": 0,
        "unchanged": 0,
        "problem": 0,
        "person": 0,
    }
    assert answers("Zoë") == {"facebook": "yes", "instagram": "no", "website": "yes"}
    assert _may("Zoë") == {"facebook", "website"}
    assert set(answers("Ayo").values()) == {"unclear"}
    assert _may("Ayo") == set()


def test_a_note_makes_the_whole_record_unclear(office: Office) -> None:
    office.brings_in(SAMPLE)
    mo = Child.objects.get(upn="G999400126002")
    said = ConsentDecision.objects.filter(child=mo)
    assert {d.answer for d in said} == {"unclear"}
    assert "group photos only, please" in said[0].evidence


def test_a_child_without_answers_is_not_asked(office: Office) -> None:
    office.brings_in(SAMPLE)
    assert not ConsentDecision.objects.filter(child__upn="W999400126003").exists()


def test_a_child_in_care_is_held_and_a_giver_without_responsibility_does_not_count(
    office: Office,
) -> None:
    office.brings_in(SAMPLE)
    amara = Child.objects.get(first_name="Amara")
    assert amara.holds.get().kind == Hold.Kind.CARE
    assert not amara.guardianships.get().has_responsibility
    assert _may("Amara") == set()


def test_twins_are_two_children(office: Office) -> None:
    office.brings_in(SAMPLE)
    assert Child.objects.filter(surname="Smith-Jones").count() == 2


def test_names_are_kept_as_given(office: Office) -> None:
    office.brings_in(SHAPES["cp1252"])
    zoe = Child.objects.get(upn="T999400126001")
    assert (zoe.first_name, zoe.surname, zoe.mis_id) == ("Zoë", "O’Brien", "001275")
    assert Child.objects.matching("o'brien zoe").get() == zoe
    assert Child.objects.filter(surname="ALI").exists()


def test_the_press_is_no_platform_and_stays_a_hint(office: Office) -> None:
    office.brings_in(SAMPLE)
    assert Hint.objects.get(child__first_name="Amara", topic="press").said == "Press: Y"


def test_whoever_brought_it_in_and_the_safeguarding_lead_are_told(
    trust: Trusty, office: Office
) -> None:
    dot = trust.dot
    office.brings_in(SAMPLE)
    assert dot.notices.filter(subject="New holds at Oak").count() == 1
    assert trust.connie.notices.filter(subject__startswith="Brought in").count() == 1
