"""What we record about you, and what somebody did."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET, require_http_methods

from audit import vocabulary
from audit.models import Event
from policy.looking import open_activity
from policy.rulebook import Rulebook
from schools.models import User
from schools.reach import me
from schools.roles import Permission

A_PAGE = 50


@require_GET
def record(request: HttpRequest) -> HttpResponse:
    """Every kind of event that the program can write down, in plain words (R-052)."""
    terms = Rulebook.in_force().terms
    subjects = [(s.heading, sorted(set(s.words.values()))) for s in vocabulary.subjects()]
    context = {"subjects": subjects, "notice": terms.monitoring_notice}
    return render(request, "policy/record.html", context)


@require_GET
def mine(request: HttpRequest) -> HttpResponse:
    """What is written down of what I did, newest first."""
    return _page(request, me(request), own=True)


@require_http_methods(["GET", "POST"])
def of_person(request: HttpRequest, pk: int) -> HttpResponse:
    """What another person did. Asked for with a press, which is itself written down (R-050); the
    address alone shows nothing but that press."""
    user = me(request)
    if not user.may_for_trust(Permission.ACTIVITY_READ):
        raise Http404
    found = get_object_or_404(User, pk=pk)
    if request.method == "GET":
        return render(request, "policy/activity_ask.html", {"person": found})
    open_activity(of=found, by=user)
    return _page(request, found, own=False)


def _page(request: HttpRequest, person: User, *, own: bool) -> HttpResponse:
    asked = request.POST.get("page") or request.GET.get("page")
    events = Event.objects.filter(actor_id=person.pk).order_by("-pk")
    page = Paginator(events, A_PAGE).get_page(asked)
    words = vocabulary.described()
    # A kind of event that has gone out of use keeps its own name.
    lines = [(event.at, words.get(event.verb, event.verb)) for event in page.object_list]
    context = {"person": person, "own": own, "page": page, "lines": lines}
    return render(request, "policy/activity.html", context)
