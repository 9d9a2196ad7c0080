"""Asking grown-ups: mail, letter, and what each answer agreed to."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_POST

from consents import adult_wording, asking_adults
from consents.errors import NotAllowed
from consents.models import ADULT_KINDS
from consents.scans import may_open
from consents.views.adults import adult_or_404
from schools.reach import me


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
        language = request.POST.get("language", "")
        made = asking_adults.letter(adult=found, language=language, by=me(request))
    except NotAllowed as error:
        messages.error(request, str(error))
        return redirect("consents:adult", pk=pk)
    context = {
        "letter": made,
        "parts": adult_wording.parts(made.wording),
        "platforms": asking_adults.platforms(),
        "kinds": [made.wording.say(f"k_{kind}") for kind in ADULT_KINDS],
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
    version = row.adult_wording
    document = adult_wording.document(version)
    wording = document.best(row.language)
    context = {
        "adult": found,
        "said": row,
        "kind": row.adult_kind,
        "may_open": may_open(me(request), found.school),
        "version": version,
        "wording": wording,
        "is_one_of_several": len(document.wordings) > 1,
        "question": wording.say(f"q_{row.kind}"),
        "parts": adult_wording.parts(wording),
        "is_unchanged": version is not None and adult_wording.is_unchanged(version),
    }
    return render(request, "consents/adult_said.html", context)
