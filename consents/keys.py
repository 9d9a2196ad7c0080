"""The secret of a personal link: long and random, and kept only as a hash."""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime, timedelta
from typing import TypedDict

from django.conf import settings
from django.utils import timezone


class Kept(TypedDict):
    """What a row keeps of a link."""

    sha256: str
    made_at: datetime
    expires_at: datetime


def made() -> tuple[str, Kept]:
    """A new secret, which is never seen again, and what is kept of it."""
    secret, now = secrets.token_urlsafe(32), timezone.now()
    ends = now + timedelta(days=settings.GOLIVE_LINK_DAYS)
    return secret, Kept(sha256=hashed(secret), made_at=now, expires_at=ends)


def hashed(secret: str) -> str:
    """As it is kept, and looked for."""
    return hashlib.sha256(secret.encode()).hexdigest()
