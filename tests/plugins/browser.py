"""A real Chromium for journeys: one for the run, a fresh profile for each test."""

from __future__ import annotations

import os
from collections.abc import Generator, Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest

from tests.plugins.optional import chromium_path

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
DESKTOP = {"width": 1280, "height": 900}
PHONE = {"width": 390, "height": 844}
_running: list[Any] = []


@pytest.fixture(scope="session")
def chromium() -> Iterator[Any]:
    """One Chromium for the whole run."""
    playwright = pytest.importorskip("playwright.sync_api")
    # Playwright's synchronous interface runs a loop in this thread, which Django takes for async.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    with playwright.sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=chromium_path(), args=FLAGS)
        _running.append(browser)
        yield browser
        _running.clear()
        browser.close()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, Any, Any]:
    """A journey that failed tells what stood on its pages: it may not fail again so soon."""
    report = yield
    if report.when == "call" and report.failed:
        for context in [context for browser in _running for context in browser.contexts]:
            for page in context.pages:
                report.sections.append((f"The page {page.url}", _read(page)))
    return report


def _read(page: Any) -> str:
    try:
        return str(page.locator("body").inner_text(timeout=2000))
    except Exception as error:  # noqa: BLE001 (a broken page must not hide what broke it)
        return f"not readable: {error}"


def _page(chromium: Any, live_server: Any, size: dict[str, int]) -> Iterator[Any]:
    context = chromium.new_context(
        base_url=live_server.url, viewport=size, reduced_motion="reduce", locale="en-GB"
    )
    page = context.new_page()
    outside: list[str] = []
    wrong: list[str] = []
    home = urlsplit(live_server.url).netloc

    def note(request: Any) -> None:
        parts = urlsplit(request.url)
        if parts.scheme in {"http", "https"} and parts.netloc != home:
            outside.append(request.url)

    page.on("request", note)
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on(
        "console",
        lambda message: wrong.append(message.text) if "Content Security" in message.text else None,
    )
    yield page
    context.close()
    assert outside == [], "the page asked something outside"
    assert wrong == [], "the page broke a script or its own security policy"


@pytest.fixture
def desktop(chromium: Any, live_server: Any) -> Iterator[Any]:
    """A page of 1280 px that must ask nothing outside and break no policy."""
    yield from _page(chromium, live_server, DESKTOP)


@pytest.fixture
def phone(chromium: Any, live_server: Any) -> Iterator[Any]:
    """The same on a phone of 390 px."""
    yield from _page(chromium, live_server, PHONE)
