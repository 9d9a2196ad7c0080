"""What a file's answer changes, and what it never does."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone

from consents import rules
from consents.actions import Said, record_many
from consents.models import (
    Ask,
    Child,
    ConsentDecision,
    Guardianship,
    Hint,
    Import,
    ImportRow,
    Way,
)
from policy.models import Platform
from tests.cast import Trusty
from tests.consents.imports.conftest import Office, as_csv

pytestmark = pytest.mark.django_db
Answers = Callable[[str], dict[str, str]]
HEAD = [
    "Adno",
    "Surname",
    "Forename",
    "DOB",
    "Reg",
    "Contact 1 Forename",
    "Contact 1 Surname",
    "Contact 1 PR",
]
LEE = ["0007", "Lee", "Amy", "05/06/2015", "7A", "Jo", "Lee", "Y"]


def _file(**said: str) -> str:
    """One pupil, Amy Lee, with answers."""
    return as_csv([[*HEAD, *(k.replace("_", " ") for k in said)], [*LEE, *said.values()]])


def _amy() -> Child:
    return Child.objects.get(mis_id="0007")


def _may(key: str, kind: str = "photo") -> bool:
    platform = Platform.objects.get(key=key)
    return rules.permissions([_amy().pk], [platform.pk], [kind]).permits(
        _amy().pk, platform.pk, kind
    )


def _says_by_link(trust: Trusty, key: str, answer: str) -> None:
    record_many(
        said=[Said(trust.platform(key), "photo", answer)],
        child=_amy(),
        way=Way.LINK,
        giver=_amy().guardianships.get().parent,
        by=trust.connie,
    )


def test_the_same_file_again_writes_nothing(office: Office) -> None:
    text = _file(Facebook="Y", Instagram="N", X="maybe", Consent_Notes="")
    office.brings_in(text)
    before = list(ConsentDecision.objects.values_list("pk"))
    again = office.brings_in(text)
    assert list(ConsentDecision.objects.values_list("pk")) == before
    assert again.summary["outcomes"]["unchanged"] == 1


def test_a_yes_that_becomes_a_no_is_a_withdrawal(office: Office, answers: Answers) -> None:
    office.brings_in(_file(Facebook="Y"))
    source = office.brings_in(_file(Facebook="N"))
    assert answers("Amy") == {"facebook": "withdrawn"}
    assert source.summary["answers"] == {"withdrawn": 1}
    assert not _may("facebook")


def test_a_withdrawal_counts_even_if_its_date_was_not_changed(office: Office) -> None:
    office.brings_in(_file(Facebook="Y", Consent_Date="01/09/2026"))
    office.brings_in(_file(Facebook="N", Consent_Date="01/09/2026"))
    assert not _may("facebook")


@pytest.mark.parametrize("first", ["N", "Withdrawn", "Yes - not Facebook"])
def test_a_no_never_becomes_a_yes_by_a_file(office: Office, first: str) -> None:
    office.brings_in(_file(Facebook=first))
    source = office.brings_in(_file(Facebook="Y"))
    [row] = source.rows.all()
    assert row.outcome == ImportRow.Outcome.PERSON
    assert "Facebook" in row.remarks[0]
    assert source.summary["answers"] == {"waits": 1}
    assert not _may("facebook")


def test_what_waits_holds_back_neither_a_withdrawal_nor_a_new_class(office: Office) -> None:
    office.brings_in(_file(Facebook="N", X="Y"))
    office.brings_in(_file(Facebook="Y", X="N").replace("7A", "8A"))
    assert not _may("x")
    assert not _may("facebook")
    assert _amy().form == "8A"


@pytest.mark.parametrize("cell", ["", "-", "?", "Pending", "see form", "Mum yes dad no"])
def test_r_148_a_blank_or_unreadable_cell_is_never_a_yes(office: Office, cell: str) -> None:
    office.brings_in(_file(Facebook=cell))
    assert not _may("facebook")
    assert not _amy().decisions.filter(answer="yes").exists()


def test_an_empty_cell_neither_grants_nor_withdraws(office: Office, answers: Answers) -> None:
    office.brings_in(_file(Facebook="Y", Instagram="N"))
    source = office.brings_in(_file(Facebook="", Instagram="-"))
    assert source.summary["outcomes"]["unchanged"] == 1
    assert answers("Amy") == {"facebook": "yes", "instagram": "no"}


def test_a_missing_column_changes_nothing(office: Office) -> None:
    office.brings_in(_file(Facebook="Y"))
    office.brings_in(_file(Instagram="Y"))
    assert _may("facebook")


def test_a_missing_note_does_not_make_an_unclear_answer_a_yes(office: Office) -> None:
    office.brings_in(_file(Facebook="Y", Consent_Notes="mum yes dad no"))
    source = office.brings_in(_file(Facebook="Y"))
    assert source.summary["outcomes"]["person"] == 1
    assert not _may("facebook")


def test_a_missing_pupil_stays_and_is_counted(office: Office) -> None:
    office.brings_in(_file(Facebook="Y"))
    other = as_csv([[*HEAD, "Facebook"], ["0008", "Ray", "Bo", "01/02/2015", "7A", "", "", "", ""]])
    source = office.brings_in(other)
    assert source.summary["absent"] == 1
    assert _amy().left_on is None
    assert _may("facebook")


def test_what_a_parent_said_after_the_last_file_stands_while_the_file_says_the_same(
    trust: Trusty, office: Office
) -> None:
    office.brings_in(_file(Facebook="N"))
    _says_by_link(trust, "facebook", "yes")
    office.brings_in(_file(Facebook="N"))
    assert _may("facebook")


def test_a_parent_who_withdrew_is_never_overruled(trust: Trusty, office: Office) -> None:
    office.brings_in(_file(Facebook="Y"))
    _says_by_link(trust, "facebook", "withdrawn")
    office.brings_in(_file(Facebook="Y"))
    assert not _may("facebook")


def test_a_withdrawal_between_looking_and_bringing_in_outranks_the_file(
    trust: Trusty, office: Office
) -> None:
    office.brings_in(_file(Instagram="Y"))
    source = office.sends(_file(Instagram="Y", Facebook="Y"))
    _says_by_link(trust, "facebook", "withdrawn")
    office.confirms(source)
    assert not _may("facebook")


def test_a_new_note_ends_every_yes(trust: Trusty, office: Office) -> None:
    office.brings_in(_file(Facebook="Y"))
    _says_by_link(trust, "x", "yes")
    office.brings_in(_file(Facebook="Y", X="Y", Consent_Notes="ring before use"))
    assert not _may("facebook")
    assert not _may("x")


def test_a_yes_of_somebody_without_responsibility_is_kept_and_does_not_count(
    office: Office, answers: Answers
) -> None:
    source = office.brings_in(_file(Facebook="Y").replace("Lee,Y,", "Lee,N,"))
    assert answers("Amy") == {"facebook": "yes"}
    assert source.summary["answers"] == {"not_entitled": 1, "yes": 1}
    assert not _may("facebook")


def test_a_no_of_somebody_without_responsibility_counts_all_the_same(office: Office) -> None:
    office.brings_in(_file(Facebook="Y"))
    office.brings_in(_file(Facebook="N").replace("Lee,Y,", "Lee,N,"))
    Guardianship.objects.update(has_responsibility=True, was_responsible=True)
    assert not _may("facebook")


def test_a_yes_that_nobody_gave_is_unclear(office: Office, answers: Answers) -> None:
    text = as_csv([[*HEAD[:5], "Facebook", "X"], [*LEE[:5], "Y", "N"]])
    office.brings_in(text)
    assert answers("Amy") == {"facebook": "unclear", "x": "no"}


def test_whoever_is_named_gave_the_answer(office: Office) -> None:
    row = [*LEE, "Sam", "Ocean", "Y", "Mr Ocean", "Y"]
    head = [*HEAD, "Contact 2 Forename", "Contact 2 Surname", "Contact 2 PR", "Consented By", "X"]
    office.brings_in(as_csv([head, row]))
    assert ConsentDecision.objects.get().giver.full_name == "Sam Ocean"


def test_a_pupil_can_answer_for_themself(office: Office) -> None:
    office.brings_in(_file(Facebook="N", Consented_By="Student"))
    assert ConsentDecision.objects.get().given_by_child


def test_a_lump_yes_permits_nothing_and_is_kept_as_a_hint(office: Office) -> None:
    office.brings_in(_file(Photo_Consent="Yes", Consent_Date="01/09/2026"))
    hint = Hint.objects.get()
    assert (hint.topic, hint.said, str(hint.said_on)) == (
        "photo",
        "Photo Consent: Yes",
        "2026-09-01",
    )
    assert not ConsentDecision.objects.exists()


def test_a_lump_no_is_a_no_everywhere(office: Office, answers: Answers) -> None:
    office.brings_in(_file(Facebook="Y"))
    office.brings_in(_file(Photo_Consent="No"))
    assert set(answers("Amy").values()) == {"no", "withdrawn"}
    assert not _may("facebook")


def test_a_lump_no_beside_a_platforms_yes_is_unclear(office: Office, answers: Answers) -> None:
    office.brings_in(_file(Photo_Consent="No", Facebook="Y"))
    assert answers("Amy")["facebook"] == "unclear"
    assert answers("Amy")["x"] == "no"


def test_an_unticked_box_says_nothing(office: Office) -> None:
    source = office.brings_in(_file(Photograph_Student="FALSE"))
    assert not ConsentDecision.objects.exists()
    assert not Hint.objects.exists()
    assert source.state == Import.State.DONE


def test_social_media_in_general_leaves_the_website_alone(office: Office, answers: Answers) -> None:
    office.brings_in(_file(Social_Media="No", Website="Y"))
    assert answers("Amy")["facebook"] == "no"
    assert answers("Amy")["website"] == "yes"
    assert "news" not in answers("Amy")


@pytest.mark.parametrize(
    "heading",
    [
        "Data_Processing_Consent_Granted",
        "Biometric",
        "Internet_Access",
        "Copyright_Permission",
        "Trips",
        "Walk_Home_Alone",
    ],
)
def test_what_is_no_permission_to_publish_is_never_one(office: Office, heading: str) -> None:
    source = office.brings_in(_file(**{heading: "Yes"}))
    assert not ConsentDecision.objects.exists()
    assert not Hint.objects.exists()
    assert "not a permission to publish" in source.columns[-1]["note"]


def test_a_yes_to_the_name_covers_the_first_name_only(office: Office) -> None:
    office.brings_in(_file(Facebook_name="Y"))
    assert _may("facebook", "first_name")
    assert not _may("facebook", "full_name")


def test_an_answer_closes_the_question_staff_had_asked(trust: Trusty, office: Office) -> None:
    office.brings_in(_file(X="Y"))
    Ask.objects.create(
        child=_amy(),
        platform=trust.platform("facebook"),
        kind="photo",
        school=trust.oak,
        asked_by=trust.tessa,
    )
    office.brings_in(_file(X="Y", Facebook="Y"))
    assert Ask.objects.get().closed_by == trust.connie


def test_an_answer_counts_from_its_own_day(office: Office) -> None:
    office.brings_in(_file(Facebook="Y", Consent_Date="01/09/2026"))
    assert str(timezone.localdate(ConsentDecision.objects.get().given_at)) == "2026-09-01"


def test_an_old_yes_does_not_undo_a_newer_no_of_the_same_parent(
    trust: Trusty, office: Office
) -> None:
    office.brings_in(_file(X="Y"))
    _says_by_link(trust, "facebook", "no")
    office.brings_in(_file(X="Y", Facebook="Y", Consent_Date="01/09/2020"))
    assert not _may("facebook")


def test_an_expired_yes_is_not_renewed_by_an_undated_file(trust: Trusty, office: Office) -> None:
    office.brings_in(_file(X="Y"))
    long_ago = timezone.now() - timedelta(days=400)
    record_many(
        said=[Said(trust.platform("facebook"), "photo", "yes")],
        child=_amy(),
        way=Way.PAPER,
        giver=_amy().guardianships.get().parent,
        given_at=long_ago,
        by=trust.connie,
        until=timezone.localdate() - timedelta(days=35),
    )
    source = office.brings_in(_file(X="Y", Facebook="Y"))
    assert source.summary["answers"] == {"waits": 1}
    assert not _may("facebook")


def test_answers_do_not_come_back_with_a_child_who_left(office: Office) -> None:
    office.brings_in(_file(Facebook="Y", Consent_Date="01/09/2026"))
    Child.objects.update(left_on=timezone.localdate() - timedelta(days=30))
    source = office.brings_in(_file(Facebook="Y", Consent_Date="01/09/2026"))
    assert _amy().left_on is None
    assert _amy().returned_on == timezone.localdate()
    assert source.summary["outcomes"]["person"] == 1
    assert not _may("facebook")
