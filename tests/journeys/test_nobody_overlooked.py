"""A class photo with somebody nobody noticed, and a certificate with a name."""

from __future__ import annotations

import re
from typing import Any

import pytest

from posts.models import Appearance, Found
from tests.cast import Trusty
from tests.journeys.walking import look, press, sign_in
from tests.plugins.eyes import Eyes

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def unnoticed(request: Any, trust: Trusty, eyes: Eyes) -> Any:
    """Tessa put Amira in the list and ticked that this is everybody; three faces were found."""
    page = request.getfixturevalue("phone")
    trust.tom, trust.rose, trust.hana  # noqa: B018
    eyes.see_faces(3)
    trust.draft(children=[trust.amira], channels=["news", "facebook"])
    sign_in(page, trust.tessa)
    press(page.get_by_role("link", name="An aqueduct").first)
    return page


def test_a_class_photo_with_a_child_nobody_noticed(unnoticed, trust):
    page = unnoticed
    page.get_by_text("3 faces found, 0 accounted for in photo 1.").first.wait_for()
    assert not page.get_by_role("button", name=re.compile("Send to ")).is_enabled()
    press(page.get_by_role("button", name="Open the photo").first)
    page.get_by_text("Whose is face 1?").wait_for()
    look(page, "faces-found")
    page.get_by_role("button", name="Amira K.", exact=True).click()
    page.get_by_text("Whose is face 2?").wait_for()
    page.get_by_label("Pupil’s name").fill("Tom")
    page.get_by_role("button", name="Tom Rees").first.wait_for()
    page.keyboard.press("Enter")
    page.get_by_text("Whose is face 3?").wait_for()
    page.get_by_text("Tom R. cannot be shown on Facebook.").first.wait_for()
    page.get_by_role("button", name="Not a face").click()
    page.get_by_text("3 faces found, 3 accounted for").wait_for()
    look(page, "faces-accounted-for")
    press(page.get_by_role("button", name="Keep, and back to the post"))
    press(page.get_by_role("button", name="Leave photo 1 out on Facebook").first)
    assert page.get_by_role("button", name=re.compile("Send to ")).is_enabled()
    assert {a.child for a in Appearance.objects.all()} == {trust.amira, trust.tom}


def test_a_number_on_the_photo_is_pressed_with_a_finger(unnoticed):
    page = unnoticed
    press(page.get_by_role("button", name="Open the photo").first)
    press(page.get_by_role("link", name="Face 3, not settled"))
    page.get_by_text("Whose is face 3?").wait_for()
    assert page.url.endswith("#q")


def test_a_certificate_with_a_name(phone, trust, eyes):
    page = phone
    assert trust.amira
    eyes.read("Star of the week Amira Khan", "Way out")
    trust.draft(photos=1)
    sign_in(page, trust.tessa)
    press(page.get_by_role("link", name="An aqueduct").first)
    page.get_by_text("looks like the name of somebody at the school").first.wait_for()
    assert not page.get_by_role("button", name=re.compile("Send to ")).is_enabled()
    press(page.get_by_role("button", name="Open the photo").first)
    look(page, "certificate")
    page.get_by_role("button", name="It does not tell who or where a child is").click()
    page.get_by_text("You looked: it does not tell who or where a child is.").wait_for()
    assert Found.objects.get(hint="name").settled_by == trust.tessa
