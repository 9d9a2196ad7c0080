"""Verbs about places: the trust's own settings, and its schools."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils.text import slugify

from audit.actions import record
from schools import rules
from schools.errors import must
from schools.models import School, Trust, User


@transaction.atomic
def change_trust(*, by: User | None, **fields: Any) -> list[str]:
    """Keep these settings; returns the names of those that changed. `by=None` is the installation
    itself. Raises `NotAllowed`."""
    must([] if by is None else rules.may_run_trust(by))
    trust = Trust.objects.select_for_update().filter(pk=1).first() or Trust(pk=1)
    before = {name: getattr(trust, name) for name in fields}
    changed = sorted(name for name in fields if fields[name] != before[name])
    if not changed:
        return []
    for name in changed:
        setattr(trust, name, fields[name])
    trust.save()
    was = {n: [before[n], fields[n]] for n in changed if isinstance(fields[n], int)}
    record("trust.changed", trust, by=by, changed=changed, limits=was)
    return changed


@transaction.atomic
def add_school(*, by: User | None, **fields: Any) -> School:
    """A school of the trust. Its public address comes from its short name and never changes.
    Raises `NotAllowed`."""
    must([] if by is None else rules.may_run_trust(by))
    school = School(**fields)
    school.slug = _free_slug(school.short_name)
    school.save()
    record("school.added", school, by=by, school_id=school.pk)
    return school


@transaction.atomic
def change_school(*, school: School, by: User, **fields: Any) -> list[str]:
    """Keep these fields; returns the names of those that changed. Raises `NotAllowed`."""
    must(rules.may_change(by, school))
    now = School.objects.select_for_update().get(pk=school.pk)
    changed = sorted(name for name in fields if fields[name] != getattr(now, name))
    for name in changed:
        setattr(now, name, fields[name])
    if changed:
        now.save(update_fields=changed)
        record("school.changed", now, by=by, school_id=now.pk, changed=changed)
    return changed


def _free_slug(short_name: str) -> str:
    wished = slugify(short_name)[:40] or "school"
    taken = set(School.objects.filter(slug__startswith=wished).values_list("slug", flat=True))
    if wished not in taken:
        return wished
    return next(slug for n in range(2, len(taken) + 3) if (slug := f"{wished}-{n}") not in taken)
