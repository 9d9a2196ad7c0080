"""A pupil whom another school of the trust knows: moved, or registered at both."""

from __future__ import annotations

import pytest

from consents import rules
from consents.actions import lift_hold, set_hold
from consents.imports import moves
from consents.models import Child, ConsentDecision, Hold, Import
from policy.models import Platform
from schools.roles import Role
from tests.cast import Trusty
from tests.consents.imports.conftest import Office, as_csv

pytestmark = pytest.mark.django_db
UPN, UPN2 = "T999400126001", "G999400126002"
HEAD = ["UPN", "Adno", "Surname", "Forename", "DOB", "Reg", "Dual"]
AMIRA = [UPN, "0007", "Khan", "Amira", "04/05/2017", "7B", "C"]


@pytest.fixture
def elm(trust: Trusty) -> Office:
    """Elin at Elm, who brings in Elm's file. Oak knows Amira's number."""
    Child.objects.filter(pk=trust.amira.pk).update(upn=UPN)
    return Office(trust, trust.elm_office, trust.elm)


def _file(*rows: list[str]) -> str:
    return as_csv([HEAD, *rows])


def _outcomes(source: Import) -> dict[str, int]:
    return {key: count for key, count in source.summary["outcomes"].items() if count}


def _at_elm() -> Child:
    return Child.objects.get(school__slug="elm")


def _may(child: Child) -> bool:
    platforms = list(Platform.objects.values_list("pk", flat=True))
    return bool(rules.permissions([child.pk], platforms).allowed)


def test_the_pupil_goes_in_as_new_and_the_other_record_stays(trust: Trusty, elm: Office) -> None:
    assert _outcomes(elm.brings_in(_file(AMIRA))) == {"new": 1}
    assert _at_elm().upn == UPN
    at_oak = Child.objects.get(pk=trust.amira.pk)
    assert (at_oak.school, at_oak.left_on, at_oak.form) == (trust.oak, None, "4B")


def test_no_yes_comes_along_and_none_is_lost(trust: Trusty, elm: Office) -> None:
    elm.brings_in(_file(AMIRA))
    assert not ConsentDecision.objects.filter(child=_at_elm()).exists()
    assert not _may(_at_elm())
    assert _may(trust.amira)


def test_the_row_says_known_elsewhere_and_neither_where_nor_what(
    trust: Trusty, elm: Office
) -> None:
    source = elm.brings_in(_file(AMIRA))
    [row] = source.rows.all()
    assert row.remarks[0] == moves.NOT_HERE
    told = str(row.remarks) + str(source.summary)
    assert "Oak" not in told
    assert "yes" not in row.remarks[0]


def test_a_changed_surname_is_no_doubt(elm: Office) -> None:
    assert _outcomes(elm.sends(_file([UPN, "0007", "Novak", *AMIRA[3:]]))) == {"new": 1}


@pytest.mark.parametrize(
    "row",
    [
        [UPN, "0007", "Frost", "Leo", "01/01/2016", "7B", "C"],
        [UPN, "0007", "Khan", "Amira", "05/05/2017", "7B", "C"],
        [UPN, "0007", "Frost", "Leo", "04/05/2017", "7B", "C"],
        [UPN, "0007", "Khan", "Leo", "", "7B", "C"],
    ],
)
def test_another_name_or_birthday_is_put_before_a_person(elm: Office, row: list[str]) -> None:
    source = elm.brings_in(_file(row))
    assert _outcomes(source) == {"person": 1}
    assert not Child.objects.filter(school=elm.school).exists()


def test_a_person_says_on_the_page_that_it_is_a_pupil_of_this_school(
    elm: Office, signed_in
) -> None:
    source = elm.sends(_file([UPN, "0007", "Frost", "Leo", "01/01/2016", "7B", "C"]))
    browser = signed_in(elm.by)
    page = browser.get(f"/children/imports/{source.pk}/rows/").content.decode()
    assert "Yes, a new pupil of Elm" in page
    browser.post(f"/children/imports/{source.pk}/who/", {"row_2": "new"})
    assert _outcomes(elm.confirms(elm.works(source))) == {"new": 1}


def test_a_pupil_of_both_schools_stays_with_both(trust: Trusty, elm: Office) -> None:
    elm.brings_in(_file([*AMIRA[:6], "S"]))
    office = Office(trust, trust.connie, trust.oak)
    again = [UPN, "", "Khan", "Amira", "04/05/2017", "4C", "M"]
    assert _outcomes(office.brings_in(_file(again))) == {"changed": 1}
    assert Child.objects.get(pk=trust.amira.pk).form == "4C"
    assert _at_elm().form == "7B"
    assert _outcomes(elm.brings_in(_file([*AMIRA[:6], "S"]))) == {"unchanged": 1}


def test_leaving_one_school_is_not_leaving_the_other(trust: Trusty, elm: Office) -> None:
    elm.brings_in(_file(AMIRA))
    text = as_csv([["UPN", "Surname", "Forename", "Leaving Date"], [*_named(), "01/09/2026"]])
    Office(trust, trust.connie, trust.oak).brings_in(text)
    assert Child.objects.get(pk=trust.amira.pk).has_left()
    assert not _at_elm().has_left()


def _named() -> list[str]:
    return [UPN, "Khan", "Amira"]


def _protect(trust: Trusty, kind: str = Hold.Kind.PROTECTED) -> Hold:
    amira = Child.objects.get(pk=trust.amira.pk)
    return set_hold(child=amira, kind=kind, note="A secret", by=trust.dot)


def test_protection_comes_along_without_its_note(trust: Trusty, elm: Office) -> None:
    _protect(trust)
    elm.brings_in(_file(AMIRA))
    hold = _at_elm().holds.get()
    assert (hold.kind, hold.lifted_at) == (Hold.Kind.PROTECTED, None)
    assert "secret" not in hold.note


def _told(source: Import) -> str:
    """All that an import keeps and shows, but for numbers of rows and the digest."""
    kept = {k: v for k, v in source.summary.items() if k != "digest"}
    return str([(r.outcome, r.remarks, r.problems) for r in source.rows.all()]) + str(kept)


def test_the_import_of_a_protected_pupil_reads_like_any_other(trust: Trusty, elm: Office) -> None:
    Child.objects.filter(pk=trust.tom.pk).update(upn=UPN2)
    _protect(trust)
    held = elm.brings_in(_file(AMIRA))
    free = elm.brings_in(_file([UPN2, "0008", "Rees", "Tom", *AMIRA[4:]]))
    assert Child.objects.get(school=elm.school, upn=UPN).holds.exists()
    assert not Child.objects.get(school=elm.school, upn=UPN2).holds.exists()
    assert _told(held) == _told(free).replace("'absent': 1", "'absent': 0")


def test_only_the_safeguarding_lead_of_this_school_is_told(trust: Trusty, elm: Office) -> None:
    lead = trust.person("Elsa Lead", Role.DSL, trust.elm)
    dot = trust.dot
    _protect(trust)
    elm.brings_in(_file(AMIRA))
    assert lead.notices.filter(subject="New holds at Elm").count() == 1
    assert not dot.notices.filter(subject="New holds at Elm").exists()
    assert not elm.by.notices.filter(subject__contains="hold").exists()


def test_a_hold_set_later_protects_the_other_record_at_once(trust: Trusty, elm: Office) -> None:
    """R-155: not with the next file, which may be weeks away."""
    amira = trust.child("Amira", "Khan", school=trust.elm, upn=UPN, yes=[trust.platform("news")])
    lead = trust.person("Elsa Lead", Role.DSL, trust.elm)
    assert _may(amira)
    _protect(trust)
    hold = amira.holds.get()
    assert (hold.kind, "secret" in hold.note) == (Hold.Kind.PROTECTED, False)
    assert not _may(amira)
    assert lead.notices.filter(subject="New holds at Elm").count() == 1
    assert not trust.dot.notices.filter(subject="New holds at Elm").exists()
    assert not elm.by.notices.filter(subject__contains="hold").exists()


def test_a_hold_is_set_on_no_other_pupil(trust: Trusty, elm: Office) -> None:
    elm.brings_in(_file(AMIRA, [UPN2, "0008", "Frost", "Leo", "01/01/2016", "7B", "C"]))
    Child.objects.filter(pk=trust.tom.pk).update(upn="")
    set_hold(child=Child.objects.get(pk=trust.tom.pk), kind=Hold.Kind.CARE, by=trust.dot)
    _protect(trust)
    assert Hold.objects.filter(kind=Hold.Kind.CARE).count() == 1
    assert {hold.child.upn for hold in Hold.objects.filter(kind=Hold.Kind.PROTECTED)} == {UPN}


def test_a_hold_that_a_file_sets_protects_the_other_record_too(trust: Trusty, elm: Office) -> None:
    elm.brings_in(_file(AMIRA))
    text = as_csv([["UPN", "Surname", "Forename", "LAC"], [*_named(), "Y"]])
    Office(trust, trust.connie, trust.oak).brings_in(text)
    assert _at_elm().holds.get().kind == Hold.Kind.CARE


def test_a_number_that_a_held_pupil_gets_later_carries_the_hold(trust: Trusty, elm: Office) -> None:
    elm.brings_in(_file(AMIRA))
    Child.objects.filter(pk=trust.amira.pk).update(upn="", mis_id="0021")
    set_hold(child=Child.objects.get(pk=trust.amira.pk), kind=Hold.Kind.PROTECTED, by=trust.dot)
    assert not _at_elm().holds.exists()
    oak = Office(trust, trust.connie, trust.oak)
    oak.brings_in(_file([UPN, "0021", "Khan", "Amira", "04/05/2017", "4B", "M"]))
    assert _at_elm().holds.get().kind == Hold.Kind.PROTECTED


def test_an_order_after_a_hold_was_lifted_here_comes_along(trust: Trusty, elm: Office) -> None:
    lead = trust.person("Elsa Lead", Role.DSL, trust.elm)
    first = _protect(trust)
    elm.brings_in(_file(AMIRA))
    lift_hold(hold=_at_elm().holds.get(), by=lead)
    lift_hold(hold=first, by=trust.dot)
    _protect(trust)
    assert _at_elm().holds.filter(lifted_at=None).count() == 1


def test_a_hold_lifted_here_is_not_set_again(trust: Trusty, elm: Office) -> None:
    lead = trust.person("Elsa Lead", Role.DSL, trust.elm)
    _protect(trust)
    elm.brings_in(_file(AMIRA))
    lift_hold(hold=_at_elm().holds.get(), by=lead)
    elm.brings_in(_file(AMIRA))
    assert _at_elm().holds.get().lifted_at is not None


def test_a_hold_that_no_longer_stands_does_not_come_along(trust: Trusty, elm: Office) -> None:
    lift_hold(hold=_protect(trust), by=trust.dot)
    elm.brings_in(_file(AMIRA))
    assert not _at_elm().holds.exists()
