"""Files with one row for each contact: the rows of one pupil are one, if a person says so."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from consents.imports.records import Row
from consents.models import Answer


def look_repeated(rows: Sequence[Row]) -> bool:
    """Do many pupils stand on several rows that name different contacts?"""
    groups = _groups(rows)
    doubled = [some for some in groups if len(some) > 1]
    several = [s for s in doubled if len({c.key for row in s for c in row.contacts}) > 1]
    return len(several) >= 2 and len(several) >= 0.8 * len(doubled)


def joined(rows: Sequence[Row]) -> list[Row]:
    """One row a pupil, with the contacts of all; answers that differ are unclear."""
    return [_one(some) for some in _groups(rows)]


def _groups(rows: Iterable[Row]) -> list[list[Row]]:
    groups: dict[object, list[Row]] = {}
    for row in rows:
        groups.setdefault(row.upn or row.mis_id or row.number, []).append(row)
    return list(groups.values())


def _one(rows: Sequence[Row]) -> Row:
    first = rows[0]
    for row in rows[1:]:
        if row.facts != first.facts:
            first.problem("", f"Row {row.number} is about the same pupil and says other things")
        first.problems += row.problems
        for contact in row.contacts:
            contact.number = len(first.contacts) + 1
            first.contacts.append(contact)
        _join_answers(first, row)
        first.in_care = first.in_care or row.in_care
        first.note = first.note or row.note
    return first


def _join_answers(first: Row, row: Row) -> None:
    for key, told in row.answers.items():
        if first.answers.setdefault(key, told) != told:
            first.answers[key] = (Answer.UNCLEAR, f"row {row.number} says otherwise")
    first.unticked |= row.unticked
    first.lumps |= row.lumps
    first.hints |= row.hints
