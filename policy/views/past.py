"""Each version that is or was in force: its page for everybody, and what is on record about it."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from policy.comparing import by_part, changes
from policy.models import PolicyVersion
from policy.past import before, spans, spans_of
from policy.showing import Shown
from policy.views.versions import owner


@login_not_required
@require_safe
def version(request: HttpRequest, pk: int) -> HttpResponse:
    """What a version said, when it counted, and what it changed (R-002, R-005)."""
    found = get_object_or_404(PolicyVersion, pk=pk, in_force_since__isnull=False)
    context = _about(found) | {"shown": Shown.of(found, timezone.localdate())}
    return render(request, "policy/version.html", context)


@require_safe
def past(request: HttpRequest, pk: int) -> HttpResponse:
    """The same for its owner, with who signed, approved and looked at it again."""
    user = owner(request)
    found = get_object_or_404(PolicyVersion, pk=pk, in_force_since__isnull=False)
    context = _about(found) | {
        "formalities": found.formalities.select_related("by"),
        "reviews": found.reviews.select_related("opened_by", "closed_by"),
        "document": found.documents.filter(removed_at=None).first(),
        "user": user,
    }
    return render(request, "policy/past.html", context)


def _about(found: PolicyVersion) -> dict[str, Any]:
    """When it counted, and side by side with the one before."""
    every = spans()
    earlier = before(found, every)
    parts = by_part(changes(earlier, found)) if earlier else {}
    return {"version": found, "spans": spans_of(found, every), "earlier": earlier, "parts": parts}
