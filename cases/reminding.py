"""Reminders before a clock ends; when it has, the next person is told. A case whose owner is not
here any more is handed on."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from audit.actions import record
from cases.actions import in_line, tell_of
from cases.kinds import CLOCKS, Kind
from cases.models import Case, Note
from schools.clock import when
from schools.models import User


def remind(*, at: datetime | None = None) -> int:
    """What is to be said now is said once; returns of how many cases."""
    moment = at or timezone.now()
    told = sum(_hand_on(case) for case in _running() if not case.owner.is_here)
    told += sum(_remind(case, moment) for case in _due(moment) if _is_near(case, moment))
    return told + sum(_climb(case, moment) for case in _over(moment))


def _running() -> list[Case]:
    return list(Case.objects.open().select_related("school", "owner", "deputy", "about"))


def _due(at: datetime) -> list[Case]:
    found = Case.objects.open().filter(reminded_at=None, due_at__gt=at)
    return list(found.select_related("school", "owner", "deputy"))


def _over(at: datetime) -> list[Case]:
    found = Case.objects.open().filter(climbed_at=None, due_at__lte=at)
    return list(found.select_related("school", "owner", "deputy", "about"))


def _is_near(case: Case, at: datetime) -> bool:
    before = CLOCKS[Kind(case.kind)].before
    return case.due_at is not None and case.due_at - before <= at


@transaction.atomic
def _remind(case: Case, at: datetime) -> bool:
    if not Case.objects.filter(pk=case.pk, reminded_at=None).update(reminded_at=at):
        return False
    asks, due = CLOCKS[Kind(case.kind)].says, case.due_at or at
    body = f"The time to {asks} ends {when(due, at)}."
    tell_of(case, _both(case), subject=f"Time runs out: {case.short.lower()}", body=body)
    return True


@transaction.atomic
def _climb(case: Case, at: datetime) -> bool:
    """Its deputy is told as well; where there is none yet, the next in line becomes it."""
    if not Case.objects.filter(pk=case.pk, climbed_at=None).update(climbed_at=at):
        return False
    if case.deputy is None or not case.deputy.is_here:
        case.deputy = _next(case)
        Case.objects.filter(pk=case.pk).update(deputy=case.deputy)
    Note.objects.create(case=case, step=Note.Step.CLIMBED, by=None)
    record("case.climbed", case, by=None)
    asks = CLOCKS[Kind(case.kind)].says
    body = f"The time to {asks} is over. {case.owner.name} looks after it."
    tell_of(case, _both(case), subject=f"Overdue: {case.short.lower()}", body=body)
    return True


@transaction.atomic
def _hand_on(case: Case) -> bool:
    """To the deputy, or to the next in line. With nobody left it stays where it is, and whoever
    gets the role reads it."""
    deputy = case.deputy if case.deputy is not None and case.deputy.is_here else None
    owner = deputy or _next(case)
    if owner is None:
        return False
    case.owner, case.deputy = owner, None
    case.deputy = _next(case)
    case.save(update_fields=["owner", "deputy"])
    record("case.handed_on", case, by=None, owner=owner.pk)
    tell_of(case, [owner], subject=f"Now yours: {case.short.lower()}")
    return True


def _next(case: Case) -> User | None:
    line = in_line(Kind(case.kind), case.school, about=case.about)
    return next(
        (u for u in line if u.is_here and u.pk not in {case.owner_id, case.deputy_id}), None
    )


def _both(case: Case) -> list[User]:
    return [user for user in (case.owner, case.deputy) if user is not None]
