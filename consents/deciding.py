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
from consents.asking import close_permitted, must_record
from consents.errors import NotAllowed
from consents.models import CapacityRecord, Child, Decides, Guardianship, Parent
from consents.models.people import folded
from schools.models import Trust, User
from schools.roles import Permission


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
    close_permitted(kept.child, by=by)
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
def record_capacity(
    *,
    child: Child,
    decides: str,
    best_interests: bool,
    basis: str,
    by: User,
    review_on: date | None = None,
) -> CapacityRecord:
    """Whose yes is needed: a parent's, the pupil's own, or both (R-150); or from 18 a parent's
    still (R-151). `basis` says who judged it and how: an age alone is never the answer."""
    must_record(by, child.school_id)
    turns.share(child.school_id)
    if best_interests and decides != Decides.PARENTS:
        raise NotAllowed("Either the pupil decides, or somebody else does for them. Choose one.")
    if not basis.strip():
        raise NotAllowed("Write in a few words who judged this, and how.")
    kept = Child.objects.select_for_update().get(pk=child.pk)
    made = CapacityRecord.objects.create(
        child=kept,
        decides=decides,
        best_interests=best_interests,
        basis=basis.strip(),
        review_on=review_on,
        recorded_by=by,
    )
    kept.decides, kept.best_interests = decides, best_interests
    kept.save(update_fields=["decides", "best_interests"])
    child.decides, child.best_interests = decides, best_interests
    close_permitted(kept, by=by)
    record("child.capacity_recorded", kept, by=by, decides=decides, best_interests=best_interests)
    return made


@transaction.atomic
def set_own_say_age(*, age: int | None, by: User) -> None:
    """From which age a pupil of whom nothing is recorded is asked beside a parent; `None`: from
    none. It is the whole trust's, as the agreement is."""
    if not by.may_for_trust(Permission.AGREEMENT_EDIT):
        raise NotAllowed("Only the Data Protection Officer or whoever runs the trust sets the age.")
    trust = Trust.objects.select_for_update().get(pk=1)
    if trust.own_say_from != age:
        before, trust.own_say_from = trust.own_say_from, age
        trust.save(update_fields=["own_say_from"])
        record("trust.own_say_age_set", trust, by=by, before=before, after=age)
