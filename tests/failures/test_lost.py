"""Lost or stuck (failures 11 to 16)."""

from __future__ import annotations

import typing
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from celery import current_app
from django.db import transaction
from django.utils import timezone

from approvals import actions as approvals
from approvals.models import Submission
from policy.models import Channel
from posts import actions as drafting
from posts.lifecycle import State
from posts.models import Post
from publishing import looking, taking_down, tasks
from publishing.models import Delivery
from publishing.platforms.shape import Capabilities, Rejected
from schools.models import Notice, Trust
from tests.approvals.pages import approve_form, words
from tests.cast import declared
from tests.failures.far_end import says

pytestmark = pytest.mark.django_db

TEN = datetime(2027, 1, 12, 10, 0, tzinfo=UTC)
SILENT = "Nothing is being sent right now. The background work last ran today at 10:00."


# ── 11 ───────────────────────────────────────────────────────────────────────────────────────────
@pytest.fixture
def stopped(trust):
    """At 10:00 the worker ran; then it stopped. A post was to go out at 10:30; now it is 10:33."""
    with time_machine.travel(TEN, tick=False) as moving:
        post = trust.approved(children=[trust.amira], goes_out_at=TEN + timedelta(minutes=30))
        assert trust.uma
        tasks.sweep.run()
        moving.shift(timedelta(minutes=33))
        yield post


@pytest.mark.failure(11)
def test_head_and_authorised_user_read_that_nothing_is_being_sent(trust, stopped, signed_in):
    assert SILENT in words(signed_in(trust.hana).get("/approvals/"))
    assert SILENT in words(signed_in(trust.uma).get("/publishing/"))


@pytest.mark.failure(11)
def test_the_author_reads_it_on_the_post_that_is_overdue(trust, stopped, signed_in):
    page = words(signed_in(trust.tessa).get(f"/posts/{stopped.pk}/"))
    assert SILENT in page
    assert "News page since today at 10:30 Overdue" in page


def test_the_overdue_post_is_marked_wherever_it_is_listed_as_going_out(trust, stopped, signed_in):
    hana, delivery = signed_in(trust.hana), trust.delivery(stopped)
    assert "10:30 An aqueduct Overdue" in words(hana.get("/approvals/"))
    assert "An aqueduct Overdue" in words(hana.get(f"/publishing/deliveries/{delivery.pk}/"))


def test_a_post_approved_after_the_worker_stopped_is_marked_too(trust, signed_in):
    with time_machine.travel(TEN, tick=False) as moving:
        post = trust.approved()
        moving.shift(timedelta(minutes=3))
        page = words(signed_in(trust.tessa).get(f"/posts/{post.pk}/"))
    assert "It was to go out today at 10:00. Overdue" in page


def test_while_the_worker_runs_nothing_is_overdue(trust, signed_in):
    with time_machine.travel(TEN, tick=False) as moving:
        post = trust.approved(goes_out_at=TEN + timedelta(minutes=30))
        moving.shift(timedelta(minutes=29))
        tasks.sweep.run()
        page = words(signed_in(trust.tessa).get(f"/posts/{post.pk}/"))
    assert "Overdue" not in page
    assert "Nothing is being sent" not in page


# ── 12 ───────────────────────────────────────────────────────────────────────────────────────────
@pytest.mark.failure(12)
def test_a_platform_that_answers_nothing_has_not_published(trust, p):
    p.answer, p.capabilities = says(None), Capabilities(read_back=False)
    post = trust.published(children=[trust.amira])
    delivery = trust.delivery(post)
    assert (delivery.state, delivery.remote_id) == ("unknown", "")
    assert delivery.problem == "The platform said yes but gave no address of the post."


@pytest.mark.failure(12)
def test_a_platform_that_answers_nothing_has_not_taken_down(trust, p, monkeypatch):
    post = trust.published(children=[trust.amira])
    monkeypatch.setattr(p, "take_down", lambda *_, **__: None)
    taking_down.take_down(delivery=trust.delivery(post), by=trust.hana, reason="Wrong photo")
    assert trust.delivery(post).state == "cannot_take_down"


@pytest.mark.failure(12)
def test_every_task_says_what_it_did():
    current_app.loader.import_default_modules()
    ours = {n: task.run for n, task in current_app.tasks.items() if not n.startswith("celery.")}
    said = {name: typing.get_type_hints(run).get("return") for name, run in ours.items()}
    assert {name for name, kind in said.items() if kind not in {int, str}} == set()


# ── 13 ───────────────────────────────────────────────────────────────────────────────────────────
@pytest.mark.failure(13)
def test_two_hundred_due_in_the_same_second_all_go_out_once(trust, p, website):
    noon = timezone.now() + timedelta(hours=2)
    keys = ["news", "website", "facebook", "x"]
    Channel.objects.filter(platform__key__in=keys[2:]).update(way=Channel.Way.WORDPRESS)
    for number in range(50):
        trust.approved(text=f"Good news, number {number}", channels=keys, goes_out_at=noon)
    assert trust.send_all(at=noon - timedelta(seconds=1)) == []
    assert trust.send_all(at=noon) == ["sent"] * 200
    trust.send_all(at=noon + timedelta(minutes=5))
    sent = [content.key for content in [*p.creates, *website.creates]]
    assert len(set(sent)) == len(sent) == 200


# ── 14 ───────────────────────────────────────────────────────────────────────────────────────────
def loses(verb):
    """The verb, with every row it wrote lost before it could be kept."""

    def press(**said):
        with transaction.atomic():
            made = verb(**said)
            transaction.set_rollback(True)
        return made

    return press


def press_submit(trust):
    post = trust.draft()
    return (
        trust.tessa,
        f"/approvals/posts/{post.pk}/submit/",
        {"revision": post.revision, "declared": declared()},
    )


def press_approve(trust):
    submission = trust.submitted()
    return trust.hana, f"/approvals/{submission.pk}/", approve_form(submission)


def press_return(trust):
    return trust.hana, f"/approvals/{trust.submitted().pk}/return/", {"reason": "A comma"}


def press_take_back(trust):
    return trust.tessa, f"/approvals/posts/{trust.approved().pk}/take-back/", {}


def press_stop(trust):
    form = {"reason": "Wrong photo"}
    return trust.tessa, f"/approvals/posts/{trust.approved().pk}/stop/", form


def press_go_on(trust):
    stop = approvals.stop(post=trust.approved(), by=trust.tessa, reason="Wait")
    return trust.hana, f"/approvals/stops/{stop.pk}/resume/", {}


def press_save(trust):
    post = trust.draft()
    form = {"text": "We built a bridge.", "revision": post.revision, "then": "later"}
    return trust.tessa, f"/posts/{post.pk}/edit/", form


def press_send_again(trust):
    assert trust.uma
    trust.p.refuses = Rejected("Wrong password")
    delivery = trust.delivery(trust.published())
    return trust.uma, f"/publishing/deliveries/{delivery.pk}/again/", {}


PRESSES = [
    (press_submit, approvals, "submit", "Sent to Hana Okafor."),
    (press_approve, approvals, "approve", "Approved for 1 channel"),
    (press_return, approvals, "return_to_author", "Returned."),
    (press_take_back, approvals, "take_back", "Taken back."),
    (press_stop, approvals, "stop", "Stopped. The Heads have been told"),
    (press_go_on, approvals, "resume", "It may go on."),
    (press_save, drafting, "save", "Saved. You find it under My posts."),
    (press_send_again, looking, "send_again", "It is queued again."),
]


@pytest.fixture
def pressed(trust, p, signed_in):
    """Press it; what the person reads next, on whatever page."""
    assert trust.hana
    trust.p = p

    def walk(press):
        person, address, form = press(trust)
        browser = signed_in(person)
        browser.raise_request_exception = False
        answer = browser.post(address, form, follow=True)
        return words(answer) + words(browser.get("/notices/"))

    return walk


@pytest.mark.failure(14)
@pytest.mark.parametrize(("press", "room", "verb", "said"), PRESSES, ids=[p[2] for p in PRESSES])
def test_success_is_said_only_of_what_can_be_read_back(
    trust, pressed, monkeypatch, press, room, verb, said
):
    monkeypatch.setattr(room, verb, loses(getattr(room, verb)))
    assert said not in pressed(press)


@pytest.mark.parametrize(("press", "room", "verb", "said"), PRESSES, ids=[p[2] for p in PRESSES])
def test_success_is_said_of_what_was_kept(pressed, press, room, verb, said):
    assert said in pressed(press), "or the test above proves nothing"


# ── 16 ───────────────────────────────────────────────────────────────────────────────────────────
@pytest.mark.failure(16)
def test_what_the_recovery_finds_too_late_goes_back_to_the_head_and_is_never_sent(trust, p):
    limit = Trust.load().late_after(by_hand=False)
    with time_machine.travel(TEN, tick=False) as moving:
        post = trust.approved(children=[trust.amira], goes_out_at=TEN + timedelta(hours=1))
        trust.send_all()
        moving.shift(timedelta(hours=1) + limit + timedelta(seconds=1))
        trust.send_all()
        assert Post.objects.get(pk=post.pk).state == State.EXPIRED
        assert Notice.objects.filter(user=trust.hana, subject__startswith="Not sent").exists()
        moving.shift(timedelta(days=1))
        trust.send_all()
    assert p.creates == []


@pytest.mark.failure(16)
def test_what_the_recovery_finds_in_time_is_still_sent(trust, p):
    limit = Trust.load().late_after(by_hand=False)
    with time_machine.travel(TEN, tick=False) as moving:
        post = trust.approved(goes_out_at=TEN + timedelta(hours=1))
        moving.shift(timedelta(hours=1) + limit)
        trust.send_all()
    assert len(p.creates) == 1
    assert Submission.objects.get(post=post).state == Submission.State.DECIDED
    assert Delivery.objects.get(post=post).state == "sent"
