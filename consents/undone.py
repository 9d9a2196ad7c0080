"""What stands where a file was undone.

A file's answer that was a mistake is taken back by a decision that says, at the same moment, what
its giver had said before (`undoes_id`), with the way it reached us, its scan and its note: what a
parent said is never called the school's records. An older answer that is written down only later,
such as a paper form, was given before that moment and would be hidden by it, a no included. So it
is said once more there: what stands is always what would stand had the file never come.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django.utils import timezone

from consents.models import Answer, Child, ConsentDecision, Way
from consents.models.decisions import is_from_before

Square = tuple[int | None, int, str, int | None, bool]  # child, platform, kind, giver, own


def square(decision: ConsentDecision) -> Square:
    """Whose answer about what."""
    return (
        decision.child_id,
        decision.platform_id,
        decision.kind,
        decision.giver_id,
        decision.given_by_child,
    )


def restate(made: Sequence[ConsentDecision]) -> None:
    """After writing down answers of an earlier day."""
    children = {d.child_id for d in made if d.child_id}
    rows = ConsentDecision.objects.filter(child__in=children)
    touched = {square(d) for d in rows.filter(undoes_id__isnull=False)}
    touched &= {square(d) for d in made}
    if not touched:
        return
    history: dict[Square, list[ConsentDecision]] = {}
    for row in rows.order_by("given_at", "pk"):
        if square(row) in touched:
            history.setdefault(square(row), []).append(row)
    returned = dict(Child.objects.filter(pk__in=children).values_list("pk", "returned_on"))
    again = [_again(rows, returned.get(rows[0].child_id or 0)) for rows in history.values()]
    ConsentDecision.objects.bulk_create(row for row in again if row is not None)


def real(rows: Iterable[ConsentDecision]) -> list[ConsentDecision]:
    """Without what files brought by mistake and what took it back. A file's answer may have been
    said once more with its last day (`first_version`); it is undone with its file."""
    listed = list(rows)
    back = [row for row in listed if row.undoes_id is not None]
    gone, files = {row.undoes_id for row in back}, {row.source_import_id for row in back}
    return [
        row
        for row in listed
        if row.undoes_id is None
        and row.pk not in gone
        and (row.source_import_id is None or row.source_import_id not in files)
    ]


def stands_again(
    said: Sequence[ConsentDecision], returned_on: date | None
) -> ConsentDecision | None:
    """What its giver had said before, of answers in the order they were given. A yes from before
    the pupil left ended then, and does not come back this way either; a no stays."""
    if not said:
        return None
    before = said[-1]
    ended = is_from_before(returned_on, before.given_at)
    return None if ended and before.answer == Answer.YES else before


def _again(rows: Sequence[ConsentDecision], returned_on: date | None) -> ConsentDecision | None:
    last, before = rows[-1], stands_again(real(rows), returned_on)
    if last.undoes_id is None or before is None:
        return None
    if (facts_of(last), last.way) == (facts_of(before), before.way):
        return None
    return ConsentDecision(**facts(last, before, last.recorded_by_id))


def facts_of(said: ConsentDecision) -> tuple[str, date | None, int | None]:
    """All of an answer that the rule reads, beside who said it and when."""
    return said.answer, said.until, said.agreement_id


def facts(
    undone: ConsentDecision, before: ConsentDecision | None, by_id: int | None
) -> dict[str, Any]:
    """The decision that takes `undone` back, and says what its giver had said before."""
    said = f": the answer of {timezone.localdate(before.given_at)} stands again" if before else ""
    note = f"{before.evidence}; " if before and before.evidence else ""
    return {
        "child_id": undone.child_id,
        "platform_id": undone.platform_id,
        "kind": undone.kind,
        "giver_id": undone.giver_id,
        "given_by_child": undone.given_by_child,
        "answer": before.answer if before else Answer.UNDONE,
        "until": before.until if before else None,
        "agreement_id": before.agreement_id if before else None,
        "language": before.language if before else "",
        "way": before.way if before else Way.IMPORT,
        "scan_id": before.scan_id if before else None,
        "given_at": undone.given_at,
        "recorded_at": timezone.now(),
        "recorded_by_id": by_id,
        "source_import_id": undone.source_import_id,
        "undoes_id": undone.undoes_id or undone.pk,
        "evidence": f"{note}File {undone.source_import_id} undone{said}"[-300:],
    }
