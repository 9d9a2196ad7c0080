"""A teacher reports a wrong post on the phone: it is down, and a breach with 72 hours stands on the
Head's and the data protection officer's list."""

from __future__ import annotations

from typing import Any

import pytest

from publishing.models import NewsItem
from tests.cases.walk import dpo
from tests.cast import Trusty
from tests.journeys.walking import go_to, look, press, sign_in, sign_out

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_r_162_from_the_navigation_to_the_lists_of_those_who_must_act(
    request: Any, trust: Trusty
) -> None:
    dana = dpo(trust)
    trust.published(children=[trust.amira])
    page = request.getfixturevalue("phone")
    sign_in(page, trust.tessa)
    go_to(page, "Something is wrong")
    look(page, "wrong-else")
    press(page.get_by_role("link", name="Report a mistake"))
    look(page, "mistake")
    page.get_by_label("What is wrong, in a few words").fill("That is not Amira")
    press(page.get_by_role("button", name="Take it down and report it"))
    look(page, "case-raised")
    assert not NewsItem.objects.public().exists()
    sign_out(page)
    for reader in (trust.hana, dana):
        sign_in(page, reader)
        go_to(page, "Cases")
        page.get_by_text("71 hours left").wait_for()
        look(page, "cases")
        press(page.get_by_role("link", name="Breach"))
        look(page, "case")
        sign_out(page)


def test_anything_else_is_two_presses_away(request: Any, trust: Trusty) -> None:
    dpo(trust)
    page = request.getfixturevalue("phone")
    sign_in(page, trust.tessa)
    go_to(page, "Something is wrong")
    page.get_by_label("Somebody asks what we hold").check()
    page.get_by_label("What happened").fill("A father wants to see everything.")
    press(page.get_by_role("button", name="Send it"))
    page.get_by_text("Sent. Dana Osei has been told.").wait_for()
    look(page, "raised")
