"""Looking at holds again: by the day each has, with a reminder, and written down who looked.

Setting and lifting them are verbs of `consents.actions`.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from audit.actions import record
from consents.errors import NotAllowed
from consents.models import Child, Hold
from consents.models.holds import LONGEST
from schools.actions import tell
from schools.clock import noun
from schools.models import Heartbeat, School, User
from schools.roles import Permission

A_WEEK = timedelta(days=7)


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
    if not (leads and number and _first_this_week(school, at)):
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


def _first_this_week(school: School, at: datetime) -> bool:
    """Claimed by a conditional UPDATE: of two workers one reminds."""
    mark = Heartbeat.objects.filter(name=f"consents.holds_due.{school.pk}")
    if mark.exists():
        return bool(mark.filter(at__lte=at - A_WEEK).update(at=at))
    try:
        with transaction.atomic():
            Heartbeat.objects.create(name=f"consents.holds_due.{school.pk}", at=at)
    except IntegrityError:
        return False
    return True
