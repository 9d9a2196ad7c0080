"""An answer of a day before any version of the agreement was in force: what is said of it, once.

It is kept, and counts for what the first version asked (`consents.rules`). No version is noted with
it, because none was before whoever answered; so the pages say that what they saw is not held here.
"""

from __future__ import annotations

from datetime import date

from consents.models import Agreement, ConsentDecision, Way
from schools.clock import day


def beforehand() -> str:
    """Beside the day that is asked for: what an early one makes of the answer. One query."""
    first = _first_day()
    if first is None:
        return (
            "No version of the agreement is in force yet: an answer is kept as one on a form from "
            "before GoLive."
        )
    return (
        f"Before {day(first)} no version of the agreement was in force: an answer of such a day is "
        "kept as one on a form from before GoLive."
    )


def afterwards(noted: Agreement | None) -> str:
    """After it was written down; empty where a version was noted."""
    if noted is not None:
        return ""
    return (
        "No version of the agreement was in force then, so it is kept as one on a form from before "
        "GoLive. What they saw is not held here: keep the form."
    )


def instead(decision: ConsentDecision) -> str:
    """In place of what they saw, of an answer that notes no version."""
    if decision.way == Way.IMPORT:
        return (
            f"The school’s records say it. What {_who(decision)} had before them, if anything, is "
            "not held here."
        )
    if decision.way == Way.PAPER:
        kept = "The scan above is of it." if decision.scan_id else "Look at the paper form."
        return (
            f"A form from before GoLive: what {_who(decision)} saw is not held here. {kept} It "
            "counts for what the first version of the agreement asked."
        )
    return (
        "It was said before any version of the agreement was in force. The words they heard are "
        "not held here. It counts for what the first version asked."
    )


def _who(decision: ConsentDecision) -> str:
    if decision.given_by_child:
        return "the pupil"
    return "the parent" if decision.giver_id else "whoever said it"


def _first_day() -> date | None:
    versions = Agreement.objects.exclude(content={}).order_by("starts_on")
    return versions.values_list("starts_on", flat=True).first()
