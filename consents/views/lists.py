"""A list to take along: who may be shown where. And how many answers came, day by day."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from django.db.models import Count
from django.db.models.functions import TruncDate
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from audit.actions import record
from consents import trip_lists
from consents.models import Child, ConsentDecision, Kind
from consents.rules import permissions_by_purpose
from consents.views.coverage import school_of
from consents.views.purposes import in_question_by_name, purposes_named
from consents.views.reach import asked_platforms, classes_of, must_may
from policy.models import Platform
from schools.models import School
from schools.reach import me
from schools.roles import Permission

MOST = 400  # pupils of one trip; a longer list is none to take along
DAYS = 21
HEIGHT, BOTTOM, LEFT, WIDTH = 180, 200, 28, 600


@never_cache
@require_GET
def shown(request: HttpRequest) -> HttpResponse:
    """Who of some classes may be shown where, today. Asks the gate, says only who may, and nothing
    of why others may not; that it was opened is written down. Not for whoever reads the families'
    answers (`consents.trip_lists`): they are told who can open it."""
    user = me(request)
    schools = trip_lists.schools_of(user)
    school = _school(schools, request.GET.get("school", ""))
    if not trip_lists.may_open(user, school):
        context = {"school": school, "leads": trip_lists.leads_of(school)}
        return render(request, "consents/shown_by_others.html", context)
    classes = classes_of(school)
    chosen, kind = _chosen(request, classes), request.GET.get("kind", Kind.PHOTO)
    kind = kind if kind in Kind.values else Kind.PHOTO.value
    platforms = asked_platforms()
    pupils = _pupils(school, chosen) if chosen else []
    purposes, purpose = purposes_named(request)
    lists = _lists(pupils, platforms, kind, purposes) if 0 < len(pupils) <= MOST else []
    if lists:
        named = ", ".join(chosen)
        record("consent.list_opened", school, by=user, school_id=school.pk, form=named, kind=kind)
    context = {
        "school": school,
        "schools": schools,
        "sees_answers": user.may_somewhere(Permission.CONSENT_SEE),
        "classes": classes,
        "chosen": chosen,
        "too_many": len(pupils) > MOST,
        "most": MOST,
        "kind": Kind(kind),
        "purpose": purpose,
        "purposes": in_question_by_name(),
        "kinds": Kind.choices,
        "platforms": platforms,
        "lists": lists,
        "at": timezone.now(),
        "by": user,
    }
    return render(request, "consents/shown.html", context)


def _school(schools: Sequence[School], slug: str) -> School:
    """The school named, or their first; another one is not found."""
    found = school_of(schools, slug) or next(iter(schools), None)
    if found is None:
        raise Http404
    return found


def _chosen(request: HttpRequest, classes: Sequence[str]) -> list[str]:
    """The classes named, each once; one that is none is not found."""
    named = list(dict.fromkeys(filter(None, request.GET.getlist("class"))))
    if set(named) - set(classes):
        raise Http404
    return named


def _pupils(school: School, forms: Sequence[str]) -> list[Child]:
    """By name, one more than a list takes."""
    found = Child.objects.filter(school=school, form__in=forms).on_roll()
    return list(found.order_by("surname", "first_name", "pk")[: MOST + 1])


def _lists(
    pupils: Sequence[Child], platforms: Sequence[Platform], kind: str, purposes: Sequence[str]
) -> list[tuple[Platform, list[Child]]]:
    """Each platform with those who may be shown there for all of these purposes. One query."""
    names = {Kind.FIRST_NAME, Kind.FULL_NAME}
    found = permissions_by_purpose(
        [c.pk for c in pupils],
        [p.pk for p in platforms],
        sorted(names) if kind in names else [kind],
        purposes or [None],
    )

    def permits(pupil: int, platform: int) -> bool:
        each = ((f.permits_name if kind in names else f.permits) for f in found.values())
        return all(one(pupil, platform, kind) for one in each)

    return [(p, [c for c in pupils if permits(c.pk, p.pk)]) for p in platforms]


@require_GET
def days(request: HttpRequest) -> HttpResponse:
    """Answers written down on each of the last days, as bars and as a table."""
    user = must_may(request, Permission.CONSENT_SEE)
    schools = list(School.objects.where(user, Permission.CONSENT_SEE))
    school = school_of(schools, request.GET.get("school", ""))
    today = timezone.localdate()
    counted = _per_day([school] if school else schools, today - timedelta(days=DAYS - 1))
    every = [today - timedelta(days=n) for n in range(DAYS - 1, -1, -1)]
    numbers = [(day, counted.get(day, 0)) for day in every]
    context = {
        "school": school,
        "numbers": numbers,
        "bars": _bars(numbers),
        "most": max(number for _, number in numbers),
        "together": sum(number for _, number in numbers),
    }
    return render(request, "consents/days.html", context)


def _per_day(schools: Sequence[School], first: date) -> dict[date, int]:
    rows = (
        ConsentDecision.objects.filter(child__school__in=schools, recorded_at__date__gte=first)
        .filter(undoes_id=None)  # nobody answered: a file was taken back
        .annotate(day=TruncDate("recorded_at"))
        .order_by()
        .values_list("day")
        .annotate(number=Count("pk"))
    )
    return dict(rows)


def _bars(numbers: Sequence[tuple[date, int]]) -> list[dict[str, Any]]:
    """Where each bar stands, in the picture's own units."""
    most = max((number for _, number in numbers), default=0) or 1
    step = (WIDTH - LEFT) / len(numbers)
    return [
        {
            "day": day,
            "number": number,
            "x": round(LEFT + n * step + step * 0.12, 1),
            "middle": round(LEFT + n * step + step / 2, 1),
            "y": round(BOTTOM - HEIGHT * number / most, 1),
            "above": round(BOTTOM - HEIGHT * number / most - 5, 1),
            "height": round(HEIGHT * number / most, 1),
            "width": round(step * 0.76, 1),
            "named": n % 3 == 0 or number == most,
        }
        for n, (day, number) in enumerate(numbers)
    ]
