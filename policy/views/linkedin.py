"""Naming the trust on one's LinkedIn profile: asked by anybody, answered by HR (R-047)."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from policy import linkedin
from policy.guiding import answers_linkedin
from policy.models import LinkedInPermission
from policy.rulebook import Rulebook
from schools.errors import NotAllowed
from schools.reach import me, number_or_404

State = LinkedInPermission.State


@require_POST
def ask(request: HttpRequest) -> HttpResponse:
    """Ask HR."""
    try:
        linkedin.ask(by=me(request))
        messages.success(request, "Asked. The answer will stand here.")
    except NotAllowed as error:
        messages.error(request, str(error))
    return redirect("policy:own")


@require_http_methods(["GET", "POST"])
def requests(request: HttpRequest) -> HttpResponse:
    """What waits for an answer, and what is granted; for the roles that the policy names."""
    user = me(request)
    if not answers_linkedin(user, Rulebook.in_force()):
        raise Http404
    if request.method == "POST":
        return _answer(request)
    found = LinkedInPermission.objects.exclude(state__in=[State.REFUSED, State.ENDED])
    context = {
        "asked": found.filter(state=State.ASKED).exclude(user=user).select_related("user"),
        "granted": found.filter(state=State.GRANTED).select_related("user", "decided_by"),
    }
    return render(request, "policy/linkedin.html", context)


def _answer(request: HttpRequest) -> HttpResponse:
    asked = get_object_or_404(
        LinkedInPermission.objects.select_related("user"),
        pk=number_or_404(request.POST.get("asked")),
    )
    verb, user = request.POST.get("verb"), me(request)
    try:
        if verb == "end":
            linkedin.end(permission=asked, by=user)
        elif verb in {"grant", "refuse"}:
            linkedin.decide(asked=asked, granted=verb == "grant", by=user)
        else:
            raise Http404
        messages.success(request, f"Kept. {asked.user.name} has been told.")
    except NotAllowed as error:
        messages.error(request, str(error))
    return redirect("policy:linkedin")
