"""Verbs about who may decide for a pupil. Each counts at once: permission is asked anew every time.

A file may say that somebody has responsibility, lost it, or is limited by a court; only a person
here may say that a court order is over, that somebody is no longer responsible, or that a pupil
decides for themself.
"""

from __future__ import annotations

from datetime import date

from django.db import transaction

from audit.actions import record
from consents import turns
from consents.asking import must_record
from consents.errors import NotAllowed
from consents.models import Child, Guardianship, Parent
from consents.models.people import folded
from schools.models import User


@transaction.atomic
def set_guardianship(
    *,
    guardianship: Guardianship,
    has_responsibility: bool,
    court_order: bool,
    ended_on: date | None,
    relationship: str,
    by: User,
) -> Guardianship:
    """Write down what is now true of one parent or carer; returns it as it stands."""
    school = guardianship.child.school_id
    must_record(by, school)
    turns.share(school)
    kept = Guardianship.objects.select_for_update().get(pk=guardianship.pk)
    wanted = {
        "relationship": relationship.strip(),
        "has_responsibility": has_responsibility,
        "court_order": court_order,
        "ended_on": ended_on,
    }
    changed = [name for name, value in wanted.items() if getattr(kept, name) != value]
    if not changed:
        return kept
    for name in changed:
        setattr(kept, name, wanted[name])
    kept.save()
    facts = {name: str(wanted[name]) for name in changed if name in Guardianship.DECIDES}
    record(
        "guardianship.changed", kept, by=by, school_id=school, child=kept.child_id, changed=facts
    )
    return kept


@transaction.atomic
def add_parent(
    *,
    child: Child,
    first_name: str,
    surname: str,
    relationship: str,
    has_responsibility: bool,
    by: User,
    email: str = "",
    phone: str = "",
) -> Guardianship:
    """A parent or carer whom no file has brought. A name stands once in a family."""
    must_record(by, child.school_id)
    turns.share(child.school_id)
    parent = Parent(
        first_name=first_name.strip(), surname=surname.strip(), email=email, phone=phone
    )
    known = {folded(g.parent.full_name) for g in child.guardianships.select_related("parent")}
    if folded(parent.full_name) in known:
        raise NotAllowed(f"{parent.full_name} stands here already. Change the entry above.")
    parent.save()
    made = Guardianship.objects.create(
        child=child,
        parent=parent,
        relationship=relationship.strip(),
        has_responsibility=has_responsibility,
        priority=len(known) + 1,
    )
    record(
        "guardianship.added",
        made,
        by=by,
        school_id=child.school_id,
        child=child.pk,
        has_responsibility=has_responsibility,
    )
    return made


@transaction.atomic
def set_own_say(*, child: Child, decides_for_self: bool, best_interests: bool, by: User) -> None:
    """Whose yes is needed: the pupil's own (R-150), or from 18 a parent's still (R-151)."""
    must_record(by, child.school_id)
    if decides_for_self and best_interests:
        raise NotAllowed("Either the pupil decides, or somebody else does for them. Choose one.")
    flags = {"decides_for_self": decides_for_self, "best_interests": best_interests}
    changed = Child.objects.filter(pk=child.pk).exclude(**flags).update(**flags)
    if changed:
        child.decides_for_self, child.best_interests = decides_for_self, best_interests
        record("child.own_say_set", child, by=by, **flags)
