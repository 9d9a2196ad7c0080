"""The sweep looks at each approval once, and a post goes to a channel once."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from approvals import actions as approvals
from audit.models import Event
from posts import mends
from posts.checks import check
from posts.errors import Refused
from posts.models import Post
from publishing import assisted, checks, sweeping
from publishing.models import NewsItem, Release
from schools.models import Notice
from tests.cast import Trusty, declared

pytestmark = pytest.mark.django_db


@pytest.fixture
def half_sent(trust: Trusty) -> Post:
    """On the news page, and waiting to be posted on Facebook by hand; then taken back."""
    post = trust.approved(channels=["news", "facebook"])
    trust.send_all()
    assert NewsItem.objects.live().count() == 1
    approvals.take_back(post=post, by=trust.tessa)
    return Post.objects.get(pk=post.pk)


def test_what_is_there_already_is_found_when_it_is_put_before_the_head_again(trust, half_sent):
    with pytest.raises(Refused, match="It went to News page before"):
        approvals.submit(post=half_sent, by=trust.tessa, declared=declared())


def test_the_rest_goes_on_with_the_way_out_that_is_offered(trust, half_sent):
    [finding] = [f for f in check(half_sent).findings if f.rule == "once"]
    mends.apply(mends.encoded(finding.ways[0]), post=half_sent, by=trust.tessa)
    submission = approvals.submit(
        post=Post.objects.get(pk=half_sent.pk), by=trust.tessa, declared=declared()
    )
    approvals.approve(submission=submission, by=trust.hana)
    trust.send_all()
    delivery = trust.delivery(half_sent, "facebook")
    assert (delivery.state, delivery.submission) == ("queued", submission)
    assert NewsItem.objects.live().count() == 1


def test_an_approval_of_what_is_there_changes_nothing_and_people_are_told(
    trust, half_sent, monkeypatch
):
    # As if it had gone out in the moment between the check and the Head's press.
    monkeypatch.setattr(checks, "HAS_IT", frozenset())
    submission = approvals.submit(post=half_sent, by=trust.tessa, declared=declared())
    news = [trust.channel("news")]
    approvals.approve(submission=submission, by=trust.hana, channels=news)
    trust.send_all()
    assert NewsItem.objects.count() == 1
    told = Notice.objects.filter(subject__startswith="Not changed on News page")
    assert {notice.user for notice in told} == {trust.tessa, trust.hana}


def test_a_hundred_sweeps_write_one_line_of_history(trust, half_sent, monkeypatch):
    monkeypatch.setattr(checks, "HAS_IT", frozenset())
    submission = approvals.submit(post=half_sent, by=trust.tessa, declared=declared())
    approvals.approve(submission=submission, by=trust.hana)
    before = Event.objects.count()
    for _ in range(100):
        sweeping.sweep()
    assert Event.objects.count() - before <= 1
    assert Release.objects.filter(submission=submission).count() == 1


def test_a_channel_the_head_leaves_out_the_second_time_is_not_posted_to(trust):
    post = trust.approved(channels=["facebook", "x"])
    trust.send_all()
    approvals.take_back(post=post, by=trust.tessa)
    submission = approvals.submit(
        post=Post.objects.get(pk=post.pk), by=trust.tessa, declared=declared()
    )
    facebook = [trust.channel("facebook")]
    approvals.approve(submission=submission, by=trust.hana, channels=facebook)
    trust.send_all()
    states = [trust.delivery(post, key).state for key in ("facebook", "x")]
    assert states == ["queued", "refused"]


def test_what_was_taken_back_is_not_on_anybodys_desk(trust, half_sent, signed_in):
    assert trust.uma
    page = signed_in(trust.uma).get("/publishing/").content.decode()
    assert "Ready to post" not in page


# ── not posted ───────────────────────────────────────────────────────────────────────────────────
def test_author_and_head_hear_that_it_was_not_posted(trust):
    not_posted(trust)
    told = Notice.objects.filter(subject__startswith="Not posted on Facebook")
    assert {notice.user for notice in told} == {trust.tessa, trust.hana}


def test_what_was_not_posted_and_nobody_offered_again_ends(trust):
    post = not_posted(trust)
    sweeping.sweep_stuck(at=timezone.now() + timedelta(hours=26))
    assert trust.delivery(post, "facebook").state == "refused"
    assert Post.objects.get(pk=post.pk).state in {"returned", "expired"}


def not_posted(trust: Trusty) -> Post:
    post = trust.approved(channels=["facebook"])
    assert trust.uma
    trust.send_all()
    delivery = trust.delivery(post, "facebook")
    assisted.open_package(delivery=delivery, by=trust.uma)
    assisted.not_posted(delivery=delivery, reason="The account is locked", by=trust.uma)
    return post
