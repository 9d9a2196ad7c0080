"""The brand library, and how the trust wants faces on each platform."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from policy import branding
from policy.forms.brand import FacesForm, LogoForm
from policy.models import Logo, Platform
from schools.errors import NotAllowed
from schools.reach import me
from schools.roles import Permission

MOST = 200


@require_http_methods(["GET", "POST"])
def brand(request: HttpRequest) -> HttpResponse:
    """Logos this person may permit, and permitting one."""
    user = me(request)
    if not user.may_somewhere(Permission.BRAND_PERMIT):
        raise Http404
    form = LogoForm(request.POST or None, user=user)
    if request.method == "POST" and form.is_valid():
        try:
            logo = branding.permit(by=user, **form.cleaned_data)
        except NotAllowed as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, f"“{logo.name}” is in the brand library.")
            return redirect("policy:brand")
    found = Logo.objects.filter(user.school_filter("school", Permission.BRAND_PERMIT))
    logos = found.select_related("school", "permitted_by", "ended_by")[:MOST]
    status = 422 if form.errors else 200
    return render(request, "policy/brand.html", {"logos": logos, "form": form}, status=status)


@require_POST
def end_logo(request: HttpRequest, pk: int) -> HttpResponse:
    """The permission ends."""
    user = me(request)
    mine = Logo.objects.filter(user.school_filter("school", Permission.BRAND_PERMIT))
    logo = get_object_or_404(mine.select_related("school"), pk=pk)
    if branding.end(logo=logo, by=user):
        messages.success(request, "Ended. Posts that have not gone out cannot show it any more.")
    else:
        messages.info(request, "It had ended already.")
    return redirect("policy:brand")


@require_http_methods(["GET", "POST"])
def faces(request: HttpRequest) -> HttpResponse:
    """May faces be clearly seen, platform by platform (R-156)?"""
    user = me(request)
    if not user.may_for_trust(Permission.POLICY_EDIT):
        raise Http404
    platforms = list(Platform.objects.filter(is_retired=False))
    form = FacesForm(request.POST or None, platforms=platforms)
    if request.method == "POST" and form.is_valid():
        number = branding.set_faces(levels=form.levels(), by=user)
        messages.success(request, "Kept." if number else "Nothing changed.")
        return redirect("policy:faces")
    status = 422 if form.errors else 200
    return render(request, "policy/faces.html", {"form": form}, status=status)
