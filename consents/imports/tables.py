"""Many rows at once, the fastest way each database has: COPY on PostgreSQL, else executemany."""

from __future__ import annotations

import io
import json
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from itertools import islice
from typing import Any

from django.db import connection, models

AT_ONCE = 20_000
MANY = 5_000  # from here on the planner must be told
_ESCAPES = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})


def reserve_ids(model: type[models.Model], count: int) -> list[int]:
    """So many fresh primary keys, to be used in this transaction."""
    if not count:
        return []
    table = model._meta.db_table
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)",
                [f'"{table}"', count],
            )
            return [row[0] for row in cursor.fetchall()]
        # The write lock is held from the transaction's first statement on.
        cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [table])
        row = cursor.fetchone()
    last = row[0] if row else 0
    return list(range(last + 1, last + 1 + count))


def insert_objects(model: type[models.Model], objects: Sequence[models.Model]) -> None:
    """Insert unsaved objects whose primary keys are set."""
    columns = model._meta.concrete_fields
    names = [str(column.column) for column in columns]
    rows = ([_prepared(c, getattr(found, c.attname)) for c in columns] for found in objects)
    insert(model, names, rows)


def _prepared(column: models.Field[Any, Any], value: Any) -> Any:
    if isinstance(column, models.JSONField):
        return json.dumps(value, ensure_ascii=False)
    return column.get_db_prep_save(value, connection)


def insert(
    model: type[models.Model], columns: Sequence[str], rows: Iterable[Sequence[Any]]
) -> None:
    """Insert plain values: text, numbers, booleans, days, moments and `None`."""
    waiting, table, count = iter(rows), model._meta.db_table, 0
    while some := list(islice(waiting, AT_ONCE)):
        (_copy if connection.vendor == "postgresql" else _many)(table, columns, some)
        count += len(some)
    if count >= MANY and connection.vendor == "postgresql":
        _measure(table)


def _measure(table: str) -> None:
    """Tell the planner what was just inserted: nobody else does before the transaction ends, and
    a join planned for an empty table took minutes. Another file's measuring is not waited for."""
    with connection.cursor() as cursor:
        cursor.execute(f'ANALYZE (SKIP_LOCKED) "{table}"')


def _copy(table: str, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    names = ", ".join(f'"{name}"' for name in columns)
    text = io.StringIO("".join(lines(rows)))
    with connection.cursor() as cursor:
        cursor.copy_expert(f'COPY "{table}" ({names}) FROM STDIN', text)


def lines(rows: Iterable[Sequence[Any]]) -> Iterator[str]:
    """Rows in PostgreSQL's COPY text format."""
    for row in rows:
        yield "\t".join([_text(value) for value in row]) + "\n"


def _text(value: Any) -> str:
    if value is None:
        return "\\N"
    if value is True or value is False:
        return "t" if value else "f"
    if isinstance(value, str):
        return value.translate(_ESCAPES) if not value.isalnum() else value
    if isinstance(value, date | datetime):
        return value.isoformat()
    return str(value)


def _many(table: str, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    names = ", ".join(f'"{name}"' for name in columns)
    marks = ", ".join(["%s"] * len(columns))
    moment = connection.ops.adapt_datetimefield_value
    with connection.cursor() as cursor:
        cursor.executemany(
            # Names of our own tables and columns; the values are bound.
            f'INSERT INTO "{table}" ({names}) VALUES ({marks})',  # noqa: S608
            [[moment(v) if isinstance(v, datetime) else v for v in row] for row in rows],
        )
