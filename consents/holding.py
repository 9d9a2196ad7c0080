"""What becomes of a hold: it comes along to every record of the pupil, and it is looked at again
by the day it has, with a reminder, and written down who looked.

Setting and lifting them are verbs of `consents.actions`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date, datetime
from typing import NamedTuple

from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone

from audit.actions import record
from consents.errors import NotAllowed
from consents.models import Child, Hold
from consents.models.holds import LONGEST
from consents.weekly import first_this_week
from schools.actions import tell
from schools.clock import noun
from schools.models import School, User
from schools.roles import Permission

NOTE = "It stands at another school of the trust. Ask the safeguarding lead there."


class Protection(NamedTuple):
    """What protects a pupil at one school, and since when: a hold there, or that somebody else
    decides while they are in care."""

    child: Child
    kind: str
    since: datetime


def of(holds: Iterable[Hold]) -> list[Protection]:
    """What these holds protect."""
    return [Protection(hold.child, hold.kind, hold.set_at) for hold in holds]


def carry(
    theirs: Iterable[Protection], records: QuerySet[Child], *, source_import: int | None = None
) -> list[Hold]:
    """Sets a hold for each on those other records of the same pupils, known by UPN; returns the new
    ones. Not where such a hold stands already, nor where it was lifted after this one was set: the
    safeguarding lead of that school has decided."""
    set_at: dict[tuple[str, str], datetime] = {}
    for child, kind, since in theirs:
        key = (child.upn, kind)
        set_at[key] = max(since, set_at.get(key, since))
    came = []
    others = records.filter(upn__in={upn for upn, _ in set_at if upn}).select_related("school")
    for child in others.prefetch_related("holds").order_by("pk"):
        for kind in sorted(kind for upn, kind in set_at if upn == child.upn):
            if _is_wanted(child, kind, set_at[child.upn, kind]):
                came += _carried(child, kind, source_import)
    return came


def _is_wanted(child: Child, kind: str, set_at: datetime) -> bool:
    had = [hold.lifted_at for hold in child.holds.all() if hold.kind == kind]
    return all(lifted_at is not None and lifted_at < set_at for lifted_at in had)


def _carried(child: Child, kind: str, source_import: int | None) -> list[Hold]:
    hold, is_new = Hold.objects.get_or_create(
        child=child, kind=kind, lifted_at=None, defaults={"note": NOTE}
    )
    if not is_new:
        return []  # somebody set it at this very moment
    facts = {} if source_import is None else {"source_import": source_import}
    record("hold.set", hold, by=None, school_id=child.school_id, **facts)
    return [hold]


def carry_everywhere(new: Collection[Protection]) -> None:
    """What is new comes along at once to the pupils' records at other schools of the trust."""
    records = Child.objects.exclude(pk__in=[one.child.pk for one in new])
    tell_carried(carry(new, records))


def tell_carried(came: Collection[Hold]) -> None:
    """The safeguarding leads of those schools, and nobody else."""
    for school in {hold.child.school for hold in came}:
        tell(
            list(User.objects.who_may(Permission.HOLD_SET, school)),
            subject=f"New holds at {school.short_name}",
            body="A pupil of yours is under a hold at another school of the trust. The hold stands "
            "here too until you lift it. Only you see this.",
            path=reverse("consents:holds"),
        )


@transaction.atomic
def review_hold(*, hold: Hold, by: User, review_on: date) -> None:
    """Looked at, and it stays until it is looked at again on that day. What was said before stays
    in the history of events."""
    if not by.may(Permission.HOLD_SET, hold.child.school_id):
        raise NotAllowed("Only the Designated Safeguarding Lead looks at a hold again.")
    today = timezone.localdate()
    if not today < review_on <= today + LONGEST:
        raise NotAllowed("Choose a day after today, and within a year.")
    if not Hold.objects.standing().filter(pk=hold.pk).update(review_on=review_on):
        raise NotAllowed("This hold has been lifted already.")
    before = hold.review_on.isoformat()
    record(
        "hold.reviewed",
        hold,
        by=by,
        school_id=hold.child.school_id,
        due=before,
        until=review_on.isoformat(),
    )


def looked_at(child: Child, *, by: User) -> None:
    """Somebody opened a page that tells of the holds of this pupil: each is written down."""
    for hold in Hold.objects.standing().filter(child=child):
        record("hold.looked_at", hold, by=by, school_id=child.school_id)


def remind_of_reviews(*, at: datetime | None = None) -> int:
    """Tell the safeguarding leads of each school how many holds are to be looked at again, once a
    week at most; returns for how many schools. The words name no pupil."""
    moment = at or timezone.now()
    due = Hold.objects.to_review(timezone.localdate(moment))
    schools = School.objects.filter(pk__in=due.values("child__school"))
    return sum(
        _remind(school, due.filter(child__school=school).count(), moment) for school in schools
    )


@transaction.atomic
def _remind(school: School, number: int, at: datetime) -> bool:
    leads = list(User.objects.who_may(Permission.HOLD_SET, school))
    if not (leads and number and first_this_week(f"consents.holds_due.{school.pk}", at)):
        return False
    tell(
        leads,
        subject=f"Look again at {noun(number, 'hold', 'holds')} at {school.short_name}",
        body="The day to look at it again has come. Until you lift it, it stands. "
        "Open the list to say that it stays, or to lift it."
        if number == 1
        else "The day to look at them again has come. Until you lift them, they stand. "
        "Open the list to say which stay, or to lift them.",
        path=reverse("consents:holds"),
    )
    record("hold.review_reminded", school, by=None, school_id=school.pk, number=number)
    return True
