"""Photos on a bad line: what arrived is kept once, what did not is said and sent again."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from posts.models import Picture
from tests.cast import Trusty, drawn
from tests.journeys.walking import sign_in, until
from tests.posts.photos import hostile
from tests.posts.photos.uploading import kept, looked_at

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
ADD = "**/photos/add/"
# Of a photo of 250 kB, in bytes.
HALF_WAY = 100_000


@contextmanager
def hung_up(*lines: socket.socket) -> Iterator[None]:
    """Both are over at the end, also for whoever is still reading from them."""
    try:
        yield
    finally:
        for one in lines:
            with suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)
            one.close()


class Line:
    """A line to the server that breaks in the middle of the photo it is told of, or before the
    answer comes, each time it is sent: a browser tries once more by itself. Everything else goes
    through."""

    def __init__(self, server: str) -> None:
        self.server = urlsplit(server)
        self.breaks_at = b""
        self.loses_answers = False
        self.broke = 0
        self.listening = socket.create_server(("localhost", 0))
        threading.Thread(target=self._serve, daemon=True).start()

    @property
    def url(self) -> str:
        return f"http://localhost:{self.listening.getsockname()[1]}"

    def _serve(self) -> None:
        while True:
            try:
                browser, _ = self.listening.accept()
            except OSError:
                return
            far = socket.create_connection((self.server.hostname, self.server.port))
            seen = threading.Event()
            threading.Thread(target=self._there, args=(browser, far, seen), daemon=True).start()
            threading.Thread(target=self._back, args=(far, browser, seen), daemon=True).start()

    def _there(self, browser: socket.socket, far: socket.socket, seen: threading.Event) -> None:
        of_it = 0
        with hung_up(browser, far):
            while data := self._next(browser):
                if self.breaks_at and self.breaks_at in data:
                    seen.set()
                of_it += len(data) if seen.is_set() else 0
                if of_it > HALF_WAY and not self.loses_answers:
                    self.broke += 1
                    return
                with suppress(OSError):
                    far.sendall(data)

    def _back(self, far: socket.socket, browser: socket.socket, seen: threading.Event) -> None:
        with hung_up(browser, far):
            while data := self._next(far):
                if seen.is_set() and self.loses_answers:
                    self.broke += 1
                    return
                with suppress(OSError):
                    browser.sendall(data)

    def _next(self, one: socket.socket) -> bytes:
        try:
            return one.recv(16_384)
        except OSError:
            return b""


@pytest.fixture
def line(live_server: Any) -> Iterator[Line]:
    made = Line(live_server.url)
    yield made
    made.listening.close()


@pytest.fixture
def on_the_line(chromium: Any, line: Line) -> Iterator[Any]:
    """A phone whose every byte goes over that line."""
    context = chromium.new_context(base_url=line.url, viewport={"width": 390, "height": 844})
    yield context.new_page()
    context.close()


@pytest.fixture
def photos(tmp_path: Path) -> list[Path]:
    """Three photos, each of which takes more than one piece of the line."""
    made = []
    for number in range(3):
        path = tmp_path / f"IMG_{number}.jpg"
        path.write_bytes(hostile.good() if number else drawn(7))
        made.append(path)
    return made


def test_a_photo_that_fails_half_way_is_sent_again_and_is_there_once(
    on_the_line: Any, line: Line, trust: Trusty, photos: list[Path]
) -> None:
    page, post = on_the_line, trust.draft()
    sign_in(page, trust.tessa)
    page.goto(f"/posts/{post.pk}/edit/")
    page.get_by_label("For every channel").fill("Typed before the line broke.")
    before = kept()
    line.breaks_at = b"IMG_1.jpg"
    page.locator("#id_photos").set_input_files(photos)
    page.get_by_text("2 photos arrived, 1 did not.").wait_for()
    page.get_by_text("IMG_1.jpg: did not arrive").wait_for()
    assert post.pictures.count() == 2
    assert len(kept() - before) == 2, "half a photo is kept nowhere"
    assert line.broke
    line.breaks_at = b""
    page.get_by_role("button", name="Try again").click()
    page.get_by_text("3 photos added.").wait_for()
    assert page.locator(".shot").count() == 3
    assert page.get_by_label("For every channel").input_value() == "Typed before the line broke."
    assert sorted(post.pictures.values_list("original_name", flat=True)) == [
        path.name for path in photos
    ]
    looked_at()
    assert {p.state for p in post.pictures.all()} == {Picture.State.READY}


def test_a_photo_that_arrived_although_nobody_was_told_is_there_once(
    on_the_line: Any, line: Line, trust: Trusty, photos: list[Path]
) -> None:
    page, post = on_the_line, trust.draft()
    sign_in(page, trust.tessa)
    page.goto(f"/posts/{post.pk}/edit/")
    line.breaks_at, line.loses_answers = b"IMG_1.jpg", True
    page.locator("#id_photos").set_input_files(photos[1])
    page.get_by_text("No photo arrived, 1 did not.").wait_for()
    assert post.pictures.count() == 1
    line.breaks_at = b""
    page.get_by_role("button", name="Try again").click()
    page.get_by_text("1 photo added.").wait_for()
    assert post.pictures.count() == 1


def test_what_did_not_arrive_is_sent_by_itself_when_the_line_is_back(
    desktop: Any, trust: Trusty, photos: list[Path]
) -> None:
    post = trust.draft()
    sign_in(desktop, trust.tessa)
    desktop.goto(f"/posts/{post.pk}/edit/")
    desktop.context.set_offline(True)
    desktop.locator("#id_photos").set_input_files(photos)
    desktop.get_by_text("No photo arrived, 3 did not.").wait_for()
    desktop.context.set_offline(False)
    desktop.get_by_text("3 photos added.").wait_for()
    assert post.pictures.count() == 3


def test_one_may_go_on_with_what_arrived(desktop: Any, trust: Trusty, photos: list[Path]) -> None:
    post = trust.draft()
    sign_in(desktop, trust.tessa)
    desktop.goto(f"/posts/{post.pk}/edit/")
    desktop.locator("#id_photos").set_input_files(photos[0])
    desktop.get_by_text("1 photo added.").wait_for()
    desktop.route(ADD, lambda route: route.abort("connectionreset"))
    desktop.locator("#id_photos").set_input_files(photos[1:])
    desktop.get_by_text("No photo arrived, 2 did not.").wait_for()
    desktop.get_by_role("button", name="Go on without").click()
    until(desktop, "() => !document.querySelector('.upload-list li')")
    assert post.pictures.count() == 1


def test_what_a_rule_refuses_is_said_beside_the_photo(
    desktop: Any, trust: Trusty, photos: list[Path]
) -> None:
    post = trust.draft(photos=20)
    sign_in(desktop, trust.tessa)
    desktop.goto(f"/posts/{post.pk}/edit/")
    desktop.locator("#id_photos").set_input_files(photos[1])
    desktop.get_by_text("IMG_1.jpg: A post takes up to 20 photos.").wait_for()
    assert not desktop.get_by_role("button", name="Try again").is_visible()
