"""Tessa drafts, mends, sends; Hana approves; the news page shows it. Desktop and phone."""

from __future__ import annotations

from typing import Any

import pytest

from posts.models import Post
from tests.cast import drawn
from tests.journeys.walking import look, prepare_photos, press, sign_in, sign_out

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def _draft(page: Any, trust: Any) -> Post:
    """From signing in to a draft with words, two channels and a photo."""
    sign_in(page, trust.tessa)
    look(page, "mine-empty")
    press(page.get_by_role("link", name="New post").first)
    look(page, "new")
    press(page.get_by_role("button", name="Start a draft"))
    page.get_by_text("Children’s achievements").click()
    page.get_by_label("Title, shown on the news page").fill("Year 4 build an aqueduct")
    page.get_by_label("For every channel").fill("Year 4 built a working aqueduct.")
    page.get_by_label("News page: Oak News page").check()
    page.get_by_label("Facebook: Oak Facebook").check()
    with page.expect_navigation():  # choosing sends them
        page.get_by_label("Add photos").set_input_files(
            [{"name": "IMG_1.jpg", "mimeType": "image/jpeg", "buffer": drawn(1)}]
        )
    page.wait_for_load_state("networkidle")
    prepare_photos()
    page.reload()
    return Post.objects.get()


def _say_who(page: Any, *names: str) -> None:
    press(page.get_by_role("button", name="Who is in it (photo 1)"))
    for name in names:
        page.get_by_label("Pupil’s name").fill(name.split()[0])
        page.get_by_role("button", name=name).first.click()
        page.get_by_text(f"{name} is in the list.").wait_for()
    look(page, "people")
    page.get_by_label("I looked at the whole photo").check()
    page.get_by_label("Nothing readable in it").check()
    press(page.get_by_role("button", name="Keep, and back to the post"))


@pytest.mark.parametrize("size", ["desktop", "phone"])
def test_from_a_draft_to_the_news_page(request, trust, size):
    page = request.getfixturevalue(size)
    trust.amira, trust.tom, trust.hana  # noqa: B018 (made before the browser looks for them)
    post = _draft(page, trust)
    look(page, "compose")
    _say_who(page, "Amira Khan", "Tom Rees")
    page.get_by_label("Alt text").first.fill("Two pupils beside a model aqueduct")
    page.get_by_label("Title, shown on the news page").click()
    page.get_by_text("Tom R. cannot be shown on Facebook.").first.wait_for()
    look(page, "compose-refused")
    press(page.get_by_role("button", name="Leave photo 1 out on Facebook"))
    press(page.get_by_role("button", name="Send to Hana Okafor"))
    look(page, "sent")
    sign_out(page)

    sign_in(page, trust.hana)
    look(page, "queue")
    press(page.get_by_role("link", name="Year 4 build an aqueduct"))
    look(page, "decide")
    page.get_by_label("Photo 1: everyone I see").check()
    press(page.get_by_role("button", name="Approve for the ticked channels"))
    page.get_by_text("Approved for 2 channels").wait_for()
    look(page, "approved")
    sign_out(page)

    trust.send_all()
    page.goto("/news/oak/")
    look(page, "news")
    assert page.get_by_text("Year 4 built a working aqueduct.").is_visible()
    assert page.get_by_alt_text("Two pupils beside a model aqueduct").is_visible()
    post.refresh_from_db()
    assert post.state == "approved", "Facebook still waits for Uma"
