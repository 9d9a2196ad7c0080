"""Yeses that end soon or have ended: whom to ask again, parents by a campaign, pupils at school."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET

from consents import renewal
from consents.agreements import in_force
from consents.answering import Square
from consents.endings import asked_again_before
from consents.models import Campaign, Child
from consents.views.reach import must_may, school_or_404
from schools.models import School, User
from schools.roles import Permission

MOST = 100
LONG_AGO = timedelta(days=3650)


@dataclass(frozen=True)
class Ends:
    """A pupil, and the first day on which something ends. None: before they left and came back."""

    child: Child
    on: date | None
    may_record: bool


@dataclass(frozen=True)
class Listed:
    """The first pupils of a list, and how many there are."""

    key: str
    title: str
    words: str
    lines: list[Ends]
    number: int


@require_GET
def ending(request: HttpRequest) -> HttpResponse:
    """The lists that the weekly mail counts and the campaign asks: of the school named, or of the
    person's first."""
    user = must_may(request, Permission.CONSENT_SEE)
    school = school_or_404(request, Permission.CONSENT_SEE, request.GET.get("school", ""))
    agreement = in_force()
    found = renewal.look([school.pk], agreement)
    context = {
        "lists": [some for some in _lists(found, user) if some.number],
        "school": school,
        "schools": [
            {"label": s.short_name, "url": f"?school={s.slug}", "current": s == school}
            for s in School.objects.where(user, Permission.CONSENT_SEE)
        ],
        "weeks": asked_again_before(agreement).days // 7,
        "ask_url": _ask_url(school, user),
    }
    return render(request, "consents/ending.html", context)


# What a list is called, and what to do.
_WORDS = {
    "parents": (
        "Ask their parents again",
        "A yes of their parents ends soon. A campaign asks them; what they say then lasts longer.",
    ),
    "own": (
        "Ask the pupil again",
        "Their own yes is needed and ends soon. No mail reaches pupils: ask them at school, and "
        "write down what they say.",
    ),
    "nobody": (
        "Nothing to ask yet",
        "Asking now would change nothing: the agreement in force ends these on the same day, or "
        "no longer asks. The next version of the agreement comes first.",
    ),
    "parents_over": (
        "Has ended: ask their parents again",
        "It counts as no. The same campaign asks these parents too.",
    ),
    "own_over": (
        "Has ended: ask the pupil again",
        "It counts as no. Ask them at school, and write down what they say.",
    ),
}


def _lists(found: renewal.Renewal, user: User) -> list[Listed]:
    asked = {*renewal.pupils(found.soon.parents), *renewal.pupils(found.soon.own)}
    waits = {square: day for square, day in found.soon.nobody.items() if square[0] not in asked}
    sides: dict[str, Mapping[Square, date]] = {
        "parents": found.soon.parents,
        "own": found.soon.own,
        "nobody": waits,
        "parents_over": found.over.parents,
        "own_over": found.over.own,
    }
    mine = School.objects.where(user, Permission.CONSENT_RECORD)
    writes = set(mine.values_list("pk", flat=True))
    every = {pk for side in sides.values() for pk in renewal.pupils(side)}
    children = Child.objects.filter(pk__in=every).select_related("school")
    ordered = list(children.order_by("surname", "first_name", "pk"))
    return [_listed(key, side, ordered, writes) for key, side in sides.items()]


def _listed(
    key: str, side: Mapping[Square, date], ordered: Sequence[Child], writes: set[int]
) -> Listed:
    first: dict[int, date] = {}
    for (child, _, _), day in side.items():
        first[child] = min(day, first.get(child, day))
    before = timezone.localdate() - LONG_AGO
    lines = [
        Ends(c, first[c.pk] if first[c.pk] > before else None, c.school_id in writes)
        for c in ordered
        if c.pk in first
    ]
    return Listed(key, *_WORDS[key], lines[:MOST], len(lines))


def _ask_url(school: School, user: User) -> str:
    """The campaign for the same pupils; empty for whoever may not send one."""
    if not user.may(Permission.CONSENT_RECORD, school):
        return ""
    query = urlencode({"school": school.slug, "whom": Campaign.Whom.ENDING.value})
    return f"{reverse('consents:new_campaign')}?{query}"
