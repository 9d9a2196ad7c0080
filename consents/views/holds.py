"""Holds: for the safeguarding lead alone. For everybody else these pages do not exist."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from audit.actions import record
from consents import actions, holding
from consents.errors import NotAllowed
from consents.forms.records import HoldForm, ReviewForm
from consents.models import Ask, Child, Hold
from consents.models.holds import in_a_term
from consents.panels import on_holds
from consents.views.reach import must_may
from schools.clock import day
from schools.models import User
from schools.roles import Permission


@require_GET
def holds(request: HttpRequest) -> HttpResponse:
    """Every standing hold of the schools this lead looks after. Looking is written down."""
    user = must_may(request, Permission.HOLD_SET)
    mine = (
        Hold.objects.filter(lifted_at=None)
        .filter(user.school_filter("child__school", Permission.HOLD_SET))
        .select_related("child__school", "set_by")
        .order_by("child__surname", "child__first_name", "pk")
    )
    listed = list(mine)
    record("hold.looked_at", user, by=user, holds=[found.pk for found in listed])
    again = in_a_term()
    words = request.GET.get("q", "").strip()
    pupils = Child.objects.filter(user.school_filter("school", Permission.HOLD_SET)).on_roll()
    context = {
        "holds": sorted(listed, key=lambda found: not found.is_due),
        "due": sum(found.is_due for found in listed),
        "again": again,
        "asks": Ask.objects.open()
        .for_lead(user)
        .select_related("child", "platform", "asked_by")
        .order_by("asked_at"),
        "q": words,
        "panels": on_holds.of(user, user),
        "found": pupils.matching(words).select_related("school")[:12] if words else [],
    }
    return render(request, "consents/holds.html", context)


@require_http_methods(["GET", "POST"])
def hold(request: HttpRequest, pk: int) -> HttpResponse:
    """Put one pupil under a hold."""
    user = must_may(request, Permission.HOLD_SET)
    pupils = Child.objects.filter(user.school_filter("school", Permission.HOLD_SET))
    child = get_object_or_404(pupils.select_related("school"), pk=pk)
    # It can say that this hold is in place already.
    holding.looked_at(child, by=user)
    form = HoldForm(request.POST or None, initial={"review_on": in_a_term()})
    if request.method == "POST" and form.is_valid():
        try:
            actions.set_hold(child=child, by=user, **form.cleaned_data)
            messages.success(
                request, "The hold is in place, at once. Others see what they see for any refusal."
            )
            return redirect("consents:holds")
        except NotAllowed as error:
            form.add_error(None, str(error))
    return render(request, "consents/hold.html", {"child": child, "form": form})


@require_POST
def review(request: HttpRequest, pk: int) -> HttpResponse:
    """Looked at: it stays, until it is looked at again."""
    user = must_may(request, Permission.HOLD_SET)
    found = _mine_or_404(user, pk)
    form = ReviewForm(request.POST)
    if form.is_valid():
        try:
            until = form.cleaned_data["review_on"]
            holding.review_hold(hold=found, by=user, review_on=until)
            messages.success(request, f"Written down: it stays. Look again on {day(until)}.")
        except NotAllowed as error:
            messages.error(request, str(error))
    else:
        messages.error(request, " ".join(str(wrong) for wrong in form.errors["review_on"]))
    return redirect("consents:holds")


@require_POST
def lift(request: HttpRequest, pk: int) -> HttpResponse:
    """End a hold."""
    user = must_may(request, Permission.HOLD_SET)
    found = _mine_or_404(user, pk)
    try:
        actions.lift_hold(hold=found, by=user)
        messages.success(request, "The hold is lifted. Permissions are asked again for every post.")
    except NotAllowed as error:
        messages.error(request, str(error))
    return redirect("consents:holds")


def _mine_or_404(user: User, pk: int) -> Hold:
    mine = Hold.objects.filter(user.school_filter("child__school", Permission.HOLD_SET))
    return get_object_or_404(mine.select_related("child"), pk=pk)
