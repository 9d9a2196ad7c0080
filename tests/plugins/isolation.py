"""Every test run has files, keys and a database of its own, and leaves nothing behind."""

from __future__ import annotations

import shutil
from collections.abc import Iterator

import pytest
from django.conf import settings
from django.db import connection, transaction
from django.test import TransactionTestCase
from hypothesis import settings as hypothesis_settings

from audit import triggers
from consents import triggers as roster_triggers


def pytest_configure(config: pytest.Config) -> None:
    """Hashing a password takes Argon2 a tenth of a second on purpose; tests do not need that."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    # A busy machine is not a bug: examples have no time limit of their own.
    hypothesis_settings.register_profile("golive", deadline=None, print_blob=True)
    hypothesis_settings.load_profile("golive")
    # All migrations, in order, take most of a minute. On PostgreSQL, and where the demo is tried,
    # they are really walked; here the tables are made from the models they add up to.
    if connection.vendor == "sqlite":
        config.option.nomigrations = True


def pytest_unconfigure(config: pytest.Config) -> None:
    """The data directory of a test run is a temporary one (`config.environment.data_dir`)."""
    if settings.TESTING:
        shutil.rmtree(settings.GOLIVE_DATA_DIR, ignore_errors=True)


@pytest.fixture(autouse=True)
def _let_flush_empty_history(request: pytest.FixtureRequest) -> Iterator[None]:
    """A transactional test ends by emptying every table, which append-only triggers refuse and
    those of the roster take for pupils leaving.

    They are taken away just before; the flush itself puts them back (`post_migrate`).
    """
    marker = request.node.get_closest_marker("django_db")
    by_marker = marker is not None and bool(marker.kwargs.get("transaction"))
    if not (by_marker or {"transactional_db", "live_server"} & set(request.fixturenames)):
        yield
        return
    request.getfixturevalue("transactional_db")
    yield
    if _may_pass_triggers():
        return
    triggers.remove(connection, [m._meta.db_table for m in triggers.append_only_models()])
    roster_triggers.remove(connection)


def _may_pass_triggers() -> bool:
    """May whoever runs the tests write without triggers and foreign keys? On PostgreSQL a
    superuser may, as in CI."""
    if connection.vendor != "postgresql":
        return False
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('is_superuser') = 'on'")
        return bool(cursor.fetchone()[0])


_flush = TransactionTestCase._fixture_teardown  # type: ignore[attr-defined]
# Made by migrating, and read by everybody.
_STAY = {"django_migrations", "django_content_type", "auth_permission"}


def _empty(case: TransactionTestCase) -> None:
    """Empties what holds something, and leaves content types as they are: to cut off all hundred
    tables and make those anew takes half a second, which is more than most journeys walk."""
    if not _may_pass_triggers():
        _flush(case)
        return
    names = sorted(set(connection.introspection.django_table_names(only_existing=True)) - _STAY)
    asked = " UNION ALL ".join(
        f"SELECT {n} WHERE EXISTS (SELECT 1 FROM {connection.ops.quote_name(name)})"  # noqa: S608
        for n, name in enumerate(names)
    )
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute(asked)
        for (n,) in cursor.fetchall():
            cursor.execute(f"DELETE FROM {connection.ops.quote_name(names[n])}")  # noqa: S608


TransactionTestCase._fixture_teardown = _empty  # type: ignore[attr-defined]
