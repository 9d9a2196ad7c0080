"""The rules of a version: read from the database every time, made into objects once.

A check reads some sixty rules; making the objects (three JSON columns each) took most of its time,
and the rows seldom change. So the rows are what is remembered, never the answer: a row with one
other letter is another rule.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache, lru_cache
from typing import Any

from django.db import connection

from policy.models import Rule

Row = tuple[Any, ...]
Converter = Callable[[Any, Any, Any], Any]
_ROWS_KEPT = 2_000  # of a few versions


def rules_of(version_id: int) -> list[Rule]:
    """Every rule of a version in its order, to be read and not changed. One query."""
    sql, _ = _question(connection.vendor)
    with connection.cursor() as cursor:
        cursor.execute(sql, [version_id])
        return [_made(connection.vendor, tuple(row)) for row in cursor.fetchall()]


@cache
def _question(vendor: str) -> tuple[str, dict[int, tuple[Sequence[Converter], Any]]]:
    """The statement Django would ask, and how it reads each column of the answer."""
    compiler = Rule.objects.filter(version=0).query.get_compiler(connection=connection)
    sql, _ = compiler.as_sql()
    return sql, compiler.get_converters([column for column, _, _ in compiler.select])


@lru_cache(maxsize=_ROWS_KEPT)
def _made(vendor: str, row: Row) -> Rule:
    values = list(row)
    for place, (converters, column) in _question(vendor)[1].items():
        for convert in converters:
            values[place] = convert(values[place], column, connection)
    names = [field.attname for field in Rule._meta.concrete_fields]
    return Rule.from_db(connection.alias, names, values)
