"""What must be right before anything starts, said in words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from cryptography.fernet import Fernet
from django.apps import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags
from django.core.checks import register as register_check
from django.core.exceptions import ImproperlyConfigured

_IDS = {
    "SECRET_KEY": "golive.E001",
    "GOLIVE_SECRET_KEYS": "golive.E002",
    "DATABASE_URL": "golive.E003",
    "REDIS_URL": "golive.E004",
    "ALLOWED_HOSTS": "golive.E005",
    "PUBLIC_URL": "golive.E006",
    "EMAIL_URL": "golive.E007",
}
_HINT = "See .env.example. To look around without any of it: ./run demo"


def production_is_complete(
    app_configs: Sequence[AppConfig] | None = None, **_: Any
) -> list[CheckMessage]:
    """One error for each thing production needs and has not got (golive.E001 to E007)."""
    return [Error(text, hint=_HINT, id=_IDS[name]) for name, text in settings.GOLIVE_MISSING]


def production_is_sound(
    app_configs: Sequence[AppConfig] | None = None, **_: Any
) -> list[CheckMessage]:
    """Values that are there and cannot be right (golive.E010 to E013)."""
    found: list[CheckMessage] = []
    if not all(_is_fernet_key(key) for key in settings.GOLIVE_SECRET_KEYS):
        found.append(
            Error("GOLIVE_SECRET_KEYS holds something that is no Fernet key.", id="golive.E010")
        )
    if not settings.PRODUCTION or settings.GOLIVE_MISSING:
        return found
    if not settings.PUBLIC_URL.startswith("https://"):
        found.append(Error("PUBLIC_URL must begin with https://.", id="golive.E011"))
    if settings.DATABASES["default"]["ENGINE"].endswith("sqlite3"):
        found.append(Error("Production needs PostgreSQL, not SQLite.", id="golive.E012"))
    if not settings.CELERY_BROKER_URL.startswith(("redis://", "rediss://", "unix://")):
        found.append(Error("REDIS_URL must begin with redis://.", id="golive.E013"))
    return found


def schools_clock_is_known(
    app_configs: Sequence[AppConfig] | None = None, **_: Any
) -> list[CheckMessage]:
    """Without zone data no page could say when (golive.E014, failure 23)."""
    try:
        ZoneInfo(settings.TIME_ZONE)
    except ZoneInfoNotFoundError:
        lacks = (
            f"This machine does not know the time in {settings.TIME_ZONE}: it has no time zone "
            "data. Install the system’s package tzdata, or Python’s of the same name."
        )
        return [Error(lacks, id="golive.E014")]
    return []


def refuse_if_incomplete() -> None:
    """Stop a web or worker process that lacks something; commands run the checks by themselves."""
    wrong = [*production_is_complete(), *production_is_sound(), *schools_clock_is_known()]
    if wrong:
        lines = "\n".join(f"  {message.id}: {message.msg}" for message in wrong)
        raise ImproperlyConfigured(f"GoLive cannot start:\n{lines}\n{_HINT}")


def register() -> None:
    """Called once, when the config app is ready."""
    register_check(production_is_complete, Tags.security)
    register_check(production_is_sound, Tags.security)
    register_check(schools_clock_is_known)


def _is_fernet_key(key: str) -> bool:
    try:
        Fernet(key)
    except ValueError:
        return False
    return True
