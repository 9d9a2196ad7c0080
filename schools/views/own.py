"""Signing in, everybody's landing page, and what people were told."""

from __future__ import annotations

from typing import cast
from urllib.parse import urlencode

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import LoginView
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.views.decorators.http import require_GET, require_POST

from schools.arrival import first_page
from schools.forms import SignInForm
from schools.models import Notice, StaffRole, User
from schools.navigation import landing


@method_decorator(login_not_required, name="dispatch")
class SignIn(LoginView):
    """Sign-in by e-mail address. In the demo the page names the people to try."""

    template_name = "schools/sign_in.html"
    authentication_form = SignInForm
    redirect_authenticated_user = True

    def get_success_url(self) -> str:
        """Where they were going; what everybody is shown first comes before it."""
        wished = super().get_success_url()
        first = first_page(cast(User, self.request.user))
        return f"{first}?{urlencode({'next': wished})}" if first else wished

    def get_context_data(self, **kwargs: object) -> dict[str, object]:
        """Adds the demo's people, by role."""
        extra = {
            "demo_people": _people_to_try() if settings.GOLIVE_DEMO else [],
            "demo_password": settings.GOLIVE_DEMO_PASSWORD,
        }
        return super().get_context_data(**kwargs) | extra


def _people_to_try() -> list[StaffRole]:
    """The first role of each of the demo's people, in the order in which they joined."""
    firsts: dict[int, StaffRole] = {}
    for role in (
        StaffRole.objects.in_force().select_related("user", "school").order_by("user_id", "pk")
    ):
        firsts.setdefault(role.user_id, role)
    return list(firsts.values())[:20]


@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """Everybody lands on a page of their own."""
    return redirect(landing(cast(User, request.user)))


@require_GET
def notices(request: HttpRequest) -> HttpResponse:
    """What this person was told, newest first."""
    told = Notice.objects.filter(user=cast(User, request.user))
    page = Paginator(told, 25).get_page(request.GET.get("page"))
    return render(request, "schools/notices.html", {"page": page})


@require_POST
def read_notices(request: HttpRequest) -> HttpResponse:
    """Mark everything as read."""
    Notice.objects.unread_by(cast(User, request.user)).update(read_at=timezone.now())
    return redirect("schools:notices")


@require_GET
def open_notice(request: HttpRequest, pk: int) -> HttpResponse:
    """Go where a notice leads. Somebody else's is not found."""
    notice = get_object_or_404(Notice, pk=pk, user=cast(User, request.user))
    Notice.objects.filter(pk=notice.pk, read_at=None).update(read_at=timezone.now())
    return redirect(notice.path or "schools:notices")
