"""A channel's own words are there as soon as it is ticked, and nothing typed is disturbed by it."""

from __future__ import annotations

from typing import Any

import pytest

from posts.models import Post
from tests.cast import Trusty
from tests.journeys.walking import look, sign_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def page(request: Any, trust: Trusty) -> Any:
    """The composer with a text too long for X, and only the news page ticked."""
    post = trust.draft(text="word " * 80)
    assert trust.hana
    found = request.getfixturevalue("phone")
    sign_in(found, trust.tessa)
    found.goto(f"/posts/{post.pk}/edit/")
    return found


def tick(page: Any, name: str) -> None:
    """The channel, and wait until it is saved and checked."""
    with page.expect_response(lambda r: r.request.method == "POST" and r.ok):
        page.get_by_role("checkbox", name=f"{name}: Oak {name}").click()


def test_ticking_shows_the_field_and_leaves_the_focus(page):
    own = page.get_by_text("Own words for X")
    assert not own.is_visible()
    tick(page, "X")
    assert own.is_visible()
    assert page.evaluate("document.activeElement.dataset.shows.startsWith('own-')")


def test_too_long_for_x_leads_to_the_field_and_what_is_written_there_mends_it(page):
    tick(page, "X")
    page.get_by_role("link", name="Write shorter words for X").click()
    field = page.get_by_label("Words for X", exact=True)
    assert field.evaluate("one => one === document.activeElement")
    look(page, "own-words")
    with page.expect_response(lambda r: r.request.method == "POST" and r.ok):
        page.keyboard.type("We built an aqueduct.")
    page.get_by_role("link", name="Write shorter words for X").wait_for(state="detached")
    assert field.input_value() == "We built an aqueduct."
    assert Post.objects.get().wordings.get(channel__platform__key="x").text == field.input_value()


def test_what_was_written_for_a_channel_comes_back_when_it_is_ticked_again(page):
    tick(page, "X")
    page.get_by_text("Own words for X").click()
    field = page.get_by_label("Words for X", exact=True)
    with page.expect_response(lambda r: r.request.method == "POST" and r.ok):
        field.fill("Short for X.")
    tick(page, "X")
    assert not page.get_by_text("Own words for X").is_visible()
    tick(page, "X")
    assert field.input_value() == "Short for X."
    assert Post.objects.get().wordings.get(channel__platform__key="x").text == "Short for X."
