"""Connie writes down who may decide for a pupil, and what an adult answered."""

from __future__ import annotations

from datetime import date
from typing import Any
from urllib.parse import urlsplit

import pytest

from consents.actions import set_hold
from consents.models import Adult
from consents.rules import adult_permissions
from tests.consents.asking import may
from tests.journeys.walking import look, press, sign_in, sign_out

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def page(request: Any, trust: Any) -> Any:
    """A browser, the size of a phone."""
    return request.getfixturevalue("phone")


def _press(page: Any, name: str) -> None:
    press(page.get_by_role("button", name=name).first)


def test_a_court_order_is_written_down_and_a_parent_added(page, trust):
    trust.amira  # noqa: B018 (made before the browser looks for her)
    sign_in(page, trust.connie)
    page.goto(f"/children/{trust.amira.pk}/")
    look(page, "child")
    press(page.get_by_role("link", name="Change who may decide"))
    look(page, "family")
    page.get_by_label("A court order limits them").check()
    _press(page, "Write this down about Mother Khan")
    assert not may(trust.amira)
    page.get_by_label("Surname").fill("Khan")
    page.get_by_label("First name").fill("Bilal")
    _press(page, "Add them")
    look(page, "family-changed")
    page.get_by_role("heading", name="Bilal Khan").wait_for()


def test_the_pupils_own_say_is_written_down_from_the_list(page, trust):
    zara = trust.child("Zara", "Hunt", born_on=date(2012, 1, 9), yes=[trust.platform("news")])
    sign_in(page, trust.cara)
    page.goto("/children/capacity/")
    page.get_by_label("Pupils are asked beside a parent").select_option("13")
    _press(page, "Keep this")
    look(page, "capacity-age")
    sign_out(page)
    sign_in(page, trust.connie)
    page.goto("/children/capacity/")
    look(page, "capacity")
    press(page.get_by_role("link", name="Write it down for Zara Hunt"))
    page.get_by_label("Both: a parent’s or carer’s, and that of Zara").check()
    page.get_by_label("Who judged this, and how").fill("Ms Hale asked her with symbols.")
    _press(page, "Write this down about the pupil’s own say")
    look(page, "family-own-say")
    assert not may(zara)
    page.get_by_text("What was recorded before").click()
    page.get_by_text("Ms Hale asked her with symbols.").wait_for()


def test_an_adult_is_added_answers_and_withdraws(page, trust):
    sign_in(page, trust.connie)
    page.goto("/children/")
    press(page.get_by_role("link", name="Adults"))
    look(page, "adults-none")
    page.get_by_label("Name").fill("Ada Visitor")
    _press(page, "Add them")
    page.get_by_label("Facebook").check()
    page.get_by_label("Photo", exact=True).check()
    page.get_by_label("Yes", exact=True).check()
    _press(page, "Write it down")
    look(page, "adult")
    ada, facebook = Adult.objects.get().pk, trust.platform("facebook").pk
    assert adult_permissions([ada], [facebook]).permits(ada, facebook, "photo")
    _press(page, "Withdraw photo on Facebook")
    assert not adult_permissions([ada], [facebook]).permits(ada, facebook, "photo")
    page.goto("/children/adults/")
    look(page, "adults")


def test_an_adult_is_asked_with_words_of_the_trust_and_answers_with_a_link(page, trust):
    trust.author_visit  # noqa: B018 (made before the browser looks for her)
    sign_in(page, trust.cara)
    page.goto("/children/adults/wording/")
    look(page, "adult-wording")
    _press(page, "Publish these words")
    sign_out(page)
    sign_in(page, trust.connie)
    page.goto(f"/children/adults/{trust.author_visit.pk}/")
    _press(page, "Print a letter")
    look(page, "adult-letter")
    address = page.locator("code.address").inner_text()
    page.goto(urlsplit(address).path)
    look(page, "adult-asked")
    facebook = page.get_by_role("region", name="Facebook")
    for question in ("May we show a photo of you?", "May we write your name?"):
        facebook.get_by_role("radiogroup", name=question).get_by_text("Yes").click()
    page.get_by_role("button", name="Save my answers").last.click()
    page.get_by_text("Thank you. It is kept").wait_for()
    look(page, "adult-answered")
    ada, place = trust.author_visit.pk, trust.platform("facebook").pk
    said = adult_permissions([ada], [place])
    assert said.permits(ada, place, "full_name")
    assert not said.permits(ada, place, "video")


def test_the_lead_writes_down_who_decides_in_care(page, trust):
    set_hold(child=trust.rose, kind="care", by=trust.dot)
    sign_in(page, trust.dot)
    page.goto("/children/holds/")
    look(page, "holds-care")
    press(page.get_by_role("link", name="Who decides for Rose Green"))
    edges = {one.bounding_box()["x"] for one in page.locator("input[name=who]").all()}
    assert len(edges) == 1, "long choices stand one under another"
    page.get_by_label("Somebody else, named below").check()
    page.get_by_label("Somebody else: name").fill("Northshire Council")
    page.get_by_label("Which plan or order").fill("Placement plan of 3 May")
    _press(page, "Write this down")
    page.get_by_text("Northshire Council decides").first.wait_for()
    look(page, "care")


def test_the_head_reads_who_said_yes(page, trust):
    submission = trust.submitted(children=[trust.amira])
    sign_in(page, trust.hana)
    page.goto(f"/approvals/{submission.pk}/")
    page.get_by_text("Who said yes, when, and until when").wait_for()
    look(page, "decide-who-said-yes")


def test_the_trust_sets_its_reminders(page, trust):
    sign_in(page, trust.cara)
    page.goto("/children/campaigns/")
    page.get_by_label("Remind after so many days").fill("3, 14")
    _press(page, "Keep this for the trust")
    page.get_by_text("reminded 3, 14 days").wait_for()
    look(page, "reminders")
