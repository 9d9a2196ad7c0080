"""One answer to "is the background work alive?", wherever it is asked (failure 11)."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from publishing import tasks
from schools.actions import beat
from schools.pulse import SWEEP, pulse
from tests.approvals.pages import words

pytestmark = pytest.mark.django_db

SILENT = "Nothing is being sent right now"


@pytest.fixture(params=["/approvals/", "/publishing/"])
def page(request, trust, signed_in):
    """A page that says when nothing is being sent, looked at by whose page it is."""
    who = {"/approvals/": "hana", "/publishing/": "uma"}[request.param]
    client = signed_in(getattr(trust, who))
    return lambda: words(client.get(request.param))


def quiet_for(ago: timedelta) -> None:
    beat(SWEEP, at=timezone.now() - ago)


def test_the_setting_says_how_long_quiet_is_allowed(settings, page, client):
    settings.GOLIVE_SWEEP_LATE_AFTER = 600
    quiet_for(timedelta(minutes=5))
    assert SILENT not in page()
    assert client.get("/readyz").status_code == 200


def test_longer_than_that_is_said_everywhere(settings, page, client):
    settings.GOLIVE_SWEEP_LATE_AFTER = 600
    quiet_for(timedelta(minutes=11))
    assert SILENT in page()
    assert client.get("/readyz").status_code == 503


def test_before_the_first_sweep_it_is_silent(page):
    assert f"{SILENT}. The background work has not run yet." in page()


def test_the_sweep_itself_is_the_heartbeat():
    tasks.sweep.run()
    assert not pulse(timezone.now()).is_silent
