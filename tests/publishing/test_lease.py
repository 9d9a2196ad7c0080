"""Whoever lost the lease writes nothing: a slow worker cannot end what another one began (P5)."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from posts.errors import SomebodyWasFaster
from publishing import sending, sweeping
from publishing.lifecycle import DeliveryState
from publishing.models import Attempt
from publishing.moves import claim, move, note

pytestmark = pytest.mark.django_db


@pytest.fixture
def due(trust):
    """A delivery that waits for a worker."""
    post = trust.approved(children=[trust.amira])
    sweeping.make_deliveries()
    return lambda: trust.delivery(post)


def test_a_second_worker_cannot_claim_what_the_first_holds(due):
    first, second = due(), due()
    claim(first, DeliveryState.SENDING, at=timezone.now())
    with pytest.raises(SomebodyWasFaster):
        claim(second, DeliveryState.SENDING, at=timezone.now())


def test_a_slow_worker_cannot_fail_what_another_one_sends_now(due):
    slow = due()
    claim(slow, DeliveryState.SENDING, at=timezone.now() - timedelta(hours=1))
    note(slow, Attempt.Step.BEGUN)
    sweeping.sweep_stuck()
    quick = due()
    claim(quick, DeliveryState.SENDING, at=timezone.now())
    with pytest.raises(SomebodyWasFaster):
        move(slow, DeliveryState.FAILED, problem="Too slow")
    assert due().state == DeliveryState.SENDING
    assert due().lease == quick.lease


def test_a_row_in_trouble_holds_back_none_of_those_behind_it(trust, monkeypatch):
    posts = [trust.approved() for _ in range(3)]
    sweeping.make_deliveries()
    first, real = trust.delivery(posts[0]).pk, sending.refuse

    def refuse(delivery, why):
        if delivery.pk == first:
            raise RuntimeError("a full disk, say")
        real(delivery, why)

    monkeypatch.setattr(sending, "refuse", refuse)
    sweeping.sweep_stuck(at=timezone.now() + timedelta(hours=2))
    assert [trust.delivery(p).state for p in posts] == ["queued", "refused", "refused"]
