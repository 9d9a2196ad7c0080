"""What a dry run found, in counts and sentences: no names, so that it may be kept."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from consents.imports import dates, mailboxes, transfer_file, unread, values
from consents.imports.digest import digest
from consents.imports.headings import Layout
from consents.imports.known import Known
from consents.imports.plan import Outcome, Plan, Result
from consents.imports.reading import Sheet
from consents.imports.records import Row
from consents.imports.rows import DATES, OUTWEIGHED
from consents.models import ImportRow
from schools.clock import noun

ENOUGH = 10  # rows or children below which halves and tenths mean nothing


@dataclass(frozen=True)
class Found:
    """One file, read and compared."""

    sheet: Sheet
    layout: Layout
    rows: Sequence[Row]
    skipped: int
    plan: Plan
    known: Known
    repeated: bool = False
    joined: bool = False
    notices: list[str] = field(default_factory=list)


def summary(found: Found) -> dict[str, Any]:
    """For `Import.summary`."""
    plan = found.plan
    outcomes = Counter(str(result.outcome) for result in plan.results)
    return {
        "digest": digest(plan),
        "outcomes": {str(o): outcomes.get(str(o), 0) for o in Outcome},
        "answers": {str(key): count for key, count in sorted(plan.answers.items())},
        "in_care": len(plan.in_care),
        "hints": len(plan.hints),
        "unread": _unread(found),
        "parents": len(plan.people.parents),
        "parents_changed": len(
            plan.people.changed_parents.keys() | plan.people.changed_guardianships.keys()
        ),
        "joinable": plan.people.joinable,
        "absent": _absent(found),
        "skipped": found.skipped,
        "repeated": found.repeated,
        "header": found.layout.header + 1,
        "sheet": found.sheet.name,
        "kind": found.sheet.kind,
        "encoding": found.sheet.encoding,
        "notices": [*found.notices, *_notices(found)],
        "stops": _stops(found),
    }


def is_same(before: dict[str, Any], now: dict[str, Any]) -> bool:
    """Would exactly what a person looked at be written?"""
    return before.get("digest") == now["digest"]


def columns(found: Found) -> list[dict[str, Any]]:
    """For `Import.columns`: what each column was taken for, with up to three of its cells."""
    below = found.sheet.rows[found.layout.header + 1 : found.layout.header + 60]
    return [
        {
            "index": column.index,
            "heading": column.heading,
            "field": column.field,
            "note": column.note,
            "key": column.remembered_as,
            "examples": _examples(below, column.index),
        }
        for column in found.layout.columns
    ]


def _examples(below: Sequence[Sequence[str]], index: int) -> list[str]:
    cells = (row[index].strip() for row in below if index < len(row))
    return list(dict.fromkeys(cell[:30] for cell in cells if cell))[:3]


def import_rows(found: Found, source_id: int) -> list[ImportRow]:
    """Every row with its outcome; its cells only where it stays out."""
    return [
        ImportRow(
            source_id=source_id,
            number=result.row.number,
            outcome=result.outcome,
            name=result.row.name[:200],
            form=str(result.row.facts.get("form", ""))[:40],
            child=result.child,
            problems=result.row.problems,
            remarks=result.remarks,
            candidates=list(result.candidates),
            cells=result.row.cells if _stays_out(result) else [],
        )
        for result in found.plan.results
    ]


def _stays_out(result: Result) -> bool:
    """Is something wrong with it, or has nobody said yet which pupil it is?"""
    is_asked = result.child is None or bool(result.candidates)
    return result.outcome == Outcome.PROBLEM or (result.outcome == Outcome.PERSON and is_asked)


def _absent(found: Found) -> int:
    """Children on roll whom the file does not name. Nothing happens to them."""
    present = found.plan.present
    return sum(1 for c in found.known.children.values() if not c.has_left() and c.pk not in present)


def _stops(found: Found) -> list[dict[str, str]]:
    """What a person must say is meant before anything is written."""
    stops = []
    on_roll, absent = found.known.on_roll, _absent(found)
    rows = len(found.rows)
    here = found.known.school.short_name
    if found.sheet.guessed and any(not row.name.isascii() for row in found.rows):
        stops.append(
            {"key": "letters", "words": "The names with accents and signs on this page are right."}
        )
    few = rows < ENOUGH or on_roll < ENOUGH
    # A transfer file brings pupils who are new, and names its school itself.
    if few or found.layout.is_to_mend or found.sheet.kind == transfer_file.KIND:
        return stops
    if len(found.plan.present) * 2 < rows:
        words = f"Fewer than half of these pupils are known at {here}. The file is for {here}."
        stops.append({"key": "school", "words": words})
    if absent * 10 > on_roll:
        words = (
            f"{absent:,} of {on_roll:,} pupils of {here} are not in this file. They stay as they "
            "are. That is meant."
        )
        stops.append({"key": "absent", "words": words})
    return stops


def _notices(found: Found) -> list[str]:
    layout, plan = found.layout, found.plan
    said = []
    used = {column.field for column in layout.columns}
    answered = any(f.startswith("platform:") for f in used)
    if found.sheet.kind == transfer_file.KIND:
        said.append(
            "A Common Transfer File holds pupils and contacts and no permissions. The parents of "
            "new pupils are still to be asked. Nothing else of it is kept."
        )
    if answered and not any(f.startswith("contact:") for f in used):
        said.append(
            "No column names a parent or carer. A yes goes to the only person who may decide for "
            "the child, if GoLive knows exactly one; else it is unclear."
        )
    elif answered and not any(f.endswith(":pr") for f in used):
        said.append(
            "No column says who has parental responsibility. A yes of somebody new does not count "
            "until that is recorded."
        )
    if any(column.field.startswith("general:") for column in layout.columns):
        said.append(
            "A yes to photos in general permits no platform. It is kept as a hint whom to ask. A "
            "no in general is a no everywhere."
        )
    said += _ticks(found)
    if plan.people.joinable and not plan.people.join:
        said.append(
            "Some parents stand beside several children with the same name and e-mail address. "
            "You can have each taken as one person, under “How to read it”."
        )
    if found.repeated and not found.joined:
        said.append(
            "Pupils stand on several rows with different contacts. If each row is one contact, say "
            "so under “How to read it”."
        )
    return said + _counts(found)


def _counts(found: Found) -> list[str]:
    """What stands in the remarks of single rows, where it may be one of thousands."""
    plan, said = found.plan, _american(found) + _dates(found)
    if ageless := sum(unread.AGELESS in result.remarks for result in plan.results):
        pupils = noun(ageless, "pupil has", "pupils have")
        said.append(
            f"{pupils} no date of birth. Nothing counts as a yes for a pupil without one, because "
            "nobody can tell who decides. Add it in your school’s system and send the file again."
        )
    odd = sum(any(values.ODD in remark for remark in row.remarks) for row in found.rows)
    if odd:
        said.append(f"{noun(odd, 'row holds a name', 'rows hold names')} with digits or signs.")
    single = sum(f"{values.ONE_NAME}." in row.remarks for row in found.rows)
    if single:
        said.append(f"{noun(single, 'pupil has', 'pupils have')} one name only.")
    shared = sum(any(mailboxes.SHARED in remark for remark in row.remarks) for row in found.rows)
    if shared:
        pupils = noun(shared, "pupil", "pupils")
        said.append(
            f"Two parents have the same e-mail address for {pupils}: one of them may be wrong. The "
            "remark beside the row names them."
        )
    if number := plan.answers["no_giver"]:
        answers = noun(number, "answer says yes and names", "answers say yes and name")
        said.append(f"{answers} nobody who said it: unclear until somebody is named.")
    if found.skipped:
        rows = noun(found.skipped, "row is", "rows are")
        said.append(f"{rows} empty, totals or repeated headings: passed over.")
    return said


def _american(found: Found) -> list[str]:
    """Columns of which every day that proves anything has the month first."""
    said = []
    for column in found.layout.columns:
        cells = [row.cells[column.index] for row in found.rows if column.index < len(row.cells)]
        if column.field not in DATES or dates.order_of(cells) is not dates.Order.MONTH:
            continue
        number = noun(sum(column.field in row.unread for row in found.rows), "date", "dates")
        said.append(
            f"“{column.heading}”: the whole column has the month first, so {number} in it could "
            "not be read. In your school’s system or in the spreadsheet, write the days like "
            "25/03/2015 or 2015-03-25, and send the file again."
        )
    return said


def _dates(found: Found) -> list[str]:
    """Days written in two orders, and rows that go in without one that cannot be read."""
    said = []
    for column in found.layout.columns:
        if column.field not in DATES:
            continue
        cells = [row.cells[column.index] for row in found.rows if column.index < len(row.cells)]
        order = dates.order_of(cells, outweighs=column.field in OUTWEIGHED)
        if order in {dates.Order.MOSTLY, dates.Order.MIXED}:
            wrong = sum(
                dates.MONTH_FIRST in row.unread.get(column.field, ("", ""))[1] for row in found.rows
            )
            have = noun(wrong, "date has", "dates have")
            rest = (
                "the others were read day first"
                if order is dates.Order.MOSTLY
                else "so whatever can be read two ways was not read"
            )
            said.append(f"“{column.heading}”: {have} the month first; {rest}.")
    if two := sum(row.left_or is not None for row in found.rows):
        have = noun(two, "day of leaving", "days of leaving")
        said.append(
            f"{have} can be read two ways, and nothing in the column says which: the earlier day "
            "is taken. See the rows."
        )
    if known := _unread(found):
        rows = noun(known, "row has", "rows have")
        said.append(
            f"{rows} a date that cannot be read, and the pupil is known without it. The record "
            "stays as it is there; a no counts all the same."
        )
    return said


def _unread(found: Found) -> int:
    """Rows that go in although a date of theirs cannot be read."""
    return sum(bool(r.row.unread) for r in found.plan.results if r.outcome != Outcome.PROBLEM)


def _ticks(found: Found) -> list[str]:
    """A column of ticks cannot tell a no from never asked: show what an empty box does."""
    headings = []
    for column in found.layout.columns:
        if column.field.split(":")[0] not in {"platform", "general"}:
            continue
        cells = {r.cells[column.index].strip() for r in found.rows if column.index < len(r.cells)}
        marks = {cell.casefold() for cell in cells if cell}
        if len(cells) == 2 and ("" in cells or marks <= values.TICKS | values.UNTICKED):
            headings.append(f"“{column.heading}”")
    if not headings:
        return []
    return [
        f"{', '.join(headings[:6])}: ticked or not. Not ticked is taken as no answer: it permits "
        "nothing, and it withdraws only what an earlier file had ticked."
    ]
