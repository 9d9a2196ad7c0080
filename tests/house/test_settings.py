"""The environment switches parts, and production starts only with everything it needs."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from cryptography.fernet import Fernet
from django.core.exceptions import ImproperlyConfigured

from config import environment
from tests.house.files import ROOT

COMPLETE = {
    "GOLIVE_DEMO": "0",
    "SECRET_KEY": "a-signing-key-for-this-test-only-" + "x7Qz" * 12,
    "GOLIVE_SECRET_KEYS": Fernet.generate_key().decode(),
    "DATABASE_URL": "postgres://golive@localhost/golive",
    "REDIS_URL": "redis://localhost:6379/0",
    "ALLOWED_HOSTS": "golive.example",
    "PUBLIC_URL": "https://golive.example",
    "EMAIL_URL": "smtp://localhost:25",
}


def _run(code: list[str], environ: dict[str, str], data: Path) -> subprocess.CompletedProcess[str]:
    base = {"PATH": os.environ["PATH"], "GOLIVE_DATA_DIR": str(data)}
    return subprocess.run(
        [sys.executable, *code],
        cwd=ROOT,
        env=base | environ,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


def test_production_says_in_words_everything_it_lacks(tmp_path: Path) -> None:
    told = _run(["manage.py", "check"], {"GOLIVE_DEMO": "0"}, tmp_path)
    assert told.returncode != 0
    for name in COMPLETE.keys() - {"GOLIVE_DEMO"}:
        assert f"{name} is missing" in told.stderr


@pytest.mark.parametrize(
    "entrance",
    [
        "import config.wsgi",
        "from config.celery import app as a; "
        "from celery.signals import worker_init; worker_init.send(sender=a)",
    ],
)
def test_no_process_of_production_starts_without(entrance: str, tmp_path: Path) -> None:
    told = _run(["-c", entrance], {"GOLIVE_DEMO": "0"}, tmp_path)
    assert told.returncode != 0
    assert "GoLive cannot start" in told.stderr


def test_production_with_everything_passes_the_deployment_check(tmp_path: Path) -> None:
    command = ["manage.py", "check", "--deploy", "--fail-level", "WARNING"]
    told = _run(command, COMPLETE, tmp_path)
    assert told.returncode == 0, told.stderr


def test_production_refuses_sqlite(tmp_path: Path) -> None:
    told = _run(["manage.py", "check"], COMPLETE | {"DATABASE_URL": "sqlite:///x.db"}, tmp_path)
    assert "golive.E012" in told.stderr


def test_with_nothing_set_the_command_line_belongs_to_the_demo(tmp_path: Path) -> None:
    told = _run(["manage.py", "check"], {}, tmp_path)
    assert told.returncode == 0, told.stderr


def test_the_demo_keeps_its_keys_between_two_starts(tmp_path: Path) -> None:
    first = environment.secret_keys(tmp_path, demo=True, passing=False)
    assert environment.secret_keys(tmp_path, demo=True, passing=False) == first


def test_a_kept_key_is_for_its_owner_only(tmp_path: Path) -> None:
    environment.kept(tmp_path / "key", "secret")
    assert (tmp_path / "key").stat().st_mode & 0o077 == 0


def test_postgres_is_found_by_address_or_socket(tmp_path: Path) -> None:
    by_address = environment.database("postgres://a%40b:p%2Fw@db:5433/golive", tmp_path)
    assert (by_address["USER"], by_address["PASSWORD"]) == ("a@b", "p/w")
    assert (by_address["HOST"], by_address["PORT"], by_address["NAME"]) == ("db", "5433", "golive")
    by_socket = environment.database("postgres:///golive?host=/run/postgresql", tmp_path)
    assert by_socket["HOST"] == "/run/postgresql"
    assert by_socket["OPTIONS"] == {}


def test_sqlite_takes_the_write_lock_at_once(tmp_path: Path) -> None:
    options = environment.database("", tmp_path)["OPTIONS"]
    assert options["transaction_mode"] == "IMMEDIATE"
    assert "journal_mode=WAL" in options["init_command"]


def test_an_unknown_database_is_refused_in_words(tmp_path: Path) -> None:
    with pytest.raises(ImproperlyConfigured, match="must begin with postgres"):
        environment.database("mysql://x/y", tmp_path)


def test_mail_goes_to_files_until_a_server_is_named(tmp_path: Path) -> None:
    assert "filebased" in environment.mail("", tmp_path)["EMAIL_BACKEND"]
    named = environment.mail("smtp://u:p@mail.example:587?tls=1", tmp_path)
    assert (named["EMAIL_HOST"], named["EMAIL_PORT"], named["EMAIL_USE_TLS"]) == (
        "mail.example",
        587,
        True,
    )


def test_a_half_word_is_no_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GOLIVE_DEMO", "perhaps")
    with pytest.raises(ImproperlyConfigured):
        environment.flag("GOLIVE_DEMO")
