"""What a school's first file costs, and what the same file costs when nothing has changed."""

from __future__ import annotations

import csv
import io
import statistics
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

from django.core.files.base import ContentFile
from django.db import connection, transaction
from django.db.models import Max
from django.utils import timezone

from consents.imports import actions, tables
from consents.imports.running import run_imports
from consents.models import Child, ConsentDecision, Guardianship, Import, Parent
from policy.models import Platform, Training
from policy.presets import load_preset
from policy.training import record_training
from schools.actions import grant_role
from schools.models import School, User
from schools.roles import Role

ROUNDS = 3
PUPILS = 20_000
COLUMNS = 18
MOVED = 10_000_000  # added to every key of the yardstick's rows
TABLES = (Child, Parent, Guardianship, ConsentDecision)
WORDS = ("Yes", "No", "Y", "N", "Yes", "Yes", "TRUE", "FALSE", "yes")


def imports() -> Iterator[tuple[str, float, str]]:
    """`import_ratio`, `import_check_ratio`, `reimport_writes`.

    `import_ratio`: seconds from "bring it in" to the commit, for a file of 20,000 pupils with one
    parent each and 18 columns of answers (9 platforms × photo and first name), over PostgreSQL's
    COPY of the very same rows of children, parents, guardianships and decisions, into the same
    tables with the same keys, checks, indexes and triggers, from text that lies ready. The import
    reads the file again, recognises it, compares it with the database, plans and writes; the
    yardstick, run after it, does nothing but write. Both commit. On SQLite the yardstick is
    `executemany`. Medians of three schools in turn. `import_check_ratio` is the dry run before it,
    which also keeps all rows for the page.
    `reimport_writes`: decisions appended and children changed by the same file sent again.
    """
    by, content = _office(), _file()
    checks, applies, copies, repeats = zip(
        *(_round(number, content, by) for number in range(ROUNDS)), strict=True
    )
    copying = statistics.median(copies)
    yield "import_ratio", statistics.median(applies) / copying, "≤ 3"
    yield "import_check_ratio", statistics.median(checks) / copying, ""
    yield "reimport_writes", float(max(repeats)), "0"


def _round(number: int, content: bytes, by: User) -> tuple[float, float, float, int]:
    """At a school of its own: seconds to check, to bring in, to copy; what a second time writes."""
    name = f"Bench School {number}"
    school = School.objects.create(name=name, short_name=name, slug=f"bench-{number}")
    grant_role(user=by, role=Role.CONSENT_ADMIN, school=school, by=None)
    by = User.objects.get(pk=by.pk)  # a person's roles are read once for each page
    last = _last()
    checking, source = _timed(lambda: _send(content, school, by))
    _accept(source, by)
    applying, _ = _timed(run_imports)
    written = _counts(last)
    if written[ConsentDecision] != PUPILS * COLUMNS:
        raise RuntimeError("The import did not write every answer.")
    again = _send(content, school, by)
    _accept(again, by)
    run_imports()
    changed = again.summary["outcomes"]["changed"] + again.summary["outcomes"]["new"]
    repeated = _counts(last)[ConsentDecision] - written[ConsentDecision]
    return checking, applying, _copy_the_same_rows(last), repeated + changed


def _office() -> User:
    load_preset("sovereign")
    user = User.objects.create_user("office@bench.example", name="Office Bench")
    today = timezone.localdate()
    record_training(
        user=user,
        kind=Training.Kind.RECORDS,
        provider="Bench",
        done_on=today,
        expires_on=today + timedelta(days=1),
        by=None,
    )
    return user


def _file() -> bytes:
    platforms = [p.name for p in Platform.objects.all()][:9]
    answers = [f"{name} {kind}" for name in platforms for kind in ("photo", "first name")]
    head = ["Adno", "Surname", "Forename", "DOB", "Year", "Reg", "Contact 1 Forename"]
    out = io.StringIO()
    rows = csv.writer(out)
    rows.writerow([*head, "Contact 1 Surname", "Contact 1 PR", "Consent Date", *answers])
    for n in range(PUPILS):
        said = [WORDS[(n + column) % len(WORDS)] for column in range(len(answers))]
        born = f"{n % 28 + 1:02}/{n % 12 + 1:02}/{2010 + n % 8}"
        pupil = [f"{n:06}", f"Surname{n}", f"Name{n % 300}", born, str(n % 11 + 1), f"{n % 50}A"]
        rows.writerow([*pupil, f"Parent{n % 300}", f"Surname{n}", "Y", "01/09/2026", *said])
    return out.getvalue().encode()


def _send(content: bytes, school: School, by: User) -> Import:
    source = actions.send_file(school=school, file=ContentFile(content), name="all.csv", by=by)
    run_imports()
    return Import.objects.get(pk=source.pk)


def _timed(work: Callable[[], Any]) -> tuple[float, Any]:
    start = time.perf_counter()
    found = work()
    return time.perf_counter() - start, found


def _accept(source: Import, by: User) -> None:
    stops = [stop["key"] for stop in source.summary["stops"]]
    actions.confirm(source=source, accepted=stops, by=by)


def _last() -> dict[Any, int]:
    """The highest key an import gave in each table, so that what comes after it can be told."""
    ours = {m: m._default_manager.filter(pk__lt=MOVED) for m in TABLES}
    return {m: rows.aggregate(last=Max("pk"))["last"] or 0 for m, rows in ours.items()}


def _counts(last: dict[Any, int]) -> dict[Any, int]:
    new = {m: m._default_manager.filter(pk__gt=last[m], pk__lt=MOVED) for m in TABLES}
    return {model: rows.count() for model, rows in new.items()}


def _copy_the_same_rows(last: dict[Any, int]) -> float:
    """Seconds to write what the import wrote once more, under other keys."""
    ready = {model: _ready(model, last[model]) for model in TABLES}
    start = time.perf_counter()
    with transaction.atomic():
        for model, (columns, rows) in ready.items():
            if connection.vendor == "postgresql":
                _copy(model._meta.db_table, columns, rows)
            else:
                tables.insert(model, columns, rows)
    return time.perf_counter() - start


def _ready(model: Any, last: int) -> tuple[list[str], Any]:
    """A table's rows after that key with all keys moved up: text for COPY, or values."""
    columns = [f.column for f in model._meta.concrete_fields]
    moved = {"id", "child_id", "parent_id", "giver_id"}
    rows = []
    for found in model._default_manager.filter(pk__gt=last, pk__lt=MOVED).values_list(*columns):
        row = [v + MOVED if c in moved and v else v for c, v in zip(columns, found, strict=True)]
        if "mis_id" in columns and row[columns.index("mis_id")]:
            row[columns.index("mis_id")] = f"again-{row[columns.index('mis_id')]}"
        rows.append(row)
    if connection.vendor != "postgresql":
        return columns, rows
    return columns, "".join(tables.lines(rows))


def _copy(table: str, columns: list[str], text: str) -> None:
    names = ", ".join(f'"{column}"' for column in columns)
    with connection.cursor() as cursor:
        cursor.copy_expert(f'COPY "{table}" ({names}) FROM STDIN', io.StringIO(text))
