"""kill -9 at each step of one delivery: afterwards it is there once, or known to be doubtful."""

from __future__ import annotations

import signal
import subprocess
import sys
from datetime import timedelta

import pytest
from django.utils import timezone

from policy.models import Channel
from publishing import sweeping
from publishing.lifecycle import DeliveryState
from publishing.models import Attempt, Connection
from tests.processes.dying import STEPS
from tests.processes.workers import ROOT, environment

pytestmark = [
    pytest.mark.processes,
    pytest.mark.slow,
    pytest.mark.django_db(transaction=True),
]
# From the committed snapshot on, something may be there: only looking may settle it.
FIRST_DOUBTFUL = "snapshot committed, before the call"
DOUBTFUL = list(STEPS)[list(STEPS).index(FIRST_DOUBTFUL) :]
THERE = list(STEPS)[list(STEPS).index("the post is there, before the answer is used") :]


@pytest.fixture
def delivery(trust, recorder):
    """One post of Amira with one photo, due on a website that records."""
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
    post = trust.approved(children=[trust.amira], channels=["website"])
    sweeping.make_deliveries()
    return trust.delivery(post, "website")


def _dies(step: str, delivery: object) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tests.processes.dying", step, str(delivery.pk)],
        cwd=ROOT,
        env=environment(),
        capture_output=True,
        timeout=60,
        check=False,  # it is meant to die
    )
    assert done.returncode == -signal.SIGKILL, f"it did not come so far: {done.stderr[-500:]}"


def _later() -> None:
    """Beat's next rounds, after every lease has run out."""
    after = timezone.now() + timedelta(minutes=6)
    sweeping.sweep_stuck(at=after)


@pytest.mark.failure(2)
@pytest.mark.parametrize("step", STEPS)
def test_a_worker_killed_at_any_step_leaves_one_post_or_a_known_doubt(
    trust, recorder, delivery, step
):
    _dies(step, delivery)
    _later()
    trust.send_all(at=timezone.now() + timedelta(minutes=7))
    delivery.refresh_from_db()
    there = sum(recorder.creates.values())
    assert there <= 1, "it was sent twice"
    if there and step not in THERE:
        assert step not in DOUBTFUL, "no machine sends again what may be there"
    assert delivery.state == (DeliveryState.SENT if there else DeliveryState.UNKNOWN)


@pytest.mark.parametrize("step", DOUBTFUL)
def test_what_may_be_there_is_called_unknown_before_anybody_looks(trust, recorder, delivery, step):
    _dies(step, delivery)
    _later()
    steps = list(delivery.attempts.values_list("step", flat=True))
    assert Attempt.Step.UNKNOWN in steps
    assert steps[-1] == (Attempt.Step.FOUND if step in THERE else Attempt.Step.NOT_FOUND)
