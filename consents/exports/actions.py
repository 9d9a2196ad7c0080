"""Taking a record out of the program: who may, and the line in the history that says who did."""

from __future__ import annotations

from django.db import transaction

from audit.actions import record
from consents.errors import NotAllowed
from consents.exports.records import Giver
from consents.models import Child
from schools.models import School, User
from schools.roles import Permission


def may_take_school(user: User, school: School) -> bool:
    """A whole school's record goes to those who keep it and to the Data Protection Officer. Others
    who see single pupils (Heads, the safeguarding lead) ask one of them."""
    keeps = user.may(Permission.CONSENT_RECORD, school)
    audits = user.may(Permission.AUDIT_READ, school) and user.may(Permission.CONSENT_SEE, school)
    return keeps or audits


@transaction.atomic
def take_child(*, child: Child, shape: str, by: User, copy_for: Giver | None = None) -> None:
    """One pupil's record leaves as `shape` (page, csv)."""
    if not by.may(Permission.CONSENT_SEE, child.school_id):
        raise NotAllowed("Only those who may open this pupil’s record may take it.")
    whose = ""
    if copy_for is not None:
        whose = f"parent {copy_for.parent.pk}" if copy_for.parent else "pupil"
    record("record.taken", child, by=by, shape=shape, copy_for=whose)


@transaction.atomic
def take_school(*, school: School, shape: str, by: User) -> None:
    """A whole school's record leaves."""
    if not may_take_school(by, school):
        raise NotAllowed(
            "A whole school’s record is taken by its consent administrator or the Data Protection "
            "Officer."
        )
    pupils = Child.objects.filter(school=school).count()
    record("record.school_taken", school, by=by, school_id=school.pk, shape=shape, pupils=pupils)
