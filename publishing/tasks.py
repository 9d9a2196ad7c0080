"""A few lines each: ids in, verbs called. The database, not the broker, decides what is due."""

from celery import shared_task
from django.db import transaction

from publishing import profiles, reviewing, sending, sweeping
from schools.pulse import SWEEP


@shared_task(name=SWEEP)
def sweep() -> int:
    """Hand every due delivery to a worker; returns how many."""
    with transaction.atomic():
        ids = sweeping.sweep()
        for pk in ids:
            send.delay_on_commit(pk)  # type: ignore[attr-defined]  # from Celery's Django task class
    return len(ids)


@shared_task(name="publishing.send")
def send(delivery_id: int) -> str:
    """Send one delivery if it is due and allowed; returns the state it ends in."""
    return sending.send(delivery_id)


@shared_task(name="publishing.sweep_stuck")
def sweep_stuck() -> int:
    """Move on what was begun and never finished; returns how many."""
    return sweeping.sweep_stuck()


@shared_task(name="publishing.review_live")
def review_live() -> int:
    """Take down what is live without permission; returns how many take-downs began."""
    return reviewing.review_live()


@shared_task(name="publishing.remind_of_profiles")
def remind_of_profiles() -> int:
    """Tell of accounts whose yearly look is due; returns of how many."""
    return profiles.remind_due()
