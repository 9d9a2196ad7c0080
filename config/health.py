"""Two questions a monitor asks: is the process there, and can it do its work?"""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError
from django.http import HttpRequest, JsonResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from schools.pulse import pulse


@login_not_required
@never_cache
@require_safe
def healthz(request: HttpRequest) -> JsonResponse:
    """The process answers. Touches nothing else."""
    return JsonResponse({"process": "ok"})


@login_not_required
@never_cache
@require_safe
def readyz(request: HttpRequest) -> JsonResponse:
    """The database answers and the sweep has run lately; 503 with the reason otherwise."""
    now = timezone.now()
    try:
        swept = pulse(now)
    except DatabaseError:
        return JsonResponse({"database": "no answer", "sweep": "unknown"}, status=503)
    if swept.last is None:
        return JsonResponse({"database": "ok", "sweep": "never"}, status=503)
    body = {
        "database": "ok",
        "sweep": "late" if swept.is_silent else "ok",
        "sweep_age_seconds": int((now - swept.last).total_seconds()),
    }
    return JsonResponse(body, status=503 if swept.is_silent else 200)
