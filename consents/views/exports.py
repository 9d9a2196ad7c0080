"""The legal record of a pupil or a school: a page to print, or a table. Every taking is noted."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, TypeVar

from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, render
from django.template.loader import render_to_string
from django.utils import timezone
from django.views.decorators.http import require_GET

from consents.exports import actions, records, tables
from consents.exports.records import Giver, Record
from consents.models import Child
from consents.views.reach import child_or_404
from schools.models import School
from schools.reach import me, number_or_404
from schools.roles import Permission

PUPIL = "pupil"
Handed = TypeVar("Handed", HttpResponse, StreamingHttpResponse)


@require_GET
def schools(request: HttpRequest) -> HttpResponse:
    """The schools whose whole record this person may take."""
    return render(request, "consents/exports/schools.html", {"schools": _schools_or_404(request)})


@require_GET
def choose(request: HttpRequest, pk: int) -> HttpResponse:
    """What can be taken of one pupil: the whole record, or a copy for one of the family."""
    child = child_or_404(request, pk)
    family = child.guardianships.select_related("parent")
    return render(request, "consents/exports/choose.html", {"child": child, "guardians": family})


@require_GET
def child_page(request: HttpRequest, pk: int) -> HttpResponse:
    """To read and to print."""
    child = child_or_404(request, pk)
    copy_for = _copy_for(request, child)
    found = records.of_child(child, copy_for)
    actions.take_child(child=child, shape="page", by=me(request), copy_for=copy_for)
    pieces = _page(request, [found], {"of": child.full_name, "copy_for": copy_for})
    return _private(HttpResponse("".join(pieces)))


@require_GET
def child_csv(request: HttpRequest, pk: int) -> StreamingHttpResponse:
    """As a table."""
    child = child_or_404(request, pk)
    copy_for = _copy_for(request, child)
    found = records.of_child(child, copy_for)
    actions.take_child(child=child, shape="csv", by=me(request), copy_for=copy_for)
    return _csv(tables.as_csv([found], with_notes=copy_for is None), f"record-{child.pk}.csv")


@require_GET
def school_page(request: HttpRequest, slug: str) -> StreamingHttpResponse:
    """All pupils of a school, to read and to print, as it comes."""
    school = _school_or_404(request, slug)
    actions.take_school(school=school, shape="page", by=me(request))
    pieces = _page(request, records.of_school(school), {"of": school.name, "copy_for": None})
    return _private(StreamingHttpResponse(pieces))


@require_GET
def school_csv(request: HttpRequest, slug: str) -> StreamingHttpResponse:
    """All pupils of a school as a table."""
    school = _school_or_404(request, slug)
    actions.take_school(school=school, shape="csv", by=me(request))
    return _csv(tables.as_csv(records.of_school(school)), f"record-{school.slug}.csv")


def _schools_or_404(request: HttpRequest) -> list[School]:
    user = me(request)
    mine = School.objects.where(user, Permission.CONSENT_SEE)
    found = [school for school in mine if actions.may_take_school(user, school)]
    if not found:
        raise Http404
    return found


def _school_or_404(request: HttpRequest, slug: str) -> School:
    found = [school for school in _schools_or_404(request) if school.slug == slug]
    if not found:
        raise Http404
    return found[0]


def _copy_for(request: HttpRequest, child: Child) -> Giver | None:
    """Whose copy was asked for; somebody of this family, or not found."""
    asked = request.GET.get("for", "")
    if not asked:
        return None
    if asked == PUPIL:
        return Giver(None)
    family = child.guardianships.select_related("parent")
    return Giver(get_object_or_404(family, parent=number_or_404(asked)).parent)


def _page(request: HttpRequest, found: Iterable[Record], context: dict[str, Any]) -> Iterator[str]:
    """The pieces of one page: its head, each pupil, and the words that were agreed to."""
    context |= {"at": timezone.now(), "by": me(request), "number": 0}
    yield render_to_string("consents/exports/_top.html", context)
    answered: dict[int, Any] = {}
    for record in found:
        context |= {"record": record, "number": context["number"] + 1}
        answered |= {a.pk: a for a in records.agreements([record])}
        yield render_to_string("consents/exports/_pupil.html", context)
    context["agreements"] = sorted(answered.values(), key=lambda a: a.number)
    yield render_to_string("consents/exports/_end.html", context)


def _csv(pieces: Iterator[str], name: str) -> StreamingHttpResponse:
    answer = StreamingHttpResponse(pieces, content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return _private(answer)


def _private(answer: Handed) -> Handed:
    answer["Cache-Control"] = "private, no-store"
    return answer
