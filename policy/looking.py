"""The verb of looking at what another person did: the look is itself written down (R-050)."""

from __future__ import annotations

from django.db import transaction

from audit.actions import record
from schools.errors import must
from schools.models import User
from schools.roles import Permission


@transaction.atomic
def open_activity(*, of: User, by: User) -> None:
    """Keep that `by` looked at what this person did. Raises `NotAllowed`."""
    may = by.may_for_trust(Permission.ACTIVITY_READ)
    must([] if may else ["This is for the roles that the policy names."])
    record("activity.opened", of, by=by)
