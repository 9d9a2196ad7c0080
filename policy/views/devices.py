"""The register of devices: the Chief Information Officer lists, approves, ends and retires."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from policy import registering
from policy.forms.devices import ApprovalForm, DeviceForm, ExceptionForm
from policy.models import Device
from schools.errors import NotAllowed
from schools.models import User
from schools.reach import me, number_or_404
from schools.roles import Permission

A_PAGE = 25
_SHOWS: tuple[tuple[str, str, Q], ...] = (
    ("in_use", "In use", Q(retired_at=None)),
    ("own", "Somebody’s own", Q(retired_at=None, is_personal=True)),
    ("retired", "Retired", Q(retired_at__isnull=False)),
)


@require_http_methods(["GET", "POST"])
def devices(request: HttpRequest) -> HttpResponse:
    """Every device, and entering one. A fixed number of queries."""
    user = _keeper(request)
    form = DeviceForm(request.POST or None, user=user)
    if request.method == "POST" and form.is_valid():
        try:
            made = registering.register(described=form.described(), by=user)
        except NotAllowed as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, f"{made.called} is in the register.")
            return redirect("policy:device", pk=made.pk)
    shown = next((s for s in _SHOWS if s[0] == request.GET.get("show")), _SHOWS[0])
    found = _told(Device.objects.managed_by(user).filter(shown[2]))
    context = {
        "page": Paginator(found, A_PAGE).get_page(request.GET.get("page")),
        "form": form,
        "sees_faces": user.may_for_trust(Permission.POLICY_EDIT),
        "now": timezone.now(),
        "chips": [
            {"label": label, "url": f"?show={key}", "current": key == shown[0]}
            for key, label, _ in _SHOWS
        ],
    }
    status = 422 if form.errors else 200
    return render(request, "policy/devices.html", context, status=status)


@require_http_methods(["GET", "POST"])
def device(request: HttpRequest, pk: int) -> HttpResponse:
    """One device with its approvals and exceptions, and what can be done with it."""
    user = _keeper(request)
    found = get_object_or_404(_told(Device.objects.managed_by(user)), pk=pk)
    if request.method != "POST":
        return _page(request, found, ApprovalForm(), ExceptionForm())
    verb = _VERBS.get(request.POST.get("verb", ""))
    if verb is None:
        raise Http404
    return verb(request, found, user)


def _page(
    request: HttpRequest, found: Device, approval: ApprovalForm, exception: ExceptionForm
) -> HttpResponse:
    now = timezone.now()
    context = {
        "device": found,
        "approval": approval,
        "exception": exception,
        "standing": [a for a in found.approvals.all() if a.ends_at is None or a.ends_at > now],
        "over": [a for a in found.approvals.all() if a.ends_at and a.ends_at <= now],
    }
    status = 422 if approval.errors or exception.errors else 200
    return render(request, "policy/device.html", context, status=status)


def _approve(request: HttpRequest, found: Device, user: User) -> HttpResponse:
    form = ApprovalForm(request.POST)
    if form.is_valid():
        try:
            registering.approve(device=found, by=user, **form.cleaned_data)
        except NotAllowed as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, "Approved. Photos taken and added from then on can be used.")
            return redirect("policy:device", pk=found.pk)
    return _page(request, found, form, ExceptionForm())


def _except(request: HttpRequest, found: Device, user: User) -> HttpResponse:
    form = ExceptionForm(request.POST)
    if form.is_valid():
        try:
            registering.make_exception(device=found, by=user, **form.cleaned_data)
        except NotAllowed as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, "Kept. Photos of those days can be used.")
            return redirect("policy:device", pk=found.pk)
    return _page(request, found, ApprovalForm(), form)


def _end(request: HttpRequest, found: Device, user: User) -> HttpResponse:
    approval = get_object_or_404(
        found.approvals.select_related("device__school"),
        pk=number_or_404(request.POST.get("approval")),
    )
    ended = registering.end_approval(approval=approval, by=user)
    said = "Ended. Photos added from now on cannot be of it." if ended else "It had ended already."
    messages.success(request, said)
    return redirect("policy:device", pk=found.pk)


def _retire(request: HttpRequest, found: Device, user: User) -> HttpResponse:
    retired = registering.retire(device=found, by=user)
    said = "Retired. Photos added from now on cannot be of it."
    messages.success(request, said if retired else "It was retired already.")
    return redirect("policy:device", pk=found.pk)


_VERBS: dict[str, Callable[[HttpRequest, Device, User], HttpResponse]] = {
    "approve": _approve,
    "except": _except,
    "end": _end,
    "retire": _retire,
}


def _told(devices: QuerySet[Device]) -> QuerySet[Device]:
    """With what a line or a page of it says."""
    return devices.select_related("school", "owner", "retired_by").prefetch_related(
        "approvals__approved_by", "approvals__ended_by", "exceptions__made_by"
    )


def _keeper(request: HttpRequest) -> User:
    """Who keeps the register of any school; for everybody else there is nothing here."""
    user = me(request)
    if not user.may_somewhere(Permission.DEVICE_MANAGE):
        raise Http404
    return user
