"""Find pupils: by name, by class, or by what is missing. Each line says how far its answers are."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from consents import listed
from consents.coverage import Tally
from consents.listed import Listed
from consents.models import Campaign, Child, Kind
from consents.states import Cell, Standing, standings
from consents.views.coverage import picture, school_of
from consents.views.purposes import purposes_named
from consents.views.reach import asked_platforms, must_may
from policy.models import Platform
from schools.models import School, User
from schools.roles import Permission

A_PAGE = 40
# Whom to ask about the pupils of a list; where it does not say, everybody.
_WHOM = {
    "missing": Campaign.Whom.NOT_ASKED,
    Tally.NOT_ASKED.value: Campaign.Whom.NOT_ASKED,
    Tally.UNCLEAR.value: Campaign.Whom.NOT_ASKED,
    Tally.SOME.value: Campaign.Whom.NOT_ASKED,
    Tally.ENDED.value: Campaign.Whom.ENDING,
    Tally.ENDING.value: Campaign.Whom.ENDING,
}
# What a mail to parents does not mend, and what does.
_BY_A_PERSON = {
    Tally.CONFLICT.value: "Here any no counts. Talk to the parents, each alone, and tell neither "
    "what the other said. If one of them thinks otherwise now, open the pupil and write it down.",
    Tally.UNCOUNTED.value: "Somebody said yes who does not decide, or not alone. Open the pupil: "
    "who may decide stands there, and whom to ask.",
}
_NO = {Standing.NO, Standing.WITHDRAWN, Standing.STOPPED}  # as coverage counts
_SETTLED = {Standing.YES} | _NO


@require_GET
def children(request: HttpRequest) -> HttpResponse:
    """Who has answered, as a picture; with words or a list named, the pupils themselves."""
    if not any(request.GET.get(name) for name in ("q", "class", "list")):
        return picture(request)
    user = must_may(request, Permission.CONSENT_SEE)
    platforms = asked_platforms()
    named = _named(request) if request.GET.get("list") else None
    page = _who_stand_so(request, user, named) if named else _of_that_name(request, user)
    kinds = named.kinds if named else (Kind.PHOTO.value,)
    lines = _lines(list(page), platforms, kinds, purposes_named(request)[0])
    context = {
        "page": page,
        "lines": lines,
        "q": request.GET.get("q", "").strip(),
        "said": named.words if named else "",
        "about": named.about if named else Kind.PHOTO.label,
        "ask_url": _ask_url(request, user, named)
        if named and named.name not in _BY_A_PERSON
        else "",
        "how": _BY_A_PERSON.get(named.name, "") if named else "",
        "again_url": _again_url(request)
        if named and named.name in {Tally.ENDING, Tally.ENDED}
        else "",
    }
    return render(request, "consents/children.html", context)


def _named(request: HttpRequest) -> Listed:
    """The list that the address names."""
    form, year = request.GET.get("class"), request.GET.get("year")
    found = listed.read(request.GET.dict(), form=form, year=year)
    if found is None or found.name == listed.GENERAL:
        raise Http404
    return found


def _ask_url(request: HttpRequest, user: User, named: Listed) -> str:
    """Asking the parents of these pupils and of no others, as far as this person may: whoever looks
    after one school may only look at another."""
    mine = list(School.objects.where(user, Permission.CONSENT_RECORD))
    school = request.GET.get("school", "")
    if not mine or (school and school not in {one.slug for one in mine}):
        return reverse("consents:campaigns")
    narrower = {"school": "school", "class": "form", "year": "year"}
    query = {ours: request.GET[name] for name, ours in narrower.items() if request.GET.get(name)}
    if len(mine) == 1:
        query.setdefault("school", mine[0].slug)
    query["whom"] = _WHOM.get(named.name, Campaign.Whom.ALL).value
    return f"{reverse('consents:new_campaign')}?{urlencode(query | named.address())}"


def _again_url(request: HttpRequest) -> str:
    """Whom to ask again: parents or the pupils themselves."""
    query = {"school": request.GET["school"]} if request.GET.get("school") else {}
    return f"{reverse('consents:ending')}{'?' if query else ''}{urlencode(query)}"


def _of_that_name(request: HttpRequest, user: User) -> Any:
    found = Child.objects.visible_to(user).on_roll().select_related("school")
    if words := request.GET.get("q", "").strip():
        found = found.matching(words)
    if form := request.GET.get("class", ""):
        found = found.filter(form=form)
    return Paginator(found.order_by("surname", "first_name", "pk"), A_PAGE).get_page(
        request.GET.get("page")
    )


def _who_stand_so(request: HttpRequest, user: User, named: Listed) -> Any:
    """Counted by the database as the picture is, so that the two can never disagree."""
    schools = list(School.objects.where(user, Permission.CONSENT_SEE))
    school = school_of(schools, request.GET.get("school", ""))
    ids = named.pupils([school] if school else schools)
    page: Any = Paginator(ids, A_PAGE).get_page(request.GET.get("page"))
    by_id = Child.objects.select_related("school").in_bulk(list(page.object_list))
    page.object_list = [by_id[pk] for pk in page.object_list]
    return page


def _lines(
    pupils: list[Child],
    platforms: list[Platform],
    kinds: Sequence[str],
    purposes: Sequence[str],
) -> list[dict[str, Any]]:
    """Each pupil with how many of the questions are settled, and what needs a person."""
    where = [p.pk for p in platforms]
    cells = standings(pupils, where, kinds, show_holds=False, purposes=purposes)
    lines = []
    for pupil in pupils:
        mine = [cells[pupil.pk, p.pk, kind] for p in platforms for kind in kinds]
        lines.append(
            {
                "child": pupil,
                "yes": sum(cell.standing is Standing.YES for cell in mine),
                "no": sum(cell.standing in _NO for cell in mine),
                "settled": sum(cell.standing in _SETTLED for cell in mine),
                "of": len(mine),
                "needs": _needs(mine),
            }
        )
    return lines


def _needs(cells: list[Cell]) -> list[str]:
    """ "The family differs on 3", for each thing that needs a person."""
    seen = Counter(cell.standing for cell in cells)
    return [f"{words} {seen[one]}" for one, words in NEEDS.items() if one in seen]


# What needs a person, in a pill; the number of answers comes after it.
NEEDS = {
    Standing.CONFLICT: "The family differs on",
    Standing.SOME: "Yes for some purposes:",
    Standing.UNCLEAR: "Unclear:",
    Standing.EXPIRED: "Has ended:",
    Standing.NOT_ENTITLED: "Yes does not count:",
    Standing.WAITS: "Waits for the pupil:",
    Standing.WAITS_FOR_PARENT: "Waits for a parent:",
}
