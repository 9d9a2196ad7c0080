"""Verbs about pupils in care: who may decide is set child by child, and the default is no (R-154).

The choices, once, with their reasons:

* The safeguarding lead writes it down, because the plan is theirs to read; the office reads who may
  decide, as for any pupil, and not why.
* While a pupil is in care only the authority that is named may say yes: parental responsibility is
  not enough, for the plan may have given the decision to the council, to a carer, or to a parent.
* A no counts from everybody from whom it counted before, and from the authority.
* The hold that a file's mark makes is lifted only once this is written down, so that nobody is
  shown because somebody wanted to tidy a list.
* Another school of the trust that has a record of the same pupil cannot know the plan: there a hold
  stands until its own safeguarding lead has written down who decides.
"""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from audit.actions import record
from consents import holding, turns
from consents.asking import close_permitted
from consents.errors import NotAllowed
from consents.models import CareRecord, Child, Guardianship, Hold, Parent
from consents.models.people import folded
from schools.models import User
from schools.roles import Permission


@transaction.atomic
def record_care(
    *,
    child: Child,
    basis: str,
    by: User,
    authority: Guardianship | None = None,
    new_name: str = "",
    new_relationship: str = "",
) -> CareRecord:
    """The authority that decides while this pupil is in care: somebody of the record, or a new one
    by name. Neither: the pupil is not in care, and parents decide as for any other."""
    if not by.may(Permission.HOLD_SET, child.school_id):
        raise NotAllowed("Only the Designated Safeguarding Lead writes down who decides in care.")
    if not basis.strip():
        raise NotAllowed("Write which plan or order says so, and from when.")
    turns.share(child.school_id)
    if authority is None and new_name.strip():
        authority = _added(child, new_name, new_relationship)
    if authority is not None and authority.child_id != child.pk:
        raise NotAllowed("That person does not stand in the record of this pupil.")
    kept = Child.objects.select_for_update().get(pk=child.pk)
    was_in_care = kept.in_care
    kept.in_care = child.in_care = authority is not None
    kept.save(update_fields=["in_care"])
    for row in Guardianship.objects.select_for_update().filter(child=child).order_by("pk"):
        row.is_authority = authority is not None and row.pk == authority.pk
        row.was_responsible = row.was_responsible or row.is_authority
        # Only these: what somebody else writes of a court order at this moment stays.
        row.save(update_fields=["is_authority", "was_responsible", "changed_at"])
    if kept.in_care and not was_in_care:
        now = timezone.now()
        holding.carry_everywhere([holding.Protection(kept, Hold.Kind.CARE, now)])
    made = CareRecord.objects.create(
        child=kept,
        authority=authority.parent if authority else None,
        in_care=kept.in_care,
        basis=basis.strip(),
        recorded_at=timezone.now(),
        recorded_by=by,
    )
    close_permitted(kept, by=by)
    record(
        "child.care_recorded",
        kept,
        by=by,
        in_care=kept.in_care,
        authority=made.authority_id,
    )
    return made


def _added(child: Child, name: str, relationship: str) -> Guardianship:
    """A council or a carer whom no file has brought."""
    called = " ".join(name.split())
    known = child.guardianships.select_related("parent")
    found = next((g for g in known if folded(g.parent.full_name) == folded(called)), None)
    if found is not None:
        return found
    parent = Parent.objects.create(surname=called[:80])
    return Guardianship.objects.create(
        child=child,
        parent=parent,
        relationship=relationship.strip()[:40] or "Local authority",
        priority=known.count() + 1,
    )
