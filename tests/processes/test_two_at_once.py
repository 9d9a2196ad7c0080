"""Two people, or two workers, at the same moment on PostgreSQL: one wins, the other is told."""

from __future__ import annotations

import pytest

from approvals import actions as approvals
from approvals.models import ApprovalDecision, Submission
from consents.actions import withdraw
from posts.lifecycle import State
from posts.models import Post
from publishing import sweeping
from publishing.models import NewsItem, Snapshot
from publishing.reviewing import review_live
from publishing.sending import send
from tests.together import at_once

pytestmark = [pytest.mark.processes, pytest.mark.django_db(transaction=True)]
ROUNDS = 3


@pytest.mark.parametrize("_", range(ROUNDS))
def test_two_heads_leave_one_decision(trust, _):
    submission = trust.submitted(children=[trust.amira])
    hana, edith = trust.hana, trust.edith
    came = at_once(
        lambda: approvals.approve(submission=Submission.objects.get(), by=hana),
        lambda: approvals.decline(
            submission=Submission.objects.get(), by=edith, reason="Not relevant"
        ),
    )
    assert came.count("done") == 1
    assert ApprovalDecision.objects.filter(submission=submission).count() == 1


@pytest.mark.parametrize("_", range(ROUNDS))
def test_a_head_approves_while_the_author_takes_it_back(trust, _):
    submission = trust.submitted(children=[trust.amira])
    hana, tessa = trust.hana, trust.tessa
    at_once(
        lambda: approvals.approve(submission=Submission.objects.get(), by=hana),
        lambda: approvals.take_back(post=Post.objects.get(), by=tessa),
    )
    trust.send_all()
    post = Post.objects.get(pk=submission.post_id)
    assert (post.state == State.DRAFT) == (not NewsItem.objects.exists())


@pytest.mark.parametrize("_", range(ROUNDS))
def test_two_workers_given_the_same_delivery_send_it_once(trust, _):
    post = trust.approved(children=[trust.amira])
    sweeping.make_deliveries()
    number = trust.delivery(post).pk
    at_once(*[lambda: send(number)] * 3)
    assert NewsItem.objects.count() == 1
    assert Snapshot.objects.count() == 1


@pytest.mark.parametrize("_", range(ROUNDS))
def test_a_withdrawal_at_the_moment_of_sending_is_seen_or_the_post_is_taken_down(trust, _):
    post = trust.approved(children=[trust.amira])
    sweeping.make_deliveries()
    number, mother, connie = trust.delivery(post).pk, trust.mother(trust.amira), trust.connie
    at_once(
        lambda: send(number),
        lambda: withdraw(child=trust.amira, giver=mother, by=connie),
    )
    review_live()
    assert trust.delivery(post).state in {"refused", "taken_down"}
    assert not NewsItem.objects.live().exists()
