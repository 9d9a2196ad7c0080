"""Pupils whose own say somebody must look at. An age puts them here; only a person decides.

Nothing here writes. Every list asks a fixed number of questions.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Exists, F, OuterRef, QuerySet, Subquery
from django.utils import timezone

from consents.ledger import OWN_SAY_AT_18, years_before
from consents.models import Answer, CapacityRecord, Child, ConsentDecision
from schools.models import School, Trust, User
from schools.roles import Permission

SOON = timedelta(weeks=12)
MOST = 100


@dataclass(frozen=True)
class Open:
    """Why these pupils are here, the first of them with whether this person may write it down, and
    how many there are."""

    key: str
    children: list[tuple[Child, bool]]
    number: int


def unrecorded(user: User, day: date | None = None) -> QuerySet[Child]:
    """Old enough, by the trust's age, to be asked as well, and not yet 18; nobody has recorded
    whose yes it is."""
    when, age = day or timezone.localdate(), Trust.load().own_say_from
    here = Child.objects.visible_to(user).on_roll(when)
    if age is None:
        return here.none()
    return here.filter(
        decides="",
        best_interests=False,
        born_on__lte=years_before(when, age),
        born_on__gt=years_before(when, OWN_SAY_AT_18),
    )


def without_ground(user: User, day: date | None = None) -> QuerySet[Child]:
    """Somebody once ticked whose yes is needed, from before a ground was asked for. The tick counts
    as it did; nobody could say what it rests on (R-150)."""
    here = Child.objects.visible_to(user).on_roll(day or timezone.localdate())
    ticked = here.exclude(decides="", best_interests=False)
    return ticked.filter(~Exists(CapacityRecord.objects.filter(child=OuterRef("pk"))))


def coming_of_age(user: User, day: date | None = None) -> QuerySet[Child]:
    """18 within twelve weeks, or since: a parent's yes ends that day, and there is neither a
    best-interests record nor a yes or no of their own, those of an undone file aside."""
    when = day or timezone.localdate()
    undone = ConsentDecision.objects.filter(given_by_child=True, undoes_id__isnull=False)
    own = ConsentDecision.objects.filter(
        given_by_child=True, answer__in=[Answer.YES, Answer.NO, Answer.WITHDRAWN]
    ).exclude(pk__in=undone.values("undoes_id"))
    return (
        Child.objects.visible_to(user)
        .on_roll(when)
        .filter(best_interests=False, born_on__lte=years_before(when + SOON, OWN_SAY_AT_18))
        .exclude(pk__in=own.values("child_id"))
    )


def to_review(user: User, day: date | None = None) -> QuerySet[Child]:
    """The day has come on which somebody wanted to look at it again."""
    when = day or timezone.localdate()
    latest = CapacityRecord.objects.filter(child=OuterRef("pk"))
    return (
        Child.objects.visible_to(user)
        .on_roll(when)
        .annotate(review_on=Subquery(latest.values("review_on")[:1]))
        .filter(review_on__lte=when)
    )


def open_cases(user: User) -> list[Open]:
    """Every list, the oldest pupils first."""
    lists = {
        "unrecorded": unrecorded(user),
        "without_ground": without_ground(user),
        "coming_of_age": coming_of_age(user),
        "to_review": to_review(user),
    }
    writes = School.objects.where(user, Permission.CONSENT_RECORD)
    mine = set(writes.values_list("pk", flat=True))
    found = []
    for key, children in lists.items():
        ordered = children.select_related("school").order_by(F("born_on").asc(), "surname", "pk")
        some = [(child, child.school_id in mine) for child in ordered[:MOST]]
        found.append(Open(key, some, children.count()))
    return found
