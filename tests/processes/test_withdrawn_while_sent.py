"""A parent withdraws while a real worker is talking to the website: what is there then comes down
as soon as it is known to be there (P6)."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

import pytest
from celery import current_app
from django.test import Client

from consents.models import ConsentDecision
from policy.models import Channel
from posts.models import Post
from publishing import tasks
from publishing.models import Attempt, Connection, Delivery
from tests.approvals.pages import words
from tests.consents.parents.at_home import Home
from tests.consents.parents.at_home import home as made

pytestmark = [pytest.mark.processes, pytest.mark.django_db(transaction=True)]
PATIENCE = 60  # seconds


def until(happened: Callable[[], Any]) -> None:
    """Wait for it, with an end."""
    begun = time.monotonic()
    while not happened():
        assert time.monotonic() - begun < PATIENCE, f"it never happened: {_story()}"
        time.sleep(0.05)


def _story() -> list[tuple[str, str]]:
    return list(Attempt.objects.order_by("pk").values_list("step", "detail"))


def state() -> str:
    return str(Delivery.objects.get().state)


@pytest.fixture
def home(trust, recorder) -> Home:
    """Ife may be shown on Oak’s website, and a post with her is approved for it."""
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
    home = made(trust)
    home.sends(home.address(), **{home.line(home.ife, "website"): "yes"})
    trust.approved(children=[home.ife], channels=["website"])
    return home


def test_it_is_taken_down_once_it_is_there(home, recorder, workers, signed_in):
    recorder.lets_go.clear()
    workers.start(lease=PATIENCE)
    until(lambda: current_app.control.ping(timeout=1))
    tasks.sweep.run()
    assert recorder.reached.wait(PATIENCE), "the worker is in the middle of it"

    Client().post(home.address(), {"version": home.agreement.pk, "stop": "all"})
    tasks.review_live.run()
    assert state() == "sending"
    pressed = ConsentDecision.objects.latest("recorded_at").recorded_at

    recorder.lets_go.set()
    until(lambda: state() == "sent")
    assert recorder.creates.total() == 1
    tasks.review_live.delay()
    until(lambda: state() == "taken_down")
    delivery = Delivery.objects.get()
    assert recorder.posts == {}
    assert pressed < delivery.sent_at == delivery.owed_since < delivery.taken_down_at
    page = words(signed_in(home.trust.hana).get("/publishing/take-downs/"))
    assert (
        f"{Post.objects.get().heading} Oak · {delivery.channel.platform.name} · gone after" in page
    )
