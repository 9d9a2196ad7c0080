"""The words grown-ups are asked with: versions, the next of them, and other languages."""

from __future__ import annotations

from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from consents import adult_wording, asking_adults
from consents.agreements import may_edit
from consents.errors import NotAllowed
from consents.forms.adult_words import AdultLanguageForm, NewAdultLanguageForm
from consents.forms.people import AdultWordingForm
from consents.models import AdultWording
from consents.wording import ENGLISH, Document, Wording
from schools.models import User
from schools.reach import me
from schools.roles import Permission


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
            messages.success(request, _published(made))
            return redirect("consents:adult_wording")
        except NotAllowed as error:
            form.add_error(None, str(error))
    return _page(request, form, None)


@require_POST
def add_language(request: HttpRequest) -> HttpResponse:
    """Which language; its words are filled in on the next page, and published there."""
    _, now, document = _writer(request)
    form = NewAdultLanguageForm(request.POST, document=document)
    if not form.is_valid():
        english = AdultWordingForm(parts=adult_wording.proposed(), years=now.years)
        return _page(request, english, form)
    address = reverse("consents:adult_language", args=[form.cleaned_data["code"]])
    named = {key: form.cleaned_data[key] for key in ("name", "direction")}
    return redirect(f"{address}?{urlencode(named)}")


@require_http_methods(["GET", "POST"])
def language(request: HttpRequest, code: str) -> HttpResponse:
    """All words in one language. Publishing them makes the next version."""
    user, now, document = _writer(request)
    spoken = _there(now, code) or _new(request, document, code)
    form = AdultLanguageForm(
        request.POST or None,
        wording=spoken,
        english=document.best(ENGLISH),
        platforms=asking_adults.platforms(),
        version=now.number,
    )
    if request.method == "POST" and form.is_valid():
        try:
            made = adult_wording.put_language(wording=form.changed(), by=user)
            messages.success(request, f"{_published(made)} It is there in {spoken.name} too.")
            return redirect("consents:adult_wording")
        except NotAllowed as error:
            form.add_error(None, str(error))
    return render(request, "consents/adult_language.html", {"form": form, "wording": spoken})


@require_POST
def leave_out(request: HttpRequest, code: str) -> HttpResponse:
    """A language that is asked in no more. Answers that were given in it keep its words."""
    user, now, _ = _writer(request)
    found = _there(now, code)
    if found is None:
        raise Http404
    try:
        made = adult_wording.leave_out(code=code, by=user)
        messages.success(request, f"{_published(made)} {found.name} is left out.")
    except NotAllowed as error:
        messages.error(request, str(error))
    return redirect("consents:adult_wording")


def _page(
    request: HttpRequest, form: AdultWordingForm, new: NewAdultLanguageForm | None
) -> HttpResponse:
    user = me(request)
    may_write = not may_edit(user)
    every = AdultWording.objects.select_related("published_by")
    now = adult_wording.in_force()
    sees = user.may_somewhere(Permission.CONSENT_SEE)
    context = {
        "back": (reverse("consents:adults"), "Adults")
        if sees
        else (reverse("consents:agreements"), "The agreement"),
        "versions": [
            (one, [(w, adult_wording.parts(w)) for w in adult_wording.document(one).wordings])
            for one in every
        ],
        "form": form if may_write else None,
        "languages": adult_wording.languages(now),
        "new": (new or NewAdultLanguageForm(document=adult_wording.document(now)))
        if may_write and now
        else None,
    }
    return render(request, "consents/adult_wording.html", context)


def _writer(request: HttpRequest) -> tuple[User, AdultWording, Document]:
    """For whoever may publish them, once there are words in English."""
    user, now = me(request), adult_wording.in_force()
    if may_edit(user) or now is None:
        raise Http404
    return user, now, adult_wording.document(now)


def _there(now: AdultWording, code: str) -> Wording | None:
    return next((one for one in adult_wording.languages(now) if one.code == code), None)


def _new(request: HttpRequest, document: Document, code: str) -> Wording:
    """One that is not there yet, called as the page before this one said."""
    named = {"code": code, "name": request.GET.get("name", "")}
    named["direction"] = request.GET.get("direction", "")
    form = NewAdultLanguageForm(named, document=document)
    if not form.is_valid():
        raise Http404
    return form.named()


def _published(made: AdultWording) -> str:
    return f"Published as version {made.number}. Whoever is asked now reads it."
