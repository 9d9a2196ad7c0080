"""Once a week at most, or once a day, whoever runs: a mark in the database for each thing told."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.utils import timezone

from schools.models import Heartbeat

A_WEEK = timedelta(days=7)


def first_this_week(name: str, at: datetime) -> bool:
    """Claimed by a conditional UPDATE: of two workers one goes on."""
    mark = Heartbeat.objects.filter(name=name)
    if mark.exists():
        return bool(mark.filter(at__lte=at - A_WEEK).update(at=at))
    try:
        with transaction.atomic():
            Heartbeat.objects.create(name=name, at=at)
    except IntegrityError:
        return False
    return True


def noted_today(prefix: str, at: datetime) -> set[str]:
    """The marks of that name and more that were set on that day. One query."""
    day = timezone.localdate(at)
    marks = Heartbeat.objects.filter(name__startswith=prefix, at__date=day)
    return set(marks.values_list("name", flat=True))


def note(name: str, at: datetime) -> None:
    """Done on that day."""
    Heartbeat.objects.update_or_create(name=name, defaults={"at": at})
