"""Is history whole? Reads every event and seal in order and says what does not fit.

A chain shows by itself what was changed or taken out of its middle. Of an end that was cut off it
knows nothing: that shows against a head somebody noted elsewhere (`schools.witness`), and against
the number of the last event the database remembers to have given out.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from django.db import connection
from django.db.models import Max

from audit.actions import FIRST
from audit.models import Event, Seal


@dataclass
class Verdict:
    """What the check of the chain found. `problems` empty means whole; `remarks` prove nothing."""

    sealed: int = 0
    unsealed: int = 0
    last_event: int | None = None
    head: str = FIRST
    problems: list[str] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)

    @property
    def whole(self) -> bool:
        """True when nothing was changed, removed or put in between."""
        return not self.problems


def verify(*, noted: str = "") -> Verdict:
    """Walk the chain from its beginning. One ordered read; memory stays flat.

    `noted` is a head written down earlier: the chain must have passed through it.
    """
    verdict = Verdict()
    passed = _walk(verdict, noted)
    if noted and not passed and verdict.whole:
        verdict.problems.append(
            f"The chain never had the head {noted}: events at its end are gone, or it is another."
        )
    verdict.unsealed = Event.objects.unsealed().count()
    _look_at_the_end(verdict)
    return verdict


def _walk(verdict: Verdict, noted: str) -> bool:
    """Fill in what the chain says; True when it passed through the noted head."""
    passed = False
    for seal in Seal.objects.select_related("event").order_by("position").iterator(5_000):
        verdict.sealed += 1
        if seal.position != verdict.sealed:
            verdict.problems.append(f"The chain jumps to place {seal.position}.")
            break
        if seal.event.digest(verdict.head) != seal.digest:
            verdict.problems.append(f"Event {seal.event_id} is not what was sealed.")
            break
        verdict.head, verdict.last_event = seal.digest, seal.event_id
        passed = passed or seal.digest == noted
    return passed


def _look_at_the_end(verdict: Verdict) -> None:
    """Were higher numbers given out than the last event has?"""
    given_out = _last_number_given_out()
    last = Event.objects.aggregate(last=Max("pk"))["last"] or 0
    if given_out <= last:
        return
    if connection.vendor == "sqlite":
        # Here an action that was undone gives its numbers back, so these were events.
        verdict.problems.append(
            f"The last event is {last}, but numbers up to {given_out} were given out."
        )
        return
    verdict.remarks.append(
        f"Numbers up to {given_out} were given out and the last event is {last}. Actions that were "
        "undone use up numbers too, so this alone proves nothing: compare with a noted head."
    )


def _last_number_given_out() -> int:
    table = Event._meta.db_table
    query = (
        "SELECT pg_sequence_last_value(pg_get_serial_sequence(%s, 'id')::regclass)"
        if connection.vendor == "postgresql"
        else "SELECT seq FROM sqlite_sequence WHERE name = %s"
    )
    with connection.cursor() as cursor:
        cursor.execute(query, [table])
        row = cursor.fetchone()
    return int(row[0]) if row and row[0] is not None else 0
