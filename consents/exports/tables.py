"""The record as CSV: one line an answer, and one each time the school stopped something itself or
let it go on; harmless to spreadsheets, letters that Excel reads."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from django.utils import timezone

from consents.exports.records import Record
from consents.imports.mending import line
from consents.models import ConsentDecision, SchoolStop
from schools.models import User

COLUMNS = (
    "School",
    "Class",
    "Surname",
    "First name",
    "Date of birth",
    "Left",
    "Platform",
    "For",
    "Answer",
    "Given by",
    "Relationship",
    "Way",
    "Given at",
    "Counts until",
    "Agreement",
    "Language",
    "Fingerprint of the agreement",
    "Evidence",
    "Written down at",
    "Written down by",
)
NEVER_ASKED = "not asked"


def as_csv(records: Iterable[Record], *, with_notes: bool = True) -> Iterator[str]:
    """Piece by piece, beginning with a byte-order mark. `with_notes`: who wrote it down and what
    they noted, which is for the school only."""
    columns = COLUMNS if with_notes else COLUMNS[:-3]
    yield "\ufeff" + line(columns)
    for record in records:
        pupil = _pupil(record)
        for decision, relationship in record.lines:
            cells = [*pupil, *_answer(decision, relationship), *_notes(decision)]
            yield line(cells[: len(columns)])
        for stop in record.stops:
            for cells in _stopped(stop):
                yield line([*pupil, *cells])
        if not (record.decisions or record.stops):
            yield line([*pupil, "", "", NEVER_ASKED, *[""] * (len(columns) - 9)])


def _pupil(record: Record) -> list[str]:
    child = record.child
    born = str(child.born_on or "") if record.shows_birthday else ""
    left = str(child.left_on or "") if record.copy_for is None else ""
    return [child.school.name, child.form, child.known_surname, child.known_as, born, left]


def _answer(decision: ConsentDecision, relationship: str) -> list[str]:
    agreement = decision.agreement
    return [
        decision.platform.name,
        decision.get_kind_display(),
        decision.get_answer_display(),
        giver(decision),
        relationship,
        decision.get_way_display(),
        timezone.localtime(decision.given_at).isoformat(timespec="seconds"),
        str(decision.until or ""),
        str(agreement or ""),
        decision.language,
        agreement.sha256 if agreement else "",
    ]


def _notes(decision: ConsentDecision) -> list[str]:
    by = decision.recorded_by
    written = timezone.localtime(decision.recorded_at).isoformat(timespec="seconds")
    return [decision.evidence, written, by.name if by else ""]


def _stopped(stop: SchoolStop) -> Iterator[list[str]]:
    """When it was stopped; when it was let go on."""
    by_whom: User | None = stop.set_by
    acts = [("stopped by the school", stop.set_at, by_whom)]
    if stop.lifted_at is not None:
        acts.append(("let go on by the school", stop.lifted_at, stop.lifted_by))
    for said, at, by in acts:
        when = timezone.localtime(at).isoformat(timespec="seconds")
        what = [stop.platform.name, stop.get_kind_display(), said, "The school", "", "", when]
        yield [*what, *[""] * 5, when, by.name if by else ""]


def giver(decision: ConsentDecision) -> str:
    """Who said it, or to whom the school's records put it down."""
    if decision.giver is not None:
        name = decision.giver.full_name
        return f"put down to {name}" if decision.is_put_down else name
    return "The pupil" if decision.given_by_child else "Nobody is named"
