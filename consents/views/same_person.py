"""Entries that may be one parent: a person looks at them and says."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_POST

from consents import same_person
from consents.errors import NotAllowed
from consents.models import Parent
from consents.views.reach import must_may
from schools.reach import me, number_or_404
from schools.roles import Permission

A_PAGE = 30


@require_GET
def pairs(request: HttpRequest) -> HttpResponse:
    """Pairs nobody has spoken of, then those that are one person by somebody’s word."""
    user = must_may(request, Permission.CONSENT_SEE)
    page = Paginator(same_person.to_look_at(user), A_PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "joined": same_person.joined(user)}
    return render(request, "consents/same_person.html", context)


@require_POST
def say(request: HttpRequest) -> HttpResponse:
    """One person, or two. The other word undoes it."""
    one, other = (
        get_object_or_404(Parent, pk=number_or_404(request.POST.get(name, "")))
        for name in ("one", "other")
    )
    word = request.POST.get("word", "")
    if word not in {"one", "two"}:
        raise Http404
    try:
        same_person.say(one=one, other=other, is_same=word == "one", by=me(request))
    except NotAllowed as error:
        messages.error(request, str(error))
        return redirect("consents:same_person")
    if word == "one":
        then = "With any of their links they see all their children. Each school sees its own."
        messages.success(request, f"{one.full_name} is one person. {then}")
    else:
        messages.success(request, f"{one.full_name}: two people. Each has links of their own.")
    return redirect("consents:same_person")
