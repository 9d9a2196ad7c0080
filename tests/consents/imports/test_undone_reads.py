"""After a file is undone every page says what it would say had the file never come."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from django.utils import timezone

from consents import agreements, capacity, rules
from consents.actions import Said, record_many
from consents.answering import last_words
from consents.exports.records import of_child
from consents.models import Agreement, Child, ConsentDecision, Parent, Way
from policy.models import Platform
from tests.approvals.pages import words
from tests.cast import Trusty
from tests.consents.agreements.writing import published
from tests.consents.imports.conftest import Office, as_csv
from tests.consents.imports.test_undoing import LEE, _amy, _file, _undo, _with

pytestmark = pytest.mark.django_db


def parent_of(child: Child) -> Parent:
    return child.guardianships.get().parent


def says(trust: Trusty, child: Child, answer: str, days: int, **more: object) -> None:
    """The parent’s paper form of so many days ago."""
    record_many(
        said=[Said(trust.platform("facebook"), "photo", answer)],
        child=child,
        giver=parent_of(child),
        way=Way.PAPER,
        given_at=timezone.now() - timedelta(days=days),
        by=trust.connie,
        **more,  # type: ignore[arg-type]
    )


def may(child: Child) -> bool:
    facebook = Platform.objects.get(key="facebook").pk
    return rules.permissions([child.pk], [facebook]).permits(child.pk, facebook, "photo")


def came_back(child: Child, days: int) -> None:
    """They had left, and have been here again since so many days."""
    Child.objects.filter(pk=child.pk).update(
        returned_on=timezone.localdate() - timedelta(days=days)
    )


@pytest.fixture
def amy(office: Office) -> Child:
    """Amy, with her parent, whom nobody has asked."""
    office.brings_in(_file(_with(LEE, "")))
    return _amy()


def mistaken(office: Office, answer: str) -> None:
    """A file that says so is brought in and undone."""
    _undo(office, office.brings_in(_file(_with(LEE, answer))))


# ── across leaving and coming back ───────────────────────────────────────────────────────────────
def test_a_no_from_before_the_pupil_left_stands_again(trust, office, amy):
    says(trust, amy, "no", days=60)
    came_back(amy, days=30)
    mistaken(office, "ask first")
    assert ConsentDecision.objects.latest("pk").answer == "no"


def test_a_yes_from_before_the_pupil_left_does_not_come_back_with_an_undone_file(
    trust, office, amy
):
    says(trust, amy, "yes", days=60)
    came_back(amy, days=30)
    mistaken(office, "No")
    assert not may(amy)


def test_a_paper_from_before_the_pupil_left_found_after_the_file_is_no_yes(trust, office, amy):
    came_back(amy, days=30)
    mistaken(office, "No")
    assert amy.decisions.count() == 2
    says(trust, amy, "yes", days=60)
    assert not may(amy)


def test_a_paper_from_after_the_pupil_came_back_is_one(trust, office, amy):
    came_back(amy, days=30)
    mistaken(office, "No")
    says(trust, amy, "yes", days=20)
    assert may(amy)


# ── the version it was said about ────────────────────────────────────────────────────────────────
def versions(trust: Trusty) -> list[Agreement]:
    """Two versions; the second asks for more purposes."""
    whole = agreements.starting_document("Two Trees Trust")
    few = published(trust, replace(whole, purposes=whole.purposes[:1]))
    return [few, published(trust, whole)]


@pytest.mark.parametrize("later", [0, 1])
def test_of_two_papers_alike_the_later_ones_version_stands(trust, office, amy, later):
    """Both say yes without an end: only the version tells them apart."""
    both = versions(trust)
    says(trust, amy, "yes", days=60, agreement=both[1 - later])
    mistaken(office, "No")
    says(trust, amy, "yes", days=20, agreement=both[later])
    stands = ConsentDecision.objects.order_by("given_at", "pk").last()
    assert (stands.answer, stands.agreement) == ("yes", both[later])
    facebook, last = trust.platform("facebook").pk, both[1].content["purposes"][-1]
    found = rules.permissions([amy.pk], [facebook], purpose=last)
    assert found.permits(amy.pk, facebook, "photo") is (later == 1)


def test_the_version_comes_back_with_what_stands_again(trust, office, amy):
    few, _ = versions(trust)
    says(trust, amy, "yes", days=60, agreement=few)
    mistaken(office, "No")
    assert ConsentDecision.objects.latest("pk").agreement == few


def test_a_paper_of_the_same_version_is_not_written_twice(trust, office, amy):
    few, _ = versions(trust)
    says(trust, amy, "yes", days=60, agreement=few)
    mistaken(office, "No")
    before = amy.decisions.count()
    says(trust, amy, "yes", days=20, agreement=few)
    assert amy.decisions.count() == before + 1


# ── each reader ──────────────────────────────────────────────────────────────────────────────────
def test_a_parent_of_whom_only_an_undone_file_spoke_has_said_nothing(office, amy):
    mistaken(office, "Yes")
    assert last_words([parent_of(amy).pk], [amy.pk]) == {}


def test_what_a_parent_had_said_before_is_their_last_word_again(trust, office, amy):
    says(trust, amy, "no", days=60)
    mistaken(office, "ask first")
    [word] = last_words([parent_of(amy).pk], [amy.pk]).values()
    assert word.answer == "no"


def test_the_pupils_page_and_the_class_say_not_asked(trust, office, signed_in, amy):
    mistaken(office, "Yes")
    client = signed_in(trust.connie)
    facebook = trust.platform("facebook").pk
    page = words(client.get(f"/children/{amy.pk}/"))
    assert "No yes stands here that could be withdrawn." in page
    grid = client.get(f"/children/class/?class=7A&platform={facebook}").context["grid"]
    [(_, [(_, cell, _)])] = grid
    assert cell.standing == "not asked"


def test_the_record_to_keep_shows_both_and_counts_neither(office, amy):
    mistaken(office, "Yes")
    record = of_child(amy)
    assert [d.answer for d in record.decisions] == ["yes", "undone"]
    assert {cell.standing for _, cells in record.rows for _, cell in cells} == {"not asked"}


def test_a_day_counts_answers_and_not_that_a_file_was_taken_back(trust, office, signed_in, amy):
    mistaken(office, "Yes")
    numbers = signed_in(trust.connie).get("/children/days/").context["numbers"]
    assert numbers[-1][1] == 1


def test_a_pupil_of_whom_only_an_undone_file_spoke_is_still_to_be_asked_at_18(trust, office):
    soon = timezone.localdate().replace(day=1)
    head = ["Adno", "Surname", "Forename", "DOB", "Facebook", "Consented By"]
    row = ["0021", "Webb", "Idris", f"01/{soon:%m}/{soon.year - 18}"]
    office.brings_in(as_csv([head, [*row, "", ""]]))
    idris = Child.objects.get(mis_id="0021")
    source = office.brings_in(as_csv([head, [*row, "Yes", "Pupil"]]))
    assert idris.decisions.filter(given_by_child=True).exists()
    assert not capacity.coming_of_age(trust.connie).exists()
    _undo(office, source)
    assert list(capacity.coming_of_age(trust.connie)) == [idris]
