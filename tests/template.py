"""The trust of the cast, built once in a process by real actions and laid down again as rows.

Loading the policy and founding two schools takes as long as most tests do. What the first test
built is kept as the rows it left; every later test gets the same rows, and the same ids. Where the
clock was moved, or something is there already, the trust is built anew.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db import connection

# A test that travels in time wants everything made at that time.
_BEGAN = time.time() - time.monotonic()
_SAME = 2.0


@dataclass(frozen=True)
class Table:
    """What building left in one table: its columns and rows, as the database gave them."""

    name: str
    columns: list[str]
    rows: list[tuple[Any, ...]]


_kept: dict[str, list[Table]] = {}


def laid_down(build: Callable[[], None]) -> None:
    """What `build` makes, from its rows if they are known and nothing is there yet."""
    if abs(time.time() - time.monotonic() - _BEGAN) > _SAME or _filled(_tables()):
        build()
        return
    if connection.vendor in _kept:
        _put(_kept[connection.vendor])
        return
    build()
    _kept[connection.vendor] = [_read(name) for name in _filled(_tables())]


def _tables() -> list[str]:
    """Tables of our own, those first that others point to: as the models are written down."""
    ours = [m for m in apps.get_models(include_auto_created=True) if m._meta.managed]
    foreign = {"auth", "contenttypes", "sessions", "admin"}
    return [m._meta.db_table for m in ours if m._meta.app_label not in foreign]


def _filled(tables: list[str]) -> list[str]:
    quoted = connection.ops.quote_name
    asked = " UNION ALL ".join(
        f"SELECT {n} WHERE EXISTS (SELECT 1 FROM {quoted(t)})"  # noqa: S608
        for n, t in enumerate(tables)
    )
    with connection.cursor() as cursor:
        cursor.execute(asked)
        return [tables[n] for (n,) in sorted(cursor.fetchall())]


def _read(name: str) -> Table:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {connection.ops.quote_name(name)}")  # noqa: S608
        return Table(name, [column[0] for column in cursor.description], cursor.fetchall())


def _put(tables: list[Table]) -> None:
    quoted = connection.ops.quote_name
    with connection.cursor() as cursor:
        for table in tables:
            columns = ", ".join(quoted(column) for column in table.columns)
            one = "(" + ", ".join(["%s"] * len(table.columns)) + ")"
            for at in range(0, len(table.rows), 40):
                rows = table.rows[at : at + 40]
                cursor.execute(
                    f"INSERT INTO {quoted(table.name)} ({columns}) VALUES "  # noqa: S608
                    + ", ".join([one] * len(rows)),
                    [value for row in rows for value in row],
                )
            if connection.vendor == "postgresql":
                cursor.execute(
                    "SELECT setval(pg_get_serial_sequence(%s, 'id'), max(id))"  # noqa: S608
                    f" FROM {quoted(table.name)}",
                    [quoted(table.name)],
                )
