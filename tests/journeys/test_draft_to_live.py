"""Tessa drafts, mends, sends; whoever the policy names approves; the news page shows it. Under
either policy, on a desktop and on a phone."""

from __future__ import annotations

from typing import Any

import pytest

from policy.presets import files
from posts.models import Post
from tests.cast import drawn
from tests.journeys import walking
from tests.journeys.walking import look, prepare_photos, press, sign_in, sign_out, tick_checklist
from tests.policy.walk import approver, put_in_force

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


CATEGORIES = {
    "sovereign": "Children’s achievements",
    "champion": "Children’s work and achievements",
}


# A device of the register, or only its kind.
TAKEN_WITH = {"sovereign": "Apple iPad, OAK-017", "champion": "Somebody’s own phone or camera"}


def _draft(page: Any, trust: Any, preset: str) -> Post:
    """From signing in to a draft with words, two channels and a photo."""
    sign_in(page, trust.tessa)
    look(page, "mine-empty")
    press(page.get_by_role("link", name="New post").first)
    look(page, "new")
    press(page.get_by_role("button", name="Start a draft"))
    page.get_by_text(CATEGORIES[preset], exact=True).click()
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
    page.get_by_label("Taken with").select_option(label=TAKEN_WITH[preset])
    press(page.get_by_role("button", name="We took it with this"))
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


@pytest.mark.parametrize(
    ("preset", "size"), [*zip(files.keys(), ["desktop", "phone"], strict=True)]
)
def test_from_a_draft_to_the_news_page(request, trust, preset, size):
    page = request.getfixturevalue(size)
    trust.amira, trust.tom, trust.tessa, trust.tablet  # noqa: B018 (made before the browser looks for them)
    if preset != trust.policy.key:
        put_in_force(trust, preset)
    decides = approver(trust, preset)

    def look(page: Any, name: str) -> None:
        walking.look(page, f"{preset}-{name}")

    post = _draft(page, trust, preset)
    look(page, "compose")
    _say_who(page, "Amira Khan", "Tom Rees")
    page.get_by_label("Alt text").first.fill("Two pupils beside a model aqueduct")
    page.get_by_label("Title, shown on the news page").click()
    page.get_by_text("Tom R. cannot be shown on Facebook.").first.wait_for()
    look(page, "compose-refused")
    press(page.get_by_role("button", name="Leave photo 1 out on Facebook"))
    tick_checklist(page)
    press(page.get_by_role("button", name=f"Send to {decides.name}"))
    look(page, "sent")
    sign_out(page)

    sign_in(page, decides)
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
