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
from consents.models import Child, ConsentDecision, Kind
from consents.rules import permissions
from consents.views.coverage import school_of
from consents.views.reach import asked_platforms, classes_of, must_may, school_or_404
from policy.models import Platform
from schools.models import School
from schools.roles import Permission

MOST = 400  # pupils of one class or trip; a larger "class" is no list to take along
DAYS = 21
HEIGHT, BOTTOM, LEFT, WIDTH = 180, 200, 28, 600


@never_cache
@require_GET
def shown(request: HttpRequest) -> HttpResponse:
    """Who of a class may be shown where, today. Asks the gate, says only who may, and nothing of
    why others may not; that it was opened is written down."""
    user = must_may(request, Permission.CONSENT_SEE)
    school = school_or_404(request, Permission.CONSENT_SEE, request.GET.get("school", ""))
    classes = classes_of(school)
    form, kind = request.GET.get("class", ""), request.GET.get("kind", Kind.PHOTO)
    kind = kind if kind in Kind.values else Kind.PHOTO.value
    if form and form not in classes:
        raise Http404
    platforms = asked_platforms()
    lists = _lists(school, form, platforms, kind) if form else []
    if form:
        record("consent.list_opened", school, by=user, school_id=school.pk, form=form, kind=kind)
    context = {
        "school": school,
        "schools": School.objects.where(user, Permission.CONSENT_SEE),
        "classes": classes,
        "form": form,
        "kind": Kind(kind),
        "kinds": Kind.choices,
        "platforms": platforms,
        "lists": lists,
        "at": timezone.now(),
        "by": user,
    }
    return render(request, "consents/shown.html", context)


def _lists(
    school: School, form: str, platforms: Sequence[Platform], kind: str
) -> list[tuple[Platform, list[Child]]]:
    """Each platform with those who may be shown there, by name. Two queries."""
    pupils = list(
        Child.objects.filter(school=school, form=form)
        .on_roll()
        .order_by("surname", "first_name", "pk")[:MOST]
    )
    names = {Kind.FIRST_NAME, Kind.FULL_NAME}
    found = permissions(
        [c.pk for c in pupils],
        [p.pk for p in platforms],
        sorted(names) if kind in names else [kind],
    )
    permits = found.permits_name if kind in names else found.permits
    return [(p, [c for c in pupils if permits(c.pk, p.pk, kind)]) for p in platforms]


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
