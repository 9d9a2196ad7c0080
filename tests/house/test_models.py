"""What a field is called says what it holds."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.db import connection, models

from audit import triggers
from tests.house.files import ROOMS, ROOT

OURS = [m for m in apps.get_models(include_auto_created=True) if m._meta.app_label in ROOMS]
FIELDS: list[tuple[str, Any]] = [
    (f"{model._meta.label}.{field.name}", field)
    for model in OURS
    for field in model._meta.concrete_fields
]


# English is not always regular: what a Head looked at, not when.
NOT_A_MOMENT = {"approvals.ApprovalDecision.looked_at"}


def test_what_ends_in_at_is_a_moment() -> None:
    at = [(n, f) for n, f in FIELDS if n.endswith("_at") and n not in NOT_A_MOMENT]
    assert [n for n, f in at if not isinstance(f, models.DateTimeField)] == []


def test_a_day_is_never_called_a_moment() -> None:
    days = [(n, f) for n, f in FIELDS if type(f) is models.DateField]
    assert [n for n, _ in days if n.endswith("_at")] == []


def test_what_ends_in_by_is_a_person() -> None:
    by = [(n, f) for n, f in FIELDS if n.endswith("_by")]
    assert [
        n
        for n, f in by
        if f.is_relation and f.related_model._meta.app_label not in {"schools", "consents"}
    ] == []


def test_no_migration_is_missing(tmp_path: Path) -> None:
    # A process of its own: the tests' own database may know no migrations.
    asked = subprocess.run(
        [sys.executable, "manage.py", "makemigrations", "--check", "--dry-run"],
        cwd=ROOT,
        env={
            "PATH": os.environ["PATH"],
            "GOLIVE_DEMO": "1",
            "GOLIVE_DATA_DIR": str(tmp_path),
        },
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert asked.returncode == 0, asked.stdout + asked.stderr
    assert "No changes" in asked.stdout


@pytest.mark.django_db
def test_every_append_only_table_is_guarded() -> None:
    tables = {m._meta.db_table for m in triggers.append_only_models()}
    assert tables
    assert triggers.installed(connection) == tables


@pytest.mark.django_db(transaction=True)
def test_emptying_the_tables_puts_the_guards_back() -> None:
    tables = {m._meta.db_table for m in triggers.append_only_models()}
    triggers.remove(connection, tables)
    assert triggers.installed(connection) == set()
    call_command("flush", interactive=False, verbosity=0)
    assert triggers.installed(connection) == tables


def test_people_are_our_own_model() -> None:
    assert settings.AUTH_USER_MODEL == "schools.User"
