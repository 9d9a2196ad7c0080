"""Triggers that refuse UPDATE, DELETE and TRUNCATE on append-only tables, on both databases.

In production the application's database role should also lack those rights; a table's owner can
drop triggers, so the hash chain is the second line (`audit.rules`).
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.apps import AppConfig, apps
from django.db import connections, models
from django.db.backends.base.base import BaseDatabaseWrapper

MESSAGE = "append-only"

_POSTGRES_FUNCTION = f"""
CREATE OR REPLACE FUNCTION golive_append_only() RETURNS trigger AS $body$
BEGIN
  RAISE EXCEPTION '{MESSAGE}: % is never changed', TG_TABLE_NAME
    USING ERRCODE = 'integrity_constraint_violation';
END
$body$ LANGUAGE plpgsql;
"""


def append_only_models(app_configs: Iterable[AppConfig] | None = None) -> list[type[models.Model]]:
    """Every concrete model that declares itself append-only."""
    configs = app_configs if app_configs is not None else apps.get_app_configs()
    return [m for c in configs for m in c.get_models() if getattr(m, "append_only", False)]


def install(connection: BaseDatabaseWrapper, tables: Iterable[str]) -> None:
    """Put the triggers on these tables. Harmless when they are there already."""
    statements = [s for table in tables for s in _creation(connection.vendor, table)]
    if not statements:
        return
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(_POSTGRES_FUNCTION)
        for statement in statements:
            cursor.execute(statement)


def remove(connection: BaseDatabaseWrapper, tables: Iterable[str]) -> None:
    """Take the triggers away. For tests that must empty tables; never called by the program."""
    with connection.cursor() as cursor:
        for table in tables:
            for suffix in _suffixes(connection.vendor):
                name = f"{table}_{suffix}"
                on = f' ON "{table}"' if connection.vendor == "postgresql" else ""
                cursor.execute(f'DROP TRIGGER IF EXISTS "{name}"{on}')


def installed(connection: BaseDatabaseWrapper) -> set[str]:
    """The tables that have their full set of triggers now."""
    query = (
        "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal"
        if connection.vendor == "postgresql"
        else "SELECT name FROM sqlite_master WHERE type = 'trigger'"
    )
    with connection.cursor() as cursor:
        cursor.execute(query)
        names = {row[0] for row in cursor.fetchall()}
    wanted = _suffixes(connection.vendor)
    tables = {m._meta.db_table for m in append_only_models()}
    return {t for t in tables if all(f"{t}_{s}" in names for s in wanted)}


def install_for_app(sender: AppConfig, using: str = "default", **_: Any) -> None:
    """`post_migrate` handler: the triggers of one app's tables, if its tables exist."""
    connection = connections[using]
    wanted = [m._meta.db_table for m in append_only_models([sender])]
    if not wanted:
        return
    existing = set(connection.introspection.table_names())
    install(connection, [t for t in wanted if t in existing])


def _suffixes(vendor: str) -> list[str]:
    if vendor == "postgresql":
        return ["no_change", "no_truncate"]
    return ["no_update", "no_delete", "no_replace"]


def _creation(vendor: str, table: str) -> list[str]:
    if vendor == "postgresql":
        return [
            f'CREATE OR REPLACE TRIGGER "{table}_no_change" BEFORE UPDATE OR DELETE ON "{table}" '
            "FOR EACH ROW EXECUTE FUNCTION golive_append_only()",
            f'CREATE OR REPLACE TRIGGER "{table}_no_truncate" BEFORE TRUNCATE ON "{table}" '
            "FOR EACH STATEMENT EXECUTE FUNCTION golive_append_only()",
        ]
    refuse = f"BEGIN SELECT RAISE(ABORT, '{MESSAGE}: {table} is never changed'); END"
    # INSERT OR REPLACE would delete the old row without firing the DELETE trigger.
    # The names are those of our own models: nothing here was typed by anybody.
    replace = f'WHEN EXISTS (SELECT 1 FROM "{table}" WHERE rowid = NEW.rowid)'  # noqa: S608
    return [
        f'CREATE TRIGGER IF NOT EXISTS "{table}_no_update" BEFORE UPDATE ON "{table}" {refuse}',
        f'CREATE TRIGGER IF NOT EXISTS "{table}_no_delete" BEFORE DELETE ON "{table}" {refuse}',
        f'CREATE TRIGGER IF NOT EXISTS "{table}_no_replace" BEFORE INSERT ON "{table}" '
        f"{replace} {refuse}",
    ]
