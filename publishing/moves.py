"""The one function that moves a delivery from state to state, and the claim of its lease."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any

import structlog
from django.conf import settings
from django.utils import timezone

from posts.errors import NotPossible, SomebodyWasFaster
from publishing.lifecycle import TRANSITIONS, DeliveryState
from publishing.models import Attempt, Delivery
from schools.models import User

log = structlog.get_logger()
# Longer than every time limit of a platform's file and Celery's hard limit together.
LEASE = timedelta(seconds=settings.GOLIVE_LEASE_SECONDS)
# A person who opened the package has this long to say what became of it.
PERSON_LEASE = timedelta(hours=24)
_FIRST_PAUSE, _LONGEST_PAUSE = timedelta(minutes=1), timedelta(hours=6)
_WORKING = frozenset({DeliveryState.SENDING, DeliveryState.TAKING_DOWN})


def move(delivery: Delivery, to: DeliveryState, **fields: Any) -> None:
    """Move by conditional UPDATE on state and lease, and count the rows.

    Whoever lost the lease (a sweeper took over) moves nothing: `SomebodyWasFaster`. Clears what
    the next state must not hold, so that half a fact cannot be stored.
    """
    here = DeliveryState(delivery.state)
    if to not in TRANSITIONS[here]:
        raise NotPossible(f"It stands at “{here.label}” now; that can no longer be done.")
    fields |= {"state": to, "moved_at": timezone.now()}
    if to not in _WORKING:
        fields |= {"lease": None, "lease_until": None}
    moved = Delivery.objects.filter(pk=delivery.pk, state=here, lease=delivery.lease).update(
        **fields
    )
    if not moved:
        raise SomebodyWasFaster("This has moved on. Here is how it stands now.")
    for name, value in fields.items():
        setattr(delivery, name, value)


def claim(
    delivery: Delivery, to: DeliveryState, *, at: datetime, lease: timedelta = LEASE, **fields: Any
) -> None:
    """Take it to work on: a fresh lease, committed before anything is called."""
    fields |= {"lease": uuid.uuid4(), "lease_until": at + lease, "tries": delivery.tries + 1}
    move(delivery, to, **fields)


def note(
    delivery: Delivery, step: str, *, by: User | None = None, detail: str = "", **facts: Any
) -> Attempt:
    """Append one line about this try."""
    return Attempt.objects.create(
        delivery=delivery,
        number=delivery.tries,
        step=step,
        by=by,
        detail=detail[:500],
        facts=facts,
    )


@contextmanager
def alone(delivery: Delivery) -> Iterator[None]:
    """One row's trouble is its own: the rows behind it in the same round must not wait for it.
    Somebody who was faster is no trouble at all."""
    try:
        yield
    except (SomebodyWasFaster, NotPossible):
        pass
    except Exception:
        log.exception("delivery.trouble", delivery=delivery.pk)


def patience(tries: int) -> timedelta:
    """How long a machine leaves a website alone after so many tries: a minute, then ever longer,
    and never more than six hours."""
    return min(_FIRST_PAUSE * 2 ** min(tries, 10), _LONGEST_PAUSE)
