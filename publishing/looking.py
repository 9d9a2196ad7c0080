"""Unknown: look on the platform where that is possible, else ask a person. Never send again."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import Count, Q
from django.utils import timezone

from audit.actions import record
from posts.errors import NotPossible, SomebodyWasFaster
from publishing import sending
from publishing.content import NotTheApprovedBytes, account_for, content_for
from publishing.lifecycle import DeliveryState
from publishing.links import check_link
from publishing.models import Attempt, Delivery
from publishing.moves import alone, move, note, patience
from publishing.platforms import PLATFORMS, platform_for
from publishing.platforms.shape import NotSent, Rejected, Unclear
from publishing.rules import may_release
from schools.models import User

D = DeliveryState


def look(delivery: Delivery) -> bool:
    """Ask the platform by our own key. True when it is there, and then it is *sent*.

    Not found is written down and changes nothing: a list can lag, so a person decides.
    """
    platform = platform_for(delivery.channel.way)
    if not platform.capabilities.read_back:
        return False
    try:
        found = platform.find(
            content_for(delivery),
            account=account_for(delivery),
            remembered=dict(delivery.remembered),
        )
    except (NotSent, Rejected, Unclear, NotTheApprovedBytes) as error:
        note(delivery, Attempt.Step.NOT_FOUND, detail=f"Could not look: {error}")
        return False
    if found is None:
        note(delivery, Attempt.Step.NOT_FOUND)
        return False
    try:
        with transaction.atomic():
            sending.sent(delivery, found, step=Attempt.Step.FOUND)
    except SomebodyWasFaster:
        return False
    return True


def look_again(*, at: datetime) -> int:
    """Look at what is unknown again, ever more patiently: an answer that was lost on the way may
    have been a yes, and what is live must be known to be live. Returns how many were found."""
    ways = [way for way, platform in PLATFORMS.items() if platform.capabilities.read_back]
    looks = Count("attempts", filter=Q(attempts__step=Attempt.Step.NOT_FOUND))
    left = Delivery.objects.filter(state=D.UNKNOWN, channel__way__in=ways).annotate(looks=looks)
    found = 0
    for delivery in left.select_related("channel__platform", "post__school", "post__author"):
        if delivery.moved_at + patience(delivery.looks) <= at:
            with alone(delivery):
                found += look(delivery)
    return found


@transaction.atomic
def it_is_there(*, delivery: Delivery, url: str, by: User) -> None:
    """A person looked: it is there, at this address."""
    _must_release(by, delivery)
    check_link(url, delivery.channel)
    move(
        delivery,
        D.SENT,
        sent_at=timezone.now(),
        remote_id=url[:300],
        url=url[:500],
        taken_by=by,
        problem="",
    )
    note(delivery, Attempt.Step.SETTLED, by=by, detail="It is there.", url=url)
    record("delivery.settled_there", delivery.post, by=by, delivery=delivery.pk)
    sending.afterwards.sent(delivery)


@transaction.atomic
def it_is_not_there(*, delivery: Delivery, by: User) -> None:
    """A person looked: it is not there. It can then be sent again, which asks every rule."""
    _must_release(by, delivery)
    if delivery.state != D.UNKNOWN:
        raise NotPossible("This has been settled already.")
    move(
        delivery,
        D.FAILED,
        problem=f"{by.name} looked: it is not there.",
        taken_by=by,
        owed_since=None,
    )
    note(delivery, Attempt.Step.SETTLED, by=by, detail="It is not there.")
    record("delivery.settled_not_there", delivery.post, by=by, delivery=delivery.pk)
    sending.afterwards.not_posted(delivery)


@transaction.atomic
def send_again(*, delivery: Delivery, by: User) -> None:
    """After a certain failure: queue it again. The approval must still hold at the gate."""
    _must_release(by, delivery)
    if delivery.state != D.FAILED:
        raise NotPossible("Only what certainly is not there can be sent again.")
    move(delivery, D.QUEUED, problem="", queued_at=None, next_try_at=None)
    record("delivery.sent_again", delivery.post, by=by, delivery=delivery.pk)


@transaction.atomic
def give_up(*, delivery: Delivery, by: User, reason: str) -> None:
    """After a certain failure: leave it unsent, and say why."""
    _must_release(by, delivery)
    if delivery.state != D.FAILED:
        raise NotPossible("Only what certainly is not there can be left unsent.")
    if not reason.strip():
        raise NotPossible("Say why it stays unsent.")
    move(delivery, D.REFUSED, problem=f"{by.name} left it unsent: {reason.strip()}"[:500])
    note(delivery, Attempt.Step.SETTLED, by=by, detail="Left unsent.")
    record("delivery.given_up", delivery.post, by=by, delivery=delivery.pk)
    sending.afterwards.settle(delivery.post)


def _must_release(by: User, delivery: Delivery) -> None:
    if not may_release(by, delivery):
        raise NotPossible("Only an authorised user of this account can say how it stands.")
