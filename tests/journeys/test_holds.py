"""Dot looks again at a hold whose day has come, and puts another pupil under one."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from consents.models import Hold
from tests.journeys.walking import look, press, sign_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def page(request: Any, trust: Any) -> Any:
    """A browser, the size of a phone."""
    return request.getfixturevalue("phone")


def test_a_hold_is_looked_at_again_and_another_is_set(page, trust):
    trust.jack, trust.amira  # noqa: B018 (made before the browser looks for them)
    Hold.objects.update(review_on=timezone.localdate())
    sign_in(page, trust.dot)
    page.get_by_text("1 hold is to be looked at again.").wait_for()
    look(page, "holds")
    press(page.get_by_role("button", name="It stays"))
    page.get_by_text("Written down: it stays.").wait_for()
    assert Hold.objects.get().review_on == timezone.localdate() + timedelta(weeks=12)
    page.get_by_label("Name or class").fill("Amira")
    press(page.get_by_role("button", name="Look", exact=True))
    look(page, "holds-found")
    press(page.get_by_role("link", name="Hold Amira Khan"))
    look(page, "hold")
    press(page.get_by_role("button", name="Put under this hold"))
    page.get_by_text("The hold is in place, at once.").wait_for()
    assert Hold.objects.standing().count() == 2
