"""Writing the next version: the document, what it decides, routes, words, and each rule."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from policy import writing
from policy.forms import rules as rules_told
from policy.forms import tables
from policy.forms import versions as told
from policy.models import PolicyVersion
from policy.views.versions import form_page, next_or_404, owner
from schools.errors import NotAllowed
from schools.models import User

KEPT, SAME = "Kept.", "Nothing was changed."


@require_http_methods(["GET", "POST"])
def control(request: HttpRequest) -> HttpResponse:
    """Number, review, and what changes."""
    user, version = owner(request), next_or_404()
    form = told.ControlForm(request.POST or None, instance=PolicyVersion.objects.get(pk=version.pk))

    def keep() -> str:
        return KEPT if writing.change(version=version, by=user, **form.cleaned_data) else SAME

    return form_page(request, form, "The document", keep)


@require_http_methods(["GET", "POST"])
def terms(request: HttpRequest) -> HttpResponse:
    """What the version decides."""
    user, version = owner(request), next_or_404()
    form = told.TermsForm(request.POST or None, initial=version.terms)

    def keep() -> str:
        changed = writing.change_terms(version=version, by=user, **form.cleaned_data)
        return KEPT if changed else SAME

    return form_page(request, form, "What it decides", keep)


@require_http_methods(["GET", "POST"])
def routes(request: HttpRequest) -> HttpResponse:
    """Whom each kind of question or report goes to."""
    user, version = owner(request), next_or_404()
    form = told.RoutesForm(request.POST or None, routes=version.terms["routes"])

    def keep() -> str:
        changed = writing.change_terms(version=version, by=user, routes=form.routes())
        return KEPT if changed else SAME

    return form_page(request, form, "Who is asked or told", keep)


@require_http_methods(["GET", "POST"])
def words(request: HttpRequest) -> HttpResponse:
    """The lists of words."""
    user, version = owner(request), next_or_404()
    form = told.WordsForm(request.POST or None, initial=version.words)

    def keep() -> str:
        return KEPT if writing.change_words(version=version, by=user, **form.cleaned_data) else SAME

    return form_page(request, form, "Lists of words", keep)


@require_http_methods(["GET", "POST"])
def table(request: HttpRequest, name: str) -> HttpResponse:
    """One of the parts that are tables: platforms named, documents, kinds of misuse, checklist,
    purposes. What is refused stays as it was typed."""
    user, version = owner(request), next_or_404()
    if name not in tables.TABLES:
        raise Http404
    one = tables.TABLES[name]
    before = _before(version, name)
    lines = tables.lines(one, request.POST or None, before)
    refused = ""
    if request.method == "POST" and lines.is_valid():
        found = tables.entries(one, lines, {each.get("key", "") for each in before} - {""})
        found, place = tables.moved(one, lines, found, request.POST)
        try:
            changed = _keep(version, name, found, user)
        except NotAllowed as error:
            refused = str(error)
        else:
            messages.success(request, KEPT if changed else SAME)
            if place:
                return redirect(f"{reverse('policy:table', args=[name])}#line-{place}")
            return redirect("policy:next")
    is_wrong = bool(refused) or (lines.is_bound and not lines.is_valid())
    context = {"table": one, "lines": lines, "refused": refused}
    return render(request, "policy/table.html", context, status=422 if is_wrong else 200)


def _before(version: PolicyVersion, name: str) -> list[dict[str, Any]]:
    if name == "purposes":
        return [dict(row) for row in version.purposes.values("key", "name", "is_update")]
    found: list[dict[str, Any]] = version.terms[name]
    return found


def _keep(version: PolicyVersion, name: str, found: list[dict[str, Any]], user: User) -> bool:
    if name == "purposes":
        return writing.change_purposes(version=version, by=user, purposes=found)
    return bool(writing.change_terms(version=version, by=user, **{name: found}))


@require_safe
def rules(request: HttpRequest) -> HttpResponse:
    """Every rule of the next version."""
    owner(request)
    version = next_or_404()
    return render(request, "policy/rules.html", {"version": version, "rules": version.rules.all()})


@require_http_methods(["GET", "POST"])
def add_clause(request: HttpRequest) -> HttpResponse:
    """A clause of the trust's own."""
    user, version = owner(request), next_or_404()
    form = rules_told.ClauseForm(request.POST or None)

    def keep() -> str:
        made = writing.add_clause(version=version, by=user, **form.cleaned_data)
        return f"“{made.title}” is one of its rules."

    return form_page(request, form, "A clause of your own", keep)


@require_http_methods(["GET", "POST"])
def rule(request: HttpRequest, key: str) -> HttpResponse:
    """One rule; never below the floor."""
    user, version = owner(request), next_or_404()
    found = get_object_or_404(version.rules, key=key)
    form = rules_told.RuleForm(request.POST or None, instance=version.rules.get(key=key))

    def keep() -> str:
        return KEPT if writing.change_rule(rule=found, by=user, **form.cleaned_data) else SAME

    return form_page(request, form, f"{found.title} ({found.reference})", keep)
