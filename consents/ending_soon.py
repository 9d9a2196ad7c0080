"""Telling a school's office, once a week, how many pupils are to be asked again (R-149).

No names leave by mail. Holds have no part in it: what is counted is what families answered.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from urllib.parse import urlencode

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from audit.actions import record
from consents import renewal, weekly
from consents.agreements import in_force
from consents.endings import asked_again_before, ends_all_on
from consents.models import Agreement, EndingsTold
from schools.actions import tell
from schools.clock import day as spoken
from schools.clock import noun
from schools.models import School, StaffRole, User
from schools.roles import Permission, roles_with

LOOKED = "consents.endings."  # and the school: nobody is counted twice on one day


def tell_offices(*, at: datetime | None = None) -> int:
    """Tell every school where yeses end soon, unless it was told this week; returns how many were.
    Two workers at once tell it once, and where nobody ends it is looked at once a day."""
    moment = at or timezone.now()
    week = monday(timezone.localdate(moment))
    agreement = in_force(timezone.localdate(moment))
    _tell_writers(agreement, moment)
    told = EndingsTold.objects.filter(week=week).values("school")
    looked = weekly.noted_today(LOOKED, moment)
    schools = School.objects.exclude(pk__in=told)
    return sum(
        _tell(school, agreement, week, moment)
        for school in schools
        if f"{LOOKED}{school.pk}" not in looked
    )


def monday(day: date) -> date:
    """The first day of its week."""
    return day - timedelta(days=day.weekday())


def _tell(school: School, agreement: Agreement | None, week: date, at: datetime) -> bool:
    office = list(User.objects.who_may(Permission.CONSENT_RECORD, school))
    if not office:
        return False
    soon = renewal.look([school.pk], agreement, on=timezone.localdate(at)).soon
    weekly.note(f"{LOOKED}{school.pk}", at)
    number = len(renewal.pupils([*soon.parents, *soon.own]))
    if not number:
        return False
    with transaction.atomic():
        told, is_new = EndingsTold.objects.get_or_create(
            school=school, week=week, defaults={"pupils": number, "told_at": at}
        )
        if is_new:
            _write(school, office, soon, asked_again_before(agreement).days // 7)
            record("endings.told", told, by=None, school_id=school.pk, pupils=number)
    return is_new


def _write(school: School, office: list[User], soon: renewal.Sides, weeks: int) -> None:
    parents, own = len(renewal.pupils(soon.parents)), len(renewal.pupils(soon.own))
    number = len(renewal.pupils([*soon.parents, *soon.own]))
    said = []
    if parents:
        said.append(f"Ask the parents of {noun(parents, 'pupil', 'pupils')} again.")
    if own:
        said.append(f"Ask {noun(own, 'pupil', 'pupils')} again at school: their own yes is needed.")
    said.append(f"Their yes ends within {noun(weeks, 'week', 'weeks')}, and then counts as no.")
    tell(
        office,
        subject=f"{school.short_name}: {noun(number, 'pupil', 'pupils')} to ask again",
        body=" ".join(said),
        path=f"{reverse('consents:ending')}?{urlencode({'school': school.slug})}",
    )


def _tell_writers(agreement: Agreement | None, at: datetime) -> None:
    """Where the version in force ends every yes on one day, asking again before the next version
    would change nothing: whoever writes it is told, once a week."""
    last = ends_all_on(agreement)
    if last is None or timezone.localdate(at) + asked_again_before(agreement) <= last:
        return
    with transaction.atomic():
        roles = StaffRole.objects.in_force(timezone.localdate(at)).filter(
            school=None, role__in=roles_with(Permission.AGREEMENT_EDIT)
        )
        writers = list(User.objects.filter(is_active=True, pk__in=roles.values("user")))
        if not writers or not weekly.first_this_week(f"consents.version_ends.{last}", at):
            return
        tell(
            writers,
            subject=f"Every yes ends on {spoken(last)}: publish the next agreement",
            body="The version in force ends every yes on that day. Publish the next one, so that "
            "schools can ask parents again before.",
            path=reverse("consents:agreements"),
        )
