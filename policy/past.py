"""When each version counted, and which came before it: read from the events of putting one into
force, because a version can count twice (one preset, another, and the first again)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from audit.models import Event
from policy.models import PolicyVersion

VERB = "policy.in_force"


@dataclass(frozen=True)
class Span:
    """From when until when a version counted; `until` is empty while it does."""

    version: int
    since: datetime
    until: datetime | None


def spans() -> list[Span]:
    """Every span, oldest first. One query."""
    rows = Event.objects.filter(verb=VERB).order_by("-id").values_list("subject_id", "at")
    found: list[Span] = []
    until: datetime | None = None
    for version, since in rows:
        found.append(Span(version, since, until))
        until = since
    return found[::-1]


def spans_of(version: PolicyVersion, every: list[Span]) -> list[Span]:
    """Those of `every` in which this version counted. A version of an installation older than its
    events is taken at its own word."""
    found = [span for span in every if span.version == version.pk]
    if not found and version.in_force_since is not None:
        return [Span(version.pk, version.in_force_since, None)]
    return found


def before(version: PolicyVersion, every: list[Span]) -> PolicyVersion | None:
    """What it is compared with: the version it was written from, or else the one whose place it
    took last. One query at most."""
    if version.made_from_id is not None:
        return version.made_from
    places = [n for n, span in enumerate(every) if span.version == version.pk and n > 0]
    return PolicyVersion.objects.get(pk=every[places[-1] - 1].version) if places else None
