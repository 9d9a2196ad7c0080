"""What journeys share: signing in, looking with axe, and a picture of each page when asked for."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest

from posts.processing import process_waiting
from posts.spotting import spot_waiting
from tests.cast import PASSWORD
from tests.plugins.browser import DESKTOP, PHONE

RULES = {
    "runOnly": {
        "type": "tag",
        "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    },
    # What is right need not be told node by node.
    "resultTypes": ["violations"],
}


def press(what: Any) -> None:
    """On what leads to another page, until that page is there: a click alone does not wait."""
    with what.page.expect_navigation(wait_until="load"):
        what.click()


def until(page: Any, script: str) -> None:
    """Until it is true there, for five seconds. Asked from outside: the page’s own policy lets no
    string be run as a script."""
    for _ in range(50):
        if page.evaluate(script):
            return
        page.wait_for_timeout(100)
    raise AssertionError(script)


def tick_checklist(page: Any) -> None:
    """Each line that an author says before sending a post to the Head."""
    for box in page.locator("input[name=declared]").all():
        box.check()


def sign_in(page: Any, user: Any) -> None:
    """Through the sign-in page, as a person does."""
    page.goto("/sign-in/")
    page.get_by_label("E-mail").fill(user.email)
    page.get_by_label("Password").fill(PASSWORD)
    press(page.get_by_role("button", name="Sign in"))


def sign_out(page: Any) -> None:
    """With the button in the top bar."""
    press(page.get_by_role("button", name="Sign out"))


def go_to(page: Any, entry: str) -> None:
    """By the top bar; where it has no room for a line of links, behind “Menu”."""
    menu = page.locator("summary", has_text="Menu")
    if menu.is_visible():
        menu.click()
    press(page.get_by_role("link", name=entry, exact=True))


def look(page: Any, name: str) -> None:
    """No axe violation and no sideways scrolling, on a phone and on a desk, wherever it is walked;
    pictures where GOLIVE_SHOTS names a folder."""
    walked = page.viewport_size
    for size in (PHONE, DESKTOP):
        page.set_viewport_size(size)
        _look(page, name, size["width"])
    page.set_viewport_size(walked)


def in_light_and_dark(page: Any, name: str) -> None:
    """The same in both colours that a device can ask for."""
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        look(page, f"{name}-{scheme}")


def _look(page: Any, name: str, width: int) -> None:
    folder = os.environ.get("GOLIVE_SHOTS")
    if folder:
        Path(folder).mkdir(parents=True, exist_ok=True)
        page.screenshot(path=f"{folder}/{name}-{width}.png", full_page=True)
    axe = pytest.importorskip("axe_playwright_python.sync_playwright")  # a development package
    found = axe.Axe().run(page, options=RULES).response["violations"]
    wrong = [f"{v['id']}: {[n['html'][:160] for n in v['nodes']][:3]}" for v in found]
    assert not wrong, f"{name} at {width}: {wrong}"
    wide = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    assert page.evaluate(wide) <= 1, f"{name} scrolls sideways at {width}"


def prepare_photos() -> None:
    """What the background worker does between two looks at the page."""
    while process_waiting() or spot_waiting():
        pass
