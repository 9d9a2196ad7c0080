"""On a phone every room of a Head's is one press and one choice away, with the keyboard too."""

from __future__ import annotations

from typing import Any

import pytest

from tests.cast import Trusty
from tests.journeys.walking import look, press, sign_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

ROOMS = [
    "Approvals",
    "My posts",
    "School’s posts",
    "Permissions",
    "Channels",
    "People",
    "Cases",
    "Something is wrong",
]


def test_a_phone_shows_menu_and_where_one_is(phone: Any, trust: Trusty) -> None:
    sign_in(phone, trust.hana)
    summary = phone.locator("header summary")
    assert " ".join(summary.inner_text().split()) == "Menu : you are at Approvals"
    assert phone.get_by_role("link", name="Permissions").count() == 0


def test_the_keyboard_opens_it_and_goes_to_the_last_entry(phone: Any, trust: Trusty) -> None:
    sign_in(phone, trust.hana)
    phone.locator("header summary").focus()
    phone.keyboard.press("Enter")
    nav = phone.get_by_role("navigation", name="Main").get_by_role("link")
    assert [link.inner_text() for link in nav.all()] == ROOMS
    look(phone, "menu")
    for _ in ROOMS:
        phone.keyboard.press("Tab")
    phone.keyboard.press("Enter")
    phone.wait_for_url("**/publishing/wrong/")


def test_it_opens_without_a_script(chromium: Any, live_server: Any, trust: Trusty) -> None:
    context = chromium.new_context(
        base_url=live_server.url, viewport={"width": 390, "height": 844}, java_script_enabled=False
    )
    page = context.new_page()
    sign_in(page, trust.hana)
    page.locator("header summary").click()
    press(page.get_by_role("link", name="Something is wrong"))
    assert page.url.endswith("/publishing/wrong/")
    context.close()


def test_a_wide_window_shows_every_room_in_one_line(desktop: Any, trust: Trusty) -> None:
    sign_in(desktop, trust.hana)
    nav = desktop.get_by_role("navigation", name="Main").get_by_role("link")
    assert [link.inner_text() for link in nav.all()] == ROOMS
    tops = {round(link.bounding_box()["y"]) for link in nav.all()}
    assert len(tops) == 1
    door = desktop.get_by_role("button", name="Sign out").bounding_box()
    assert door["y"] < 55
