"""How accounts are made and found."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib.auth.models import BaseUserManager

if TYPE_CHECKING:
    from schools.models.people import User


class UserManager(BaseUserManager["User"]):
    """Makes people. There is no self-registration: somebody entitled invites."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> User:
        """A person with a lower-case address; without a password they cannot sign in yet."""
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> User:
        """For `manage.py createsuperuser`. They may open the admin; no role comes with it."""
        fields.update(is_staff=True, is_superuser=True)
        return self.create_user(email, password, **fields)

    def get_by_natural_key(self, username: str | None) -> User:
        """Sign-in ignores the case of the address."""
        return self.get(email=(username or "").lower())
