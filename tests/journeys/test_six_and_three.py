"""Six children on Facebook and three of them on X: what the far end gets shows no others."""

from __future__ import annotations

import io
import re
from typing import Any

import pytest
from PIL import Image, ImageChops, ImageStat

from policy.models import Channel
from posts import settling
from posts.models import Cover, Found, Picture, Post
from posts.seeing.boxes import Box
from publishing import platforms
from tests.cast import Trusty
from tests.failures.far_end import P
from tests.journeys.walking import look, press, sign_in, sign_out, tick_checklist
from tests.plugins.eyes import Eyes
from tests.posts.shapes.placing import is_solid

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def far_end(monkeypatch: pytest.MonkeyPatch) -> P:
    """Stands for Facebook and X, and keeps every byte it was given."""
    away = P()
    monkeypatch.setitem(platforms.PLATFORMS, Channel.Way.NEWS_PAGE, away)
    return away


@pytest.fixture
def six(trust: Trusty, eyes: Eyes, far_end: P) -> Post:
    """Three who may be on Facebook only, to the left of three who may be on X as well; each face
    is found, and Tessa has said whose it is."""
    eyes.see_faces(6)
    facebook, x = trust.platform("facebook"), trust.platform("x")
    Channel.objects.filter(platform__in=[facebook, x]).update(way=Channel.Way.NEWS_PAGE)
    names = ("Ada", "Bea", "Cal", "Dee", "Eve", "Fay")
    children = [
        trust.child(name, "Lark", yes=[facebook] if n < 3 else [facebook, x])
        for n, name in enumerate(names)
    ]
    trust.hana  # noqa: B018 (made before the browser looks for her)
    post = trust.draft(children=children, channels=["facebook", "x"])
    for found, child in zip(Found.objects.order_by("left"), children, strict=True):
        settling.is_child(face=found, child=child, by=trust.tessa)
    return post


def faces() -> list[Box]:
    return [Box(f.left, f.top, f.width, f.height) for f in Found.objects.order_by("left")]


def open_draft(page: Any, trust: Trusty) -> None:
    sign_in(page, trust.tessa)
    press(page.get_by_role("link", name="An aqueduct").first)
    page.get_by_text("cannot be shown on X.").first.wait_for()


def send_and_approve(page: Any, trust: Trusty, name: str) -> None:
    tick_checklist(page)
    press(page.get_by_role("button", name=re.compile("Send to ")))
    sign_out(page)
    sign_in(page, trust.hana)
    press(page.get_by_role("link", name="An aqueduct").first)
    look(page, name)
    for box in page.locator("input[name^=looked_]").all():
        box.check()
    press(page.get_by_role("button", name="Approve for all 2 channels"))
    trust.send_all()


def received(far_end: P, post: Post) -> dict[str, bytes]:
    """The one photo that each platform was given."""
    keys = {str(d.key): d.channel.platform.key for d in post.deliveries.all()}
    return {keys[content.key]: content.photos[0].data for content in far_end.creates}


def differs(one: Image.Image, other: Image.Image) -> float:
    """How far two pictures of one size are apart, on average, of 255."""
    return max(ImageStat.Stat(ImageChops.difference(one, other)).mean)


def test_three_are_cropped_out_on_x(phone, trust, six, far_end):
    page = phone
    open_draft(page, trust)
    press(page.get_by_role("button", name="Crop or cover photo 1").first)
    look(page, "shape")
    press(page.get_by_role("link", name="Only X"))
    page.get_by_text("Show only a part of it").click()
    crop = page.locator("form[data-shape=crop]")
    crop.get_by_label("From the left, %").fill("50")
    crop.get_by_label("Width, %").fill("50")
    crop.get_by_role("button", name="Show it so").click()
    page.get_by_text("Cropped, 3 people").first.wait_for()
    look(page, "shape-cropped")
    press(page.get_by_role("link", name="An aqueduct"))
    send_and_approve(page, trust, "shape-decide-cropped")
    got = received(far_end, six)
    whole = Image.open(io.BytesIO(got["facebook"])).convert("RGB")
    part = Image.open(io.BytesIO(got["x"])).convert("RGB")
    assert (whole.size, part.size) == ((640, 480), (320, 480))
    assert differs(part, whole.crop((320, 0, 640, 480))) < 3


def test_everyone_is_covered_on_x_with_one_press(desktop, trust, six, far_end):
    page = desktop
    open_draft(page, trust)
    press(page.get_by_role("button", name="Cover everyone on X").first)
    page.get_by_text("Everyone in that photo is covered on X.").first.wait_for()
    send_and_approve(page, trust, "shape-decide-covered")
    got = received(far_end, six)
    assert all(is_solid(got["x"], face) for face in faces())
    assert not any(is_solid(got["facebook"], face) for face in faces())


# ── on the photo itself ──────────────────────────────────────────────────────────────────────────
@pytest.fixture
def shaping(request: Any, trust: Trusty, six: Post) -> Any:
    """Tessa at the photo, on a desktop."""
    page = request.getfixturevalue("desktop")
    sign_in(page, trust.tessa)
    page.goto(f"/posts/photos/{Picture.objects.get().pk}/shape/")
    return page


def drag(page: Any, start: tuple[float, float], end: tuple[float, float]) -> None:
    """With the mouse, in fractions of the photo."""
    page.locator("[data-stage]").scroll_into_view_if_needed()
    edge = page.locator("[data-stage] img").bounding_box()
    points = [
        (edge["x"] + edge["width"] * x, edge["y"] + edge["height"] * y) for x, y in (start, end)
    ]
    page.mouse.move(*points[0])
    page.mouse.down()
    page.mouse.move(*points[1], steps=6)
    page.mouse.up()


def test_a_cover_is_drawn_moved_and_made_larger_with_the_mouse(shaping):
    page = shaping
    page.get_by_text("Cover another part").click()
    drag(page, (0.1, 0.6), (0.3, 0.9))
    page.get_by_text("That part is covered on every channel.").wait_for()
    drawn = Cover.objects.get()
    assert (drawn.left, drawn.width) == (pytest.approx(0.1, abs=0.02), pytest.approx(0.2, abs=0.02))
    page.locator(".grip.cover").wait_for()
    drag(page, (0.2, 0.75), (0.5, 0.75))
    page.get_by_text("The cover is where you put it.").wait_for()
    drawn.refresh_from_db()
    assert drawn.left == pytest.approx(0.4, abs=0.02)
    look(page, "shape-drawn")


def test_a_cover_is_moved_with_the_keys_alone(shaping):
    page = shaping
    page.get_by_role("button", name="Cover Face 1").focus()
    page.keyboard.press("Enter")
    page.get_by_text("Face 1 is covered on every channel.").wait_for()
    before = Cover.objects.get()
    page.get_by_role("button", name=re.compile("^Move cover 1")).focus()
    for key in ("ArrowRight", "ArrowRight", "Shift+ArrowDown"):
        page.keyboard.press(key)
    page.get_by_text("The cover is where you put it.").wait_for()
    after = Cover.objects.get()
    assert after.left == pytest.approx(before.left + 0.02, abs=0.001)
    assert after.height == pytest.approx(before.height + 0.01, abs=0.001)
    assert "Move cover 1" in page.evaluate("document.activeElement.getAttribute('aria-label')")


def test_a_cover_is_drawn_with_a_finger(shaping):
    page = shaping
    page.get_by_text("Cover another part").click()
    page.locator("[data-stage]").scroll_into_view_if_needed()
    edge = page.locator("[data-stage] img").bounding_box()
    finger = page.context.new_cdp_session(page)
    finger.send("Emulation.setTouchEmulationEnabled", {"enabled": True})

    def touch(kind: str, *at: tuple[float, float]) -> None:
        points = [
            {"x": edge["x"] + edge["width"] * x, "y": edge["y"] + edge["height"] * y} for x, y in at
        ]
        finger.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})

    touch("touchStart", (0.6, 0.6))
    for n in range(1, 6):
        touch("touchMove", (0.6 + n * 0.04, 0.6 + n * 0.04))
    touch("touchEnd")
    page.get_by_text("That part is covered on every channel.").wait_for()
    assert Cover.objects.get().width == pytest.approx(0.2, abs=0.02)


def test_the_page_can_be_read_in_the_dark(shaping):
    page = shaping
    page.emulate_media(color_scheme="dark")
    page.get_by_role("button", name="Cover Face 1").click()
    page.get_by_text("On Facebook and X some are covered").wait_for()
    look(page, "shape-dark")


def test_a_crop_is_drawn_and_kept(shaping):
    page = shaping
    page.get_by_text("Show only a part of it").click()
    page.locator(".grip.crop").focus()
    for key in ("Shift+ArrowLeft",) * 30:
        page.keyboard.press(key)
    page.get_by_role("button", name="Show it so").click()
    page.get_by_text("The photo is cropped on every channel.").wait_for()
    assert Picture.objects.get().frames.get().width == pytest.approx(0.7, abs=0.001)


def test_the_last_change_is_taken_back(shaping):
    page = shaping
    page.get_by_role("button", name="Cover everyone everywhere").click()
    page.get_by_text("Everyone is covered on every channel.").wait_for()
    look(page, "shape-everyone")
    page.get_by_role("button", name="Take the last change back").click()
    page.get_by_text("The last change is taken back.").wait_for()
    assert not Cover.objects.exists()
