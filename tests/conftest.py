"""What every test has: a place of its own (plugins) and the named people (cast)."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.db import connection
from pytest_django import DjangoDbBlocker

pytest_plugins = [
    "tests.plugins.isolation",
    "tests.plugins.optional",
    "tests.plugins.browser",
    "tests.plugins.eyes",
    "tests.servers.website",
    "tests.cast",
]


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """A browser can leave a request half way, and its thread a session that nobody ends: PostgreSQL
    would not let the database of the run go."""
    yield
    if connection.vendor == "postgresql":
        with django_db_blocker.unblock(), connection.cursor() as cursor:
            cursor.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
