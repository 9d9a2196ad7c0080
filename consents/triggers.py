"""Triggers that note each change of a school's names, classes or roll, on both databases.

In the transaction of the change, whoever makes it: a page, an import, a bulk update, plain SQL.
They never wait for another transaction: on PostgreSQL each one clears what nobody else holds and
adds a number of its own.
"""

from __future__ import annotations

from typing import Any

from django.apps import AppConfig
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models.signals import post_migrate

from consents.models import Child, RosterChange

# What a name is found by, and what a finding tells of the pupil.
NAMED_BY = (
    "school_id",
    "first_name",
    "surname",
    "preferred_first_name",
    "preferred_surname",
    "nicknames",
    "form",
    "left_on",
)
_TOKENS = 2**40
_CHILD = Child._meta.db_table
_CHANGE = RosterChange._meta.db_table
_EVENTS = ("insert", "update", "delete")


def install(connection: BaseDatabaseWrapper) -> None:
    """Put the triggers on the table of pupils. Harmless when they are there already."""
    statements = _postgres() if connection.vendor == "postgresql" else _sqlite()
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def install_after_migrate(sender: AppConfig, using: str = "default", **_: Any) -> None:
    """`post_migrate` handler: SQLite loses triggers when Django rebuilds a table."""
    connection = connections[using]
    if sender.name == "consents" and _CHANGE in connection.introspection.table_names():
        install(connection)


def remove(connection: BaseDatabaseWrapper) -> None:
    """Take the triggers away. For tests that must empty tables; never called by the program."""
    with connection.cursor() as cursor:
        for event in _EVENTS:
            on = f' ON "{_CHILD}"' if connection.vendor == "postgresql" else ""
            cursor.execute(f'DROP TRIGGER IF EXISTS "{_CHILD}_roster_{event}"{on}')


# Every name in these statements is one of our own tables or columns.
def _sqlite() -> list[str]:
    renew = (
        f'DELETE FROM "{_CHANGE}" WHERE school_id = {{row}}.school_id; '  # noqa: S608
        f'INSERT INTO "{_CHANGE}" (school_id, token) '
        f"VALUES ({{row}}.school_id, abs(random() % {_TOKENS}));"
    )
    new, old = renew.format(row="NEW"), renew.format(row="OLD")
    differs = " OR ".join(f"OLD.{name} IS NOT NEW.{name}" for name in NAMED_BY)
    does = {
        "insert": f'AFTER INSERT ON "{_CHILD}" BEGIN {new} END',
        "update": f'AFTER UPDATE ON "{_CHILD}" WHEN {differs} BEGIN {old} {new} END',
        "delete": f'AFTER DELETE ON "{_CHILD}" BEGIN {old} END',
    }
    return [f'CREATE TRIGGER IF NOT EXISTS "{_CHILD}_roster_{e}" {does[e]}' for e in _EVENTS]


def _postgres() -> list[str]:
    then = ", ".join(f"o.{name}" for name in NAMED_BY)
    now = ", ".join(f"n.{name}" for name in NAMED_BY)
    schools = {
        "insert": "SELECT school_id FROM new_rows",
        "delete": "SELECT school_id FROM old_rows",
        "update": "SELECT unnest(ARRAY[o.school_id, n.school_id]) AS school_id "  # noqa: S608
        f"FROM new_rows n JOIN old_rows o USING (id) WHERE ({then}) IS DISTINCT FROM ({now})",
    }
    rows = {
        "insert": "NEW TABLE AS new_rows",
        "delete": "OLD TABLE AS old_rows",
        "update": "OLD TABLE AS old_rows NEW TABLE AS new_rows",
    }
    made = []
    for event in _EVENTS:
        name = f"golive_roster_{event}"
        made.append(_POSTGRES_FUNCTION.format(name=name, schools=schools[event]))
        made.append(
            f'CREATE OR REPLACE TRIGGER "{_CHILD}_roster_{event}" AFTER {event} ON "{_CHILD}" '
            f"REFERENCING {rows[event]} FOR EACH STATEMENT EXECUTE FUNCTION {name}()"
        )
    return made


_POSTGRES_FUNCTION = f"""
CREATE OR REPLACE FUNCTION {{name}}() RETURNS trigger AS $body$
DECLARE changed bigint;
BEGIN
  FOR changed IN SELECT DISTINCT s.school_id FROM ({{schools}}) s LOOP
    DELETE FROM "{_CHANGE}" WHERE id IN (
      SELECT id FROM "{_CHANGE}" WHERE school_id = changed FOR UPDATE SKIP LOCKED);
    INSERT INTO "{_CHANGE}" (school_id, token)
      VALUES (changed, floor(random() * {_TOKENS})::bigint);
  END LOOP;
  RETURN NULL;
END
$body$ LANGUAGE plpgsql;
"""  # noqa: S608

post_migrate.connect(install_after_migrate, dispatch_uid="consents.triggers")
