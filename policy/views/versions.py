"""The owner's pages: the version in force and its reviews, and the next one until its day."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from policy import life, rules, writing
from policy.choosing import choose_misuse_route
from policy.comparing import by_part, changes
from policy.forms import versions as told
from policy.forms.tables import TABLES
from policy.lacking import is_silent, lacking
from policy.models import Formality, PolicyVersion, Review
from policy.rulebook import Rulebook
from policy.terms import Terms
from schools.clock import day
from schools.errors import NotAllowed
from schools.models import User
from schools.reach import me
from schools.roles import Role

# What each button of these pages sends.
_VERBS = {verb: {"verb": verb} for verb in ("start", "sign", "discard", "take_back")}


@require_http_methods(["GET", "POST"])
def desk(request: HttpRequest) -> HttpResponse:
    """What is in force, when it is looked at again, and the way to the next version."""
    user = owner(request)
    version = get_object_or_404(PolicyVersion, in_force=True)
    review = version.reviews.filter(closed_at=None).first()
    form = _review_form(request, review)
    if request.method == "POST" and form.is_valid():
        if review is None:
            life.open_review(version=version, by=user, **form.cleaned_data)
            messages.success(request, "The review is open.")
        else:
            life.close_review(review=review, by=user, **form.cleaned_data)
            messages.success(request, "The review is closed, and the next one has its day.")
        return redirect("policy:desk")
    context: dict[str, Any] = {
        "version": version,
        "overdue": rules.overdue(version, timezone.localdate()),
        "next": PolicyVersion.objects.filter(in_force_since=None).first(),
        "past": PolicyVersion.objects.filter(in_force=False, in_force_since__isnull=False),
        "review": review,
        "reviews": version.reviews.exclude(closed_at=None).select_related("closed_by"),
        "form": form,
    }
    context |= _VERBS | _missing(version)
    return render(request, "policy/desk.html", context, status=422 if form.errors else 200)


@require_safe
def next_version(request: HttpRequest) -> HttpResponse:
    """What the next version changes. Its owners see it from the start, staff once they are told."""
    user, version = me(request), next_or_404()
    may_edit = not rules.may_edit(user)
    if version.announced_at is None and not may_edit:
        raise Http404
    present = get_object_or_404(PolicyVersion, in_force=True)
    context: dict[str, Any] = {
        "version": version,
        "parts": by_part(changes(present, version)),
        "present": present,
        "may_edit": may_edit,
        "document": version.documents.filter(removed_at=None).first(),
    }
    if may_edit:
        context |= _steps(version, user) | _VERBS | {"tables": TABLES}
    return render(request, "policy/next.html", context)


@require_POST
def act(request: HttpRequest) -> HttpResponse:
    """One press: begin, sign off, give up, take back."""
    user = owner(request)
    verb = request.POST.get("verb", "")
    try:
        if verb == "start":
            writing.start(by=user)
            return redirect("policy:next")
        said = _press(verb, next_or_404(), user)
    except NotAllowed as error:
        messages.error(request, str(error))
        return redirect("policy:desk" if verb == "start" else "policy:next")
    messages.success(request, said)
    return redirect("policy:desk" if verb == "discard" else "policy:next")


@require_http_methods(["GET", "POST"])
def formality(request: HttpRequest) -> HttpResponse:
    """Write down the Board's minute or the consultation of the unions."""
    user, version = owner(request), next_or_404()
    asked = Terms.read(version.terms).activation_requires
    form = told.FormalityForm(request.POST or None)
    kinds = [(k, str(v)) for k, v in Formality.Kind.choices if k in asked and k != "sign_off"]
    form.fields["kind"].choices = kinds  # type: ignore[attr-defined]

    def keep() -> str:
        life.note_formality(version=version, by=user, **form.cleaned_data)
        return "It is on record, for exactly these words of the version."

    return form_page(request, form, "Who approved it", keep)


@require_http_methods(["GET", "POST"])
def announce(request: HttpRequest) -> HttpResponse:
    """Tell all staff from which day it counts; the earliest day is named (R-010)."""
    user, version = owner(request), next_or_404()
    today = timezone.localdate()
    first = rules.earliest(version, today)
    form = told.AnnounceForm(request.POST or None, initial={"on": first})
    form.fields["on"].help_text = f"From midnight. The earliest day is {day(first)}."

    def keep() -> str | None:
        on: date = form.cleaned_data["on"]
        warning = rules.is_short(version, on, today)
        if warning and not form.cleaned_data["sure"]:
            form.ask_if_sure(warning)
            form.add_error("sure", f"{warning} Tick this if you mean it, and press again.")
            return None
        life.announce(version=version, on=on, by=user)
        return f"All staff are told. It takes effect on {day(on)}."

    return form_page(request, form, "Tell all staff", keep, button="Tell all staff")


@require_http_methods(["GET", "POST"])
def misuse(request: HttpRequest) -> HttpResponse:
    """Choose whom reports of misuse go to, where the policy in force names nobody (R-143)."""
    user, book = owner(request), Rulebook.in_force()
    if not is_silent(book):
        raise Http404
    kept = [list(group) for group in book.terms.routes.misuse]
    initial = dict(zip(("first", "then"), kept, strict=False))
    form = told.MisuseForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            choose_misuse_route(groups=form.groups(), by=user)
        except NotAllowed as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, "Kept. Reports of misuse go there from now on.")
            return redirect("policy:desk")
    status = 422 if form.errors else 200
    return render(request, "policy/misuse.html", {"form": form}, status=status)


def _review_form(request: HttpRequest, review: Review | None) -> Any:
    given = request.POST or None
    return told.CloseReviewForm(given) if review else told.ReviewForm(given)


def _steps(version: PolicyVersion, user: User) -> dict[str, Any]:
    """What stands between the version and its day."""
    held = rules.formalities(version)
    return {
        "steps": [(Formality.Kind(kind).label, row) for kind, row in held.items()],
        "signer": Role(Terms.read(version.terms).signs_off).label,
        "may_sign": not rules.may_sign(user, version) and held["sign_off"] is None,
        "missing": rules.missing(version),
    }


def _missing(version: PolicyVersion) -> dict[str, Any]:
    """What is missing for the policy to work, and whether a route is the trust's to choose."""
    book = Rulebook(version)
    return {"lacking": lacking(book), "chooses_misuse": is_silent(book)}


def _press(verb: str, version: PolicyVersion, user: User) -> str:
    if verb == "sign":
        life.sign_off(version=version, by=user)
        return "You signed it off. A change of its words voids that."
    if verb == "take_back":
        life.take_back(version=version, by=user)
        return "The announcement is taken back, and staff are told."
    if verb == "discard":
        writing.discard(version=version, by=user)
        return "The next version is given up."
    raise Http404


def form_page(
    request: HttpRequest,
    form: forms.BaseForm,
    title: str,
    keep: Callable[[], str | None],
    button: str = "Keep this",
) -> HttpResponse:
    """A form about the next version: `keep` does it and says what it did."""
    if request.method == "POST" and form.is_valid():
        try:
            said = keep()
        except NotAllowed as error:
            where = getattr(error, "field", None)
            form.add_error(where if where in form.fields else None, str(error))
        else:
            if said is not None:
                messages.success(request, said)
                return redirect("policy:next")
    context = {"form": form, "title": title, "button": button}
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "policy/form.html", context, status=status)


def next_or_404() -> PolicyVersion:
    return get_object_or_404(PolicyVersion, in_force_since=None)


def owner(request: HttpRequest) -> User:
    user = me(request)
    if rules.may_edit(user):
        raise Http404
    return user
