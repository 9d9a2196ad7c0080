"""Where the focus goes on the composer, and that words beside a warning stay while it saves."""

from __future__ import annotations

from typing import Any

import pytest

from tests.cast import Trusty
from tests.journeys.walking import look, sign_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
FOCUS = "document.activeElement.id || document.activeElement.name || document.activeElement.tagName"


@pytest.fixture
def page(desktop: Any, trust: Trusty) -> Any:
    """Tessa's browser."""
    trust.tessa, trust.hana, trust.tom, trust.rose  # noqa: B018 (made before the browser looks)
    sign_in(desktop, trust.tessa)
    return desktop


def test_after_a_way_out_the_focus_is_on_what_is_left_to_do(page, trust):
    post = trust.draft(children=[trust.tom], channels=["news", "facebook"])
    page.goto(f"/posts/{post.pk}/edit/")
    page.get_by_role("button", name="Drop Facebook").focus()
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert page.evaluate(FOCUS) == "s-way"
    assert "Facebook is dropped." in page.locator("#left-to-do").inner_text()


def test_words_beside_a_warning_stay_while_the_draft_is_saved(page, trust):
    post = trust.draft(text="Rose came first in the garden.")
    page.goto(f"/posts/{post.pk}/edit/")
    saves: list[str] = []
    page.on("response", lambda r: saves.append(r.url) if r.request.method == "POST" else None)
    page.get_by_label("Title, shown on the news page").press_sequentially("!")
    answer = page.get_by_label("tell the Head why it is fine")
    answer.click()
    typed = ""
    while not saves:
        page.keyboard.type("ab ", delay=40)
        typed += "ab "
    page.keyboard.type("end", delay=40)
    page.wait_for_load_state("networkidle")
    assert answer.input_value() == f"{typed}end"
    assert page.evaluate(FOCUS).startswith("words-")


def test_one_box_for_all_platforms_opens_its_clause_and_each_way(page, trust):
    everywhere = ["news", "facebook", "instagram", "x"]
    post = trust.draft(children=[trust.amira, trust.rose, trust.tom], channels=everywhere)
    page.goto(f"/posts/{post.pk}/edit/")
    page.get_by_text("One channel at a time").first.click()
    assert page.get_by_role("button", name="Drop Instagram").is_visible()
    page.get_by_text("Protocol 1, Each child’s own permission").first.click()
    assert page.get_by_text("A yes for one platform is not a yes for another.").first.is_visible()
    look(page, "composer-opened")
