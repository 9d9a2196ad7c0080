"""The trust's own settings, and its schools."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from schools import founding, rules
from schools.forms import SchoolForm, TrustForm
from schools.models import School, Trust
from schools.roles import Permission
from schools.views.staff import manager


@require_http_methods(["GET", "POST"])
def schools(request: HttpRequest) -> HttpResponse:
    """The schools this person manages; for the whole trust, adding one."""
    user = manager(request)
    may_add = not rules.may_run_trust(user)
    form = SchoolForm(request.POST or None) if may_add else None
    if request.method == "POST" and form is None:
        raise Http404
    if form is not None and request.method == "POST" and form.is_valid():
        made = founding.add_school(by=user, **form.cleaned_data)
        messages.success(request, f"{made.name} is added. Next: its people and its channels.")
        return redirect("schools:schools")
    mine = School.objects.where(user, Permission.STAFF_MANAGE)
    return render(request, "schools/schools.html", {"schools": mine, "form": form})


@require_http_methods(["GET", "POST"])
def school(request: HttpRequest, pk: int) -> HttpResponse:
    """What one school is called, and where its office is."""
    user = manager(request)
    found = get_object_or_404(School.objects.where(user, Permission.STAFF_MANAGE), pk=pk)
    form = SchoolForm(request.POST or None, instance=School.objects.get(pk=pk))
    if request.method == "POST" and form.is_valid():
        changed = founding.change_school(school=found, by=user, **form.cleaned_data)
        messages.success(request, "Kept." if changed else "Nothing was changed.")
        return redirect("schools:schools")
    return render(request, "schools/school.html", {"school": found, "form": form})


@require_http_methods(["GET", "POST"])
def trust(request: HttpRequest) -> HttpResponse:
    """The trust's name and limits."""
    user = manager(request)
    if rules.may_run_trust(user):
        raise Http404
    form = TrustForm(request.POST or None, instance=Trust.load())
    if request.method == "POST" and form.is_valid():
        changed = founding.change_trust(by=user, **form.cleaned_data)
        messages.success(request, "Kept." if changed else "Nothing was changed.")
        return redirect("schools:trust")
    return render(request, "schools/trust.html", {"form": form})
