"""Is the background work alive? Pages and monitors ask here (failure 11)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings

from schools.models import Heartbeat

# The work everything else waits for: it hands out what is due, and leaves its heartbeat.
SWEEP = "publishing.sweep"


@dataclass(frozen=True)
class Pulse:
    """The sweep's last sign of life."""

    last: datetime | None
    is_silent: bool


def pulse(at: datetime) -> Pulse:
    """When the sweep last ran, and whether that is too long ago. One query."""
    beat = Heartbeat.objects.filter(name=SWEEP).first()
    if beat is None:
        return Pulse(None, is_silent=True)
    quiet = timedelta(seconds=settings.GOLIVE_SWEEP_LATE_AFTER)
    return Pulse(beat.at, is_silent=beat.at < at - quiet)
