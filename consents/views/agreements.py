"""The agreement: its versions, what exactly was agreed, and writing the next one."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from consents import agreements, first_version
from consents.endings import is_over, sections
from consents.errors import NotAllowed
from consents.forms.agreements import (
    AskedForm,
    LanguageForm,
    PublishForm,
    WordingForm,
    without_language,
)
from consents.models import Agreement, AgreementDraft, Kind
from consents.scans import may_open
from consents.unversioned import instead
from consents.views.reach import child_or_404
from consents.wording import ENGLISH, Document, Wording
from policy.models import Platform
from schools.models import User
from schools.reach import me, number
from schools.roles import Permission


@require_GET
def versions(request: HttpRequest) -> HttpResponse:
    """Every version there was, the one in force, and the draft."""
    user = _reader(request)
    current = agreements.in_force()
    context = {
        "versions": Agreement.objects.select_related("published_by"),
        "current": current,
        "not_asked": agreements.not_asked_by(Document.read(current.content)) if current else [],
        "is_over": current is not None
        and is_over(Document.read(current.content), timezone.localdate()),
        "draft": AgreementDraft.objects.select_related("changed_by").first(),
        "may_edit": not agreements.may_edit(user),
    }
    return render(request, "consents/agreements.html", context)


@require_GET
def version(request: HttpRequest, pk: int, digest: str) -> HttpResponse:
    """What was agreed: one version, found only by its number and its fingerprint together."""
    _reader(request)
    found = get_object_or_404(Agreement.objects.select_related("published_by"), pk=pk)
    if found.sha256 != digest:
        raise Http404
    return render(request, "consents/agreement.html", _read(found, request.GET.get("lang", "")))


@require_GET
def said(request: HttpRequest, pk: int, decision: int) -> HttpResponse:
    """One answer about a child, with exactly the words its giver had before them."""
    child = child_or_404(request, pk)
    rows = child.decisions.select_related("platform", "giver", "recorded_by", "agreement", "scan")
    found = get_object_or_404(rows, pk=decision)
    context: dict[str, object] = {
        "child": child,
        "decision": found,
        "may_open": may_open(me(request), child.school),
    }
    if found.agreement is not None:
        context |= _read(found.agreement, found.language)
    else:
        context["instead"] = instead(found)
    return render(request, "consents/agreement_said.html", context)


@require_http_methods(["GET", "POST"])
def draft(request: HttpRequest) -> HttpResponse:
    """What the next version asks."""
    user, row, document = _mine(request)
    form = AskedForm(request.POST or None, document=document, revision=row.revision)
    if request.method == "POST" and form.is_valid() and _kept(form, row, user):
        messages.success(request, "The draft is kept.")
        return redirect("consents:agreement_draft")
    return _draft_page(request, row, document, form, None)


@require_POST
def start(request: HttpRequest) -> HttpResponse:
    """Begin the next version."""
    user = _writer(request)
    try:
        agreements.start(by=user)
    except NotAllowed as error:
        messages.error(request, str(error))
    return redirect("consents:agreement_draft")


@require_POST
def add_language(request: HttpRequest) -> HttpResponse:
    """One more language, whose words are then filled in."""
    user, row, document = _mine(request)
    form = LanguageForm(request.POST, document=document, revision=row.revision)
    if form.is_valid() and _kept(form, row, user):
        return redirect("consents:agreement_language", code=form.cleaned_data["code"])
    asked = AskedForm(document=document, revision=row.revision)
    return _draft_page(request, row, document, asked, form)


@require_http_methods(["GET", "POST"])
def language(request: HttpRequest, code: str) -> HttpResponse:
    """The words in one language."""
    user, row, document = _mine(request)
    wording = document.wording(code)
    if wording is None:
        raise Http404
    form = WordingForm(
        request.POST or None, document=document, wording=wording, revision=row.revision
    )
    if request.method == "POST" and form.is_valid() and _kept(form, row, user):
        messages.success(request, f"{wording.name} is kept.")
        return redirect("consents:agreement_draft")
    context = {"form": form, "wording": wording, "is_english": code == ENGLISH}
    return render(request, "consents/agreement_language.html", context)


@require_POST
def remove_language(request: HttpRequest, code: str) -> HttpResponse:
    """Leave a language out of the next version."""
    user, _, document = _mine(request)
    revision = number(request.POST.get("revision")) or 0
    try:
        agreements.save(document=without_language(document, code), revision=revision, by=user)
        messages.success(request, "That language is left out.")
    except NotAllowed as error:
        messages.error(request, str(error))
    return redirect("consents:agreement_draft")


@require_POST
def publish(request: HttpRequest) -> HttpResponse:
    """Approve the draft as the next version."""
    user = _writer(request)
    form = PublishForm(request.POST)
    if not form.is_valid():
        wrong = form.errors.get("starts_on") or ["Open the draft again."]
        messages.error(request, " ".join(map(str, wrong)))
        return redirect("consents:agreement_draft")
    try:
        made = agreements.publish(by=user, **form.cleaned_data)
        messages.success(request, f"Version {made.number} is published. Nobody can change it now.")
        return redirect("consents:agreements")
    except NotAllowed as error:
        messages.error(request, str(error))
    return redirect("consents:agreement_draft")


@require_POST
def discard(request: HttpRequest) -> HttpResponse:
    """Throw the draft away."""
    try:
        agreements.discard(by=_writer(request))
        messages.success(request, "The draft is thrown away. What is in force stays.")
    except NotAllowed as error:
        messages.error(request, str(error))
    return redirect("consents:agreements")


def _reader(request: HttpRequest) -> User:
    """Whoever may open permission records, or writes the agreement."""
    user = me(request)
    mine = (Permission.CONSENT_SEE, Permission.AGREEMENT_EDIT)
    if not any(user.may_somewhere(permission) for permission in mine):
        raise Http404
    return user


def _writer(request: HttpRequest) -> User:
    user = me(request)
    if agreements.may_edit(user):
        raise Http404
    return user


def _mine(request: HttpRequest) -> tuple[User, AgreementDraft, Document]:
    user = _writer(request)
    row = get_object_or_404(AgreementDraft, pk=1)
    return user, row, Document.read(row.content)


def _kept(form: AskedForm | WordingForm | LanguageForm, row: AgreementDraft, user: User) -> bool:
    """Is it saved? If somebody was faster, the form keeps what was typed and says so."""
    try:
        agreements.save(document=form.changed(), revision=form.cleaned_data["revision"], by=user)
    except agreements.Stale:
        form.again(get_object_or_404(AgreementDraft, pk=row.pk).revision)
        return False
    return True


def _draft_page(
    request: HttpRequest,
    row: AgreementDraft,
    document: Document,
    form: AskedForm,
    new: LanguageForm | None,
) -> HttpResponse:
    context = {
        "draft": row,
        "document": document,
        "form": form,
        "new": new or LanguageForm(document=document, revision=row.revision),
        "publish": PublishForm(initial={"revision": row.revision}),
        "wrong": agreements.may_publish(document),
        "touched": first_version.touched(document),
    }
    return render(request, "consents/agreement_draft.html", context)


def _read(agreement: Agreement, code: str) -> dict[str, object]:
    document = Document.read(agreement.content)
    wording = document.best(code)
    return {
        "agreement": agreement,
        "document": document,
        "wording": wording,
        "sections": sections(document, wording),
        "is_unchanged": not document.wordings or agreements.is_unchanged(agreement),
        "places": _places(document, wording),
    }


def _places(document: Document, wording: Wording) -> list[tuple[str, str, list[tuple[str, str]]]]:
    """Each platform with what it is and its questions, as (key, description, [(kind, words)])."""
    names = dict(Platform.objects.values_list("key", "name"))
    kinds = {str(kind) for kind in Kind}
    return [
        (
            names.get(key, key),
            wording.places.get(key, ""),
            [
                (kind, wording.ask(kind, names.get(key, key)))
                for place, kind in document.asks
                if place == key and kind in kinds
            ],
        )
        for key in document.places()
    ]
