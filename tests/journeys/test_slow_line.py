"""On a slow line the page is there before its scripts are; what is typed meanwhile counts."""

from __future__ import annotations

from typing import Any

import pytest

from tests.cast import Trusty
from tests.journeys.walking import sign_in
from tests.posts.photos import making
from tests.posts.photos.uploading import show

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_a_name_typed_before_the_scripts_came_is_looked_for(desktop: Any, trust: Trusty) -> None:
    trust.child("Amira", "Khan")
    picture = show(trust, trust.draft(), making.photo())
    sign_in(desktop, trust.tessa)
    waiting: list[Any] = []
    desktop.route("**/htmx-2*.js", lambda route: waiting.append(route))  # noqa: PLW0108 (it is asked for its parameters)
    with desktop.expect_request("**/htmx-2*.js"):
        desktop.goto(f"/posts/photos/{picture.pk}/people/", wait_until="commit")
    desktop.get_by_label("Pupil’s name").fill("Amira")
    [script] = waiting
    script.continue_()
    desktop.get_by_role("button", name="Amira Khan 4B").wait_for()
