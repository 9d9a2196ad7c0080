"""Pupils whose own say somebody must look at. An age puts them here; only a person decides.

Nothing here writes. Every list asks a fixed number of questions.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import F, OuterRef, QuerySet, Subquery
from django.utils import timezone

from consents.ledger import years_before
from consents.models import Answer, CapacityRecord, Child, ConsentDecision
from consents.rules import OWN_SAY_AT_18
from schools.models import Trust, User

SOON = timedelta(weeks=12)
MOST = 100


@dataclass(frozen=True)
class Open:
    """Why these pupils are here, the first of them, and how many there are."""

    key: str
    children: list[Child]
    number: int


def unrecorded(user: User, day: date | None = None) -> QuerySet[Child]:
    """Old enough, by the trust's age, to be asked as well; nobody has recorded whose yes it is."""
    when, age = day or timezone.localdate(), Trust.load().own_say_from
    here = Child.objects.visible_to(user).on_roll(when)
    if age is None:
        return here.none()
    return here.filter(decides="", best_interests=False, born_on__lte=years_before(when, age))


def coming_of_age(user: User, day: date | None = None) -> QuerySet[Child]:
    """18 within twelve weeks, or since: a parent's yes ends that day, and there is neither a
    best-interests record nor a yes or no of their own."""
    when = day or timezone.localdate()
    own = ConsentDecision.objects.filter(given_by_child=True).exclude(answer=Answer.UNDONE)
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
        "coming_of_age": coming_of_age(user),
        "to_review": to_review(user),
    }
    found = []
    for key, children in lists.items():
        ordered = children.select_related("school").order_by(F("born_on").asc(), "surname", "pk")
        found.append(Open(key, list(ordered[:MOST]), children.count()))
    return found
