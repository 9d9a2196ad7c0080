"""The record as CSV: one line an answer, harmless to spreadsheets, letters that Excel reads."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from django.utils import timezone

from consents.exports.records import Record
from consents.imports.mending import line
from consents.models import ConsentDecision

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
        if not record.decisions:
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


def giver(decision: ConsentDecision) -> str:
    """Who said it."""
    if decision.giver is not None:
        return decision.giver.full_name
    return "The pupil" if decision.given_by_child else "Nobody is named"
