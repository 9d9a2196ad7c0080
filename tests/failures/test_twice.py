"""Published twice, or not as believed (failures 1 to 9)."""

from __future__ import annotations

import uuid
from contextlib import suppress
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from approvals.models import ApprovalDecision, Submission
from posts.errors import NotPossible
from publishing import looking, sending, sweeping, tasks
from publishing.models import Attempt, Delivery, Snapshot
from publishing.platforms.shape import Capabilities, Published, Rejected, Unclear
from tests.approvals.pages import approve_form, words
from tests.cast import declared
from tests.failures.far_end import breaks, says
from tests.together import at_once

pytestmark = pytest.mark.django_db

LINK = "https://oak.example/news/1"


def due(trust, **draft) -> Delivery:
    """Approved, and its delivery waits for a worker."""
    post = trust.approved(children=[trust.amira], **draft)
    sweeping.make_deliveries()
    return trust.delivery(post)


def fresh(delivery: Delivery) -> Delivery:
    return Delivery.objects.get(pk=delivery.pk)


def hours_pass(trust) -> None:
    """Beat asks again and again, until long after every lease has run out."""
    now = timezone.now()
    for minutes in (1, 6, 15, 40):
        sweeping.sweep_stuck(at=now + timedelta(minutes=minutes))
        trust.send_all(at=now + timedelta(minutes=minutes))


# ── 1 ────────────────────────────────────────────────────────────────────────────────────────────
@pytest.mark.failure(1)
@pytest.mark.parametrize(
    "step",
    ["publishing.afterwards.tell", "publishing.sending.record", "publishing.afterwards.settle"],
)
def test_a_step_after_the_post_that_fails_never_posts_it_again(trust, p, monkeypatch, step):
    delivery = due(trust)
    with monkeypatch.context() as broken:
        broken.setattr(step, _fails)
        for _ in range(5):
            with suppress(RuntimeError):
                tasks.send.run(delivery.pk)
    hours_pass(trust)
    assert len(p.creates) == 1
    assert fresh(delivery).state == "sent", "it is there, and once the step works it is said"


def _fails(*_, **__):
    raise RuntimeError("This step is broken")


# ── 2 ────────────────────────────────────────────────────────────────────────────────────────────
@pytest.mark.failure(2)
@pytest.mark.parametrize("error", [Unclear("No answer"), ConnectionResetError()])
def test_what_was_taken_before_the_line_broke_waits_for_a_person(trust, p, error):
    p.answer, p.capabilities = breaks(error), Capabilities(read_back=False)
    assert trust.uma
    delivery = due(trust)
    tasks.send.run(delivery.pk)
    hours_pass(trust)
    assert (len(p.creates), fresh(delivery).state) == (1, "unknown")
    looking.it_is_there(delivery=fresh(delivery), url=LINK, by=trust.uma)
    hours_pass(trust)
    assert (len(p.creates), fresh(delivery).state) == (1, "sent")


# ── 4 ────────────────────────────────────────────────────────────────────────────────────────────
@pytest.mark.failure(4)
@pytest.mark.django_db(transaction=True)
def test_one_task_delivered_to_eight_workers_at_once_posts_once(trust, p):
    number = due(trust).pk
    at_once(*[lambda: tasks.send.run(number)] * 8)
    assert len(p.creates) == 1
    assert Snapshot.objects.count() == 1


# ── 5 ────────────────────────────────────────────────────────────────────────────────────────────
@pytest.mark.failure(5)
@pytest.mark.django_db(transaction=True)
def test_two_presses_at_the_same_moment_are_one_post(trust, p, signed_in):
    post, hana = trust.draft(children=[trust.amira]), trust.hana
    tabs = [signed_in(trust.tessa) for _ in range(2)]
    form = {"revision": post.revision, "declared": declared()}
    at_once(*[_press(tab, f"/approvals/posts/{post.pk}/submit/", form) for tab in tabs])
    submission = Submission.objects.get()
    tabs, form = [signed_in(hana) for _ in range(2)], approve_form(submission)
    at_once(*[_press(tab, f"/approvals/{submission.pk}/", form) for tab in tabs])
    assert ApprovalDecision.objects.count() == 1
    trust.send_all()
    trust.send_all()
    assert len(p.creates) == 1


def _press(browser, address, form):
    return lambda: browser.post(address, form)


# ── 6 ────────────────────────────────────────────────────────────────────────────────────────────
@pytest.mark.failure(6)
def test_after_one_of_two_platforms_refused_only_that_one_is_tried_again(
    trust, p, website, signed_in
):
    assert trust.uma
    website.refuses = Rejected("Wrong password")
    post = trust.published(children=[trust.amira], channels=["news", "website"])
    states = [trust.delivery(post, key).state for key in ("news", "website")]
    assert states == ["sent", "failed"], "each channel says for itself how it stands"
    website.refuses = None
    again = trust.delivery(post, "website")
    signed_in(trust.uma).post(f"/publishing/deliveries/{again.pk}/again/")
    trust.send_all()
    assert (len(p.creates), len(website.creates)) == (1, 1)


# ── 7 ────────────────────────────────────────────────────────────────────────────────────────────
SENT = {"state": "sent", "sent_at": timezone.now(), "remote_id": "7", "problem": ""}
FAILED = {"state": "failed", "problem": "The website refused it."}


@pytest.mark.failure(7)
@pytest.mark.parametrize(
    "half",
    [
        SENT | {"problem": "The website refused it."},
        SENT | {"remote_id": ""},
        SENT | {"sent_at": None},
        FAILED | {"remote_id": "7"},
        FAILED | {"url": LINK},
        FAILED | {"sent_at": timezone.now()},
        FAILED | {"problem": ""},
        {"state": "unknown", "problem": "No answer", "remote_id": "7"},
        {"state": "queued", "sent_at": timezone.now()},
    ],
    ids=lambda half: " ".join([half["state"], *sorted(half.keys() - {"state"})]),
)
def test_the_database_refuses_half_a_fact(trust, half):
    delivery = due(trust)
    with pytest.raises(IntegrityError), transaction.atomic():
        Delivery.objects.filter(pk=delivery.pk).update(**half)


@pytest.mark.failure(7)
@pytest.mark.parametrize("whole", [SENT, FAILED], ids=["sent", "failed"])
def test_a_whole_fact_is_let_through(trust, whole):
    Delivery.objects.filter(pk=due(trust).pk).update(**whole)


@pytest.mark.failure(7)
def test_once_it_is_there_nothing_is_left_of_what_went_wrong_before(trust, p):
    assert trust.uma
    p.refuses = Rejected("Wrong password")
    delivery = due(trust)
    tasks.send.run(delivery.pk)
    assert "Wrong password" in fresh(delivery).problem
    p.refuses = None
    looking.send_again(delivery=fresh(delivery), by=trust.uma)
    tasks.send.run(delivery.pk)
    now = fresh(delivery)
    assert (now.state, now.remote_id, now.problem) == ("sent", "post-1", "")


# ── 8 ────────────────────────────────────────────────────────────────────────────────────────────
@pytest.mark.failure(8)
def test_what_was_tried_and_sent_is_never_rewritten(trust, p):
    delivery = due(trust)
    tasks.send.run(delivery.pk)
    for record in (Attempt, Snapshot):
        with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
            record.objects.filter(delivery=delivery).update(at=timezone.now())
        with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
            record.objects.filter(delivery=delivery).delete()


@pytest.mark.failure(8)
def test_a_second_answer_never_changes_the_address_of_the_first(trust, p):
    delivery = due(trust)
    late = fresh(delivery)
    tasks.send.run(delivery.pk)
    second = Published("post-2", "https://p.example/2")
    with pytest.raises(NotPossible), transaction.atomic():
        sending.sent(late, second)
    with pytest.raises(NotPossible), transaction.atomic():
        sending.sent(fresh(delivery), second)
    hours_pass(trust)
    now = fresh(delivery)
    assert (now.remote_id, now.url) == ("post-1", "https://p.example/1")


@pytest.mark.failure(8)
def test_a_post_has_one_place_for_each_channel(trust):
    delivery = due(trust)
    with pytest.raises(IntegrityError), transaction.atomic():
        Delivery.objects.create(
            post=delivery.post,
            channel=delivery.channel,
            submission=delivery.submission,
            due_at=timezone.now(),
            key=uuid.uuid4(),
        )


# ── 9 ────────────────────────────────────────────────────────────────────────────────────────────
def screens(trust, signed_in, delivery: Delivery) -> list[str]:
    """What the author, the Head and the authorised user read of it."""
    asked = [
        (trust.tessa, f"/posts/{delivery.post_id}/"),
        (trust.hana, f"/publishing/deliveries/{delivery.pk}/"),
        (trust.uma, "/publishing/"),
    ]
    return [words(signed_in(person).get(address)) for person, address in asked]


LIVE, DOUBTFUL = "Live N An aqueduct", "May be there: a person must look"


@pytest.mark.failure(9)
def test_a_yes_without_an_id_is_published_on_no_screen(trust, p, signed_in):
    p.answer, p.capabilities = says(Published("", "")), Capabilities(read_back=False)
    assert trust.uma
    delivery = due(trust)
    assert tasks.send.run(delivery.pk) == "unknown"
    shown = screens(trust, signed_in, delivery)
    assert [DOUBTFUL in screen for screen in shown] == [True, True, True]
    assert LIVE not in shown[2]


@pytest.mark.failure(9)
def test_a_yes_with_an_id_is_doubtful_on_no_screen(trust, p, signed_in):
    assert trust.uma
    delivery = due(trust)
    assert tasks.send.run(delivery.pk) == "sent"
    shown = screens(trust, signed_in, delivery)
    assert [DOUBTFUL in screen for screen in shown] == [False, False, False]
    assert LIVE in shown[2]
