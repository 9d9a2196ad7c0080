"""A photo that was used before, and one that is fetched in full size: at 390 px, light and dark."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from posts.models import Fetched
from tests.cast import Trusty
from tests.journeys.walking import look, press, sign_in
from tests.posts.photos import making
from tests.posts.photos.uploading import show

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_a_photo_used_before_is_pointed_out_and_fetched_with_a_reason(
    phone: Any, trust: Trusty, tmp_path: Path
) -> None:
    posts = [trust.draft(), trust.draft()]
    for post in posts:
        show(trust, post, making.scene())
    sign_in(phone, trust.tessa)
    phone.goto(f"/posts/{posts[1].pk}/edit/")
    phone.get_by_role("heading", name="Used before").wait_for()
    look(phone, "used-before")
    phone.goto(f"/posts/{posts[1].pk}/")
    press(phone.get_by_role("link", name="photo 1"))
    look(phone, "full-size")
    phone.get_by_label("Why do you need it?").fill("For the printed newsletter")
    phone.get_by_label("It is for the school’s work").check()
    with phone.expect_download() as download:
        phone.get_by_role("button", name="Fetch this photo").click()
    download.value.save_as(tmp_path / "photo.jpg")
    assert Fetched.objects.get().by == trust.tessa
    phone.reload()
    phone.get_by_text("fetched photo 1 in full size: For the printed newsletter").wait_for()
    look(phone, "full-size-fetched")


def test_what_did_not_arrive_can_be_read_and_pressed(
    phone: Any, trust: Trusty, tmp_path: Path
) -> None:
    post = trust.draft()
    (tmp_path / "IMG_1.jpg").write_bytes(making.scene())
    sign_in(phone, trust.tessa)
    phone.goto(f"/posts/{post.pk}/edit/")
    phone.route("**/photos/add/", lambda route: route.abort("connectionreset"))
    phone.locator("#id_camera").set_input_files(tmp_path / "IMG_1.jpg")
    phone.get_by_text("No photo arrived, 1 did not.").wait_for()
    look(phone, "did-not-arrive")
