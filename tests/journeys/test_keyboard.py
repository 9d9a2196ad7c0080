"""Once without a mouse: every press of the main job is made with Tab, Space, arrows and Enter."""

from __future__ import annotations

from typing import Any

import pytest

from policy.rulebook import Rulebook
from posts.declaring import checklist
from posts.models import Post
from tests.cast import PASSWORD
from tests.journeys.walking import prepare_photos

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
FAR = 150


# What a screen reader would call it, roughly.
NAME = """() => { const e = document.activeElement;
  if (e === document.body) return '';
  const label = e.labels && e.labels[0] ? e.labels[0].innerText : '';
  const said = [label, e.getAttribute('aria-label'), e.innerText, e.value];
  return said.filter(Boolean).join(' '); }"""
# It, or what it stands in, has a ring.
RING = """() => { let e = document.activeElement;
  if (!e.getBoundingClientRect().width) return false;
  for (; e; e = e.parentElement) {
    const s = getComputedStyle(e);
    if (s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) >= 2) return true;
  } return false; }"""


def _tab_to(page: Any, words: str) -> None:
    """Tab until what has the focus is called so; everything reached on the way shows its focus."""
    for _ in range(FAR):
        page.keyboard.press("Tab")
        if words in page.evaluate(NAME):
            assert page.evaluate(RING), f"nobody can see that “{words}” has the focus"
            return
    pytest.fail(f"“{words}” cannot be reached with Tab")


def _tick(page: Any, words: str) -> None:
    _tab_to(page, words)
    page.keyboard.press("Space")


def _go(page: Any, words: str) -> None:
    """Enter on something that leads to another page."""
    _tab_to(page, words)
    _enter(page)


def _enter(page: Any) -> None:
    with page.expect_navigation(wait_until="networkidle"):
        page.keyboard.press("Enter")


def _sign_in(page: Any, user: Any) -> None:
    page.goto("/sign-in/")
    _tab_to(page, "E-mail")
    page.keyboard.type(user.email)
    _tab_to(page, "Password")
    page.keyboard.type(PASSWORD)
    _enter(page)


def test_draft_to_live_with_the_keyboard_alone(desktop, trust):
    page = desktop
    trust.amira, trust.hana  # noqa: B018 (made before the browser looks for them)
    post = trust.draft(channels=["news"])
    picture = trust.add_photos(post, 1)[0]
    prepare_photos()
    _sign_in(page, trust.tessa)
    _go(page, "An aqueduct")
    _go(page, "Who is in it")
    _tab_to(page, "Pupil’s name")
    page.keyboard.type("Amira")
    page.wait_for_load_state("networkidle")
    page.get_by_text("Amira Khan").first.wait_for()
    page.keyboard.press("Enter")
    page.get_by_text("Amira Khan is in the list.").wait_for()
    assert picture.appearances.exists()
    _tick(page, "I looked at the whole photo")
    _tick(page, "Nothing readable in it")
    _go(page, "Keep, and back to the post")
    _tab_to(page, "Alt text")
    page.keyboard.type("A pupil beside a model")
    page.keyboard.press("Tab")
    page.wait_for_load_state("networkidle")
    page.wait_for_timeout(800)  # the autosave waits this long for more typing
    for line in checklist(Rulebook.in_force()):
        _tick(page, line.text)
    _go(page, "Send to Hana Okafor")
    assert Post.objects.get().state == "submitted"
    _go(page, "Sign out")

    _sign_in(page, trust.hana)
    _go(page, "An aqueduct")
    _tick(page, "Photo 1: everyone I see")
    _go(page, "Approve")
    page.get_by_text("Approved for").first.wait_for()
    trust.send_all()
    page.goto("/news/oak/")
    assert page.get_by_text("We built a working aqueduct.").is_visible()
