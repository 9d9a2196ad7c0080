"""Sending one delivery: claim, gate, snapshot, call, outcome. The only place that calls `publish`.

Each arrow is a transaction of its own, and none is open during the call:

    claim → (gate + snapshot) → call → outcome → afterwards

A crash before the snapshot leaves nothing on the platform and the row is queued again. A crash
after it leaves a row that may be there: it becomes *unknown*, is looked up, and no machine sends
it again (P5).
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from typing import Any

import structlog
from django.db import transaction
from django.utils import timezone

from audit.actions import record
from posts.errors import SomebodyWasFaster
from publishing import afterwards
from publishing.content import NotTheApprovedBytes, account_for, content_for
from publishing.lifecycle import DeliveryState
from publishing.models import Attempt, Connection, Delivery, ReliedOn, Snapshot
from publishing.moves import claim, move, note
from publishing.platforms import platform_for
from publishing.platforms.shape import Content, NotSent, Published, Rejected, Unclear
from publishing.rules import Gate, gate

log = structlog.get_logger()
D = DeliveryState
BACKOFF = (timedelta(seconds=20), timedelta(minutes=1), timedelta(minutes=3), timedelta(minutes=8))


def send(delivery_id: int, *, at: datetime | None = None) -> str:
    """Send one delivery if it is due and the gate is open; return the state it ends in.

    Harmless to call twice, late, or for a row that is long done: then nothing happens.
    """
    moment = at or timezone.now()
    delivery = (
        Delivery.objects.due(moment)
        .select_related("channel__platform", "post__school", "post__author", "submission")
        .filter(pk=delivery_id)
        .first()
    )
    if delivery is None:
        return "not due"
    try:
        with transaction.atomic():
            claim(delivery, D.SENDING, at=moment, queued_at=None, next_try_at=None)
            note(delivery, Attempt.Step.BEGUN)
    except SomebodyWasFaster:
        return "not due"
    content = _pass_the_gate(delivery, moment)
    if content is not None:
        _call(delivery, content)
    return delivery.state


def _pass_the_gate(delivery: Delivery, at: datetime) -> Content | None:
    """Ask every rule and keep the snapshot, in one transaction. None: refused."""
    with transaction.atomic():
        answer = gate(delivery, at=at)
        if not answer.is_open:
            no_entry(delivery, answer)
            return None
        try:
            content = content_for(delivery)
        except NotTheApprovedBytes as error:
            refuse(delivery, str(error))
            return None
        keep_snapshot(delivery, answer)
        return content


def no_entry(delivery: Delivery, answer: Gate) -> None:
    """The gate is shut. What a Stop alone holds waits for the Head until it is no longer news."""
    if answer.waits:
        move(delivery, D.QUEUED, queued_at=None, problem=answer.sentence[:500])
        note(delivery, Attempt.Step.LATER, detail=answer.sentence)
    else:
        refuse(delivery, answer.sentence)


def refuse(delivery: Delivery, why: str) -> None:
    """A rule said no at the last moment. No call was made."""
    move(delivery, D.REFUSED, problem=why[:500])
    note(delivery, Attempt.Step.REFUSED, detail=why)
    record("delivery.refused", delivery.post, by=None, delivery=delivery.pk)
    afterwards.refused(delivery)


def keep_snapshot(delivery: Delivery, answer: Gate) -> Snapshot:
    """What is about to be sent and why it is allowed, before it is sent (R-081)."""
    if answer.verdict is None:
        raise NotTheApprovedBytes("Nothing was checked, so nothing is sent.")
    permissions = answer.verdict.decisions_relied_on(delivery.channel)
    with transaction.atomic():
        kept = Snapshot.objects.create(
            delivery=delivery,
            submission=delivery.submission,
            digest=delivery.submission.digest,
            content=delivery.submission.content,
            permissions=permissions,
            policy=answer.verdict.case.book.version.short(),
        )
        people: set[tuple[Any, Any]] = {(r.get("child"), r.get("adult")) for r in permissions}
        ReliedOn.objects.bulk_create(
            [ReliedOn(delivery=delivery, child_id=c, adult_id=a) for c, a in people],
            ignore_conflicts=True,  # tried again after the platform said "later"
        )
    return kept


def _call(delivery: Delivery, content: Content) -> None:
    """Call the platform with no transaction open, and write down what came of it."""
    platform = platform_for(delivery.channel.way)
    try:
        published = platform.publish(
            content,
            account=account_for(delivery),
            remember=rememberer(delivery),
            remembered=dict(delivery.remembered),
        )
        _whole(published)
    except NotSent as error:
        _outcome(delivery, partial(_later, delivery, error))
    except Rejected as error:
        _outcome(delivery, partial(_failed, delivery, error))
    except Unclear as error:
        _outcome(delivery, partial(unknown, delivery, str(error)))
    except Exception as error:
        # We cannot know how far it came; only a person may say "send again".
        log.exception("sending.unexpected", delivery=delivery.pk)
        said = f"Something unexpected happened while sending ({type(error).__name__})."
        _outcome(delivery, partial(unknown, delivery, said))
    else:
        _outcome(delivery, partial(sent, delivery, published))


def _outcome(delivery: Delivery, write: Callable[[], None]) -> None:
    """Write the outcome in one transaction. If a sweeper took the row meanwhile, the truth that
    it was sent is still kept."""
    try:
        with transaction.atomic():
            write()
    except SomebodyWasFaster:
        delivery.refresh_from_db()
        log.warning("sending.lease_lost", delivery=delivery.pk, state=delivery.state)
        if delivery.state == D.UNKNOWN:
            with transaction.atomic():
                write()


def _whole(published: Published | None) -> None:
    """A yes without the platform's own id is no yes (failures 9 and 12)."""
    if published is None or not published.remote_id:
        raise Unclear("The platform said yes but gave no address of the post.")


def rememberer(delivery: Delivery) -> Callable[[dict[str, Any]], None]:
    """Stores every remote id the moment it is known, so that a resumed send finds it."""

    def remember(facts: dict[str, Any]) -> None:
        delivery.remembered = {**delivery.remembered, **facts}
        Delivery.objects.filter(pk=delivery.pk).update(remembered=delivery.remembered)

    return remember


def sent(delivery: Delivery, published: Published, *, step: str = Attempt.Step.SENT) -> None:
    """It is there."""
    move(
        delivery,
        D.SENT,
        sent_at=timezone.now(),
        remote_id=published.remote_id[:300],
        url=published.url[:500],
        problem="",
    )
    note(delivery, step, remote_id=published.remote_id, **published.facts)
    record(
        "delivery.sent",
        delivery.post,
        by=None,
        delivery=delivery.pk,
        channel=delivery.channel_id,
        digest=delivery.submission.digest,
    )
    afterwards.sent(delivery)


def unknown(delivery: Delivery, why: str) -> None:
    """It may be there; a person must look. No machine sends it again."""
    if delivery.state == D.UNKNOWN:
        return
    move(delivery, D.UNKNOWN, problem=why[:500] or "No trustworthy answer came back.")
    note(delivery, Attempt.Step.UNKNOWN, detail=why)
    record("delivery.unknown", delivery.post, by=None, delivery=delivery.pk)
    afterwards.unknown(delivery)


def _failed(delivery: Delivery, error: Rejected) -> None:
    """The platform said no, and nothing is there."""
    why = str(error)
    if error.reconnect:
        # Whoever looks after channels sees it there, until the channel is connected again.
        Connection.objects.filter(channel=delivery.channel_id).update(health=why[:200])
    move(delivery, D.FAILED, problem=why[:500] or "The platform refused it.")
    note(delivery, Attempt.Step.FAILED, detail=why)
    record("delivery.failed", delivery.post, by=None, delivery=delivery.pk)
    afterwards.failed(delivery)


def _later(delivery: Delivery, error: NotSent) -> None:
    """Certain that nothing is there: try again, when the platform says or after a pause."""
    if delivery.state == D.UNKNOWN:
        return
    pause = error.retry_after or BACKOFF[min(delivery.tries, len(BACKOFF)) - 1]
    move(delivery, D.QUEUED, next_try_at=timezone.now() + pause, problem=str(error)[:500])
    note(delivery, Attempt.Step.LATER, detail=str(error))
