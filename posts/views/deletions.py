"""Photos on own devices: their owner says that they are gone; Heads see which are not (R-066)."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from posts.errors import NotPossible
from posts.models import Deletion
from posts.origins import deleting
from schools.clock import noun
from schools.reach import me, number

MOST = 100
# Each place has a tick of its own: a phone keeps deleted photos for a month, its cloud for longer.
PLACES = (
    ("from_device", "from the device itself"),
    ("from_backup", "from its cloud copy or backup"),
    ("from_bin", "from “recently deleted”"),
)


@require_http_methods(["GET", "POST"])
def deletions(request: HttpRequest) -> HttpResponse:
    """Mine to delete; for a Head, those of their school that nobody has confirmed for a day."""
    user = me(request)
    if request.method == "POST":
        _confirm(request)
        return redirect("posts:deletions")
    late = Deletion.objects.of_heads(user).waiting_since(timezone.now() - deleting.A_DAY)
    context = {
        "mine": Deletion.objects.open()
        .filter(owner=user)
        .select_related("device__owner", "school")[:MOST],
        "late": late.exclude(owner=user).select_related("device__owner", "owner", "school")[:MOST],
        "places": PLACES,
    }
    return render(request, "posts/deletions.html", context)


def _confirm(request: HttpRequest) -> None:
    pks = [pk for value in request.POST.getlist("photo") if (pk := number(value)) is not None]
    ticked = {name: name in request.POST for name, _ in PLACES}
    try:
        done = deleting.confirm(deletions=pks, by=me(request), **ticked)
    except NotPossible as error:
        messages.error(request, str(error))
        return
    if done:
        said = f"Kept: {noun(done, 'photo is', 'photos are')} gone. Posts with them can go on."
        messages.success(request, said)
    else:
        messages.info(request, "Choose the photos that are deleted.")
