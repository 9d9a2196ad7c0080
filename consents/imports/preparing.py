"""From an uploaded file to its plan, telling how far it is."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from consents.imports import contact_rows, headings, known, reading, report, transfer_file
from consents.imports.errors import Unreadable
from consents.imports.plan import Planner
from consents.imports.records import Row
from consents.imports.rows import Reader
from consents.models import Import, RememberedHeading

Progress = Callable[[str, int, int], None]  # stage, done, of
EVERY = 1_000


def prepare(source: Import, progress: Progress) -> report.Found:
    """Read and compare the whole file. Reads the database, never writes it. Raises `Unreadable`."""
    with source.file.open("rb") as file:
        content = file.read()
    options: dict[str, Any] = source.options
    sheets = reading.read(content, encoding=options.get("encoding", ""))
    remembered = _remembered(source) if sheets[0].kind != transfer_file.KIND else {}
    sheet, layout = headings.find(sheets, known.platform_names(), remembered)
    rows, skipped = _rows(source, sheet, layout, progress)
    if not rows:
        raise Unreadable(
            "There are no pupils in this file: nothing stands below the names of the columns. "
            "Export it again with the pupils, and send that."
        )
    repeated = contact_rows.look_repeated(rows)
    together = bool(options.get("rows_per_contact"))
    found = known.know(source.school)
    if together:
        rows = contact_rows.joined(rows, found.asked)
    total = len(rows)
    planner = Planner(
        found,
        source.uploaded_at,
        known.today(),
        lambda done: progress(Import.Stage.COMPARING, done, total),
        join_parents=bool(options.get("join_parents")),
    )
    plan = planner.plan(rows, source.resolutions)
    return report.Found(sheet, layout, rows, skipped, plan, found, repeated, together)


def _remembered(source: Import) -> dict[str, str]:
    """What a person said the columns of this school's files mean."""
    mine = RememberedHeading.objects.filter(school=source.school_id)
    return dict(mine.values_list("heading", "field"))


def _rows(
    source: Import, sheet: reading.Sheet, layout: headings.Layout, progress: Progress
) -> tuple[list[Row], int]:
    reader = Reader(
        layout,
        known.today(),
        known.place(source.school),
        cross_is_yes=bool(source.options.get("cross_is_yes")),
    )
    total = len(sheet.rows) - layout.header - 1
    rows: list[Row] = []
    for number, row in enumerate(reader.rows(sheet), start=1):
        if row is not None:
            rows.append(row)
        if number % EVERY == 0 or number == total:
            progress(Import.Stage.READING, number, total)
    return rows, total - len(rows)
