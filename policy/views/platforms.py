"""The platforms of the trust: its owner adds one, and keeps what it takes."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from policy.forms.platforms import PlatformForm
from policy.models import Platform
from policy.platforms import add_platform, change_platform, said_of
from policy.views.versions import owner
from schools.errors import NotAllowed
from schools.roles import Permission


@require_http_methods(["GET", "POST"])
def platforms(request: HttpRequest) -> HttpResponse:
    """All of them, and adding one (R-011)."""
    user = owner(request)
    form = PlatformForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = add_platform(about=form.about(), by=user)
        except NotAllowed as error:
            form.add_error(None, str(error))
        else:
            messages.success(
                request,
                f"{made.name} is added. Everybody is “not asked” for it: nobody can be shown there "
                "until a version of the agreement asks for it and families answer.",
            )
            return redirect("policy:platforms")
    context = {
        "platforms": Platform.objects.filter(is_retired=False).select_related("added_by"),
        "form": form,
        "writes_agreement": user.may_for_trust(Permission.AGREEMENT_EDIT),
    }
    status = 422 if form.errors else 200
    return render(request, "policy/platforms.html", context, status=status)


@require_http_methods(["GET", "POST"])
def platform(request: HttpRequest, key: str) -> HttpResponse:
    """One of them: what is said of it, and what a post there can be."""
    user = owner(request)
    found = get_object_or_404(Platform, key=key, is_retired=False)
    form = PlatformForm(request.POST or None, initial=said_of(found))
    if request.method == "POST" and form.is_valid():
        try:
            changed = change_platform(platform=found, about=form.about(), by=user)
        except NotAllowed as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, "Kept." if changed else "Nothing was changed.")
            return redirect("policy:platforms")
    status = 422 if form.errors else 200
    return render(request, "policy/platform.html", {"form": form, "found": found}, status=status)
