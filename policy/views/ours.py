""" "Our policy": the version in force, for everybody, with no signing in (R-002)."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from policy.models import PolicyVersion
from policy.showing import Shown


@login_not_required
@require_safe
def ours(request: HttpRequest) -> HttpResponse:
    """What is in force; before there is any, a page that says so."""
    version = PolicyVersion.objects.filter(in_force=True).first()
    shown = Shown.of(version, timezone.localdate()) if version else None
    return render(request, "policy/ours.html", {"shown": shown})
