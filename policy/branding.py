"""Verbs about what pictures may show: logos the Headteacher permits in writing, and faces."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from audit.actions import record
from policy.models import Logo, Platform
from schools.errors import NotAllowed
from schools.models import School, User
from schools.roles import Permission


@transaction.atomic
def permit(*, name: str, permission: str, school: School | None, by: User) -> Logo:
    """Put a logo into the library. The permission is dated by this press."""
    _must_head(school, by)
    if not name.strip():
        raise NotAllowed("Say which logo it is.")
    if not permission.strip():
        raise NotAllowed("Write what you permit: it is the written permission.")
    logo = Logo.objects.create(
        name=name.strip(), permission=permission.strip(), school=school, permitted_by=by
    )
    record("logo.permitted", logo, by=by)
    return logo


@transaction.atomic
def end(*, logo: Logo, by: User) -> bool:
    """Posts not yet sent cannot show it any more. False when it had ended already."""
    _must_head(logo.school, by)
    ended = Logo.objects.filter(pk=logo.pk, ended_at=None).update(
        ended_at=timezone.now(), ended_by=by
    )
    if ended:
        record("logo.ended", logo, by=by)
    return bool(ended)


def _must_head(school: School | None, by: User) -> None:
    may = (
        by.may(Permission.BRAND_PERMIT, school)
        if school
        else by.may_for_trust(Permission.BRAND_PERMIT)
    )
    if not may:
        raise NotAllowed("Only the Headteacher permits the use of a logo.")


@transaction.atomic
def set_faces(*, levels: dict[int, str], by: User) -> int:
    """How clearly faces may be seen, by platform (R-156). Returns how many platforms changed."""
    if not by.may_for_trust(Permission.POLICY_EDIT):
        raise NotAllowed("Only whoever looks after the policy decides this.")
    changed = 0
    for platform in Platform.objects.filter(pk__in=levels).select_for_update():
        if platform.faces != levels[platform.pk]:
            platform.faces = levels[platform.pk]
            platform.save(update_fields=["faces"])
            record("platform.faces_set", platform, by=by, faces=platform.faces)
            changed += 1
    return changed
