"""An autosave is answered while somebody presses: the press counts, and the focus stays."""

from __future__ import annotations

from typing import Any

import pytest

from posts.models import Post
from tests.cast import Trusty
from tests.journeys.walking import sign_in, tick_checklist

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def saved(answer: Any) -> bool:
    return bool(answer.request.method == "POST" and answer.ok)


@pytest.fixture
def page(desktop: Any, trust: Trusty) -> Any:
    """Tessa has her draft open, ready to go."""
    assert trust.hana
    post = trust.draft()
    sign_in(desktop, trust.tessa)
    desktop.goto(f"/posts/{post.pk}/edit/")
    tick_checklist(desktop)
    return desktop


def change(page: Any) -> None:
    """Something is chosen, and the page saves it by itself; its answer has come."""
    page.evaluate("document.getElementById('way').setAttribute('data-old', '')")
    with page.expect_response(saved):
        page.evaluate(
            "document.querySelector('[name=text]')"
            ".dispatchEvent(new Event('change', {bubbles: true}))"
        )


def shown(page: Any) -> None:
    """What the server said of it is on the page."""
    page.locator("#way:not([data-old])").wait_for()


def test_a_save_answered_between_down_and_up_of_the_button_does_not_swallow_the_press(
    page: Any,
) -> None:
    page.get_by_role("button", name="Send to").hover()
    page.mouse.down()
    change(page)
    with page.expect_navigation():
        page.mouse.up()
    assert Post.objects.get().state == "submitted"


def test_a_tick_begun_before_the_answer_counts_and_the_answer_is_shown_after_it(page: Any) -> None:
    box = page.locator("input[name=declared]").first
    box.uncheck()
    box.hover()
    page.mouse.down()
    change(page)
    page.mouse.up()
    shown(page)
    assert box.is_checked()


def test_a_tick_by_the_space_bar_counts_too(page: Any) -> None:
    box = page.locator("input[name=declared]").first
    box.uncheck()
    box.focus()
    page.keyboard.down(" ")
    change(page)
    page.keyboard.up(" ")
    shown(page)
    assert box.is_checked()


def test_who_let_go_outside_the_window_still_sees_the_answer(page: Any) -> None:
    page.get_by_role("heading", level=1).hover()
    page.mouse.down()
    change(page)
    page.evaluate("window.dispatchEvent(new Event('blur'))")
    shown(page)
    page.mouse.up()


def test_the_button_that_had_the_focus_has_it_after_a_save(page: Any) -> None:
    page.get_by_role("button", name="Send to").focus()
    change(page)
    shown(page)
    assert page.evaluate("document.activeElement.value") == "send"
