"""One's own pages: how one stands with the policy, reading it, the notice of what is recorded."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_GET, require_http_methods

from policy import people, routes
from policy.acknowledging import acknowledge, show_notice
from policy.asked import asked_of
from policy.guiding import accounts_of, may_ask_for_linkedin
from policy.models import Acknowledgement, ChannelGrant, LinkedInPermission, Restriction, Training
from policy.rulebook import Rulebook
from policy.withholding import NEEDED
from schools.errors import NotAllowed
from schools.models import School, User
from schools.reach import me
from schools.roles import Role


@require_GET
def own(request: HttpRequest) -> HttpResponse:
    """How I stand: read, trained, restricted, which accounts, LinkedIn. A fixed number of
    queries."""
    user, book = me(request), Rulebook.in_force()
    granted = ChannelGrant.objects.in_force().filter(user=user)
    context = {
        "book": book,
        "said": Acknowledgement.objects.filter(user=user).select_related("version"),
        "must_read": people.must_acknowledge(user, book, to=user),
        "trainings": Training.objects.filter(user=user, struck_at=None),
        "in_date": set(Training.objects.in_date().filter(user=user).values_list("pk", flat=True)),
        "restrictions": Restriction.objects.in_force()
        .filter(user=user)
        .select_related("school", "set_by", "extra_approver"),
        "grants": granted.select_related("channel__platform", "channel__school", "granted_by"),
        "linkedin": LinkedInPermission.objects.filter(user=user)
        .select_related("decided_by")
        .first(),
        "has_linkedin": bool(book.terms.linkedin_exception),
        "may_ask": not may_ask_for_linkedin(user, book),
        "manager": user.manager,
        "advisers": _advisers(user, book),
        "may_allow": accounts_of(user, book).exists(),
        "lacks": sorted({why for what in NEEDED if (why := user.why_withheld(what))}),
    }
    return render(request, "policy/own.html", context)


def _advisers(user: User, book: Rulebook) -> list[User] | None:
    """Whom a manager asks for advice (R-138); none where the policy says nothing of it, or for
    somebody who manages nobody."""
    if not book.is_on("manager_advice"):
        return None
    managed = [role.school for role in user.roles_today() if role.role == Role.MANAGER]
    if not managed:
        return None
    school = managed[0] or School.objects.order_by("pk").first()
    return routes.people("hr_advice", school, asking=user, book=book) if school else []


@require_http_methods(["GET", "POST"])
def read(request: HttpRequest) -> HttpResponse:
    """What the policy in force asks of me; saying that I read it (R-030)."""
    user, book = me(request), Rulebook.in_force()
    asked = asked_of(user, book)
    if request.method == "POST":
        try:
            said = acknowledge(by=user, seen=request.POST.get("seen", ""))
            # Said only of what is stored (failure 14).
            Acknowledgement.objects.get(pk=said.pk)
            messages.success(request, "Kept, with the time and exactly what you read.")
            return redirect(_next(request))
        except NotAllowed as error:
            messages.error(request, str(error))
            return redirect("policy:read")
    mine = Acknowledgement.objects.filter(user=user, version=book.version, covers=asked.covers)
    context = {
        "asked": asked,
        "said": mine.first(),
        "next": _next(request),
        "book": book,
        "document": book.version.documents.filter(removed_at=None).first(),
    }
    return render(request, "policy/read.html", context)


@require_GET
def told(request: HttpRequest) -> HttpResponse:
    """The notice of what is recorded and looked at. Opening it keeps when it was shown; it asks
    for no agreement (R-049, R-051)."""
    user, book = me(request), Rulebook.in_force()
    shown = show_notice(to=user)
    context = {
        "notice": book.terms.monitoring_notice,
        "book": book,
        "shown": shown,
        "next": _next(request),
        "must_read": people.must_acknowledge(user, book, to=user),
    }
    return render(request, "policy/told.html", context)


def _next(request: HttpRequest) -> str:
    """Where the person was going, if that is a page of ours."""
    wished = request.POST.get("next") or request.GET.get("next") or "/"
    ours = url_has_allowed_host_and_scheme(
        wished, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return wished if ours else "/"
