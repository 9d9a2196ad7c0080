"""Writing history: one event in the caller's transaction; seals in order, later."""

from __future__ import annotations

from typing import Any, Protocol

from django.db import IntegrityError, models, transaction

from audit.models import Event, Seal

FIRST = "0" * 64
# A transaction may commit a lower event id after a higher one was sealed; looking this far back
# finds it without reading the whole table every five seconds. `verify_audit` reads it all.
LOOK_BACK = 20_000


class Actor(Protocol):
    """Somebody who signs; `None` stands for the program itself."""

    @property
    def pk(self) -> Any: ...


def record(
    verb: str,
    subject: models.Model,
    *,
    by: Actor | None,
    school_id: int | None = None,
    **facts: Any,
) -> Event:
    """Append one event, in the transaction of the thing that happened.

    `facts` must be JSON: ids, counts, states, digests. Never names, words or tokens.
    """
    return Event.objects.create(
        verb=verb,
        actor_id=by.pk if by is not None else None,
        school_id=school_id if school_id is not None else getattr(subject, "school_id", None),
        subject_type=subject._meta.label_lower,
        subject_id=subject.pk,
        facts=facts,
    )


def seal(*, limit: int = 2_000) -> int:
    """Append waiting events to the chain; return how many. Two sealers at once: one wins."""
    last = Seal.objects.order_by("-position").first()
    waiting = Event.objects.unsealed()
    if last is not None:
        waiting = waiting.filter(pk__gt=last.event_id - LOOK_BACK)
    seals = _chain(list(waiting[:limit]), last)
    try:
        with transaction.atomic():
            Seal.objects.bulk_create(seals)
    except IntegrityError:
        return 0
    return len(seals)


def _chain(events: list[Event], last: Seal | None) -> list[Seal]:
    position = last.position if last else 0
    digest = last.digest if last else FIRST
    seals = []
    for event in events:
        position += 1
        digest = event.digest(digest)
        seals.append(Seal(position=position, event=event, digest=digest))
    return seals
