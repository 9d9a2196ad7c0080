"""A word in general permits nothing; it is kept, and fills a list of parents to ask."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from consents import listed, rules
from consents.imports import actions, undoing
from consents.imports.hints import to_ask
from consents.models import Child, ConsentDecision, Hint, Hold
from consents.states import Standing, standings
from policy.models import Platform
from schools.models import User
from tests.approvals.pages import words
from tests.cast import Trusty
from tests.consents.imports.conftest import Office, as_csv

pytestmark = pytest.mark.django_db
HEAD = ["Adno", "Surname", "Forename", "DOB", "Reg", "Contact 1 Name", "PR", "Consent Date"]
AMY = ["0007", "Lee", "Amy", "05/06/2015", "7A", "Jo Lee", "Y", "01/09/2026"]
BO = ["0008", "Ray", "Bo", "05/06/2015", "7B", "Al Ray", "Y", ""]


def _file(heading: str, *said: str, facebook: str = "") -> str:
    rows = [[*pupil, word, facebook] for pupil, word in zip((AMY, BO), said, strict=False)]
    return as_csv([[*HEAD, heading, "Facebook"], *rows])


def _asked() -> list[Platform]:
    return list(Platform.objects.filter(is_asked=True, is_retired=False))


def _listed(office: Office, form: str = "") -> list[str]:
    return [line.child.first_name for line in to_ask(office.school, form)]


@pytest.mark.parametrize("heading", ["Photograph Student", "Photo Consent", "Media Consent"])
def test_a_lump_yes_counts_as_not_asked_everywhere(office: Office, heading: str) -> None:
    office.brings_in(_file(heading, "Yes"))
    amy, ids = Child.objects.get(), [p.pk for p in _asked()]
    assert not ConsentDecision.objects.exists()
    assert not rules.permissions([amy.pk], ids, ["photo", "video"]).allowed
    cells = standings([amy], ids, ["photo"], show_holds=False)
    assert {cell.standing for cell in cells.values()} == {Standing.NOT_ASKED}


def test_a_lump_yes_is_kept_as_evidence_and_puts_the_parents_on_the_list(office: Office) -> None:
    office.brings_in(_file("Photographs", "Yes", "Yes"))
    [amy, bo] = to_ask(office.school)
    assert (amy.child.first_name, bo.child.first_name) == ("Amy", "Bo")
    assert (amy.hints[0].said, str(amy.hints[0].said_on)) == ("Photographs: Yes", "2026-09-01")
    assert [p.pk for p in amy.missing] == [p.pk for p in _asked()]


def test_the_list_of_a_year_is_of_that_year_only(office: Office) -> None:
    office.brings_in(_file("Photographs", "Yes", "Yes"))
    amy = Child.objects.get(first_name="Amy")
    Child.objects.filter(pk=amy.pk).update(year="7")
    named = listed.read({"list": listed.GENERAL}, year="7")
    assert named is not None
    assert named.pupils([office.school]) == [amy.pk]


def test_social_media_in_general_asks_for_no_page_of_our_own(office: Office) -> None:
    office.brings_in(_file("Social Media", "Yes"))
    [line] = to_ask(office.school)
    keys = {p.key for p in line.missing}
    assert "facebook" in keys
    assert not keys & {"news", "website"}


@pytest.mark.parametrize("word", ["No", "refused", "Withdrawn"])
def test_a_lump_no_is_a_no_and_asks_nobody(office: Office, word: str) -> None:
    office.brings_in(_file("Photographs", word))
    assert Hint.objects.exists()
    assert _listed(office) == []


def test_a_lump_that_is_unclear_asks(office: Office) -> None:
    office.brings_in(_file("Photographs", "group only"))
    assert _listed(office) == ["Amy"]


def test_silence_asks_nobody(office: Office) -> None:
    office.brings_in(_file("Photographs", "", "Pending"))
    assert _listed(office) == []


def test_a_platform_with_an_answer_is_no_longer_missing(office: Office) -> None:
    office.brings_in(_file("Photographs", "Yes", facebook="No"))
    [line] = to_ask(office.school)
    assert "facebook" not in {p.key for p in line.missing}


def test_a_pupil_with_every_answer_leaves_the_list(trust: Trusty, office: Office) -> None:
    office.brings_in(_file("Photographs", "Yes", "Yes"))
    amy = Child.objects.get(first_name="Amy")
    trust.says(amy, "no", _asked(), giver=amy.guardianships.get().parent)
    assert _listed(office) == ["Bo"]


def test_an_answer_that_was_undone_with_its_file_is_missing_again(office: Office) -> None:
    office.brings_in(_file("Photographs", "Yes"))
    source = office.brings_in(_file("Photographs", "Yes", facebook="Yes"))
    assert "facebook" not in {p.key for p in to_ask(office.school)[0].missing}
    seen = undoing.plan(source).counts["digest"]
    actions.undo(source=source, seen=seen, by=office.by)
    office.works(source)
    assert [p.pk for p in to_ask(office.school)[0].missing] == [p.pk for p in _asked()]


def test_a_leaver_and_another_schools_pupils_are_not_listed(trust: Trusty, office: Office) -> None:
    office.brings_in(_file("Photographs", "Yes", "Yes"))
    Child.objects.filter(first_name="Amy").update(left_on="2026-09-01")
    Hint.objects.create(child=trust.leo, topic="photo", said="Photographs: Yes")
    assert _listed(office) == ["Bo"]


def test_a_held_child_is_listed_like_any_other(trust: Trusty, office: Office) -> None:
    office.brings_in(_file("Photographs", "Yes", "Yes"))
    Hold.objects.create(child=Child.objects.get(first_name="Amy"), kind=Hold.Kind.PROTECTED)
    assert _listed(office) == ["Amy", "Bo"]


def test_one_class_can_be_shown(office: Office) -> None:
    office.brings_in(_file("Photographs", "Yes", "Yes"))
    assert _listed(office, "7B") == ["Bo"]


def test_the_page_names_the_pupil_what_was_said_and_what_is_missing(
    office: Office, signed_in: Callable[[User], Client]
) -> None:
    source = office.brings_in(_file("Photographs", "Yes", facebook="Yes"))
    browser = signed_in(office.by)
    assert "ask these parents" in browser.get(f"/children/imports/{source.pk}/").content.decode()
    page = browser.get("/children/imports/ask/").content.decode()
    for said in ("Amy Lee", "Photographs: Yes", "1 September 2026", "Instagram"):
        assert said in page
    assert "Facebook" not in page


def test_the_page_says_which_questions_have_no_answer(
    trust: Trusty, office: Office, signed_in: Callable[[User], Client]
) -> None:
    office.brings_in(_file("Media Consent", "Yes"))
    amy = Child.objects.get()
    rest = [p for p in _asked() if p.key != "facebook"]
    trust.says(amy, "no", _asked(), giver=amy.guardianships.get().parent)
    trust.says(amy, "no", rest, giver=amy.guardianships.get().parent, kind="video")
    page = words(signed_in(office.by).get("/children/imports/ask/"))
    assert "Media Consent: Yes (1 September 2026) · no answer yet about video: Facebook" in page
    assert "about photos" not in page


def test_photos_come_first_and_alike_kinds_stand_together(office: Office) -> None:
    head = [*HEAD, "Names", "Photographs", "Facebook"]
    office.brings_in(as_csv([head, [*AMY, "Yes", "Yes", "No"]]))
    [line] = to_ask(office.school)
    photos, names = line.words.split("; ")
    assert photos.startswith("about photos: ")
    assert names.startswith("about the first name and the full name: ")


@pytest.mark.parametrize(("who", "sees"), [("hana", 200), ("dot", 200), ("tessa", 404)])
def test_only_those_who_may_open_permissions_see_the_list(
    trust: Trusty, signed_in: Callable[[User], Client], who: str, sees: int
) -> None:
    answer = signed_in(getattr(trust, who)).get("/children/imports/ask/")
    assert answer.status_code == sees


def test_the_list_asks_the_same_number_of_questions_whatever_its_length(
    office: Office, django_assert_num_queries
) -> None:
    rows = [[f"{n:04}", f"Lee{n}", *AMY[2:], "Yes", ""] for n in range(40)]
    office.brings_in(as_csv([[*HEAD, "Photographs", "Facebook"], *rows]))
    with django_assert_num_queries(3):
        assert len(to_ask(office.school)) == 40
