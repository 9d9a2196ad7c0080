"""Every test run has files, keys and a database of its own, and leaves nothing behind."""

from __future__ import annotations

import shutil
from collections.abc import Iterator

import pytest
from django.conf import settings
from django.db import connection
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
    triggers.remove(connection, [m._meta.db_table for m in triggers.append_only_models()])
    roster_triggers.remove(connection)
