"""The database is the queue. Beat asks every few seconds what is due, forgotten or stuck; a lost
broker costs seconds, never a post."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from approvals.models import ApprovalDecision, Submission
from audit.actions import record
from policy.confirming import said
from policy.models import Channel
from posts.errors import SomebodyWasFaster
from posts.lifecycle import State
from publishing import afterwards, looking, sending, taking_down
from publishing.lifecycle import HAS_IT, DeliveryState
from publishing.models import Attempt, Delivery, Release, Snapshot
from publishing.moves import alone, move, note
from schools.actions import beat
from schools.models import Trust
from schools.pulse import SWEEP

D = DeliveryState
# A message that has not been answered by then is taken for lost and sent again.
FORGOTTEN = timedelta(seconds=60)
AT_ONCE = 500


def sweep(*, at: datetime | None = None) -> list[int]:
    """Make deliveries for what was approved; return the ids that workers should look at now."""
    moment = at or timezone.now()
    make_deliveries()
    ids = hand_out(moment)
    beat(SWEEP)
    return ids


def make_deliveries() -> int:
    """Rows for every approved submission not released yet. Returns how many submissions."""
    # An earlier approval of the same post lost its rows to the latest and must not take them back.
    later = Submission.objects.filter(post=OuterRef("post"), number__gt=OuterRef("number"))
    approved = (
        Submission.objects.filter(
            ~Exists(later),
            state=Submission.State.DECIDED,
            decision__outcome=ApprovalDecision.Outcome.APPROVED,
            post__state=State.APPROVED,
            release=None,
        )
        .select_related("post__author", "post__school", "decision__by")
        .order_by("pk")[:AT_ONCE]
    )
    made = 0
    for submission in approved:
        try:
            with transaction.atomic():
                _release(submission)
        except (IntegrityError, SomebodyWasFaster):
            # Another sweep had the same thought, or has just handed one of the rows out.
            continue
        made += 1
    return made


def hand_out(at: datetime) -> list[int]:
    """The due ones, each stamped so that the next sweep does not hand it out again at once."""
    waiting = Q(queued_at=None) | Q(queued_at__lt=at - FORGOTTEN)
    ids = list(Delivery.objects.due(at).filter(waiting).values_list("pk", flat=True)[:AT_ONCE])
    Delivery.objects.filter(pk__in=ids, state=D.QUEUED).update(queued_at=at)
    return ids


def sweep_stuck(*, at: datetime | None = None) -> int:
    """Rows whose worker died or whose person never came back. Returns how many were moved on."""
    moment = at or timezone.now()
    done = 0
    stuck = Delivery.objects.stuck(moment).select_related("channel__platform", "post__school")
    for delivery in stuck[:AT_ONCE]:
        with alone(delivery):
            with transaction.atomic():
                _unstick(delivery)
            done += 1
            if delivery.state == D.UNKNOWN:
                looking.look(delivery)
    done += refuse_overdue(moment)
    looking.look_again(at=moment)
    beat("publishing.sweep_stuck")
    return done


def refuse_overdue(at: datetime) -> int:
    """What nobody posted by hand, mended or let go on until it was no longer news."""
    trust = Trust.load()
    automatic = at - trust.late_after(by_hand=False)
    by_hand = at - trust.late_after(by_hand=True)
    is_assisted = Q(channel__way=Channel.Way.ASSISTED)
    waited = Q(is_assisted, due_at__lt=by_hand) | Q(~is_assisted, due_at__lt=automatic)
    overdue = Delivery.objects.filter(
        Q(waited, state=D.QUEUED) | Q(state=D.FAILED, moved_at__lt=by_hand)
    )
    done = 0
    for delivery in overdue.select_related("channel__platform", "post__school")[:AT_ONCE]:
        why = (
            "Its time passed before it could be sent, so it was not sent late."
            if delivery.state == D.QUEUED
            else f"{delivery.problem} Nobody sent it again while it was still news."
        )
        with alone(delivery):
            with transaction.atomic():
                sending.refuse(delivery, why)
            done += 1
    return done


def _release(submission: Submission) -> None:
    """One approval becomes deliveries, once. A channel that already has the post keeps what it
    has: a post reaches a channel once (P5), and people are told so."""
    Release.objects.create(submission=submission)
    decision = submission.decision
    due = submission.goes_out_at or decision.at
    existing = {
        d.channel_id: d
        for d in Delivery.objects.filter(post=submission.post_id).select_related(
            "channel__platform"
        )
    }
    for channel, delivery in existing.items():
        if delivery.state == D.QUEUED and channel not in decision.channels:
            move(delivery, D.REFUSED, problem=said("{The} did not approve it for this channel."))
            note(delivery, Attempt.Step.REFUSED, detail=delivery.problem)
    there = [d for c, d in existing.items() if c in decision.channels and d.state in HAS_IT]
    made = [
        _queue(submission, channel, due, existing.get(channel))
        for channel in decision.channels
        if channel not in {d.channel_id for d in there}
    ]
    if made:
        record("post.queued", submission.post, by=None, submission=submission.pk, deliveries=made)
    if there:
        afterwards.already_there(submission, there)
    if not made:
        afterwards.settle(submission.post)


def _queue(submission: Submission, channel: int, due: datetime, delivery: Delivery | None) -> int:
    """A new row, or the old one under the new approval: nothing of it is there."""
    if delivery is None:
        return Delivery.objects.create(
            post=submission.post, channel_id=channel, submission=submission, due_at=due
        ).pk
    fields = {"submission": submission, "due_at": due, "queued_at": None}
    if delivery.state == D.QUEUED:
        again = Delivery.objects.filter(pk=delivery.pk, state=D.QUEUED)
        if not again.update(next_try_at=None, **fields):
            raise SomebodyWasFaster("It has just been handed out.")
    else:
        # `next_try_at` stays: what an unfinished try left may be being removed right now.
        move(delivery, D.QUEUED, problem="", **fields)
    return delivery.pk


_INTERRUPTED = "GoLive was interrupted while it was being sent."
_NOT_SAID = "It was opened to be posted by hand, and nobody has said whether it was."


def _unstick(delivery: Delivery) -> None:
    if delivery.state == D.TAKING_DOWN:
        taking_down.cannot(delivery, "Taking it down was interrupted.")
        return
    if _was_called(delivery):
        by_machine = delivery.channel.is_automatic
        sending.unknown(delivery, _INTERRUPTED if by_machine else _NOT_SAID)
    else:
        # The snapshot is stored before the call; without one, nothing can be there.
        move(delivery, D.QUEUED, queued_at=None)
        note(delivery, Attempt.Step.LATER, detail="Interrupted before anything was sent.")


def _was_called(delivery: Delivery) -> bool:
    """Was the snapshot of this very try stored?"""
    begun = delivery.attempts.filter(step=Attempt.Step.BEGUN).order_by("-pk").first()
    if begun is None:
        return True
    return Snapshot.objects.filter(delivery=delivery, at__gte=begun.at).exists()
