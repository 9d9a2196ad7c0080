"""A version takes effect: one is in force at a time, and what hangs on it changes with it."""

from __future__ import annotations

from collections.abc import Callable

from django.db import transaction
from django.utils import timezone

from audit.actions import record
from policy.models import PolicyVersion
from policy.terms import Terms
from schools.actions import set_approvers
from schools.models import User

Follow = Callable[[PolicyVersion], None]
_FOLLOWS: list[Follow] = []


def sign_up(follow: Follow) -> Follow:
    """Decorates what a later room does in the same transaction when a version takes effect."""
    _FOLLOWS.append(follow)
    return follow


@transaction.atomic
def put_in_force(version: PolicyVersion, *, by: User | None) -> bool:
    """From now on this version counts: approvers, purposes of drafts, everything that reads the
    rulebook. False when it does already. Whether it may take effect is asked before."""
    before = PolicyVersion.objects.select_for_update().filter(in_force=True).first()
    if before == version:
        return False
    PolicyVersion.objects.filter(in_force=True).update(in_force=False)
    version.in_force, version.in_force_since = True, timezone.now()
    version.save(update_fields=["in_force", "in_force_since"])
    set_approvers(roles=Terms.read(version.terms).approver_roles, by=by)
    for follow in _FOLLOWS:
        follow(version)
    record("policy.in_force", version, by=by, policy=version.key, number=version.number)
    return True
