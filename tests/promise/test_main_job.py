"""From a photo to a post that is allowed, approved and live."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from approvals import actions as approvals
from consents.actions import set_hold, withdraw
from policy.models import Channel
from posts.errors import NotPossible, Refused, SomebodyWasFaster
from posts.lifecycle import State
from posts.models import Post
from posts.picturing import declare, show_adult
from publishing import sending, sweeping
from publishing.lifecycle import DeliveryState
from publishing.models import NewsItem, Snapshot
from publishing.platforms import PLATFORMS
from publishing.platforms.shape import NotSent
from publishing.reviewing import review_live
from tests.cast import declared

pytestmark = pytest.mark.django_db


def test_an_allowed_and_approved_post_is_on_the_news_page(trust):
    post = trust.published(children=[trust.amira])
    assert NewsItem.objects.get().text == "We built a working aqueduct."
    assert post.state == State.CLOSED


def test_what_is_sent_is_kept_with_the_permissions_relied_on(trust):
    post = trust.published(children=[trust.amira])
    snapshot = Snapshot.objects.get(delivery__post=post)
    assert [row["child"] for row in snapshot.permissions] == [trust.amira.pk]


def test_a_permission_nothing_was_done_with_is_not_relied_on(trust):
    trust.says(trust.amira, "yes", [trust.platform("news")], kind="work")
    post = trust.published(children=[trust.amira], text="A good day.")
    snapshot = Snapshot.objects.get(delivery__post=post)
    assert [row["kind"] for row in snapshot.permissions] == ["photo"]


def test_a_name_in_the_words_is_relied_on_as_well(trust):
    trust.says(trust.amira, "yes", [trust.platform("news")], kind="first_name")
    post = trust.published(children=[trust.amira], text="Well done Amira!")
    snapshot = Snapshot.objects.get(delivery__post=post)
    assert {row["kind"] for row in snapshot.permissions} == {"photo", "first_name"}


def test_a_child_without_permission_stops_the_post_at_submitting(trust):
    with pytest.raises(Refused, match=r"Rose G\. cannot be shown on News page\."):
        trust.submitted(children=[trust.rose])


def test_a_permission_for_one_platform_is_none_for_another(trust):
    with pytest.raises(Refused, match=r"Tom R\. cannot be shown on Facebook\."):
        trust.submitted(children=[trust.tom], channels=["news", "facebook"])


def test_nobody_approves_their_own_post(trust):
    submission = trust.submitted(children=[trust.amira], by=trust.hana)
    with pytest.raises(Refused, match="Somebody else must decide"):
        approvals.approve(submission=submission, by=trust.hana)


def test_a_head_of_another_school_cannot_approve(trust):
    submission = trust.submitted(children=[trust.amira])
    with pytest.raises(Refused, match="Only a Head of this school"):
        approvals.approve(submission=submission, by=trust.owen)


def test_two_heads_leave_one_decision_and_the_second_is_told_kindly(trust):
    submission = trust.submitted(children=[trust.amira])
    approvals.approve(submission=submission, by=trust.hana)
    with pytest.raises(NotPossible):
        approvals.approve(submission=submission, by=trust.edith)


def test_the_slower_head_reads_who_was_faster(trust):
    submission = trust.submitted(children=[trust.amira])
    approvals.return_to_author(submission=submission, by=trust.hana, reason="A comma")
    with pytest.raises(SomebodyWasFaster, match="Hana Okafor was faster: returned already"):
        approvals.decline(submission=submission, by=trust.edith, reason="No")


def test_a_withdrawal_a_second_before_sending_means_nothing_is_sent(trust):
    post = trust.approved(children=[trust.amira])
    withdraw(child=trust.amira, giver=trust.mother(trust.amira), by=trust.connie)
    trust.send_all()
    assert not NewsItem.objects.exists()
    assert trust.delivery(post).problem == "Amira K. cannot be shown on News page."


def test_a_hold_a_second_before_sending_means_nothing_is_sent(trust):
    trust.approved(children=[trust.amira])
    set_hold(child=trust.amira, kind="protected", by=trust.dot)
    trust.send_all()
    assert not NewsItem.objects.exists()


def test_a_stop_a_second_before_sending_means_nothing_is_sent(trust):
    post = trust.approved(children=[trust.amira])
    approvals.stop(post=post, by=trust.tessa, reason="Wrong photo")
    trust.send_all()
    assert not NewsItem.objects.exists()
    assert trust.delivery(post).state == DeliveryState.QUEUED


def test_a_stop_while_the_worker_has_it_means_nothing_is_sent(trust):
    post = trust.approved(children=[trust.amira])
    [pk] = sweeping.sweep()
    approvals.stop(post=post, by=trust.tessa, reason="Wrong photo")
    sending.send(pk)
    assert not NewsItem.objects.exists()
    assert trust.delivery(post).state == DeliveryState.QUEUED


def test_a_change_behind_the_back_of_the_approval_means_nothing_is_sent(trust):
    post = trust.approved(children=[trust.amira])
    Post.objects.filter(pk=post.pk).update(text="Something else")
    trust.send_all()
    assert trust.delivery(post).state == DeliveryState.REFUSED


def test_a_post_that_could_not_be_sent_is_back_with_its_author(trust):
    post = trust.approved(children=[trust.amira])
    withdraw(child=trust.amira, giver=trust.mother(trust.amira), by=trust.connie)
    trust.send_all()
    post.refresh_from_db()
    assert post.state == State.RETURNED


def test_sweeping_twice_sends_once(trust):
    trust.published(children=[trust.amira])
    trust.send_all(at=timezone.now() + timezone.timedelta(minutes=5))
    assert NewsItem.objects.count() == 1


def test_an_answer_made_unclear_takes_down_what_is_live(trust):
    post = trust.published(children=[trust.amira])
    trust.says(trust.amira, "unclear", [trust.platform("news")])
    review_live()
    assert trust.delivery(post).state == DeliveryState.TAKEN_DOWN


def test_an_adult_who_changes_their_mind_is_taken_down(trust):
    visitor = trust.author_visit
    trust.adult_says(visitor, "yes", [trust.platform("news")])
    post = trust.draft(photos=1)
    picture = post.pictures.get()
    show_adult(picture=picture, adult=visitor, by=trust.tessa)
    declare(picture=picture, people_complete=True, nothing_readable=True, by=trust.tessa)
    submission = approvals.submit(post=Post.objects.get(), by=trust.tessa, declared=declared())
    approvals.approve(submission=submission, by=trust.hana)
    trust.send_all()
    trust.adult_says(visitor, "withdrawn", [trust.platform("news")])
    review_live()
    assert trust.delivery(post).state == DeliveryState.TAKEN_DOWN


def test_a_take_down_that_got_no_answer_is_tried_until_it_ends(trust, monkeypatch):
    post = trust.published(children=[trust.amira])
    page = PLATFORMS[Channel.Way.NEWS_PAGE]
    with monkeypatch.context() as far_end:
        far_end.setattr(type(page), "take_down", _no_answer)
        withdraw(child=trust.amira, giver=trust.mother(trust.amira), by=trust.connie)
        review_live()
    assert trust.delivery(post).state == DeliveryState.CANNOT_TAKE_DOWN
    review_live(at=timezone.now() + timedelta(minutes=3))
    assert trust.delivery(post).state == DeliveryState.TAKEN_DOWN


def _no_answer(*_, **__):
    raise NotSent("The website did not answer.")
