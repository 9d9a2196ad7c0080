"""Files with one row for each contact: the rows of one pupil are one, if a person says so.

* What a row says in general or in a note is folded into its own answers first.
* A no on any of the rows is the answer, whatever the others say; answers that differ otherwise are
  unclear. A note on any of the rows makes every yes unclear.
* An answer is that of the contacts on whose rows it stands, and of the days of those rows: from the
  day the file was sent where one of them has none, or where any row's day cannot be read.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from typing import Any

from consents.imports.records import Row, Source
from consents.imports.telling import NO, settle
from consents.models import Answer
from consents.models.people import folded


def look_repeated(rows: Sequence[Row]) -> bool:
    """Do many pupils stand on several rows that name different contacts?"""
    groups = _groups(rows)
    doubled = [some for some in groups if len(some) > 1]
    several = [s for s in doubled if len({c.key for row in s for c in row.contacts}) > 1]
    return len(several) >= 2 and len(several) >= 0.8 * len(doubled)


def joined(rows: Sequence[Row], asked: Collection[str]) -> list[Row]:
    """One row a pupil, with the contacts of all. `asked`: platforms parents are asked about."""
    return [_one(some, asked) if len(some) > 1 else some[0] for some in _groups(rows)]


def _groups(rows: Iterable[Row]) -> list[list[Row]]:
    groups: dict[object, list[Row]] = {}
    for row in rows:
        groups.setdefault(row.upn or row.mis_id or row.number, []).append(row)
    return list(groups.values())


def _one(rows: Sequence[Row], asked: Collection[str]) -> Row:
    first = rows[0]
    notes = [row.note for row in rows if row.note]
    for row in rows:
        settle(row, asked)
        row.note = ""
        own = Source(row.said_by, tuple(c.key for c in row.contacts), row.said_on, row.other_on)
        row.sources = dict.fromkeys(row.answers, own)
    whole = Source(first.said_by, (), first.said_on, first.other_on)
    for row in rows[1:]:
        first.unread |= row.unread
        first.doubtful |= row.doubtful
        first.left_or = first.left_or or row.left_or
        if _read(row, first.unread) != _read(first, first.unread):
            first.problem("", f"Row {row.number} is about the same pupil and says other things")
        first.problems += row.problems
        first.remarks += [remark for remark in row.remarks if remark not in first.remarks]
        whole = _both(whole, Source(row.said_by, (), row.said_on, row.other_on))
        _join_answers(first, row)
        for contact in row.contacts:
            contact.number = len(first.contacts) + 1
            first.contacts.append(contact)
        first.in_care = first.in_care or row.in_care
    first.facts = _read(first, first.unread)
    first.said_by, first.said_on, first.other_on = whole.said_by, whole.said_on, whole.other_on
    _doubt(first, notes)
    return first


def _doubt(first: Row, notes: Sequence[str]) -> None:
    for key, (said, words) in first.answers.items():
        if notes and said == Answer.YES:
            first.answers[key] = (Answer.UNCLEAR, f"{words} {notes[0]}".strip())
    if "consent_date" in first.unread:
        first.said_on = first.other_on = None
        for key, source in first.sources.items():
            first.sources[key] = replace(source, said_on=None, other_on=None)


def _read(row: Row, unread: Collection[str]) -> dict[str, Any]:
    """A date that one of the rows has wrong is not read from the others."""
    return {fact: said for fact, said in row.facts.items() if fact not in unread}


def _join_answers(first: Row, row: Row) -> None:
    for key, told in row.answers.items():
        before = first.answers.get(key)
        if before is None or (told[0] in NO and before[0] not in NO):
            first.answers[key], first.sources[key] = told, row.sources[key]
        elif told[0] == before[0] or (told[0] in NO and before[0] in NO):
            first.sources[key] = _both(first.sources[key], row.sources[key])
        elif before[0] not in NO:
            first.answers[key] = (Answer.UNCLEAR, f"row {row.number} says otherwise")
            first.sources[key] = _both(first.sources[key], row.sources[key])
    first.unticked |= row.unticked
    for topic, lump in row.lumps.items():
        if topic not in first.lumps or first.lumps[topic][0] == Answer.YES:
            first.lumps[topic] = lump
    first.hints |= row.hints


def _both(one: Source, other: Source) -> Source:
    """An answer that stands on two rows: whoever both name, and the days it may be of."""
    contacts = tuple(dict.fromkeys([*one.contacts, *other.contacts]))
    named = one.said_by
    if folded(named) != folded(other.said_by):
        named, contacts = "", (*contacts, "")  # of two people, whatever contacts there are
    if (one.said_on, one.other_on) == (other.said_on, other.other_on):
        return Source(named, contacts, one.said_on, one.other_on)
    if one.said_on is None or other.said_on is None:
        return Source(named, contacts)
    days = {one.said_on, other.said_on, one.other_on, other.other_on} - {None}
    return Source(named, contacts, min(d for d in days if d), max(d for d in days if d))
