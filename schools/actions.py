"""Verbs about people: grant and end roles, tell people things, note that a beat task ran."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from audit.actions import record
from schools import rules
from schools.errors import must
from schools.models import ApproverRole, Heartbeat, Notice, School, StaffRole, User
from schools.roles import Role


@transaction.atomic
def grant_role(
    *,
    user: User,
    role: Role,
    school: School | None,
    by: User | None,
    starts: date | None = None,
    ends: date | None = None,
) -> StaffRole:
    """Give a dated role. `school=None` means every school of the trust.

    `by=None` is the installation itself, before anybody can sign: `manage.py setup` and the demo.
    Raises `NotAllowed`.
    """
    if by is not None:
        # Two who press at once: the second looks after the first is done.
        User.objects.select_for_update().filter(pk=user.pk).first()
        days = {"starts": starts, "ends": ends}
        must(rules.may_grant(by, user=user, role=role, school=school, **days))
    granted = StaffRole.objects.create(
        user=user,
        role=role,
        school=school,
        starts=starts or timezone.localdate(),
        ends=ends,
        granted_by=by,
    )
    record("role.granted", granted, by=by, role=role.value, user=user.pk)
    return granted


@transaction.atomic
def end_role(*, role: StaffRole, by: User) -> bool:
    """Take a role away, at once; False when it had ended already. Raises `NotAllowed`."""
    must(rules.may_end(by, role))
    now = timezone.now()
    if not StaffRole.objects.filter(pk=role.pk, ended_at=None).update(ended_at=now):
        return False
    role.ended_at = now
    record("role.ended", role, by=by, role=role.role, user=role.user_id)
    return True


@transaction.atomic
def set_approvers(*, roles: Iterable[Role], by: User | None) -> None:
    """From now on these roles confirm posts, and their dated deputies (R-172).

    Only for putting a policy into force, whose words these are. Nobody gains or loses a role.
    """
    wanted = {role.value for role in roles} | {Role.DEPUTY.value}
    before = set(ApproverRole.objects.select_for_update().values_list("role", flat=True))
    if wanted == before:
        return
    ApproverRole.objects.exclude(role__in=wanted).delete()
    ApproverRole.objects.bulk_create([ApproverRole(role=role) for role in sorted(wanted - before)])
    deputy = ApproverRole.objects.get(role=Role.DEPUTY)
    record("approvers.changed", deputy, by=by, roles=sorted(wanted))


def tell(users: list[User], *, subject: str, body: str, path: str = "") -> list[Notice]:
    """Put a notice into each person's outbox, in the caller's transaction.

    Never put a child's name in `subject`. Sending happens later and cannot fail the caller.
    """
    # A heading can be the first lines of a text, and a mail's subject is one line.
    subject = " ".join(subject.split())[:200]
    seen: dict[int, User] = {user.pk: user for user in users if user.is_active}
    return Notice.objects.bulk_create(
        [Notice(user=u, subject=subject, body=body, path=path) for u in seen.values()]
    )


def beat(name: str, *, at: datetime | None = None) -> None:
    """Note that a recurring task ran, now or at its own moment."""
    Heartbeat.objects.update_or_create(name=name, defaults={"at": at or timezone.now()})
