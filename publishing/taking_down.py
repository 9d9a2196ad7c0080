"""Taking back what is live: by a press, or because it must go; chased to its end (P6)."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import Count, Q
from django.utils import timezone

from audit.actions import record
from policy.confirming import said
from policy.models import Channel
from posts.errors import NotPossible, SomebodyWasFaster
from publishing import afterwards
from publishing.content import account_for
from publishing.lifecycle import DeliveryState
from publishing.models import Attempt, Delivery
from publishing.moves import alone, claim, move, note, patience
from publishing.platforms import platform_for
from publishing.platforms.shape import Gone, NotSent, Rejected, Unclear
from publishing.rules import may_take_down
from schools.models import User

D = DeliveryState


def take_down(
    *, delivery: Delivery, by: User | None, reason: str, owed_since: datetime | None = None
) -> str:
    """Take one delivery down now; return the state it ends in. `by=None`: GoLive, because it may
    not be shown any more, since `owed_since`. Raises `NotPossible` when this person may not."""
    if by is not None and not may_take_down(by, delivery):
        raise NotPossible(said("{A}, authorised user or safeguarding lead takes posts down."))
    with transaction.atomic():
        now = timezone.now()
        owed = delivery.owed_since or owed_since or now
        claim(delivery, D.TAKING_DOWN, at=now, owed_since=owed)
        note(delivery, Attempt.Step.DOWN_BEGUN, by=by, detail=reason)
        record("delivery.taking_down", delivery.post, by=by, delivery=delivery.pk)
    platform = platform_for(delivery.channel.way)
    try:
        gone = platform.take_down(
            delivery.remote_id,
            account=account_for(delivery),
            remembered=dict(delivery.remembered),
        )
        _whole(gone)
    except (NotSent, Rejected, Unclear) as error:
        cannot(delivery, str(error))
    else:
        _gone(delivery, by=None)
    return delivery.state


@transaction.atomic
def confirm_gone(*, delivery: Delivery, by: User) -> None:
    """A person took it down by hand and looked."""
    if not may_take_down(by, delivery):
        raise NotPossible(said("{A}, authorised user or safeguarding lead confirms this."))
    move(delivery, D.TAKEN_DOWN, taken_down_at=timezone.now(), problem="")
    note(delivery, Attempt.Step.DOWN, by=by, detail="Confirmed by hand.")
    record("delivery.taken_down", delivery.post, by=by, delivery=delivery.pk)
    afterwards.taken_down(delivery)


@transaction.atomic
def stays_and_told(*, delivery: Delivery, by: User, how: str) -> None:
    """It cannot be taken down there, and whoever had to know was told: `how`, in words. The task is
    closed (R-163); where GoLive can still try, it goes on."""
    if not may_take_down(by, delivery):
        raise NotPossible(said("{A}, authorised user or safeguarding lead says this."))
    if not how.strip():
        raise NotPossible("Say what was tried, and how whoever had to know was told.")
    cannot_be = Delivery.objects.filter(pk=delivery.pk, state=D.CANNOT_TAKE_DOWN, told_at=None)
    if not cannot_be.update(told_at=timezone.now()):
        raise SomebodyWasFaster("It stands otherwise by now. Here is how.")
    note(delivery, Attempt.Step.DOWN_TOLD, by=by, detail=how.strip()[:500])
    record("delivery.stays_and_told", delivery.post, by=by, delivery=delivery.pk)


def try_again(*, at: datetime) -> int:
    """Take-downs that a website did not answer are tried until they end, ever more patiently. The
    people who were told can still do it by hand. Returns how many were tried."""
    left = Delivery.objects.filter(state=D.CANNOT_TAKE_DOWN).exclude(
        channel__way=Channel.Way.ASSISTED
    )
    tried = 0
    failures = Count("attempts", filter=Q(attempts__step=Attempt.Step.DOWN_FAILED))
    for delivery in left.select_related("channel__platform", "post__school").annotate(
        failures=failures
    ):
        if delivery.moved_at + patience(delivery.failures) <= at:
            tried += begin(delivery, "Tried once more.")
    return tried


def begin(delivery: Delivery, reason: str, owed_since: datetime | None = None) -> bool:
    """GoLive takes it down, unless somebody was faster. Did it begin?"""
    begun = 0
    with alone(delivery):
        take_down(delivery=delivery, by=None, reason=reason, owed_since=owed_since)
        begun += 1
    return bool(begun)


def _whole(gone: Gone | None) -> None:
    """Nothing said is nothing done (failure 12)."""
    if gone is None:
        raise Unclear("The platform did not say that it is gone.")


@transaction.atomic
def _gone(delivery: Delivery, *, by: User | None) -> None:
    move(delivery, D.TAKEN_DOWN, taken_down_at=timezone.now(), problem="")
    note(delivery, Attempt.Step.DOWN, by=by)
    record("delivery.taken_down", delivery.post, by=by, delivery=delivery.pk)
    afterwards.taken_down(delivery)


@transaction.atomic
def cannot(delivery: Delivery, why: str) -> None:
    """It is still there; the people who can take it down by hand are told, once."""
    move(delivery, D.CANNOT_TAKE_DOWN, problem=why[:500] or "It could not be taken down.")
    told = delivery.attempts.filter(step=Attempt.Step.DOWN_FAILED).exists()
    note(delivery, Attempt.Step.DOWN_FAILED, detail=why)
    record("delivery.cannot_take_down", delivery.post, by=None, delivery=delivery.pk)
    if not told:
        afterwards.cannot_take_down(delivery)
