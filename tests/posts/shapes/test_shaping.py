"""What is done to a photo: kept for a channel or for all, taken back step by step, and nothing of
it touches the original."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction

from approvals import actions as approvals
from posts import picturing, shaping
from posts.checks import check
from posts.errors import NotPossible
from posts.models import Cover, Frame, Picture, Post, Rendition, ShapeStep
from posts.photos.shape import Framing, Patch, patch_over
from posts.seeing.boxes import Box
from posts.whole import WholePost
from tests.cast import declared
from tests.posts.shapes.placing import LEFT, RIGHT, draft_of, is_solid, photo_of, read

pytestmark = pytest.mark.django_db


@pytest.fixture
def post(trust) -> Post:
    return draft_of(trust, [trust.amira], channels=["news", "facebook"])


def cover(trust, post: Post, box: Box = LEFT, on: str | None = None) -> Cover:
    channel = trust.channel(on) if on else None
    [made] = shaping.cover(
        picture=photo_of(post), patches=[patch_over(box)], channel=channel, by=trust.tessa
    )
    return made


def now(post: Post) -> list[tuple[float, float]]:
    return [(c.left, c.top) for c in Cover.objects.filter(picture__post=post)]


def test_each_change_raises_the_revision(trust, post):
    before = post.revision
    cover(trust, post)
    post.refresh_from_db()
    assert post.revision == before + 1


def test_the_same_cover_again_changes_nothing(trust, post):
    cover(trust, post)
    post.refresh_from_db()
    before = post.revision
    again = shaping.cover(
        picture=photo_of(post), patches=[patch_over(LEFT)], channel=None, by=trust.tessa
    )
    post.refresh_from_db()
    assert (again, post.revision) == ([], before)


def test_the_original_and_the_working_copy_stay_as_they_were(trust, post):
    picture = photo_of(post)
    before = [read(picture.original), read(picture.working)]
    cover(trust, post)
    shaping.frame(
        picture=picture, framing=Framing(Box(0, 0, 0.5, 0.5)), channel=None, by=trust.tessa
    )
    after = photo_of(post)
    assert [read(after.original), read(after.working)] == before


def test_a_change_is_taken_back_step_by_step(trust, post):
    first = cover(trust, post)
    shaping.change(cover=first, patch=patch_over(RIGHT), by=trust.tessa)
    shaping.uncover(cover=first, by=trust.tessa)
    steps = [now(post)]
    for _ in range(3):
        shaping.take_back(picture=photo_of(post), by=trust.tessa)
        steps.append(now(post))
    at = [(patch_over(box).box.left, patch_over(box).box.top) for box in (RIGHT, LEFT)]
    assert steps == [[], [at[0]], [at[1]], []]


def test_nothing_more_to_take_back_is_said(trust, post):
    with pytest.raises(NotPossible, match="nothing to take back"):
        shaping.take_back(picture=photo_of(post), by=trust.tessa)


def test_as_it_was_can_be_taken_back_too(trust, post):
    cover(trust, post)
    shaping.as_it_was(picture=photo_of(post), by=trust.tessa)
    assert now(post) == []
    shaping.take_back(picture=photo_of(post), by=trust.tessa)
    assert len(now(post)) == 1


def test_showing_all_of_it_again_leaves_no_frame(trust, post):
    picture = photo_of(post)
    for box in (Box(0, 0, 0.5, 1), Box(0, 0, 1, 1)):
        shaping.frame(picture=picture, framing=Framing(box), channel=None, by=trust.tessa)
    assert not Frame.objects.exists()


def test_too_small_a_crop_is_refused(trust, post):
    with pytest.raises(NotPossible, match="Too little"):
        shaping.frame(
            picture=photo_of(post),
            framing=Framing(Box(0, 0, 0.1, 0.1)),
            channel=None,
            by=trust.tessa,
        )


def test_a_cover_beside_the_photo_is_refused(trust, post):
    with pytest.raises(NotPossible, match="must lie on the photo"):
        shaping.cover(
            picture=photo_of(post),
            patches=[Patch(Box(1.2, 0, 0.1, 0.1))],
            channel=None,
            by=trust.tessa,
        )


def test_the_channel_of_another_school_is_refused(trust, post):
    with pytest.raises(NotPossible, match="another school"):
        shaping.cover(
            picture=photo_of(post),
            patches=[patch_over(LEFT)],
            channel=trust.channel("news", trust.elm),
            by=trust.tessa,
        )


def test_what_was_sent_to_the_head_cannot_be_covered(trust, post):
    approvals.submit(post=post, by=trust.tessa, declared=declared())
    with pytest.raises(NotPossible, match="Take it back first"):
        cover(trust, post)


@pytest.mark.parametrize(
    "wrong", [{"width": 0}, {"left": 1.5}, {"left": -1, "width": 0.5}, {"form": "star"}]
)
def test_the_database_refuses_a_cover_that_is_none(trust, post, wrong):
    said = {"left": 0, "top": 0, "width": 0.1, "height": 0.1, "form": "box"} | wrong
    with pytest.raises(IntegrityError), transaction.atomic():
        Cover.objects.create(picture=photo_of(post), added_by=trust.tessa, **said)


@pytest.mark.parametrize("wrong", [{"width": 1.2}, {"left": -0.1}, {"degrees": 45}])
def test_the_database_refuses_a_frame_beyond_the_photo(trust, post, wrong):
    with pytest.raises(IntegrityError), transaction.atomic():
        Frame.objects.create(picture=photo_of(post), added_by=trust.tessa, **wrong)


def test_the_database_refuses_two_frames_for_all_channels(trust, post):
    picture = photo_of(post)
    Frame.objects.create(picture=picture, added_by=trust.tessa)
    with pytest.raises(IntegrityError), transaction.atomic():
        Frame.objects.create(picture=picture, added_by=trust.tessa)


# ── renditions ───────────────────────────────────────────────────────────────────────────────────
def rendition(post: Post, key: str) -> Rendition:
    """The bytes that were frozen for that channel."""
    submission = post.submissions.latest("number")
    part = next(p for p in submission.content["channels"] if p["platform"] == key)
    return Rendition.objects.get(pk=part["photos"][0]["rendition"])


def test_one_channel_gets_the_cover_and_the_other_the_face(trust, post):
    cover(trust, post, on="facebook")
    approvals.submit(post=Post.objects.get(pk=post.pk), by=trust.tessa, declared=declared())
    solid = {k: is_solid(read(rendition(post, k).file), LEFT) for k in ("news", "facebook")}
    assert solid == {"news": False, "facebook": True}


def test_a_change_after_it_was_taken_back_throws_the_old_bytes_away(
    trust, post, django_capture_on_commit_callbacks
):
    approvals.submit(post=post, by=trust.tessa, declared=declared())
    old = rendition(post, "facebook")
    approvals.take_back(post=Post.objects.get(pk=post.pk), by=trust.tessa)
    with django_capture_on_commit_callbacks(execute=True):
        cover(trust, post)
    assert not Rendition.objects.filter(pk=old.pk).exists()
    assert not old.file.storage.exists(old.file.name)


def test_what_was_approved_once_is_kept_as_evidence(trust, post):
    submission = approvals.submit(post=post, by=trust.tessa, declared=declared())
    approvals.approve(submission=submission, by=trust.hana)
    old = rendition(post, "facebook")
    approvals.take_back(post=Post.objects.get(pk=post.pk), by=trust.tessa)
    cover(trust, post)
    assert Rendition.objects.filter(pk=old.pk).exists()


def test_removing_the_photo_removes_all_of_it(trust, post, django_capture_on_commit_callbacks):
    cover(trust, post, on="facebook")
    approvals.submit(post=Post.objects.get(pk=post.pk), by=trust.tessa, declared=declared())
    approvals.take_back(post=Post.objects.get(pk=post.pk), by=trust.tessa)
    files = [r.file for r in Rendition.objects.filter(picture__post=post)]
    assert files
    with django_capture_on_commit_callbacks(execute=True):
        picturing.remove(picture=photo_of(post), by=trust.tessa)
    assert not any(file.storage.exists(file.name) for file in files)
    left = [Cover, Frame, ShapeStep, Rendition, Picture]
    assert [m.__name__ for m in left if m.objects.exists()] == []


def test_a_photo_too_tall_says_so_with_a_border_as_the_way_out(trust):
    post = trust.draft(photos=1, channels=["instagram"])
    Picture.objects.filter(post=post).update(height=1600)
    [finding] = [f for f in check(post).findings if f.rule == "fits_platform"]
    assert finding.message.startswith("Photo 1 does not fit Instagram. It is too tall.")
    assert "border" in [way.verb for way in finding.ways]
    shaping.border(picture=photo_of(post), channels=[trust.channel("instagram")], by=trust.tessa)
    assert not [f for f in check(post).findings if f.rule == "fits_platform"]


def test_what_is_done_to_photos_is_read_with_the_post(trust, post, django_assert_num_queries):
    cover(trust, post)
    whole = WholePost.load(post)
    with django_assert_num_queries(0):
        [picture] = whole.pictures
        assert [whole.people_on(picture, channel) for channel in whole.channels] == [[], []]
