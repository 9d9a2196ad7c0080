"""Real workers on PostgreSQL and Redis, killed again and again while 200 posts go out.

Redis is emptied and PostgreSQL restarted on the way. Nothing is lost, nothing is doubled,
and whatever is doubtful is called unknown.
"""

from __future__ import annotations

import sys
import time
from collections import Counter
from typing import Any

import pytest
import redis
from django.conf import settings
from django.db import InterfaceError, OperationalError, connection

from policy.models import Channel
from publishing import sweeping, tasks
from publishing.lifecycle import DeliveryState
from publishing.models import Connection, Delivery
from tests.processes.recorder import Recorder
from tests.processes.workers import LEASE, restart_database

pytestmark = [
    pytest.mark.processes,
    pytest.mark.slow,
    pytest.mark.django_db(transaction=True),
]

POSTS, SITES = 50, 4
DEADLINE = 150  # seconds
SETTLED = {DeliveryState.SENT, DeliveryState.UNKNOWN, DeliveryState.REFUSED, DeliveryState.FAILED}


def _approved(trust: Any, recorder: Recorder) -> None:
    """Fifty posts approved for four websites each: 200 deliveries, none made yet."""
    for number in range(SITES):
        channel = Channel.objects.create(
            school=trust.oak,
            platform=trust.platform("website"),
            name=f"Site {number}",
            way=Channel.Way.WORDPRESS,
        )
        Connection.objects.create(
            channel=channel,
            base_url=recorder.base_url,
            username="golive",
            secret="x y z",
            connected_by=trust.cara,
        )
    sites = list(Channel.objects.filter(school=trust.oak, way=Channel.Way.WORDPRESS))
    trust.channel = lambda name: next(site for site in sites if site.name == name)
    for number in range(POSTS):
        trust.approved(channels=[s.name for s in sites], text=f"Good news, number {number}")


def _tick() -> None:
    """What beat would ask for, from this process; a cut connection is simply made anew."""
    try:
        tasks.sweep.run()
        sweeping.sweep_stuck()
    except (OperationalError, InterfaceError, redis.exceptions.RedisError):
        connection.close()


def _states() -> Counter[str]:
    return Counter(Delivery.objects.values_list("state", flat=True))


@pytest.mark.failure(13)
def test_two_hundred_deliveries_survive_everything(trust, recorder, workers, monkeypatch):
    monkeypatch.setattr("publishing.moves.LEASE", sweeping.timedelta(seconds=LEASE))
    _approved(trust, recorder)
    workers.start()
    workers.start()
    begun, kills = time.monotonic(), 0
    next_kill = begun + 6
    while time.monotonic() - begun < DEADLINE:
        _tick()
        now = time.monotonic()
        if kills < 6 and now > next_kill:
            workers.kill_one()
            workers.start()
            kills, next_kill = kills + 1, now + 5
            if kills == 2:
                redis.Redis.from_url(settings.CELERY_BROKER_URL).flushdb()
            if kills == 4:
                restart_database()
        states = _states()
        if kills == 6 and sum(states[s] for s in SETTLED) == POSTS * SITES:
            break
        time.sleep(0.5)
    states = _states()
    doubled = [slug for slug, times in recorder.creates.items() if times > 1]
    sys.stdout.write(f"\n{kills} workers killed; {dict(states)}; {len(doubled)} doubled\n")
    assert doubled == [], "something was sent twice"
    assert sum(states.values()) == POSTS * SITES, "something was lost"
    assert sum(states[s] for s in SETTLED) == POSTS * SITES, f"something still hangs: {states}"
    assert set(states) <= {DeliveryState.SENT, DeliveryState.UNKNOWN}
    for delivery in Delivery.objects.filter(state=DeliveryState.SENT):
        assert recorder.creates[f"golive-{delivery.key}"] == 1, "says sent and is not there"
    there = sum(recorder.creates.values())
    assert there <= states[DeliveryState.SENT] + states[DeliveryState.UNKNOWN]
