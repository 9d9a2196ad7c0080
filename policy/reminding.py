"""Reminding people of what the policy still asks of them: at a press, and by itself once a week."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Prefetch
from django.urls import reverse
from django.utils import timezone

from audit.actions import record
from audit.models import Event
from policy.rulebook import NoPolicyInForce, Rulebook
from policy.standing import Standing, standings
from schools.actions import tell
from schools.clock import day
from schools.models import Heartbeat, StaffRole, User

EVERY = timedelta(days=7)
_RUN, _A_DAY = "policy.people_reminded", timedelta(hours=23)


@transaction.atomic
def remind(*, standings: Iterable[Standing], by: User | None) -> int:
    """Tell each of them what is missing or ends soon; returns how many were told. `by=None`: it is
    time by itself."""
    told = 0
    for standing in standings:
        lines = _lines(standing)
        if lines:
            tell(
                [standing.user],
                subject="The policy: something is missing for you",
                body="\n".join(lines),
                path=reverse("policy:own"),
            )
            record("people.reminded", standing.user, by=by)
            told += 1
    return told


def remind_due(*, at: datetime | None = None) -> int:
    """Once a day, everybody who was not reminded this week; returns how many were told."""
    moment = at or timezone.now()
    if not _is_time(moment):
        return 0
    try:
        book = Rulebook.in_force()
    except NoPolicyInForce:
        return 0
    roles = StaffRole.objects.standing().select_related("school")
    lately = Event.objects.filter(verb="people.reminded", at__gt=moment - EVERY)
    users = (
        User.objects.here()
        .filter(pk__in=roles.values("user"))
        .exclude(pk__in=lately.values("subject_id"))
        .prefetch_related(Prefetch("roles", roles, to_attr="roles_now"))
    )
    return remind(standings=standings(list(users), book), by=None)


def _lines(standing: Standing) -> list[str]:
    lines = []
    if not standing.has_read:
        lines.append("Read what the policy in force asks of you, and say that you did.")
    lines += [f"You need the training “{kind.label}”." for kind in standing.missing]
    lines += [f"Your training “{k.label}” ends on {day(ends)}." for k, ends in standing.ending]
    return lines


def _is_time(at: datetime) -> bool:
    """Was the last run a day ago? If so, this is the next; of two workers at once, one."""
    _, is_new = Heartbeat.objects.get_or_create(name=_RUN, defaults={"at": at})
    due = Heartbeat.objects.filter(name=_RUN, at__lte=at - _A_DAY)
    return is_new or bool(due.update(at=at))
