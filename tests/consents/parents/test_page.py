"""The parent's page: all children together, nothing pre-ticked, changed in one press."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from audit.models import Event
from consents.actions import set_hold
from consents.models import Answer, ConsentDecision, Hold, Kind, ParentMail, Way
from consents.rules import permissions
from consents.wording import Document
from policy.models import Platform, Purpose
from tests.approvals.pages import words
from tests.consents.agreements.writing import polish, published
from tests.consents.asking import may

pytestmark = pytest.mark.django_db


def answered(home, **answers: str):
    """Folake's page after she saved an answer about both children's photos on Facebook."""
    address = home.address()
    ticked = {home.line(child): answers.get("both", "yes") for child in (home.ife, home.tobi)}
    home.sends(address, **ticked)
    return address


def test_it_asks_for_each_platform_and_kind_about_every_child(home):
    page = Client().get(home.address()).content.decode()
    wanted = {
        home.line(child, platform.key, kind)
        for child in (home.ife, home.tobi)
        for platform in Platform.objects.all()
        for kind in Kind.values
    }
    assert set(re.findall(r'type="radio" name="([^"]+)"', page)) == wanted


def test_nothing_is_ticked(home):
    assert "checked" not in Client().get(home.address()).content.decode()


def test_yes_to_all_never_stands_without_no_to_all(home):
    page = Client().get(home.address()).content.decode()
    yes, no = (re.findall(rf'name="all" value="(\w+):{word}"', page) for word in ("yes", "no"))
    assert yes == no
    assert len(yes) == Platform.objects.count()


def test_it_says_what_each_place_is_and_that_copies_cannot_be_called_back(home):
    said = words(Client().get(home.address()))
    for platform in Platform.objects.all():
        assert platform.what_it_is in said
    assert "Copies cannot be called back" in said


def test_it_needs_neither_script_nor_cookie(home):
    answer = Client().get(home.address())
    assert not answer.cookies
    assert "hx-" not in answer.content.decode()


def test_a_press_needs_no_cookie_either(home):
    strict = Client(enforce_csrf_checks=True)
    sent = {"version": home.agreement.pk, home.line(home.ife): "no"}
    assert strict.post(home.address(), sent).status_code == 302
    assert ConsentDecision.objects.get().answer == Answer.NO


def test_a_yes_permits_exactly_what_was_asked(home):
    home.sends(home.address(), **{home.line(home.ife): "yes"})
    assert may(home.ife, "facebook")
    assert not may(home.ife, "instagram")
    assert not may(home.ife, "facebook", Kind.VIDEO)
    assert not may(home.tobi, "facebook")


def test_the_decision_says_how_by_whom_and_on_which_version(home):
    home.sends(home.address(), **{home.line(home.ife): "yes"})
    made = ConsentDecision.objects.get()
    assert (made.way, made.giver, made.agreement) == (Way.LINK, home.folake, home.agreement)
    assert (made.recorded_by, made.language) == (None, "en")


def test_it_is_history_without_names(home):
    answered(home)
    event = Event.objects.filter(verb="consent.recorded").first()
    assert event.actor_id is None
    assert "Ife" not in str(event.facts)


def test_saving_nothing_says_so_and_keeps_nothing(home):
    page = home.sends(home.address())
    assert "Choose at least one answer" in words(page)
    assert not ConsentDecision.objects.exists()


@pytest.mark.parametrize("word", ["yes", "no"])
def test_all_of_a_place_is_chosen_shown_and_not_yet_written(home, word):
    page = home.sends(home.address(), all=f"facebook:{word}").content.decode()
    assert len(re.findall(rf'value="{word}" checked', page)) == 10
    assert "It counts once you press" in page
    assert not ConsentDecision.objects.exists()


def test_choosing_all_of_a_place_keeps_what_was_ticked_elsewhere(home):
    x = home.line(home.tobi, "x")
    page = home.sends(home.address(), all="facebook:no", **{x: "yes"}).content.decode()
    assert f'name="{x}" value="yes" checked' in page


def test_the_same_link_then_shows_the_answers(home):
    page = words(Client().get(answered(home)))
    assert "What you answered" in page
    assert "Questions without an answer: 88" in page


def test_once_all_is_answered_it_is_only_thanked_for(home):
    address = home.address()
    home.sends(address, **dict.fromkeys(home.every_line(), "no"))
    page = words(Client().get(address))
    assert "Thank you. These are your answers." in page
    assert "Questions without an answer" not in page
    assert "Save my answers" not in page


def test_r_146_one_press_withdraws(home):
    address = answered(home)
    Client().post(address, {"version": home.agreement.pk, "set": f"{home.line(home.ife)}:no"})
    assert not may(home.ife, "facebook")
    assert may(home.tobi, "facebook")
    assert home.ife.decisions.first().answer == Answer.WITHDRAWN


def test_one_press_gives_it_back(home):
    address = answered(home, both="no")
    Client().post(address, {"version": home.agreement.pk, "set": f"{home.line(home.ife)}:yes"})
    assert may(home.ife, "facebook")


def test_one_press_withdraws_everything(home):
    address = answered(home)
    Client().post(address, {"version": home.agreement.pk, "stop": "all"})
    ids = [home.ife.pk, home.tobi.pk]
    every = [p.pk for p in Platform.objects.all()]
    assert not permissions(ids, every, Kind.values).allowed


def test_pressing_the_same_again_writes_nothing(home):
    address = answered(home)
    number = ConsentDecision.objects.count()
    Client().post(address, {"version": home.agreement.pk, "set": f"{home.line(home.ife)}:yes"})
    assert ConsentDecision.objects.count() == number


def test_a_yes_that_has_ended_is_asked_again(home):
    yesterday = timezone.localdate() - timedelta(days=1)
    home.trust.says(home.ife, "yes", [home.trust.platform("facebook")], until=yesterday)
    page = Client().get(home.address()).content.decode()
    assert "checked" not in page
    assert "May we share pictures" in page


def test_another_familys_child_cannot_be_answered_for(home):
    rose = home.trust.rose
    address = home.address()
    home.sends(address, **{home.line(rose): "yes", home.line(home.ife): "yes"})
    home.sends(address, set=f"{home.line(rose)}:yes")
    assert not rose.decisions.exists()


# ── two parents ──────────────────────────────────────────────────────────────────────────────────
def test_r_153_a_parents_page_is_the_same_whatever_the_other_said(home):
    address = home.address()
    before = Client().get(address).content
    home.sends(home.address(home.father), **{home.line(home.ife): "no"})
    assert Client().get(address).content == before


def test_it_names_the_other_parent_nowhere(home):
    home.sends(home.address(home.father), **{home.line(home.ife): "no"})
    page = Client().get(answered(home)).content.decode()
    assert home.father.first_name not in words(Client().get(home.address())).split()
    assert home.father.email not in page


def test_r_153_where_they_disagree_the_no_wins(home):
    answered(home)
    home.sends(home.address(home.father), **{home.line(home.ife): "no"})
    assert not may(home.ife, "facebook")
    assert may(home.tobi, "facebook")


def test_a_held_childs_page_is_that_of_any_other(home):
    address = home.address()
    before = Client().get(address).content
    set_hold(child=home.ife, kind=Hold.Kind.PROTECTED, by=home.trust.dot)
    assert Client().get(address).content == before


# ── versions ─────────────────────────────────────────────────────────────────────────────────────
def newer(home, **changes: object):
    """A second version, in force now."""
    document = Document.read(home.agreement.content)
    return published(home.trust, replace(document, **changes))


def test_a_yes_to_questions_that_have_changed_meanwhile_is_read_again(home):
    address = home.address()
    newer(home, title="The second")
    page = home.sends(address, **{home.line(home.ife): "yes"})
    assert "The questions have changed" in words(page)
    assert not ConsentDecision.objects.exists()


def test_a_no_counts_whichever_version_was_read(home):
    address = answered(home)
    newer(home, title="The second")
    home.sends(address, set=f"{home.line(home.ife)}:no")
    assert not may(home.ife, "facebook")
    assert home.ife.decisions.first().agreement == home.agreement


def test_a_new_platform_is_a_new_question_and_the_old_answers_stay(home):
    address = answered(home)
    Platform.objects.create(key="new", name="Newbook", letter="N", what_it_is="A new place.")
    document = Document.read(home.agreement.content)
    [english] = document.wordings
    places = {**english.places, "new": "A new place."}
    more = (*document.asks, ("new", "photo"))
    newer(home, asks=more, wordings=(replace(english, places=places),))
    page = words(Client().get(address))
    assert "Newbook" in page
    assert "Questions without an answer: 90" in page
    assert may(home.ife, "facebook")
    assert not may(home.ife, "new")


def test_for_a_new_purpose_everybody_is_asked_again(home):
    address = answered(home)
    Purpose.objects.create(version=home.trust.policy, key="adverts", name="Adverts")
    document = Document.read(home.agreement.content)
    [english] = document.wordings
    more = replace(english, purposes={**english.purposes, "adverts": "adverts for the school"})
    newer(home, purposes=(*document.purposes, "adverts"), wordings=(more,))
    page = Client().get(address).content.decode()
    assert "May we share pictures" in page
    assert "checked" not in page


# ── languages ────────────────────────────────────────────────────────────────────────────────────
def test_another_language_is_shown_marked_and_written_down(home):
    document = Document.read(home.agreement.content)
    polski = replace(polish(document.wordings[0]), code="ur", direction="rtl")
    second = newer(home, wordings=(*document.wordings, polski))
    address = home.address() + "?lang=ur"
    page = Client().get(address)
    assert '<html lang="ur" dir="rtl">' in page.content.decode()
    assert "PL May we show a photo on Facebook?" in words(page)
    Client().post(address, {"version": second.pk, home.line(home.ife): "yes"})
    assert ConsentDecision.objects.get().language == "ur"


# ── afterwards ───────────────────────────────────────────────────────────────────────────────────
def test_several_presses_make_one_mail(home):
    address = answered(home)
    home.sends(address, set=f"{home.line(home.ife)}:no")
    assert ParentMail.objects.get().kind == ParentMail.Kind.SUMMARY


def test_r_167_the_privacy_notice_is_linked_from_the_page(home):
    newer(home, privacy_notice="https://trust.example/privacy")
    assert 'href="https://trust.example/privacy"' in Client().get(home.address()).content.decode()


def test_a_child_who_decides_too_is_said_to(home):
    home.ife.decides = "pupil"
    home.ife.save()
    assert "Ife decides too" in words(Client().get(home.address()))
