"""Who decides for a pupil in care. For the safeguarding lead; for others this does not exist."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from consents import caring, holding
from consents.errors import NotAllowed
from consents.forms.people import CareForm
from consents.models import CareRecord, Child
from consents.views.reach import must_may
from schools.reach import me
from schools.roles import Permission


@require_http_methods(["GET", "POST"])
def care(request: HttpRequest, pk: int) -> HttpResponse:
    """The authority that decides, on what ground, and everything written down before."""
    user = must_may(request, Permission.HOLD_SET)
    pupils = Child.objects.filter(me(request).school_filter("school", Permission.HOLD_SET))
    child = get_object_or_404(pupils.select_related("school"), pk=pk)
    holding.looked_at(child, by=user)
    form = CareForm(request.POST or None, child=child)
    if request.method == "POST" and form.is_valid():
        try:
            made = caring.record_care(child=child, by=user, **form.recorded())
            messages.success(request, _said(made))
            return redirect("consents:care", pk=pk)
        except NotAllowed as error:
            form.add_error(None, str(error))
    context = {
        "child": child,
        "form": form,
        "records": child.care_records.select_related("authority", "recorded_by"),
        "is_held": child.holds.filter(kind="care", lifted_at=None).exists(),
    }
    return render(request, "consents/care.html", context)


def _said(made: CareRecord) -> str:
    name = made.child.full_name
    if made.authority is None:
        return f"Written down: {name} is not in care. Parents decide, as for any pupil."
    decides = made.authority.full_name
    return f"Written down: {decides} decides for {name}. Nobody else’s yes counts."
