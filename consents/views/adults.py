"""Adults who may be pictured: who they are, and what they answered about photos of themselves."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from consents import actions
from consents.actions import Said
from consents.errors import NotAllowed
from consents.forms.people import NewAdultForm
from consents.forms.records import AdultAnswerForm
from consents.models import Adult, Kind, Way
from consents.panels import Withdrawal, follows, on_withdrawal
from consents.states import Standing, adult_standings
from consents.views.reach import asked_platforms, must_may
from policy.models import Platform
from schools.reach import me, number_or_404
from schools.roles import Permission

A_PAGE = 40


@require_http_methods(["GET", "POST"])
def adults(request: HttpRequest) -> HttpResponse:
    """Everybody grown up who may be pictured, and somebody new."""
    user = must_may(request, Permission.CONSENT_SEE)
    may_record = user.may_somewhere(Permission.CONSENT_RECORD)
    form = NewAdultForm(request.POST or None, user=user)
    if request.method == "POST" and may_record and form.is_valid():
        try:
            made = actions.add_adult(by=user, **form.cleaned_data)
            messages.success(request, f"{made.name} is added. Write down what they answered.")
            return redirect("consents:adult", pk=made.pk)
        except NotAllowed as error:
            form.add_error(None, str(error))
    mine = Adult.objects.filter(user.school_filter("school", Permission.CONSENT_SEE))
    page = Paginator(mine.select_related("school").order_by("name", "pk"), A_PAGE).get_page(
        request.GET.get("page")
    )
    platforms = asked_platforms()
    cells = adult_standings([a.pk for a in page], [p.pk for p in platforms])
    context = {
        "page": page,
        "platforms": platforms,
        "rows": [(a, [(p, cells[a.pk, p.pk]) for p in platforms]) for a in page],
        "form": form,
        "may_record": may_record,
    }
    return render(request, "consents/adults.html", context)


@require_http_methods(["GET", "POST"])
def adult(request: HttpRequest, pk: int) -> HttpResponse:
    """One adult: what they answered, and a new answer."""
    found = _adult_or_404(request, pk)
    user = me(request)
    may_record = user.may(Permission.CONSENT_RECORD, found.school_id)
    initial = {"given_on": timezone.localdate(), "way": Way.IN_PERSON}
    form = AdultAnswerForm(request.POST or None, initial=initial)
    if request.method == "POST" and may_record and form.is_valid():
        try:
            _record(request, found, form)
            return redirect("consents:adult", pk=pk)
        except NotAllowed as error:
            form.add_error(None, str(error))
    platforms = asked_platforms()
    cells = adult_standings([found.pk], [p.pk for p in platforms])
    said = found.decisions.select_related("platform", "recorded_by").order_by("-recorded_at", "-pk")
    may_withdraw = may_record and any(cell.standing is Standing.YES for cell in cells.values())
    about = Withdrawal(adults=(found,))
    context = {
        "adult": found,
        "cells": [(p, cells[found.pk, p.pk]) for p in platforms],
        "decisions": Paginator(said, A_PAGE).get_page(request.GET.get("page")),
        "form": form,
        "may_record": may_record,
        "withdrawal": on_withdrawal.of(about, user) if may_withdraw else [],
    }
    return render(request, "consents/adult.html", context)


@require_POST
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """One press: a platform, or everything."""
    found = _adult_or_404(request, pk)
    platform = request.POST.get("platform")
    # No platform named means every platform; one that is none is not found.
    where = None if platform is None else [get_object_or_404(Platform, pk=number_or_404(platform))]
    try:
        made = actions.withdraw_adult(adult=found, by=me(request), platforms=where)
        names = ", ".join(d.platform.name for d in made)
        done = Withdrawal(
            adults=(found,), platforms=frozenset(d.platform_id for d in made), is_done=True
        )
        said = f"Withdrawn at once for {names}. {follows(done, me(request))}"
        messages.success(request, said.strip())
    except NotAllowed as error:
        messages.error(request, str(error))
    return redirect("consents:adult", pk=pk)


def _adult_or_404(request: HttpRequest, pk: int) -> Adult:
    mine = Adult.objects.filter(me(request).school_filter("school", Permission.CONSENT_SEE))
    return get_object_or_404(mine.select_related("school"), pk=pk)


def _record(request: HttpRequest, found: Adult, form: AdultAnswerForm) -> None:
    data: dict[str, Any] = form.cleaned_data
    made = actions.record_many(
        said=[Said(p, Kind.PHOTO, data["answer"]) for p in data["platforms"]],
        adult=found,
        way=data["way"],
        given_at=form.given_at(),
        until=data["until"],
        evidence=data["evidence"],
        by=me(request),
    )
    written = "1 answer is" if len(made) == 1 else f"{len(made)} answers are"
    messages.success(request, f"{written} written down for {found.name}.")
