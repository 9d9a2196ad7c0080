"""What a monitor is told."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from schools.models import Heartbeat
from schools.pulse import SWEEP


def _swept(ago: timedelta) -> None:
    Heartbeat.objects.update_or_create(name=SWEEP, defaults={"at": timezone.now() - ago})


def test_the_process_answers_without_the_database(client: Client) -> None:
    assert client.get("/healthz").json() == {"process": "ok"}


@pytest.mark.django_db
def test_ready_while_the_sweep_runs(client: Client) -> None:
    _swept(timedelta(seconds=3))
    assert client.get("/readyz").status_code == 200


@pytest.mark.django_db
def test_not_ready_when_the_sweep_has_stopped(client: Client) -> None:
    _swept(timedelta(minutes=5))
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert answer.json()["sweep"] == "late"


@pytest.mark.django_db
def test_not_ready_before_the_first_sweep(client: Client) -> None:
    assert client.get("/readyz").json()["sweep"] == "never"
