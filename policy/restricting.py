"""Verbs: a Head lays something down for one person, and lifts it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from audit.actions import record
from policy import guiding
from policy.models.people import Restriction
from schools.actions import tell
from schools.errors import NotAllowed, must
from schools.models import School, User


@transaction.atomic
def restrict(
    *,
    user: User,
    school: School,
    by: User,
    reason: str,
    platforms: Sequence[str] | None = None,
    purposes: Sequence[str] | None = None,
    may_schedule: bool = True,
    extra_approver: User | None = None,
    until: date | None = None,
) -> Restriction:
    """What counts from now on for this person's posts at this school, in place of what was laid
    down before (R-057). Null lists allow everything; the person is told. Raises `NotAllowed`."""
    must(guiding.may_restrict(by, user, school))
    if until is not None and until < timezone.localdate():
        raise NotAllowed("The last day has passed. Choose today or a later day.")
    if not reason.strip():
        raise NotAllowed("Say why in a few words: the person reads it.")
    if extra_approver is not None:
        able = guiding.extra_approvers(school, user, by).filter(pk=extra_approver.pk)
        must([] if able.exists() else [f"{extra_approver.name} cannot say yes as well here."])
    if platforms is None and purposes is None and may_schedule and extra_approver is None:
        raise NotAllowed("That leaves everything open. Choose what is restricted.")
    _lift_all(user, school, by)
    made = Restriction.objects.create(
        user=user,
        school=school,
        platforms=None if platforms is None else sorted(platforms),
        purposes=None if purposes is None else sorted(purposes),
        may_schedule=may_schedule,
        extra_approver=extra_approver,
        until=until,
        reason=reason.strip()[:500],
        set_by=by,
    )
    record("restriction.set", made, by=by, user=user.pk)
    tell(
        [user],
        subject="What you may post has changed",
        body=f"{by.name} laid something down for your posts at {school.name}. What it is, and why, "
        "stands on your page.",
        path=reverse("policy:own"),
    )
    return made


@transaction.atomic
def lift(*, restriction: Restriction, by: User) -> bool:
    """It counts no longer; False when it had been lifted already. Raises `NotAllowed`."""
    must(guiding.may_restrict(by, restriction.user, restriction.school))
    lifted = _lift_all(restriction.user, restriction.school, by)
    if lifted:
        record("restriction.lifted", restriction, by=by, user=restriction.user_id)
    return lifted


def _lift_all(user: User, school: School, by: User) -> bool:
    standing = Restriction.objects.filter(user=user, school=school, lifted_at=None)
    return bool(standing.update(lifted_at=timezone.now(), lifted_by=by))
