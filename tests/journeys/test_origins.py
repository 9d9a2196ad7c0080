"""Where a photo comes from, and what is asked of a Head: every page of it, desktop and phone."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from posts.models import Deletion
from posts.origins import requesting
from tests.journeys.walking import look, press, sign_in, sign_out
from tests.posts.origins.saying import photo_of, say

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def page(request: Any, trust: Any) -> Any:
    """A browser, the size of a phone."""
    return request.getfixturevalue("phone")


def test_the_author_says_where_photos_come_from_and_asks_the_head(page, trust):
    trust.tablet, trust.crest, trust.hana  # noqa: B018 (made before the browser looks for them)
    post = trust.draft()
    trust.add_photos(post, 2, said=False)
    sign_in(page, trust.tessa)
    page.goto(f"/posts/{post.pk}/edit/")
    look(page, "origin-unsaid")
    page.get_by_label("Taken with").select_option(label="Apple iPad, OAK-017")
    press(page.get_by_role("button", name="We took them with this"))
    page.get_by_text("Kept: 2 photos are ours.").wait_for()
    press(page.get_by_role("button", name="Where it comes from (photo 1)"))
    look(page, "origin")
    page.get_by_label("Is a logo of ours in it?").select_option(
        label="Yes, one that is not in the brand library"
    )
    press(page.get_by_role("button", name="Keep, and back to the post"))
    look(page, "origin-said")
    press(page.get_by_role("button", name="Ask the Head"))
    page.goto("/posts/requests/")
    look(page, "requests-empty")
    page.get_by_label("What it is about").fill("Coats on Friday")
    page.get_by_label("What it should say").fill("It will be cold.")
    press(page.get_by_role("button", name="Ask the Head"))
    sign_out(page)

    sign_in(page, trust.hana)
    page.get_by_text("2 requests for a reminder or a written permission.").wait_for()
    press(page.get_by_role("link", name="Read and answer"))
    look(page, "requests-of-the-head")
    page.get_by_label("What you permit, or why not").fill("For this fair.")
    press(page.get_by_role("button", name="Permit it in writing"))
    press(page.get_by_role("button", name="Issue it as a post"))
    look(page, "requests-answered")
    page.goto("/policy/brand/")
    look(page, "brand")


def test_photos_of_an_own_phone_are_deleted_and_chased(page, trust):
    phone, post = trust.phone, trust.draft(photos=1)
    say(trust, post, device=phone)
    Deletion.objects.update(asked_at=timezone.now() - timedelta(days=2))
    sign_in(page, trust.tessa)
    page.goto(f"/posts/{post.pk}/edit/")
    look(page, "deletion-waits")
    page.goto("/posts/deletions/")
    look(page, "deletions")
    sign_out(page)
    sign_in(page, trust.hana)
    page.goto("/posts/deletions/")
    page.get_by_text("Not confirmed for a day or more").wait_for()
    look(page, "deletions-of-the-head")
    sign_out(page)
    sign_in(page, trust.tessa)
    page.goto("/posts/deletions/")
    for words in ("from the device itself", "from its cloud copy", "from “recently deleted”"):
        page.get_by_label(words).check()
    press(page.get_by_role("button", name="They are gone"))
    look(page, "deletions-done")


def test_the_cio_keeps_the_register_and_sets_faces(page, trust):
    trust.tablet, trust.phone  # noqa: B018 (made before the browser looks for them)
    sign_in(page, trust.cara)
    page.goto("/policy/devices/")
    look(page, "devices")
    press(page.get_by_role("link", name="Tessa Marlow’s phone (Fairphone)"))
    look(page, "device")
    press(page.get_by_role("button", name="End it now"))
    look(page, "device-ended")
    page.goto("/policy/faces/")
    look(page, "faces")


def test_the_head_reads_where_each_photo_comes_from(page, trust):
    submission = trust.submitted(photos=1)
    assert photo_of(submission.post).rights == "ours"
    requesting.ask_for_reminder(school=trust.oak, title="Coats", text="Cold.", by=trust.tessa)
    sign_in(page, trust.hana)
    look(page, "queue-asked")
    page.goto(f"/approvals/{submission.pk}/")
    page.get_by_text("We made it, with Apple iPad, OAK-017.").wait_for()
    look(page, "decide-origin")
