"""The broker delivers one task to eight real workers at once: one of them posts (failure 4)."""

from __future__ import annotations

import time

import pytest
import redis
from celery import current_app
from django.conf import settings

from policy.models import Channel
from publishing import sweeping, tasks
from publishing.models import Connection, Delivery, Snapshot

pytestmark = [
    pytest.mark.processes,
    pytest.mark.slow,
    pytest.mark.django_db(transaction=True),
]

WORKERS, EACH = 4, 2  # a worker of these tests has two processes
POSTS = 5
PATIENCE = 60  # seconds


@pytest.fixture
def due(trust, recorder) -> list[Delivery]:
    """Five posts due on a website that records."""
    channel = Channel.objects.create(
        school=trust.oak,
        platform=trust.platform("website"),
        name="Oak website",
        way=Channel.Way.WORDPRESS,
    )
    Connection.objects.create(
        channel=channel,
        base_url=recorder.base_url,
        username="golive",
        secret="x y z",
        connected_by=trust.cara,
    )
    for number in range(POSTS):
        trust.approved(channels=["website"], text=f"Good news, number {number}")
    sweeping.make_deliveries()
    return list(Delivery.objects.all())


def _until(happened) -> None:
    """Wait for it, with an end."""
    begun = time.monotonic()
    while not happened():
        assert time.monotonic() - begun < PATIENCE, "it never happened"
        time.sleep(0.2)


def _all_taken() -> bool:
    """Is no message waiting, and none in the hands of a worker?"""
    broker = redis.Redis.from_url(settings.CELERY_BROKER_URL)
    prefix = settings.CELERY_BROKER_TRANSPORT_OPTIONS["global_keyprefix"]
    return broker.llen(f"{prefix}sending") == 0 and broker.hlen(f"{prefix}unacked") == 0


@pytest.mark.failure(4)
def test_one_task_delivered_to_eight_workers_at_once_is_one_post(due, recorder, workers):
    for _ in range(WORKERS):
        workers.start()
    _until(lambda: len(current_app.control.ping(timeout=1)) == WORKERS)
    for delivery in due:
        for _ in range(WORKERS * EACH):
            tasks.send.apply_async((delivery.pk,), task_id=f"the-same-{delivery.pk}")
        _until(_all_taken)
    assert sorted(recorder.creates.values()) == [1] * POSTS
    assert recorder.numbers == POSTS, "not even a second draft"
    assert set(Delivery.objects.values_list("state", flat=True)) == {"sent"}
    assert Snapshot.objects.count() == POSTS
