"""What had to be taken down, whose task it is, and how long it took (P6, R-147)."""

from __future__ import annotations

import statistics
from dataclasses import dataclass
from datetime import timedelta

from django.core.paginator import Paginator
from django.db.models import Exists, F, OuterRef, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from consents.words import joined
from policy.models import ChannelGrant
from publishing.lifecycle import DeliveryState
from publishing.models import Delivery
from publishing.rules import TAKES_DOWN
from schools.models import User
from schools.reach import me
from schools.roles import Permission

D = DeliveryState
A_PAGE = 25
LATELY = timedelta(days=90)


@dataclass(frozen=True)
class Task:
    """One take-down: still owed, or done, with its owner and its clock."""

    delivery: Delivery
    owner: str
    lasted: str
    is_done: bool


@require_GET
def take_downs(request: HttpRequest) -> HttpResponse:
    """Those still owed first, then those of the last 90 days."""
    user = me(request)
    if not any(user.may_somewhere(p) for p in _SEES):
        raise Http404
    now = timezone.now()
    mine = Delivery.objects.filter(_schools_of(user), owed_since__gte=now - LATELY)
    owed = Q(state__in=[D.UNKNOWN, D.SENT, D.TAKING_DOWN, D.CANNOT_TAKE_DOWN])
    found = mine.select_related("channel__platform", "post__school").order_by(
        F("taken_down_at").desc(nulls_first=True), "owed_since"
    )
    page = Paginator(found, A_PAGE).get_page(request.GET.get("page"))
    owners = _owners(list(page))
    done = mine.filter(state=D.TAKEN_DOWN).values_list("owed_since", "taken_down_at")
    lasted = [(down - since).total_seconds() for since, down in done if since and down]
    context = {
        "page": page,
        "tasks": [_task(d, owners[d.channel_id]) for d in page],
        "owed": mine.filter(owed).count(),
        "half": spoken(timedelta(seconds=statistics.median(lasted))) if lasted else "",
        "slowest": spoken(timedelta(seconds=max(lasted))) if lasted else "",
    }
    return render(request, "publishing/down.html", context)


_SEES = (*TAKES_DOWN, Permission.AUDIT_READ)


def _schools_of(user: User) -> Q:
    """Where this person takes posts down, or looks at how it went."""
    found = Q()
    for permission in _SEES:
        found |= user.school_filter("post__school", permission)
    return found


def _owners(deliveries: list[Delivery]) -> dict[int, str]:
    """Who takes it down on this channel by hand: its authorised users, else the Heads."""
    grants = ChannelGrant.objects.in_force().filter(
        Exists(User.objects.filter(pk=OuterRef("user_id"), is_active=True)),
        channel__in={d.channel_id for d in deliveries},
    )
    names: dict[int, list[str]] = {d.channel_id: [] for d in deliveries}
    for grant in grants.select_related("user").order_by("user__name"):
        names[grant.channel_id].append(grant.user.name)
    return {channel: joined(people) or "a Head" for channel, people in names.items()}


def _task(delivery: Delivery, by_hand: str) -> Task:
    is_done = delivery.state == D.TAKEN_DOWN
    until = delivery.taken_down_at or timezone.now()
    begins_by_itself = delivery.state == D.TAKING_DOWN
    owner = "" if is_done else "GoLive" if begins_by_itself else by_hand
    lasted = spoken(until - delivery.owed_since) if delivery.owed_since else ""
    return Task(delivery, owner, lasted, is_done)


def spoken(time: timedelta) -> str:
    """ "9 seconds", "2 minutes", "3 hours", "4 days": the largest that fits, rounded down."""
    seconds = int(time.total_seconds())
    for size, one in ((86_400, "day"), (3_600, "hour"), (60, "minute"), (1, "second")):
        if count := seconds // size:
            return f"{count} {one}" if count == 1 else f"{count} {one}s"
    return "less than a second"
