"""An answer that changes nothing now: what is said of it, once it is written down.

It is read from answers alone, so that it is the same for a pupil under a hold.
"""

from __future__ import annotations

from collections.abc import Sequence

from django.utils import timezone

from consents.models import Answer, ConsentDecision
from consents.words import joined
from schools.clock import day


def nothing_new(made: Sequence[ConsentDecision]) -> str:
    """Why what was just written down, one giver's answers of one moment, changes nothing; empty
    where it is their last word and has not ended. One query."""
    last = _last_words(made[0], made)
    stale = [
        row
        for row in made
        if (found := last[row.platform_id, row.kind]).pk != row.pk and found.answer != Answer.UNDONE
    ]
    it = "It" if len(made) == 1 else "They"
    is_yes = made[0].answer == Answer.YES
    s = "s" if len(made) == 1 else ""
    none = f"{it} permit{s} nothing new" if is_yes else f"{it} change{s} nothing"
    until = made[0].until
    if len(stale) == len(made):
        return f"{none}: {_whose(made[0])} later answer stands."
    if is_yes and until is not None and until < timezone.localdate():
        return f"{none}: the last day, {day(until)}, is over."
    if not stale:
        return ""
    where = joined([f"{row.get_kind_display().lower()} on {row.platform.name}" for row in stale])
    return f"Nothing changes for {where}: {_whose(made[0])} later answer stands there."


def _whose(said: ConsentDecision) -> str:
    if said.given_by_child and said.child:
        return f"{said.child.known_as}’s"
    if said.adult:
        return f"{said.adult.name}’s"
    return f"{said.giver.full_name}’s" if said.giver else "a"


def _last_words(
    one: ConsentDecision, made: Sequence[ConsentDecision]
) -> dict[tuple[int, str], ConsentDecision]:
    """Of the same giver about the same person, by platform and kind."""
    rows = ConsentDecision.objects.filter(
        child=one.child_id,
        adult=one.adult_id,
        giver=one.giver_id,
        given_by_child=one.given_by_child,
        platform__in={row.platform_id for row in made},
        kind__in={row.kind for row in made},
    )
    return {(row.platform_id, row.kind): row for row in rows.order_by("given_at", "pk")}
