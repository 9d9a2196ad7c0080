"""Two people, or two workers, at the same moment on PostgreSQL: one wins, the other is told."""

from __future__ import annotations

from time import sleep

import pytest

from approvals import actions as approvals
from approvals.models import ApprovalDecision, Submission
from consents import same_person
from consents.actions import withdraw
from consents.models import Parent
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


@pytest.mark.parametrize("_", range(ROUNDS))
def test_r_153_mother_and_father_do_not_meet_through_two_words_at_once(trust, monkeypatch, _):
    rose, ola = trust.rose, trust.child("Ola", "Adeyemi")
    mother, other, connie = trust.mother(rose), trust.mother(ola), trust.connie
    father = trust.parent(rose, "Father")
    check = same_person._must_be_able_to_be_one

    def slowly(*entries: Parent) -> None:
        check(*entries)
        sleep(0.3)  # the other has looked by now as well, unless it waits

    monkeypatch.setattr(same_person, "_must_be_able_to_be_one", slowly)
    came = at_once(
        lambda: same_person.say(one=mother, other=other, is_same=True, by=connie),
        lambda: same_person.say(one=other, other=father, is_same=True, by=connie),
    )
    assert sorted(came) == ["NotAllowed", "done"]
    assert father not in same_person.entries_of(mother)
