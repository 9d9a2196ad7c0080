"""A refused child who is covered on one channel and not on another, at each of the three gates."""

from __future__ import annotations

import pytest

from approvals import actions as approvals
from approvals.models import Submission
from approvals.rules import is_as_submitted
from consents.actions import withdraw
from posts import shaping
from posts.errors import Refused
from posts.models import Cover, Found, Frame, Post
from posts.photos.shape import Framing, patch_over
from posts.seeing.boxes import Box
from posts.whole import WholePost
from publishing import sweeping
from publishing.lifecycle import DeliveryState
from publishing.models import NewsItem, Snapshot
from tests.cast import declared
from tests.posts.shapes.placing import LEFT, draft_of, is_solid, photo_of, read

pytestmark = pytest.mark.django_db


@pytest.fixture
def post(trust) -> Post:
    """Rose, whom nobody was asked about, to the left of Amira."""
    return draft_of(trust, [trust.rose, trust.amira], channels=["news"])


def fresh(post: Post) -> Post:
    return Post.objects.get(pk=post.pk)


def cover(trust, post: Post, key: str = "news") -> Cover:
    [made] = shaping.cover(
        picture=photo_of(post),
        patches=[patch_over(LEFT)],
        channel=trust.channel(key),
        by=trust.tessa,
    )
    return made


def submit(trust, post: Post) -> Submission:
    return approvals.submit(post=fresh(post), by=trust.tessa, declared=declared())


def approve(trust, post: Post) -> None:
    approvals.approve(submission=submit(trust, post), by=trust.hana)


def test_covered_there_she_does_not_stop_it_and_the_bytes_do_not_show_her(trust, post):
    cover(trust, post)
    approve(trust, post)
    trust.send_all()
    [photo] = NewsItem.objects.get().photos.all()
    assert is_solid(read(photo.file), LEFT)


def test_covered_on_one_channel_she_still_stops_the_other(trust):
    post = draft_of(trust, [trust.rose, trust.amira], channels=["news", "facebook"])
    cover(trust, post, "facebook")
    with pytest.raises(Refused, match=r"Rose G\. cannot be shown on News page\."):
        submit(trust, post)


def test_nothing_was_relied_on_for_her(trust, post):
    cover(trust, post)
    approve(trust, post)
    trust.send_all()
    snapshot = Snapshot.objects.get(delivery__post=post)
    assert {row["child"] for row in snapshot.permissions} == {trust.amira.pk}
    assert [p["child"] for p in snapshot.content["seen"][0]["people"]] == [trust.amira.pk]


def test_a_cover_that_moved_after_the_approval_voids_it(trust, post):
    made = cover(trust, post)
    approve(trust, post)
    # Around every verb, as only a fault or an intruder could.
    Cover.objects.filter(pk=made.pk).update(left=made.left + 0.001)
    assert not is_as_submitted(Submission.objects.get(), WholePost.load(post))
    trust.send_all()
    assert trust.delivery(post).state == DeliveryState.REFUSED
    assert not NewsItem.objects.exists()


@pytest.mark.parametrize("model", [Cover, Frame])
def test_what_was_taken_away_after_the_approval_voids_it(trust, post, model):
    cover(trust, post)
    shaping.frame(
        picture=photo_of(post), framing=Framing(Box(0, 0, 0.9, 1)), channel=None, by=trust.tessa
    )
    approve(trust, post)
    model.objects.all().delete()
    trust.send_all()
    assert not NewsItem.objects.exists()


def test_a_face_that_turned_out_to_be_hers_stops_it_at_the_last_moment(trust, post):
    cover(trust, post)
    approve(trust, post)
    [amira] = Found.objects.filter(appearance__child=trust.amira)
    rose = photo_of(post).appearances.get(child=trust.rose)
    Found.objects.filter(pk=amira.pk).update(appearance=rose)
    trust.send_all()
    assert not NewsItem.objects.exists()


def test_withdrawing_for_a_covered_child_stops_nothing(trust):
    """Amira is covered: her mother's change of mind takes nothing away from what is shown."""
    post = draft_of(trust, [trust.amira], channels=["news"])
    cover(trust, post)
    approve(trust, post)
    withdraw(child=trust.amira, giver=trust.mother(trust.amira), by=trust.connie)
    trust.send_all()
    assert trust.delivery(post).state == DeliveryState.SENT
    sweeping.sweep()
    assert trust.delivery(post).state == DeliveryState.SENT


def test_the_head_reads_who_is_covered(trust, post, signed_in):
    cover(trust, post)
    submission = submit(trust, post)
    page = signed_in(trust.hana).get(f"/approvals/{submission.pk}/").content.decode()
    assert "Covered on News page: Rose G." in page
    assert "some are covered and others can be seen" in page
