"""Secrets at rest: MultiFernet with keys from the environment, newest first, so keys can rotate."""

from __future__ import annotations

from typing import Any

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.db import models


class Unreadable(str):
    """A secret whose key is no longer in GOLIVE_SECRET_KEYS, as it is stored. Reading a row must
    not fail because of it; only who needs the secret is told, and saving the row keeps it."""


def _box() -> MultiFernet:
    return MultiFernet([Fernet(key) for key in settings.GOLIVE_SECRET_KEYS])


class EncryptedTextField(models.TextField):
    """Text that is only ever stored encrypted. It cannot be searched or sorted."""

    def get_prep_value(self, value: Any) -> Any:
        """Encrypt on the way in; empty stays empty."""
        if isinstance(value, Unreadable):
            return str(value)
        return _box().encrypt(str(value).encode()).decode() if value else ""

    def from_db_value(self, value: str | None, *_: Any) -> str:
        """Decrypt on the way out; `Unreadable` when no key fits."""
        if not value:
            return ""
        try:
            return _box().decrypt(value.encode()).decode()
        except InvalidToken:
            return Unreadable(value)
