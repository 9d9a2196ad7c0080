"""Platforms a person posts to: GoLive prepares the package, the person confirms with the link.

The same row, gate and snapshot as any other delivery: opening the package is the claim, "I posted
it" the outcome, and a person who never came back leaves it *unknown*.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from audit.actions import record
from policy.models import Channel
from posts.errors import NotPossible, Refused
from publishing import afterwards, sending
from publishing.content import NotTheApprovedBytes, channel_part
from publishing.lifecycle import DeliveryState
from publishing.links import check_link
from publishing.models import Attempt, Delivery
from publishing.moves import PERSON_LEASE, claim, move, note
from publishing.rules import gate, may_release
from schools.models import User

D = DeliveryState


def open_package(*, delivery: Delivery, by: User, at: datetime | None = None) -> None:
    """Take a due delivery to post by hand. Raises `Refused` (nothing may be posted) or
    `NotPossible`."""
    moment = at or timezone.now()
    if delivery.channel.way != Channel.Way.ASSISTED:
        raise NotPossible("GoLive posts to this channel by itself.")
    if not may_release(by, delivery):
        raise NotPossible("Only an authorised user of this account can post to it.")
    if delivery.due_at > moment:
        raise NotPossible("Its time has not come yet.")
    with transaction.atomic():
        claim(delivery, D.SENDING, at=moment, lease=PERSON_LEASE, taken_by=by)
        note(delivery, Attempt.Step.BEGUN, by=by)
        answer = gate(delivery, at=moment, by=by)
        if answer.is_open:
            sending.keep_snapshot(delivery, answer)
            record("delivery.package_opened", delivery.post, by=by, delivery=delivery.pk)
        else:
            sending.no_entry(delivery, answer)
    if not answer.is_open:
        raise Refused(answer.findings)


def package(*, delivery: Delivery, by: User) -> dict[str, Any]:
    """The prepared words and photos, as long as they may still be posted. Asks the gate each
    time it is looked at; raises `Refused` once the answer is no."""
    if delivery.state != D.SENDING or delivery.taken_by_id != by.pk:
        raise NotPossible("Open the package first.")
    answer = gate(delivery, at=timezone.now(), by=by)
    if not answer.is_open:
        raise Refused(answer.findings)
    try:
        return channel_part(delivery)
    except NotTheApprovedBytes as error:
        raise NotPossible(str(error)) from error


@transaction.atomic
def posted(*, delivery: Delivery, url: str, by: User) -> None:
    """ "I posted it", with the link. It is a fact, so it is kept even when permission went
    meanwhile; then the take-down follows at once."""
    _must_hold(delivery, by)
    check_link(url, delivery.channel)
    move(
        delivery,
        D.SENT,
        sent_at=timezone.now(),
        remote_id=url.strip()[:300],
        url=url.strip()[:500],
        problem="",
    )
    note(delivery, Attempt.Step.SENT, by=by, url=url.strip())
    record(
        "delivery.sent",
        delivery.post,
        by=by,
        delivery=delivery.pk,
        channel=delivery.channel_id,
        digest=delivery.submission.digest,
    )
    afterwards.sent(delivery)


@transaction.atomic
def not_posted(*, delivery: Delivery, reason: str, by: User) -> None:
    """ "Not posted, because …": nothing is there."""
    _must_hold(delivery, by)
    if not reason.strip():
        raise NotPossible("Say in a few words why it was not posted.")
    move(delivery, D.FAILED, problem=f"Not posted by {by.name}: {reason.strip()}"[:500])
    note(delivery, Attempt.Step.FAILED, by=by, detail=reason.strip())
    record("delivery.not_posted", delivery.post, by=by, delivery=delivery.pk)
    afterwards.not_posted(delivery)


def _must_hold(delivery: Delivery, by: User) -> None:
    if delivery.channel.way != Channel.Way.ASSISTED or delivery.state != D.SENDING:
        raise NotPossible("This is not waiting for you to post it.")
    if delivery.taken_by_id != by.pk and not may_release(by, delivery):
        raise NotPossible("Somebody else opened this package.")
