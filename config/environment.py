"""Reads the environment: pure functions from strings to settings, and what production lacks."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from cryptography.fernet import Fernet
from django.core.exceptions import ImproperlyConfigured
from django.core.management.utils import get_random_secret_key

# Any of these set means: somebody is running an installation of their own, not the demo.
_SIGNS_OF_PRODUCTION = ("SECRET_KEY", "DATABASE_URL", "REDIS_URL", "ALLOWED_HOSTS", "DEBUG")

# SQLite's default (deferred) transactions answer "database is locked" as soon as two processes
# read and then write; IMMEDIATE with WAL does not. Busy timeout in milliseconds.
_SQLITE_OPTIONS = {
    "timeout": 20,
    "transaction_mode": "IMMEDIATE",
    "init_command": (
        "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA busy_timeout=20000;"
    ),
}

_NEEDED = {
    "SECRET_KEY": "SECRET_KEY is missing: a long random text that signs sessions and links.",
    "GOLIVE_SECRET_KEYS": (
        "GOLIVE_SECRET_KEYS is missing: one or more Fernet keys, newest first, separated by "
        "commas. They lock the passwords of your channels."
    ),
    "DATABASE_URL": (
        "DATABASE_URL is missing: where PostgreSQL is, as postgres://user:password@host/name."
    ),
    "REDIS_URL": "REDIS_URL is missing: where Redis is, as redis://host:6379/0.",
    "ALLOWED_HOSTS": "ALLOWED_HOSTS is missing: the host names you serve, separated by commas.",
    "PUBLIC_URL": "PUBLIC_URL is missing: your address as people type it, https://… .",
    "EMAIL_URL": "EMAIL_URL is missing: your mail server, as smtp://user:password@host:587?tls=1.",
}


def default_to_demo() -> None:
    """Without any sign of production, this process belongs to the demo."""
    if not any(os.environ.get(name) for name in _SIGNS_OF_PRODUCTION):
        os.environ.setdefault("GOLIVE_DEMO", "1")


def flag(name: str, *, default: bool = False) -> bool:
    """A yes or no from the environment."""
    value = os.environ.get(name, "").strip().lower()
    if not value:
        return default
    if value in {"1", "true", "yes", "on"}:
        return True
    if value in {"0", "false", "no", "off"}:
        return False
    raise ImproperlyConfigured(f"{name} must be 1 or 0.")


def listed(name: str) -> list[str]:
    """Values separated by commas; empty ones dropped."""
    return [part.strip() for part in os.environ.get(name, "").split(",") if part.strip()]


def missing(environ: Mapping[str, str]) -> list[tuple[str, str]]:
    """What production needs and has not got: pairs of name and a sentence."""
    return [(name, text) for name, text in _NEEDED.items() if not environ.get(name, "").strip()]


def data_dir(base: Path, *, passing: bool) -> Path:
    """Where photos, the SQLite file and kept secrets lie; tests get a place of their own."""
    if passing:
        return Path(tempfile.mkdtemp(prefix="golive-test-"))
    return Path(os.environ.get("GOLIVE_DATA_DIR") or base / "var").resolve()


def made(directory: Path) -> Path:
    """The same directory, which now exists."""
    directory.mkdir(parents=True, exist_ok=True)
    return directory


def database(url: str, data_dir: Path) -> dict[str, Any]:
    """Django's dictionary for `sqlite:///path` or `postgres://…`; empty means SQLite in the data
    directory. A socket: `postgres:///name?host=/run/postgresql`."""
    if not url:
        return _sqlite(str(data_dir / "golive.sqlite3"))
    parts = urlsplit(url)
    if parts.scheme == "sqlite":
        return _sqlite(unquote(parts.path.removeprefix("/")))
    if parts.scheme not in {"postgres", "postgresql"}:
        raise ImproperlyConfigured("DATABASE_URL must begin with postgres:// or sqlite:///.")
    options = {key: values[-1] for key, values in parse_qs(parts.query).items()}
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.removeprefix("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": options.pop("host", "") or parts.hostname or "",
        "PORT": options.pop("port", "") or str(parts.port or ""),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": options,
    }


def _sqlite(name: str) -> dict[str, Any]:
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": name,
        "OPTIONS": dict(_SQLITE_OPTIONS),
        # A file, as in the demo: threads of a live server then have connections of their own.
        "TEST": {"NAME": f"{name}-test"},
    }


def mail(url: str, data_dir: Path) -> dict[str, Any]:
    """Django's EMAIL_* settings for `smtp://user:password@host:port?tls=1`, `smtps://…` or
    `file:///directory`; empty means files in the data directory."""
    parts = urlsplit(url)
    if parts.scheme in {"", "file"}:
        return {
            "EMAIL_BACKEND": "django.core.mail.backends.filebased.EmailBackend",
            "EMAIL_FILE_PATH": unquote(parts.path) or str(data_dir / "mail"),
        }
    if parts.scheme not in {"smtp", "smtps"}:
        raise ImproperlyConfigured("EMAIL_URL must begin with smtp://, smtps:// or file://.")
    ssl = parts.scheme == "smtps"
    return {
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "EMAIL_HOST": parts.hostname or "localhost",
        "EMAIL_PORT": parts.port or (465 if ssl else 25),
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_SSL": ssl,
        "EMAIL_USE_TLS": not ssl and parse_qs(parts.query).get("tls") == ["1"],
        "EMAIL_TIMEOUT": 20,
    }


def kept(path: Path, made: str) -> str:
    """A secret kept in a private file, written once. For the demo; production brings its own."""
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        with os.fdopen(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "w") as file:
            file.write(made)
    except FileExistsError:
        return path.read_text().strip()
    return made


def signing_key(data_dir: Path, *, demo: bool, passing: bool) -> str:
    """SECRET_KEY from the environment; the demo keeps one of its own, tests take a passing one."""
    given = os.environ.get("SECRET_KEY", "")
    if given or not (demo or passing):
        return given
    made = get_random_secret_key()
    return made if passing else kept(data_dir / "signing-key", made)


def secret_keys(data_dir: Path, *, demo: bool, passing: bool) -> list[str]:
    """Fernet keys, newest first; the demo keeps one of its own, tests take a passing one."""
    given = listed("GOLIVE_SECRET_KEYS")
    if given or not (demo or passing):
        return given
    made = Fernet.generate_key().decode()
    return [made if passing else kept(data_dir / "secret-key", made)]
