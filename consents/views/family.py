"""Who may decide for one pupil: the office writes down what is now true."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from consents import deciding
from consents.errors import NotAllowed
from consents.forms.people import CapacityForm, GuardianForm, NewParentForm
from consents.models import Child, Guardianship
from consents.rules import whose_yes
from consents.views.reach import child_or_404
from schools.models import Trust
from schools.reach import me
from schools.roles import Permission


@require_http_methods(["GET", "POST"])
def family(request: HttpRequest, pk: int) -> HttpResponse:
    """Everybody recorded for this pupil, and the pupil's own say."""
    child = _mine(request, pk)
    form = CapacityForm(request.POST or None, child=child)
    if request.method == "POST" and form.is_valid():
        try:
            deciding.record_capacity(child=child, by=me(request), **form.recorded())
            messages.success(request, f"Written down: whose yes is needed for {child.full_name}.")
            return redirect("consents:family", pk=pk)
        except NotAllowed as error:
            form.add_error(None, str(error))
    return _page(request, child, form)


@require_POST
def add_parent(request: HttpRequest, pk: int) -> HttpResponse:
    """Somebody whom no file has brought."""
    child = _mine(request, pk)
    form = NewParentForm(request.POST)
    if form.is_valid():
        try:
            made = deciding.add_parent(child=child, by=me(request), **form.cleaned_data)
            messages.success(request, _stands(made, child))
            return redirect("consents:family", pk=pk)
        except NotAllowed as error:
            form.add_error(None, str(error))
    return _page(request, child, form)


@require_POST
def guardianship(request: HttpRequest, pk: int) -> HttpResponse:
    """What is now true of one parent or carer."""
    user = me(request)
    reach = user.school_filter("child__school", Permission.CONSENT_RECORD)
    found = get_object_or_404(
        Guardianship.objects.filter(reach).select_related("child__school", "parent"), pk=pk
    )
    form = GuardianForm(request.POST, guardianship=found)
    if form.is_valid():
        try:
            kept = deciding.set_guardianship(guardianship=found, by=user, **form.cleaned_data)
            messages.success(request, _stands(kept, found.child))
            return redirect("consents:family", pk=found.child_id)
        except NotAllowed as error:
            form.add_error(None, str(error))
    return _page(request, found.child, form)


def _mine(request: HttpRequest, pk: int) -> Child:
    child = child_or_404(request, pk)
    if not me(request).may(Permission.CONSENT_RECORD, child.school_id):
        raise Http404
    return child


def _page(request: HttpRequest, child: Child, pressed: forms.Form) -> HttpResponse:
    """The page, with the form that was pressed as it was filled in."""
    known = child.guardianships.select_related("parent")
    guardians = [GuardianForm(guardianship=g) for g in known]
    if isinstance(pressed, GuardianForm):
        number = pressed.guardianship.pk
        guardians = [pressed if f.guardianship.pk == number else f for f in guardians]
    context = {
        "child": child,
        "guardians": guardians,
        "records": child.capacity_records.select_related("recorded_by"),
        "asked_too": whose_yes(child, timezone.localdate(), Trust.load().own_say_from)
        == (True, True),
        "new": pressed if isinstance(pressed, NewParentForm) else NewParentForm(),
        "own": pressed if isinstance(pressed, CapacityForm) else CapacityForm(child=child),
    }
    return render(request, "consents/family.html", context)


def _stands(kept: Guardianship, child: Child) -> str:
    may = "may decide" if kept.is_entitled() else "may not decide: their yes does not count"
    return f"Written down. {kept.parent.full_name} {may} for {child.full_name}."
