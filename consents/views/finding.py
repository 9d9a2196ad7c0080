"""Find pupils: by name, by class, or by what is missing. Each line says how far its answers are."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from consents.agreements import in_force
from consents.coverage import OPEN, Scope, Tally, pupils_of_any_kind
from consents.endings import asked_again_before
from consents.models import Campaign, Child, Kind
from consents.states import Cell, Standing, standings
from consents.views.coverage import picture, school_of
from consents.views.purposes import purposes_named
from consents.views.reach import asked_platforms, must_may
from policy.models import Platform
from schools.models import School, User
from schools.reach import number_or_404
from schools.roles import Permission

A_PAGE = 40
EVERY_KIND = "every"  # as a list's address says it
_LISTS = {
    "missing": (OPEN, "No answer that counts yet"),
    Tally.NOT_ASKED.value: ((Tally.NOT_ASKED,), "No answer at all"),
    Tally.CONFLICT.value: ((Tally.CONFLICT,), "Parents gave different answers"),
    Tally.UNCLEAR.value: ((Tally.UNCLEAR,), "An answer is unclear"),
    Tally.SOME.value: ((Tally.SOME,), "A yes for some purposes only"),
    Tally.ENDED.value: ((Tally.ENDED,), "A yes has ended"),
    Tally.ENDING.value: ((Tally.ENDING,), "A yes ends soon"),
    Tally.UNCOUNTED.value: ((Tally.UNCOUNTED,), "A yes that does not count yet"),
    "all": (tuple(Tally), "Everybody"),
}
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
_SETTLED = {Standing.YES, Standing.NO, Standing.WITHDRAWN, Standing.STOPPED}  # as coverage counts


@require_GET
def children(request: HttpRequest) -> HttpResponse:
    """Who has answered, as a picture; with words or a list named, the pupils themselves."""
    if not any(request.GET.get(name) for name in ("q", "class", "list")):
        return picture(request)
    user = must_may(request, Permission.CONSENT_SEE)
    kinds = _kinds(request)
    platforms = asked_platforms()
    named = request.GET.get("list", "")
    page = _who_stand_so(request, user, platforms, kinds) if named else _of_that_name(request, user)
    context = {
        "page": page,
        "lines": _lines(list(page), platforms, kinds, purposes_named(request)[0]),
        "q": request.GET.get("q", "").strip(),
        "said": _said(request, platforms, kinds) if named else "",
        "about": _about(kinds),
        "ask_url": _ask_url(request, user) if named and named not in _BY_A_PERSON else "",
        "how": _BY_A_PERSON.get(named, ""),
        "again_url": _again_url(request) if named in {Tally.ENDING, Tally.ENDED} else "",
    }
    return render(request, "consents/children.html", context)


def _kinds(request: HttpRequest) -> list[str]:
    """The kind named, or every one together."""
    kind = request.GET.get("kind", Kind.PHOTO)
    if kind == EVERY_KIND:
        return list(Kind.values)
    return [kind] if kind in Kind.values else [Kind.PHOTO.value]


def _about(kinds: list[str]) -> str:
    return Kind(kinds[0]).label if len(kinds) == 1 else "Any kind"


def _ask_url(request: HttpRequest, user: User) -> str:
    """Asking the parents of these pupils, as far as this person may: whoever looks after one
    school may only look at another."""
    mine = list(School.objects.where(user, Permission.CONSENT_RECORD))
    school = request.GET.get("school", "")
    if not mine or (school and school not in {one.slug for one in mine}):
        return reverse("consents:campaigns")
    named = {"school": "school", "class": "form", "year": "year"}
    query = {ours: request.GET[name] for name, ours in named.items() if request.GET.get(name)}
    if len(mine) == 1:
        query.setdefault("school", mine[0].slug)
    query["whom"] = _WHOM.get(request.GET["list"], Campaign.Whom.ALL).value
    return f"{reverse('consents:new_campaign')}?{urlencode(query)}"


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


def _who_stand_so(
    request: HttpRequest, user: User, platforms: list[Platform], kinds: list[str]
) -> Any:
    """Counted by the database as the picture is, so that the two can never disagree."""
    tallies = _LISTS.get(request.GET["list"], ((), ""))[0]
    if not tallies:
        raise Http404
    schools = list(School.objects.where(user, Permission.CONSENT_SEE))
    school = school_of(schools, request.GET.get("school", ""))
    where = [p.pk for p in _asked_about(request, platforms)]
    scope = Scope(
        [school.pk] if school else [s.pk for s in schools],
        where,
        form=request.GET.get("class"),
        year=request.GET.get("year"),
        soon=asked_again_before(in_force()),
        purposes=purposes_named(request)[0],
    )
    ids = pupils_of_any_kind(scope, tallies, kinds)
    page: Any = Paginator(ids, A_PAGE).get_page(request.GET.get("page"))
    by_id = Child.objects.select_related("school").in_bulk(list(page.object_list))
    page.object_list = [by_id[pk] for pk in page.object_list]
    return page


def _asked_about(request: HttpRequest, platforms: list[Platform]) -> list[Platform]:
    named = request.GET.get("platform", "")
    if not named:
        return platforms
    wanted = number_or_404(named)
    found = [p for p in platforms if p.pk == wanted]
    if not found:
        raise Http404
    return found


def _said(request: HttpRequest, platforms: list[Platform], kinds: list[str]) -> str:
    """What the list holds, in words: "No answer at all: photo on Facebook, 4B"."""
    where = _asked_about(request, platforms)
    about = _about(kinds).lower() + (f" on {where[0].name}" if len(where) == 1 else "")
    narrower = [request.GET.get("class", "") or _year(request.GET.get("year", ""))]
    return ", ".join([f"{_LISTS[request.GET['list']][1]}: {about}", *filter(None, narrower)])


def _year(year: str) -> str:
    return f"year {year}" if year else ""


def _lines(
    pupils: list[Child], platforms: list[Platform], kinds: list[str], purposes: Sequence[str]
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
                "settled": sum(cell.standing in _SETTLED for cell in mine),
                "of": len(mine),
                "needs": _needs(mine),
            }
        )
    return lines


def _needs(cells: list[Cell]) -> list[str]:
    seen = {cell.standing for cell in cells}
    return [words for standing, words in NEEDS.items() if standing in seen]


# What needs a person, in a pill.
NEEDS = {
    Standing.CONFLICT: "Parents differ",
    Standing.SOME: "Yes for some purposes",
    Standing.UNCLEAR: "Unclear",
    Standing.EXPIRED: "Has ended",
    Standing.NOT_ENTITLED: "Yes does not count",
    Standing.WAITS: "Waits for the pupil",
    Standing.WAITS_FOR_PARENT: "Waits for a parent",
}
