"""Undoing a file that was a mistake: have it looked through, see what it would do, do it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from consents.errors import NotAllowed
from consents.imports import actions, following, undoing
from consents.models import Child, Import
from consents.views.imports import import_or_404, progress_url_of
from schools.reach import me

LOOKING = {Import.State.TO_LOOK, Import.State.LOOKING}


@require_http_methods(["GET", "POST"])
def undo(request: HttpRequest, pk: int) -> HttpResponse:
    """What undoing the file would do, once a worker has looked; then do it."""
    source = import_or_404(request, pk)
    if request.method == "POST":
        return _press(request, source)
    if source.state in LOOKING:
        context: dict[str, Any] = {"is_looking": True, "progress_url": progress_url_of(source)}
    else:
        why = undoing.why_not(source)
        is_behind = why in {following.FOLLOWED, following.GOING_IN}
        context = {"why": why, "later": following.in_the_way(source) if is_behind else None}
    plan = source.summary.get("undo_plan")
    if plan and not context.get("why"):
        context |= _page(plan)
    return render(request, "consents/import_undo.html", {"source": source, **context})


def _press(request: HttpRequest, source: Import) -> HttpResponse:
    is_seen = "seen" in request.POST
    try:
        if is_seen:
            actions.undo(source=source, seen=request.POST["seen"], by=me(request))
        else:
            actions.look_at_undoing(source=source, by=me(request))
    except NotAllowed as error:
        messages.error(request, str(error))
    return redirect("consents:import" if is_seen else "consents:import_undo", pk=source.pk)


def _page(plan: dict[str, Any]) -> dict[str, Any]:
    pupils = Child.objects.in_bulk([*plan["who_leaves"], *plan["who_stays"]])
    return {
        "plan": plan,
        "answers": [
            (undoing.said_by(was), undoing.said_by(now), count)
            for was, now, count in plan["changes"]
        ],
        "restored": sum(plan["restored"].values()),
        "leaving": [pupils[pk] for pk in plan["who_leaves"] if pk in pupils],
        "staying": [pupils[pk] for pk in plan["who_stays"] if pk in pupils],
    }
