"""Who may be signed in."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.backends import ModelBackend

from schools.models import User


class WhoIsHere(ModelBackend):
    """E-mail and password, until the last day. Asked again at every page, so an open session ends
    with the day as well (R-021)."""

    def user_can_authenticate(self, user: Any) -> bool:
        """Not closed, and the last day not over."""
        return isinstance(user, User) and user.is_here
