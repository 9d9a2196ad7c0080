"""The same photo used before is pointed out, with where, and whether it was taken down."""

from __future__ import annotations

import io
from typing import Any

import pytest
from PIL import Image

from approvals import actions as approvals
from posts import actions, picturing
from posts.models import Alike, Picture, Post
from posts.photos.pattern import pattern
from publishing import taking_down
from publishing.reused import used_elsewhere
from schools.roles import Permission
from tests.cast import Trusty, declared
from tests.posts.photos import making
from tests.posts.photos.uploading import show, signed_in

pytestmark = pytest.mark.django_db
PHOTO = making.scene()
SMALLER = making.scene(scale=2, quality=40)
OTHER = making.scene(seed=9)


def draft(trust: Trusty, data: bytes, channels: tuple[str, ...] = ("news",)) -> Post:
    post = trust.draft(channels=list(channels))
    show(trust, post, data)
    return Post.objects.get(pk=post.pk)


def out(trust: Trusty, data: bytes, channels: tuple[str, ...] = ("news",)) -> Post:
    """Approved and sent."""
    post = draft(trust, data, channels)
    submission = approvals.submit(post=post, by=trust.tessa, declared=declared())
    approvals.approve(submission=submission, by=trust.hana)
    trust.send_all()
    return Post.objects.get(pk=post.pk)


def said(who: Any, post: Post) -> str:
    """What the composer says of its photos."""
    page = signed_in(who).get(f"/posts/{post.pk}/edit/", follow=True).content.decode()
    return page.partition("<h3>Used before</h3>")[2].partition("</ul>")[0]


def test_the_same_photo_is_pointed_out_with_where_it_went(trust: Trusty) -> None:
    before = out(trust, PHOTO)
    told = said(trust.tessa, draft(trust, PHOTO))
    assert "Photo 1 is the same as one in" in told
    assert f'href="/posts/{before.pk}/"' in told
    assert "of Oak" in told
    assert "It went to News page." in told


def test_a_photo_that_is_nearly_the_same_is_pointed_out(trust: Trusty) -> None:
    out(trust, PHOTO)
    assert "Photo 1 looks nearly the same as one in" in said(trust.tessa, draft(trust, SMALLER))


def test_another_photo_is_not(trust: Trusty) -> None:
    out(trust, PHOTO)
    assert said(trust.tessa, draft(trust, OTHER)) == ""


def test_an_even_surface_is_like_no_other(trust: Trusty) -> None:
    out(trust, making.encoded(Image.new("RGB", (640, 480), "navy"), "JPEG"))
    assert said(trust.tessa, draft(trust, _plain("maroon"))) == ""


def _plain(colour: str) -> bytes:
    return making.encoded(Image.new("RGB", (640, 480), colour), "JPEG")


def test_a_use_that_was_taken_down_is_said_to_be(trust: Trusty) -> None:
    before = out(trust, PHOTO)
    taking_down.take_down(delivery=trust.delivery(before), by=trust.hana, reason="A parent asked")
    told = said(trust.tessa, draft(trust, PHOTO))
    assert "It was taken down from News page." in told
    assert "It went to" not in told


def test_where_it_was_left_out_it_was_not_used(trust: Trusty) -> None:
    post = draft(trust, PHOTO, ("news", "facebook"))
    channel = trust.channel("facebook")
    picturing.leave_out(picture=post.pictures.get(), channel=channel, by=trust.tessa)
    submission = approvals.submit(
        post=Post.objects.get(pk=post.pk), by=trust.tessa, declared=declared()
    )
    approvals.approve(submission=submission, by=trust.hana)
    trust.send_all()
    assert "It went to News page." in said(trust.tessa, draft(trust, PHOTO))


def test_a_draft_of_one_s_own_that_never_went_out_says_so(trust: Trusty) -> None:
    before = draft(trust, PHOTO)
    actions.withdraw(post=before, by=trust.tessa)
    assert "never went out" in said(trust.tessa, draft(trust, PHOTO))


def test_the_head_reads_it_before_deciding(trust: Trusty) -> None:
    out(trust, PHOTO)
    post = draft(trust, PHOTO)
    submission = approvals.submit(post=post, by=trust.tessa, declared=declared())
    page = signed_in(trust.hana).get(f"/approvals/{submission.pk}/").content.decode()
    assert "Photo 1 is the same as one in" in page


def moved_to_elm(post: Post, trust: Trusty) -> None:
    """As if Elm had used it."""
    Post.objects.filter(pk=post.pk).update(school=trust.elm, author=trust.owen)


def test_another_school_s_use_is_not_told(trust: Trusty) -> None:
    moved_to_elm(out(trust, PHOTO), trust)
    post = draft(trust, PHOTO)
    assert Alike.objects.count() == 1
    assert said(trust.tessa, post) == ""


def test_a_colleague_s_draft_that_is_not_mine_to_see_is_not_told(trust: Trusty) -> None:
    post = draft(trust, PHOTO)
    Post.objects.filter(pk=post.pk).update(author=trust.hana)
    mine = draft(trust, PHOTO)
    assert said(trust.tessa, mine) == ""
    assert "It has not gone out." in said(trust.hana, mine)


def test_a_colleague_s_post_that_went_out_is_told_without_its_words(trust: Trusty) -> None:
    post = out(trust, PHOTO)
    Post.objects.filter(pk=post.pk).update(author=trust.hana, title="Hidden heading")
    told = said(trust.tessa, draft(trust, PHOTO))
    assert "one in a post of Oak" in told
    assert "Hidden heading" not in told


def test_a_photo_that_is_erased_is_pointed_out_no_more(trust: Trusty) -> None:
    before, post = draft(trust, PHOTO), draft(trust, PHOTO)
    picturing.remove(picture=before.pictures.get(), by=trust.tessa)
    assert said(trust.tessa, post) == ""
    assert not Alike.objects.exists()


def test_many_uses_ask_the_database_no_more_than_one(
    trust: Trusty, django_assert_num_queries: Any
) -> None:
    post, hana = draft(trust, PHOTO), trust.hana
    hana.may_somewhere(Permission.POST_SEE_ALL)  # her roles are known by now, as on a page
    with django_assert_num_queries(3):
        used_elsewhere(post, hana)
    for _ in range(3):
        out(trust, PHOTO)
    later = draft(trust, PHOTO)
    with django_assert_num_queries(3):
        used_elsewhere(later, hana)


def test_the_pattern_is_of_the_whole_photo_and_as_small(trust: Trusty) -> None:
    with Image.open(io.BytesIO(PHOTO)) as image:
        assert len(pattern(image)) == 32
    assert {len(p) for p in Picture.objects.values_list("pattern", flat=True)} <= {0, 32}
