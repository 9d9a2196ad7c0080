"""Asking grown-ups: mail, letter, the words they read, and what each answer agreed to."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from consents import adult_wording, asking_adults
from consents.agreements import may_edit
from consents.errors import NotAllowed
from consents.forms.people import AdultWordingForm
from consents.models import ADULT_KINDS, AdultWording
from consents.scans import may_open
from consents.views.adults import adult_or_404
from schools.reach import me
from schools.roles import Permission


@require_POST
def ask(request: HttpRequest, pk: int) -> HttpResponse:
    """Mail them a link of their own."""
    found = adult_or_404(request, pk)
    try:
        asking_adults.ask(adult=found, by=me(request))
        messages.success(request, f"{found.name} gets a mail with a link within a minute.")
    except NotAllowed as error:
        messages.error(request, str(error))
    return redirect("consents:adult", pk=pk)


@require_POST
def letter(request: HttpRequest, pk: int) -> HttpResponse:
    """A link on paper. It is new each time, so it is a press."""
    found = adult_or_404(request, pk)
    try:
        made = asking_adults.letter(adult=found, by=me(request))
    except NotAllowed as error:
        messages.error(request, str(error))
        return redirect("consents:adult", pk=pk)
    context = {
        "letter": made,
        "parts": adult_wording.parts(made.wording),
        "platforms": asking_adults.platforms(),
        "kinds": ADULT_KINDS,
    }
    answer = render(request, "consents/adult_letter.html", context)
    answer["Cache-Control"] = "private, no-store"
    return answer


@require_POST
def close(request: HttpRequest, pk: int) -> HttpResponse:
    """Their links open no more."""
    found = adult_or_404(request, pk)
    try:
        asking_adults.revoke(adult=found, by=me(request))
        messages.success(request, f"No link of {found.name} opens any more. Answers stay.")
    except NotAllowed as error:
        messages.error(request, str(error))
    return redirect("consents:adult", pk=pk)


@require_GET
def said(request: HttpRequest, pk: int, decision: int) -> HttpResponse:
    """One answer with exactly the words it was given to (R-145)."""
    found = adult_or_404(request, pk)
    rows = found.decisions.select_related("platform", "recorded_by", "adult_wording", "scan")
    row = get_object_or_404(rows, pk=decision)
    wording = row.adult_wording
    context = {
        "adult": found,
        "said": row,
        "kind": ADULT_KINDS.get(row.kind, row.get_kind_display()),
        "may_open": may_open(me(request), found.school),
        "wording": wording,
        "parts": adult_wording.parts(wording) if wording else [],
        "is_unchanged": wording is not None and adult_wording.is_unchanged(wording),
    }
    return render(request, "consents/adult_said.html", context)


@require_http_methods(["GET", "POST"])
def wording(request: HttpRequest) -> HttpResponse:
    """The words in force, every version before, and the next for whoever may publish it."""
    user = me(request)
    may_write = not may_edit(user)
    if not (may_write or user.may_somewhere(Permission.CONSENT_SEE)):
        raise Http404
    now = adult_wording.in_force()
    form = AdultWordingForm(
        request.POST or None, parts=adult_wording.proposed(), years=now.years if now else None
    )
    if request.method == "POST" and may_write and form.is_valid():
        try:
            made = adult_wording.publish(
                content=form.content(), years=form.cleaned_data["years"], by=user
            )
            messages.success(
                request, f"Published as version {made.number}. Whoever is asked now reads it."
            )
            return redirect("consents:adult_wording")
        except NotAllowed as error:
            form.add_error(None, str(error))
    every = AdultWording.objects.select_related("published_by")
    sees = user.may_somewhere(Permission.CONSENT_SEE)
    context = {
        "back": (reverse("consents:adults"), "Adults")
        if sees
        else (reverse("consents:agreements"), "The agreement"),
        "versions": [(one, adult_wording.parts(one)) for one in every],
        "form": form if may_write else None,
    }
    return render(request, "consents/adult_wording.html", context)
