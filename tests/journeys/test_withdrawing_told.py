"""Connie withdraws on Amira’s page, and reads there beforehand what that stops and lists."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from publishing.reviewing import review_live
from tests.journeys.walking import look, press, sign_in, sign_out

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def page(request: Any, trust: Any) -> Any:
    """A browser, the size of a phone."""
    return request.getfixturevalue("phone")


def test_what_a_withdrawal_stops_is_read_before_it_is_pressed(page, trust):
    trust.connie, trust.hana  # noqa: B018 (made before the browser looks for them)
    live = trust.published(children=[trust.amira])
    trust.approved(children=[trust.amira], goes_out_at=timezone.now() + timedelta(days=1))
    trust.send_all()
    trust.submitted(children=[trust.amira], channels=["facebook"])
    sign_in(page, trust.connie)
    page.goto(f"/children/{trust.amira.pk}/")
    page.get_by_text("is live, and GoLive takes it down").wait_for()
    look(page, "withdrawing-before")
    news = trust.platform("news").pk
    page.goto(f"/children/class/?class=4B&platform={news}")
    look(page, "withdrawing-class")
    page.goto(f"/children/{trust.amira.pk}/parents/{trust.mother(trust.amira).pk}/door/")
    look(page, "withdrawing-door")
    page.goto(f"/children/{trust.amira.pk}/")
    page.get_by_label("What is taken back").select_option(label="Photo on Facebook")
    page.locator("#foretold").get_by_text("Photo on Facebook").wait_for()
    assert page.get_by_text("is live, and GoLive takes it down").count() == 0
    look(page, "withdrawing-chosen")
    page.get_by_label("What is taken back").select_option(label="Everything, everywhere")
    page.get_by_text("is live, and GoLive takes it down").wait_for()
    page.get_by_label("Paper form").last.check()
    press(page.get_by_role("button", name="Mother Khan withdraws"))
    page.get_by_text("2 posts that wait do not go out as things are.").wait_for()
    look(page, "withdrawing-after")
    review_live()
    assert trust.delivery(live).state == "taken_down"
    sign_out(page)
    sign_in(page, trust.hana)
    page.goto("/publishing/take-downs/")
    page.get_by_text("Stopped before they went out").wait_for()
    look(page, "take-downs")
