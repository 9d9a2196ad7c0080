"""The admin as one more page of GoLive: found only by who may open it, behind the same door."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib.admin import AdminSite
from django.contrib.admin.apps import AdminConfig
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.decorators import method_decorator


class Site(AdminSite):
    """Whoever is signed in and may not look gets the 404 of everywhere else (P8)."""

    def has_permission(self, request: HttpRequest) -> bool:
        """Asked before every page of the admin, and by its own sign-in page."""
        if super().has_permission(request):
            return True
        if request.user.is_authenticated:
            raise Http404
        return False

    @method_decorator(login_not_required)
    def login(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> Any:
        """GoLive's own door, with its lock against guessing."""
        if self.has_permission(request):
            return super().login(request, extra_context)
        return redirect(f"{reverse(settings.LOGIN_URL)}?next={reverse('admin:index')}")


class AdminAsEverywhere(AdminConfig):
    """Puts this site in the place of Django's."""

    default_site = "config.admin_site.Site"
