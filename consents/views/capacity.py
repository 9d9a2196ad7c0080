"""Pupils whose own say somebody must look at, and the trust's age for it."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from consents import deciding
from consents.capacity import open_cases
from consents.errors import NotAllowed
from consents.forms.people import OwnSayAgeForm
from schools.models import Trust
from schools.reach import me
from schools.roles import Permission

# Heading, and what it means, in the order of `open_cases`.
_WORDS = {
    "unrecorded": (
        "Old enough to be asked, nothing recorded",
        "Until somebody records whose yes is needed, both are: a parent’s and the pupil’s own.",
    ),
    "without_ground": (
        "No ground on record",
        "Whose yes is needed was ticked before GoLive asked on what ground. It counts as it did. "
        "Look at it once and write down who judged it, and how.",
    ),
    "coming_of_age": (
        "18 soon, or already",
        "From the 18th birthday a parent’s yes no longer counts. Ask the young person, or record "
        "a best-interests decision.",
    ),
    "to_review": (
        "To be looked at again",
        "Somebody set a day for it, and it has come.",
    ),
}


@require_http_methods(["GET", "POST"])
def capacity(request: HttpRequest) -> HttpResponse:
    """The lists, and the setting for whoever may change it."""
    user = me(request)
    may_see = user.may_somewhere(Permission.CONSENT_SEE)
    may_set = user.may_for_trust(Permission.AGREEMENT_EDIT)
    if not (may_see or may_set):
        raise Http404
    age = Trust.load().own_say_from
    form = OwnSayAgeForm(request.POST or None, initial={"age": age})
    if request.method == "POST" and form.is_valid():
        try:
            deciding.set_own_say_age(age=form.cleaned_data["age"], by=user)
            messages.success(request, "Kept. It counts at once, for every pupil of that age.")
            return redirect("consents:capacity")
        except NotAllowed as error:
            form.add_error(None, str(error))
    context = {
        "age": age,
        "form": form if may_set else None,
        "lists": [(*_WORDS[found.key], found) for found in open_cases(user)] if may_see else [],
        "back": (reverse("consents:children"), "Permissions")
        if may_see
        else (reverse("consents:agreements"), "The agreement"),
    }
    return render(request, "consents/capacity.html", context)
