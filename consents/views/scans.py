"""The only door to scans of paper forms. Every opening is written down."""

from __future__ import annotations

from django.conf import settings
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_GET

from consents import scans
from consents.errors import NotAllowed
from consents.models import ConsentDecision
from consents.models.evidence import MEDIA_TYPES
from consents.views.adults import adult_or_404
from consents.views.reach import child_or_404
from schools.reach import me


@require_GET
def of_child(request: HttpRequest, pk: int, decision: int) -> HttpResponseBase:
    """The form that an answer about this pupil was written down from."""
    rows = child_or_404(request, pk).decisions.select_related("scan__school")
    return _served(request, get_object_or_404(rows, pk=decision))


@require_GET
def of_adult(request: HttpRequest, pk: int, decision: int) -> HttpResponseBase:
    """The form that an answer of this adult was written down from."""
    rows = adult_or_404(request, pk).decisions.select_related("scan__school")
    return _served(request, get_object_or_404(rows, pk=decision))


def _served(request: HttpRequest, decision: ConsentDecision) -> HttpResponseBase:
    try:
        scan = scans.opened(decision=decision, by=me(request))
    except NotAllowed as error:
        raise Http404 from error
    response: HttpResponseBase
    if settings.GOLIVE_ACCEL_PREFIX:
        response = HttpResponse()
        response["X-Accel-Redirect"] = f"{settings.GOLIVE_ACCEL_PREFIX}{scan.file.name}"
    else:
        try:
            response = FileResponse(scan.file.open("rb"))
        except FileNotFoundError as error:
            raise Http404 from error
    response["Content-Type"] = scan.media_type
    # Saved, never shown within our own pages: whatever it holds runs nothing here.
    name = f"form-{decision.pk}.{MEDIA_TYPES[scan.media_type]}"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Cache-Control"] = "private, no-store"
    response["X-Content-Type-Options"] = "nosniff"
    return response
