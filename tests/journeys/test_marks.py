"""Drawing where somebody is, with the mouse."""

from __future__ import annotations

import pytest

from posts.models import Appearance
from tests.journeys.walking import look, sign_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_a_box_is_drawn_on_the_photo(desktop, trust):
    page = desktop
    trust.draft(children=[trust.amira])
    sign_in(page, trust.tessa)
    page.goto(f"/posts/photos/{Appearance.objects.get().picture_id}/people/")
    page.get_by_text("Mark where people are in the photo").click()
    edge = page.locator(".stage img").bounding_box()
    page.mouse.move(edge["x"] + edge["width"] * 0.2, edge["y"] + edge["height"] * 0.3)
    page.mouse.down()
    page.mouse.move(edge["x"] + edge["width"] * 0.5, edge["y"] + edge["height"] * 0.8, steps=5)
    page.mouse.up()
    assert not page.locator("dialog.viewer[open]").count(), "a drag is not a press on the photo"
    with page.expect_navigation():
        page.get_by_role("button", name="Keep this mark").click()
    look(page, "marked")
    kept = Appearance.objects.get()
    assert kept.left == pytest.approx(0.2, abs=0.01)
    assert kept.height == pytest.approx(0.5, abs=0.01)
