"""Stop and go on, too late, and schools without anybody who could decide."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from approvals import actions as approvals
from approvals import tasks
from approvals.models import Stop, Submission
from consents.actions import withdraw
from posts import actions as drafting
from posts.errors import NotPossible, Refused, SomebodyWasFaster
from posts.lifecycle import State
from posts.models import Post
from publishing import assisted, reviewing, sweeping
from publishing.models import Delivery, NewsItem
from schools.actions import end_role
from schools.models import Notice, Trust
from schools.roles import Role
from tests.approvals.pages import words
from tests.cast import declared

pytestmark = pytest.mark.django_db


def stopped(trust, post: Post) -> Stop:
    return approvals.stop(post=post, by=trust.tessa, reason="Wrong photo")


def state(post: Post) -> str:
    return Post.objects.get(pk=post.pk).state


# ── stop ─────────────────────────────────────────────────────────────────────────────────────────
def test_any_colleague_of_the_school_can_stop_a_post_they_cannot_see(trust, signed_in):
    post = trust.approved()
    colleague = trust.person("Bilal Aziz", Role.STAFF, trust.oak)
    form = {"reason": "That is my class"}
    signed_in(colleague).post(f"/approvals/posts/{post.pk}/stop/", form)
    assert Stop.objects.get().by == colleague


def test_staff_of_another_school_cannot_stop_it(trust):
    with pytest.raises(NotPossible):
        approvals.stop(post=trust.approved(), by=trust.owen, reason="x")


def test_a_stop_needs_a_reason(trust):
    with pytest.raises(NotPossible, match="Say in a few words what is wrong"):
        approvals.stop(post=trust.approved(), by=trust.tessa, reason="  ")


def test_a_stop_is_told_to_the_heads_and_the_author(trust):
    post, colleague = trust.approved(), trust.person("Bilal Aziz", Role.STAFF, trust.oak)
    approvals.stop(post=post, by=colleague, reason="That is my class")
    told = Notice.objects.filter(subject__startswith="Stopped:")
    assert {n.user for n in told} == {trust.hana, trust.tessa}
    assert "why is on the post’s page" in told[0].body


def test_a_stopped_post_cannot_be_approved(trust):
    submission = trust.submitted()
    stopped(trust, submission.post)
    with pytest.raises(Refused, match="Somebody pressed Stop"):
        approvals.approve(submission=submission, by=trust.hana)


# ── go on ────────────────────────────────────────────────────────────────────────────────────────
@pytest.mark.parametrize("who", ["tessa", "uma", "connie", "dot", "owen", "cara"])
def test_nobody_but_a_head_of_the_school_lets_it_go_on(trust, signed_in, who):
    stop, person = stopped(trust, trust.approved()), getattr(trust, who)
    with pytest.raises(NotPossible, match="Only a Head"):
        approvals.resume(stop=stop, by=person)
    assert signed_in(person).post(f"/approvals/stops/{stop.pk}/resume/").status_code == 404


def test_a_post_let_go_on_before_its_time_is_sent(trust):
    soon = timezone.now() + timedelta(hours=2)
    post = trust.approved(goes_out_at=soon)
    approvals.resume(stop=stopped(trust, post), by=trust.hana)
    trust.send_all(soon + timedelta(seconds=5))
    assert trust.delivery(post).state == "sent"


def test_a_post_stopped_when_it_was_due_and_let_go_on_is_sent(trust):
    post = trust.approved()
    stop = stopped(trust, post)
    trust.send_all()
    approvals.resume(stop=stop, by=trust.hana)
    trust.send_all()
    assert trust.delivery(post).state == "sent"


def test_a_post_nobody_lets_go_on_in_time_goes_back_to_the_head(trust):
    post = trust.approved()
    stopped(trust, post)
    trust.send_all()
    Delivery.objects.update(due_at=timezone.now() - timedelta(hours=2))
    sweeping.sweep_stuck()
    assert trust.delivery(post).state == "refused"
    assert state(post) == "expired"


def test_what_is_live_is_taken_down_when_somebody_presses_stop(trust):
    post = trust.published()
    stopped(trust, post)
    reviewing.review_live()
    assert trust.delivery(post).state == "taken_down"


def test_what_a_head_let_go_on_at_once_stays_up(trust):
    post = trust.published()
    approvals.resume(stop=stopped(trust, post), by=trust.hana)
    reviewing.review_live()
    assert trust.delivery(post).state == "sent"


def test_a_stopped_package_can_be_opened_once_it_is_let_go_on(trust):
    post = trust.approved(channels=["facebook"])
    assert trust.uma
    trust.send_all()
    stop, delivery = stopped(trust, post), trust.delivery(post, "facebook")
    with pytest.raises(Refused, match="Somebody pressed Stop"):
        assisted.open_package(delivery=delivery, by=trust.uma)
    approvals.resume(stop=stop, by=trust.hana)
    assisted.open_package(delivery=trust.delivery(post, "facebook"), by=trust.uma)
    assert trust.delivery(post, "facebook").state == "sending"


def test_one_of_two_stops_is_enough(trust):
    soon = timezone.now() + timedelta(hours=2)
    post = trust.approved(goes_out_at=soon)
    stopped(trust, post)
    approvals.resume(stop=stopped(trust, post), by=trust.hana)
    trust.send_all(soon + timedelta(seconds=5))
    assert trust.delivery(post).state == "queued"


def test_letting_it_go_on_twice_tells_the_second_head(trust):
    stop = stopped(trust, trust.approved())
    approvals.resume(stop=stop, by=trust.hana)
    with pytest.raises(SomebodyWasFaster):
        approvals.resume(stop=stop, by=trust.edith)


# ── between approval and sending ─────────────────────────────────────────────────────────────────
def test_a_withdrawal_in_between_is_read_by_author_and_head(trust, signed_in):
    hana = trust.hana
    post = trust.approved(children=[trust.amira])
    withdraw(child=trust.amira, giver=trust.mother(trust.amira), by=trust.connie)
    trust.send_all()
    address = f"/publishing/deliveries/{trust.delivery(post).pk}/"
    for person in (trust.tessa, hana):
        assert "Amira K. cannot be shown on News page." in words(signed_in(person).get(address))
        assert Notice.objects.filter(user=person, subject__startswith="Not sent to").exists()


def test_the_author_finds_the_post_back_with_what_is_needed_now(trust, signed_in):
    post = trust.approved(children=[trust.amira])
    withdraw(child=trust.amira, giver=trust.mother(trust.amira), by=trust.connie)
    trust.send_all()
    page = words(signed_in(trust.tessa).get(f"/posts/{post.pk}/edit/"))
    assert "Amira K. cannot be shown on News page." in page


def test_an_author_who_lost_their_role_publishes_nothing(trust):
    post = trust.approved()
    end_role(role=trust.tessa.roles.get(), by=trust.cara)
    trust.send_all()
    assert trust.delivery(post).state == "refused"


# ── too late ─────────────────────────────────────────────────────────────────────────────────────
def late(trust) -> Submission:
    """Put before the Head; its time has come and nobody decided."""
    submission = trust.submitted(goes_out_at=timezone.now() + timedelta(minutes=1))
    past = timezone.now() - timedelta(minutes=1)
    Submission.objects.filter(pk=submission.pk).update(goes_out_at=past)
    Post.objects.filter(pk=submission.post_id).update(goes_out_at=past)
    return submission


@pytest.mark.failure(16)
def test_what_nobody_decided_in_time_expires_and_is_never_sent(trust):
    submission = late(trust)
    assert tasks.expire() == 1
    assert state(submission.post) == State.EXPIRED
    trust.send_all()
    assert not NewsItem.objects.exists()


def test_what_waits_in_time_does_not_expire(trust):
    submission = trust.submitted(goes_out_at=timezone.now() + timedelta(minutes=5))
    trust.submitted()
    assert tasks.expire() == 0
    assert state(submission.post) == State.SUBMITTED


def test_heads_and_author_are_told_that_it_is_too_late(trust):
    hana = trust.hana
    late(trust)
    tasks.expire()
    told = Notice.objects.filter(subject__startswith="Its time passed")
    assert {n.user for n in told} == {hana, trust.tessa}


def test_what_is_too_late_cannot_be_approved_even_before_it_expires(trust):
    submission = late(trust)
    with pytest.raises(Refused, match="The time has passed"):
        approvals.approve(submission=submission, by=trust.hana)


def test_an_expired_post_is_given_a_new_time_and_decided_on_anew(trust, signed_in):
    submission = late(trust)
    tasks.expire()
    signed_in(trust.tessa).post(f"/approvals/posts/{submission.post_id}/reopen/")
    post = Post.objects.get(pk=submission.post_id)
    assert post.state == State.DRAFT
    new_time(trust, post, timezone.now() + timedelta(hours=1))
    again = approvals.submit(post=Post.objects.get(pk=post.pk), by=trust.tessa, declared=declared())
    approvals.approve(submission=again, by=trust.hana)
    trust.send_all(timezone.now() + timedelta(hours=1, seconds=5))
    assert trust.delivery(post).state == "sent"


def test_a_draft_whose_time_has_passed_is_not_put_before_the_head(trust):
    post = trust.draft(goes_out_at=timezone.now() - timedelta(minutes=1))
    with pytest.raises(Refused, match="The time has passed"):
        approvals.submit(post=post, by=trust.tessa, declared=declared())


def test_a_time_that_has_passed_is_told_while_writing(trust, signed_in):
    post = trust.draft(goes_out_at=timezone.now() - timedelta(minutes=1))
    page = words(signed_in(trust.tessa).get(f"/posts/{post.pk}/edit/"))
    assert "The time has passed. Pick one after" in page


def test_an_approval_that_was_taken_back_says_that_it_no_longer_counts(trust, signed_in):
    post = trust.approved()
    sweeping.make_deliveries()
    approvals.take_back(post=post, by=trust.tessa)
    page = words(signed_in(trust.tessa).get(f"/posts/{post.pk}/"))
    assert "That no longer counts" in page
    assert "Waits for a new approval" in page


def test_what_was_approved_but_not_sent_in_time_goes_back_to_the_head(trust):
    post = trust.approved(children=[trust.amira])
    later = timezone.now() + timedelta(minutes=61)
    sweeping.make_deliveries()
    sweeping.sweep_stuck(at=later)
    trust.send_all(later)
    assert trust.delivery(post).state == "refused"
    assert "so it was not sent late" in trust.delivery(post).problem
    assert not NewsItem.objects.exists()


def test_a_worker_that_comes_too_late_does_not_send_either(trust):
    post = trust.approved()
    trust.send_all(timezone.now() + timedelta(minutes=61))
    assert trust.delivery(post).state == "refused"


def test_the_trust_says_how_late_is_still_news(trust):
    trust_row = Trust.objects.get()
    trust_row.late_after_minutes = 120
    trust_row.save()
    post = trust.approved()
    trust.send_all(timezone.now() + timedelta(minutes=61))
    assert trust.delivery(post).state == "sent"


# ── nobody there ─────────────────────────────────────────────────────────────────────────────────
def test_a_school_without_a_head_says_so_to_whoever_sends_a_post_in(trust, signed_in):
    post = trust.draft()
    form = {"revision": post.revision, "declared": declared()}
    answer = signed_in(trust.tessa).post(f"/approvals/posts/{post.pk}/submit/", form, follow=True)
    assert "this school has no Head who could decide. Tell the trust." in words(answer)


def test_a_school_with_a_head_says_who_decides(trust, signed_in):
    hana, post = trust.hana, trust.draft()
    form = {"revision": post.revision, "declared": declared()}
    answer = signed_in(trust.tessa).post(f"/approvals/posts/{post.pk}/submit/", form, follow=True)
    assert f"Sent to {hana.name}." in words(answer)


def test_with_the_head_away_and_no_deputy_posts_wait_and_nothing_goes_out(trust):
    submission = trust.submitted()
    tasks.expire()
    trust.send_all(timezone.now() + timedelta(days=30))
    assert state(submission.post) == State.SUBMITTED
    assert not Delivery.objects.exists()


def test_a_page_says_in_words_that_the_background_work_is_silent(trust, signed_in):
    post = trust.approved()
    page = words(signed_in(trust.uma).get("/publishing/"))
    assert "Nothing is being sent right now. The background work has not run yet" in page
    assert state(post) == State.APPROVED


def new_time(trust, post: Post, at) -> None:
    """Tessa picks another time."""
    drafting.save(
        post=post,
        words=drafting.Words(
            title=post.title,
            text=post.text,
            purpose=post.purpose,
            owned_by=None,
            goes_out_at=at,
            channels=[w.channel for w in post.wordings.select_related("channel")],
        ),
        by=trust.tessa,
    )
