"""Telling a school's office, once a week, how many pupils' yeses end soon (R-149).

No names leave by mail. Holds have no part in it: what is counted is what families answered.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from urllib.parse import urlencode

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from audit.actions import record
from consents.agreements import in_force
from consents.coverage import Scope, Tally, pupils_who
from consents.endings import asked_again_before
from consents.models import Child, EndingsTold, Kind
from policy.models import Platform
from schools.actions import tell
from schools.clock import noun
from schools.models import School, User
from schools.roles import Permission

EVERY_KIND = "every"  # as a list's address says it
MOST = 100_000  # more pupils than a trust has


def tell_offices(*, at: datetime | None = None) -> int:
    """Tell every school where yeses end soon, unless it was told this week; returns how many were.
    Two workers at once tell it once."""
    moment = at or timezone.now()
    week = monday(timezone.localdate(moment))
    told = EndingsTold.objects.filter(week=week).values("school")
    return sum(_tell(school, week, moment) for school in School.objects.exclude(pk__in=told))


def monday(day: date) -> date:
    """The first day of its week."""
    return day - timedelta(days=day.weekday())


def pupils_of_any_kind(
    scope: Scope, tallies: Collection[str], kinds: Sequence[str], *, on: date | None = None
) -> list[int]:
    """The pupils who stand so for one of these kinds, by name. A query for each kind."""
    each = [pupils_who(replace(scope, kind=kind), tallies, limit=MOST, on=on)[0] for kind in kinds]
    if len(each) == 1:
        return each[0]
    found = Child.objects.filter(pk__in={pk for ids in each for pk in ids})
    return list(found.order_by("surname", "first_name", "pk").values_list("pk", flat=True))


def _tell(school: School, week: date, at: datetime) -> bool:
    office = list(User.objects.who_may(Permission.CONSENT_RECORD, school))
    soon = asked_again_before(in_force())
    number = len(_ending(school, timezone.localdate(at), soon)) if office else 0
    if not number:
        return False
    with transaction.atomic():
        told, is_new = EndingsTold.objects.get_or_create(
            school=school, week=week, defaults={"pupils": number, "told_at": at}
        )
        if is_new:
            _write(school, office, number, soon.days // 7)
            record("endings.told", told, by=None, school_id=school.pk, pupils=number)
    return is_new


def _ending(school: School, day: date, soon: timedelta) -> list[int]:
    platforms = Platform.objects.filter(is_asked=True, is_retired=False)
    scope = Scope([school.pk], list(platforms.values_list("pk", flat=True)), soon=soon)
    return pupils_of_any_kind(scope, [Tally.ENDING], Kind.values, on=day)


def _write(school: School, office: list[User], number: int, weeks: int) -> None:
    named = {"school": school.slug, "list": Tally.ENDING.value, "kind": EVERY_KIND}
    tell(
        office,
        subject=f"{school.short_name}: {noun(number, 'pupil', 'pupils')} to ask again",
        body=(
            f"Ask their parents again. Within {noun(weeks, 'week', 'weeks')} a yes about "
            f"{noun(number, 'pupil', 'pupils')} of {school.name} ends, and then counts as no."
        ),
        path=f"{reverse('consents:children')}?{urlencode(named)}",
    )
