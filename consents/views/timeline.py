"""The time line of a pupil or a grown-up: what was said at once and alike is one line."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby

from consents.models import ConsentDecision


def together(decisions: Iterable[ConsentDecision]) -> list[list[ConsentDecision]]:
    """The answers of one giver, written down at once and alike, are one line."""
    return [list(alike) for _, alike in groupby(decisions, key=_alike)]


def _alike(said: ConsentDecision) -> tuple[object, ...]:
    who = (said.giver_id, said.given_by_child, said.recorded_by_id, said.scan_id)
    return (*who, said.recorded_at, said.given_at, said.answer, said.way, said.until, said.evidence)
