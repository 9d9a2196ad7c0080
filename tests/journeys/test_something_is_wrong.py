"""A teaching assistant stops a colleague's post, from the navigation, on desktop and phone."""

from __future__ import annotations

from typing import Any

import pytest

from publishing.models import NewsItem
from schools.roles import Role
from tests.cast import Trusty
from tests.journeys.walking import go_to, look, sign_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_from_the_navigation_to_a_stopped_post(request: Any, trust: Trusty) -> None:
    bilal = trust.person("Bilal Aziz", Role.STAFF, trust.oak, job_title="Teaching assistant")
    trust.approved(children=[trust.amira])
    page = request.getfixturevalue("phone")
    sign_in(page, bilal)
    go_to(page, "Something is wrong")
    look(page, "wrong")
    page.get_by_label("What is wrong, in a few words").fill("That child must not be shown")
    page.get_by_role("button", name="Stop").click()
    page.get_by_text("Stopped. The Heads have been told").wait_for()
    go_to(page, "Something is wrong")
    page.get_by_text("Ask a Head if it may go on.").wait_for()
    look(page, "wrong-stopped")
    trust.send_all()
    assert not NewsItem.objects.exists()
