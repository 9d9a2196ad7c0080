"""With some answers given, the open questions are one form, and what was said stays as it is."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from django.test import Client

from consents.choosing import left_open
from consents.models import Answer, Campaign, ConsentDecision
from consents.wording import Document
from tests.approvals.pages import words
from tests.consents.agreements.writing import polish, published
from tests.consents.asking import may
from tests.consents.parents.test_saying_yes_again import send

pytestmark = pytest.mark.django_db


@pytest.fixture
def address(home) -> str:
    """Folake has said yes to a photo of Ife on Facebook and no to one of Tobi; her link."""
    address = home.address()
    home.sends(address, **said_before(home))
    return address


def said_before(home) -> dict[str, str]:
    return {home.line(home.ife): "yes", home.line(home.tobi): "no"}


def asked_on(page) -> set[str]:
    """The questions in the form."""
    return set(re.findall(r'type="radio" name="([^"]+)"', page.content.decode()))


def still_open(home) -> list[str]:
    return [line for line in home.every_line() if line not in said_before(home)]


def decisions() -> list[int]:
    return list(ConsentDecision.objects.order_by("pk").values_list("pk", flat=True))


# ── what stands on the page ──────────────────────────────────────────────────────────────────────
def test_the_form_asks_exactly_what_is_open(home, address):
    assert asked_on(Client().get(address)) == set(still_open(home))


def test_nothing_in_it_is_ticked(address):
    assert "checked" not in Client().get(address).content.decode()


def test_below_it_each_answer_given_is_changed_in_one_press(home, address):
    page = Client().get(address).content.decode()
    form, given = page.split('id="given"')
    assert "aria-pressed" not in form
    presses = re.findall(r'name="set" value="([^"]+)" aria-pressed="(\w+)"', given)
    assert dict(presses) == {
        f"{home.line(home.ife)}:yes": "true",
        f"{home.line(home.ife)}:no": "false",
        f"{home.line(home.tobi)}:yes": "false",
        f"{home.line(home.tobi)}:no": "true",
    }


def test_every_yes_is_taken_back_in_one_press_below_it(home, address):
    assert 'name="stop"' in Client().get(address).content.decode().split('id="given"')[1]
    home.sends(address, stop="all")
    assert not may(home.ife, "facebook")


def test_what_was_given_is_one_press_from_the_top(address):
    assert '<a href="#given">' in Client().get(address).content.decode()


def test_it_says_how_many_are_open(home, address):
    wanted = f"Questions without an answer: {len(still_open(home))}."
    assert wanted in words(Client().get(address))


def test_a_place_without_an_open_question_is_not_in_the_form(home, address):
    home.sends(address, **dict.fromkeys(home.every_line("news"), "no"))
    page = Client().get(address).content.decode()
    assert 'id="place-news"' not in page
    assert 'id="given-news"' in page


# ── saving ───────────────────────────────────────────────────────────────────────────────────────
def test_one_save_finishes_the_rest_and_writes_nothing_else(home, address):
    before = decisions()
    page = Client()
    page.post(address, {"version": home.agreement.pk, **dict.fromkeys(still_open(home), "yes")})
    new = ConsentDecision.objects.exclude(pk__in=before)
    assert decisions()[: len(before)] == before
    assert new.count() == len(still_open(home))
    photos = new.filter(platform=home.trust.platform("facebook"), kind="photo")
    assert not photos.exists()
    assert "Thank you. These are your answers." in words(page.get(address))


def test_a_part_of_the_rest_is_saved_and_said_so(home, address):
    after = home.sends(address, **{home.line(home.ife, "news"): "yes"})
    page = Client().get(after.url)
    assert "Your answers are saved." in words(page)
    assert home.line(home.ife, "news") not in asked_on(page)


def test_saving_nothing_says_so_and_writes_nothing(home, address):
    before = decisions()
    page = home.sends(address)
    assert "Choose at least one answer" in words(page)
    assert decisions() == before


def test_the_same_said_again_on_an_older_page_writes_nothing(home, address):
    before = decisions()
    home.sends(address, **said_before(home))
    assert decisions() == before


def test_another_answer_on_an_older_page_is_taken(home, address):
    home.sends(address, **{home.line(home.ife): "no"})
    assert home.ife.decisions.first().answer == Answer.WITHDRAWN


# ── all of a place ───────────────────────────────────────────────────────────────────────────────
@pytest.mark.parametrize("word", ["yes", "no"])
def test_all_of_a_place_is_all_that_is_open_there(home, address, word):
    page = home.sends(address, all=f"facebook:{word}").content.decode()
    ticked = set(re.findall(rf'name="([^"]+)" value="{word}" checked', page))
    assert ticked == set(home.every_line("facebook")) - set(said_before(home))


def test_saved_after_all_of_a_place_the_answers_before_stand(home, address):
    before = decisions()
    page = home.sends(address, all="facebook:yes").content.decode()
    chosen = dict.fromkeys(re.findall(r'name="([^"]+)" value="yes" checked', page), "yes")
    home.sends(address, **chosen)
    assert decisions()[: len(before)] == before
    assert not may(home.tobi, "facebook")


def test_yes_to_all_never_stands_without_no_to_all(address):
    page = Client().get(address).content.decode()
    yes, no = (re.findall(rf'name="all" value="(\w+):{word}"', page) for word in ("yes", "no"))
    assert yes == no != []


def test_it_says_how_many_all_are(home, address):
    number = len(home.every_line("facebook")) - 2
    page = words(Client().get(address))
    assert f"One answer for all still open on Facebook Yes to all {number}" in page


def test_after_the_press_it_says_that_only_what_was_open_is_chosen(home, address):
    page = words(home.sends(address, all="facebook:no"))
    assert "Chosen for all still open on Facebook: No." in page


# ── an answer from before is changed while others are chosen ─────────────────────────────────────
def test_what_is_chosen_and_not_saved_is_kept_when_an_answer_is_changed(home, address):
    x = home.line(home.tobi, "x")
    page = home.sends(address, set=f"{home.line(home.ife)}:no", **{x: "yes"})
    assert "Changed. It counts from now." in words(page)
    assert f'name="{x}" value="yes" checked' in page.content.decode()
    assert not may(home.ife, "facebook")


def test_and_is_not_written_by_it(home, address):
    before = decisions()
    home.sends(address, set=f"{home.line(home.ife)}:no", **{home.line(home.tobi, "x"): "yes"})
    assert len(decisions()) == len(before) + 1


def test_it_is_kept_as_well_when_every_yes_is_taken_back(home, address):
    x = home.line(home.tobi, "x")
    page = home.sends(address, stop="all", **{x: "yes"}).content.decode()
    assert f'name="{x}" value="yes" checked' in page


# ── a campaign, and languages ────────────────────────────────────────────────────────────────────
def test_who_answered_a_campaign_in_part_finishes_with_the_same_link(home):
    campaign, address = send(home, Campaign.Whom.ALL), home.address()
    invited = campaign.invitations.get(parent=home.folake)
    home.sends(address, **said_before(home))
    assert left_open([invited], home.agreement) == {invited.pk}
    home.sends(address, **dict.fromkeys(still_open(home), "no"))
    assert left_open([invited], home.agreement) == set()


def test_it_is_whole_in_another_language(home, address):
    document = Document.read(home.agreement.content)
    [english] = document.wordings
    home.agreement = published(home.trust, replace(document, wordings=(english, polish(english))))
    page = words(Client().get(f"{address}?lang=pl"))
    for said in ("What you answered", "One answer for all still open on Facebook", "Photo", "Yes"):
        assert f"PL {said}" in page
    assert "PL Your answers are saved." in words(Client().get(f"{address}?lang=pl&done=saved"))
