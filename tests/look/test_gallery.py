"""Every component in a real browser: wide and narrow, light and dark, with the keyboard."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from csp.utils import build_policy
from django.contrib.staticfiles import finders

from tests.look import gallery
from tests.plugins.browser import DESKTOP, PHONE

pytestmark = pytest.mark.browser

HOME = "http://golive.test"
SIZES = {"desktop": DESKTOP, "phone": PHONE}
PICTURE = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 96 64"><rect width="96" height="64" '
    'fill="#e9e2d2"/><circle cx="17" cy="34" r="7" fill="#5b3a26"/><circle cx="45" cy="28" r="7" '
    'fill="#c98a63"/><circle cx="83" cy="40" r="7" fill="#7b4a3a"/></svg>'
)
KINDS = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}
ANSWER = """<li data-value="1" data-text="Amira Khan"><button type="submit" name="child" value="1">
<span><mark>Am</mark>ira Khan</span><span class="soft small">4 Birch</span></button></li>
<li data-value="2" data-text="Amelia Doyle"><button type="submit" name="child" value="2">
<span><mark>Am</mark>elia Doyle</span><span class="soft small">4 Birch</span></button></li>"""


def _serve(route: Any, html: str) -> None:
    path = urlsplit(route.request.url).path
    if path == "/gallery/":
        policy = {"Content-Security-Policy": build_policy()}
        route.fulfill(body=html, content_type="text/html; charset=utf-8", headers=policy)
    elif path == gallery.PICTURE:
        route.fulfill(body=PICTURE, content_type="image/svg+xml")
    elif path == "/children/":
        route.fulfill(body=ANSWER, content_type="text/html; charset=utf-8")
    elif path.startswith("/static/") and (found := finders.find(path.removeprefix("/static/"))):
        kind = KINDS[Path(path).suffix]
        route.fulfill(path=str(found), content_type=kind)
    else:
        route.fulfill(status=200, body="", content_type="text/html")


@pytest.fixture(
    scope="module", params=[(s, c) for s in SIZES for c in ("light", "dark")], ids="-".join
)
def looked_at(request: pytest.FixtureRequest, chromium: Any) -> Iterator[Any]:
    """The gallery at one size and in one colour scheme, only to be looked at."""
    size, scheme = request.param
    with _opened(chromium, viewport=SIZES[size], color_scheme=scheme) as page:
        if folder := os.environ.get("GOLIVE_SHOTS"):
            page.screenshot(path=f"{folder}/gallery-{size}-{scheme}.png", full_page=True)
        yield page


@pytest.fixture
def page(chromium: Any) -> Iterator[Any]:
    """The gallery, to be used."""
    with _opened(chromium, viewport=DESKTOP) as page:
        yield page


@contextmanager
def _opened(chromium: Any, **how: Any) -> Iterator[Any]:
    """A page that must break neither a script nor its own security policy."""
    context = chromium.new_context(base_url=HOME, reduced_motion="reduce", **how)
    html = gallery.render()
    context.route("**/*", lambda route: _serve(route, html))
    page, wrong = context.new_page(), []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("console", lambda m: wrong.append(m.text) if m.type == "error" else None)
    page.goto("/gallery/")
    yield page
    context.close()
    assert wrong == []


def test_axe_finds_nothing_wrong_with_any_component(looked_at: Any) -> None:
    from axe_playwright_python.sync_playwright import Axe  # noqa: PLC0415  a development package

    found = Axe().run(looked_at)
    assert found.violations_count == 0, found.generate_report()


def test_nothing_is_wider_than_the_window(looked_at: Any) -> None:
    assert looked_at.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_everything_that_is_pressed_is_44_px_high(looked_at: Any) -> None:
    low = looked_at.evaluate(
        """() => [...document.querySelectorAll(
             '.btn, .choice, .form-check, .form-control, .form-select, .chips a, .nav a, summary')]
           .filter(e => e.offsetParent && e.getBoundingClientRect().height < 43.5)
           .map(e => `${e.className}: ${e.textContent.trim().slice(0, 30)}`)"""
    )
    assert low == []


def test_the_border_of_a_field_stands_out_three_to_one(looked_at: Any) -> None:
    pairs = looked_at.evaluate(
        """() => { const seen = document.createElement('canvas').getContext('2d');
             const rgb = c => { seen.fillStyle = c; seen.fillRect(0, 0, 1, 1);
                                return [...seen.getImageData(0, 0, 1, 1).data].slice(0, 3); };
             return [...document.querySelectorAll('.form-control, .form-select, .choice')]
               .filter(e => e.offsetParent && !e.matches(':has(:disabled)'))
               .map(e => [rgb(getComputedStyle(e).borderTopColor),
                          rgb(getComputedStyle(e.closest('.card')).backgroundColor)]); }"""
    )
    assert pairs
    assert min(_contrast(*pair) for pair in pairs) >= 3


def _contrast(one: list[int], other: list[int]) -> float:
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(rgb: list[int]) -> float:
    parts = [v / 255 for v in rgb]
    red, green, blue = (v / 12.92 if v <= 0.04045 else ((v + 0.055) / 1.055) ** 2.4 for v in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_a_name_is_found_and_taken_with_the_keyboard_alone(page: Any) -> None:
    field = page.locator("#child-q")
    field.focus()
    with page.expect_response("**/children/?q=am"):
        field.press_sequentially("am")
    page.locator("#child-q-list [role=option]").first.wait_for()
    field.press("ArrowDown")
    field.press("ArrowDown")
    chosen = page.locator("#child-q-list [aria-selected=true]")
    assert chosen.inner_text().startswith("Amelia Doyle")
    assert field.get_attribute("aria-activedescendant") == chosen.get_attribute("id")
    with page.expect_request("**/who/") as sent:
        field.press("Enter")
    assert "child=2" in (sent.value.post_data or "")


def test_escape_closes_the_names(page: Any) -> None:
    field = page.locator("#child-q")
    field.focus()
    field.press_sequentially("am")
    page.locator("#child-q-list [role=option]").first.wait_for()
    field.press("Escape")
    assert not page.locator("#child-q-list").is_visible()
    assert field.get_attribute("aria-expanded") == "false"


def test_a_dialog_opens_and_gives_the_focus_back(page: Any) -> None:
    opener = page.get_by_role("link", name="Larger")
    opener.press("Enter")
    assert page.get_by_role("dialog", name="Photo 1").is_visible()
    page.keyboard.press("Escape")
    assert opener.evaluate("e => e === document.activeElement")


def test_a_photo_opens_large_and_closes_with_escape(page: Any) -> None:
    page.locator("a[data-photo]").first.press("Enter")
    assert page.locator("dialog.viewer img").is_visible()
    page.keyboard.press("Escape")
    assert not page.locator("dialog.viewer").is_visible()


def test_photos_are_sent_one_at_a_time_under_the_fields_name(page: Any) -> None:
    sent: list[str] = []
    page.on("request", lambda r: sent.append(r.url) if r.url.endswith("/photos/") else None)
    files = [
        {"name": f"{n}.png", "mimeType": "image/png", "buffer": b"not a picture"} for n in (1, 2)
    ]
    with page.expect_navigation():
        page.locator("[data-upload] input[multiple]").set_input_files(files)
    assert len(sent) == 2


def test_characters_are_counted_as_one_writes(page: Any) -> None:
    page.locator("#count-me").fill("Hello")
    assert page.locator("[data-count-for=count-me]").inner_text() == "5 of 280"
