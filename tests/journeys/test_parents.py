"""At home: a parent answers on a phone, changes their mind, and never learns what another said."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from consents import links, mailing
from consents.models import ConsentDecision, Guardianship
from tests.consents.asking import may
from tests.consents.parents.at_home import home as made
from tests.journeys.walking import look, press, sign_in
from tests.plugins.browser import PHONE

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def home(trust: Any) -> Any:
    """Folake, with Ife, Tobi and Sade."""
    family = made(trust)
    sade = trust.child("Sade", "Adeyemi")
    Guardianship.objects.filter(child=sade).delete()
    Guardianship.objects.create(
        child=sade, parent=family.folake, relationship="Mother", has_responsibility=True
    )
    family.sade = sade
    return family


@pytest.fixture
def plain(chromium: Any, live_server: Any) -> Iterator[Any]:
    """A phone that runs no script and keeps no cookie."""
    context = chromium.new_context(
        base_url=live_server.url, viewport=PHONE, java_script_enabled=False, locale="en-GB"
    )
    yield context.new_page()
    assert context.cookies() == []
    context.close()


def _press(page: Any, name: str) -> None:
    press(page.get_by_role("button", name=name, exact=True).first)


def _tick(page: Any, home: Any, child: Any, key: str, word: str) -> None:
    line = home.line(child, key)
    page.locator(f'label:has(input[name="{line}"][value="{word}"])').click()


def test_a_parent_of_three_answers_on_a_phone_without_script(plain, home):
    plain.goto(home.address())
    plain.get_by_role("heading", name="Ife, Tobi and Sade").wait_for()
    _tick(plain, home, home.ife, "facebook", "yes")
    _tick(plain, home, home.tobi, "facebook", "no")
    place = plain.locator("#place-news")
    press(place.get_by_role("button", name="Yes to all 15"))
    plain.get_by_text("Chosen for all of the news page: Yes.").wait_for()
    _press(plain, "Save my answers")
    plain.get_by_text("Your answers are saved.").wait_for()
    assert may(home.ife, "facebook")
    assert not may(home.tobi, "facebook")
    assert may(home.tobi, "news")
    assert may(home.tobi, "news", "work")


def test_who_has_answered_one_question_finishes_the_rest_with_one_save(plain, home):
    address = home.address()
    home.sends(address, **{home.line(home.ife): "no"})
    plain.goto(address)
    said = ConsentDecision.objects.get()
    assert plain.locator("input:checked").count() == 0
    places = plain.locator("section.place:has(.all)")
    for number in range(places.count()):
        press(places.nth(number).get_by_role("button", name="Yes to all"))
    _press(plain, "Save my answers")
    plain.get_by_role("heading", name="Thank you. These are your answers.").wait_for()
    assert home.ife.decisions.get(platform=said.platform, kind=said.kind) == said
    assert not may(home.ife, "facebook")
    assert may(home.ife, "facebook", "video")
    assert may(home.sade, "facebook")


def test_changing_an_answer_from_before_loses_nothing_that_is_chosen(plain, home):
    address = home.address()
    home.sends(address, **{home.line(home.ife): "yes"})
    plain.goto(address)
    _tick(plain, home, home.tobi, "news", "yes")
    plain.get_by_role("link", name="What you answered").click()
    press(plain.locator(f'button[value="{home.line(home.ife)}:no"]'))
    plain.get_by_text("Changed. It counts from now.").wait_for()
    _press(plain, "Save my answers")
    assert not may(home.ife, "facebook")
    assert may(home.tobi, "news")


def test_the_same_link_withdraws_in_one_press(plain, home):
    address = home.address()
    home.sends(address, **{home.line(child): "yes" for child in (home.ife, home.tobi)})
    plain.goto(address)
    plain.locator(f'button[value="{home.line(home.ife)}:no"]').click()
    plain.get_by_text("Changed. It counts from now.").wait_for()
    assert not may(home.ife, "facebook")
    assert may(home.tobi, "facebook")
    _press(plain, "Change every yes to no")
    assert not may(home.tobi, "facebook")


def test_two_parents_who_disagree_see_only_their_own_answers(plain, home):
    hers, his = home.address(), home.address(home.father)
    for address, word in ((hers, "yes"), (his, "no")):
        plain.goto(address)
        _tick(plain, home, home.ife, "facebook", word)
        _press(plain, "Save my answers")
    plain.goto(hers)
    yes = plain.locator(f'button[value="{home.line(home.ife)}:yes"]')
    assert yes.get_attribute("aria-pressed") == "true"
    assert "Ade" not in plain.content().replace("Adeyemi", "")
    assert not may(home.ife, "facebook")


def test_every_page_a_parent_meets_can_be_read_by_everybody(request, home):
    page = request.getfixturevalue("phone")
    address = home.address()
    page.goto(address)
    look(page, "parent-questions")
    press(page.locator("#place-news").get_by_role("button", name="No to all 15"))
    look(page, "parent-chosen")
    _press(page, "Save my answers")
    look(page, "parent-in-part")
    home.sends(address, **dict.fromkeys(home.every_line(), "yes"))
    Guardianship.objects.filter(child=home.sade).update(court_order=True)
    page.goto(address)
    look(page, "parent-answers")
    Guardianship.objects.filter(parent=home.folake).update(court_order=True)
    page.goto(address)
    look(page, "parent-only-a-way-back")
    page.goto(f"{address[:-4]}/")
    look(page, "parent-wrong")


def test_the_office_sends_a_link_again(request, trust, home):
    page = request.getfixturevalue("phone")
    links.make(parent=home.folake, by=None)
    sign_in(page, trust.connie)
    page.goto(f"/children/{home.ife.pk}/")
    press(page.get_by_role("link", name="Their links"))
    look(page, "parents-links")
    press(page.get_by_role("button", name="Close all links Folake Adeyemi"))
    press(page.get_by_role("button", name="Mail a new link Folake Adeyemi"))
    page.get_by_text("A mail with a new link goes to Folake Adeyemi.").wait_for()


def test_the_agreement_is_written_and_read_by_everybody(request, trust, home):
    page = request.getfixturevalue("phone")
    sign_in(page, trust.cara)
    page.goto("/children/agreements/")
    look(page, "agreements")
    press(page.get_by_role("link", name="version 1"))
    look(page, "agreement")
    page.goto("/children/agreements/")
    press(page.get_by_role("button", name="Write the next version"))
    look(page, "agreement-draft")
    press(page.get_by_role("link", name="English"))
    look(page, "agreement-language")
    page.get_by_label("If you say no", exact=True).first.fill("No is fine.")
    press(page.get_by_role("button", name="Keep these words"))
    press(page.get_by_role("button", name="Approve and publish"))
    page.get_by_text("Version 2 is published.").wait_for()


def test_the_office_runs_a_campaign(request, trust, home):
    page = request.getfixturevalue("phone")
    trust.rose  # noqa: B018 (her mother has no address)
    sign_in(page, trust.connie)
    page.goto("/children/")
    press(page.get_by_role("link", name="Ask parents"))
    look(page, "campaigns-none")
    press(page.get_by_role("link", name="Ask parents", exact=True).last)
    press(page.get_by_role("button", name="Show who gets what"))
    page.get_by_text("2 parents get a mail").wait_for()
    look(page, "campaign-preview")
    press(page.get_by_role("button", name="Send to 2 parents, print for 1"))
    page.get_by_role("heading", name="How it stands").wait_for()
    mailing.send_due()
    page.get_by_text("Mails sent: 2 of 2").wait_for()
    look(page, "campaign")
    press(page.get_by_role("button", name="Make the letters to print"))
    page.get_by_role("heading", name="Mother Green").wait_for()
    look(page, "campaign-letters")


def test_staff_write_down_what_a_parent_says_in_three_presses(phone, trust, home):
    sign_in(phone, trust.connie)
    phone.goto(f"/children/{home.ife.pk}/")
    name = phone.get_by_role("navigation", name="At the door").get_by_role(
        "link", name="Folake Adeyemi"
    )
    assert name.bounding_box()["y"] + name.bounding_box()["height"] <= PHONE["height"]
    press(name)
    look(phone, "door")
    _tick(phone, home, home.ife, "facebook", "yes")
    press(phone.get_by_role("button", name="Write it down", exact=True).last)
    phone.get_by_text("1 answer is written down, as Folake Adeyemi said.").wait_for()
    assert may(home.ife, "facebook")


def test_on_a_wide_screen_the_door_stands_beside_each_name(desktop, trust, home):
    sign_in(desktop, trust.connie)
    desktop.goto(f"/children/{home.ife.pk}/")
    press(desktop.get_by_role("link", name="At the door Folake Adeyemi"))
    desktop.get_by_role("heading", name="Folake Adeyemi").wait_for()
