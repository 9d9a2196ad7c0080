"""What had to be taken down, whose task it is, and how long it took (P6, R-147)."""

from __future__ import annotations

import statistics
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.core.paginator import Paginator
from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Coalesce
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from consents.words import joined
from policy.confirming import confirmer
from policy.models import ChannelGrant
from publishing.lifecycle import DeliveryState
from publishing.models import Attempt, Delivery
from publishing.rules import TAKES_DOWN
from schools.models import User
from schools.reach import me
from schools.roles import Permission

D = DeliveryState
A_PAGE = 25
LATELY = timedelta(days=90)


@dataclass(frozen=True)
class Task:
    """One take-down: still owed, or closed, with its owner and its clock. It is closed when it is
    gone, or cannot go and whoever had to know was told (R-163)."""

    delivery: Delivery
    owner: str
    lasted: str
    is_done: bool


@dataclass(frozen=True)
class Stopped:
    """One that waited when its permission ended: it did not go. `known`: from the press until
    GoLive saw it and told author and Head."""

    delivery: Delivery
    at: datetime
    known: timedelta | None

    @property
    def told_after(self) -> str:
        """ "4 seconds", or nothing where the press was not measured."""
        return spoken(self.known) if self.known is not None else ""


@dataclass(frozen=True)
class Measured:
    """How long it took: half of them, and the slowest."""

    half: str
    slowest: str


@require_GET
def take_downs(request: HttpRequest) -> HttpResponse:
    """Those still owed first, then those of the last 90 days."""
    user = me(request)
    if not any(user.may_somewhere(p) for p in _SEES):
        raise Http404
    now = timezone.now()
    mine = Delivery.objects.filter(_schools_of(user), owed_since__gte=now - LATELY)
    waits = Q(state__in=[D.UNKNOWN, D.SENT, D.TAKING_DOWN, D.CANNOT_TAKE_DOWN], told_at=None)
    owed = list(mine.filter(waits).order_by("owed_since").values_list("owed_since", flat=True))
    found = mine.select_related("channel__platform", "post__school").order_by(
        Coalesce("taken_down_at", "told_at").desc(nulls_first=True), "owed_since"
    )
    page = Paginator(found, A_PAGE).get_page(request.GET.get("page"))
    owners = _owners(list(page))
    done = mine.filter(state=D.TAKEN_DOWN).values_list("owed_since", "taken_down_at")
    stopped = _stopped(user, now)
    context = {
        "page": page,
        "tasks": [_task(d, owners[d.channel_id]) for d in page],
        "owed": len(owed),
        "waits_longest": spoken(now - owed[0]) if owed and owed[0] else "",
        "gone": _measured([down - since for since, down in done if since and down]),
        "stopped": stopped[:A_PAGE],
        "stopped_more": max(len(stopped) - A_PAGE, 0),
        "told": _measured([one.known for one in stopped if one.known is not None]),
    }
    return render(request, "publishing/down.html", context)


_SEES = (*TAKES_DOWN, Permission.AUDIT_READ)


def _schools_of(user: User, school: str = "post__school") -> Q:
    """Where this person takes posts down, or looks at how it went."""
    found = Q()
    for permission in _SEES:
        found |= user.school_filter(school, permission)
    return found


def _stopped(user: User, now: datetime) -> list[Stopped]:
    """Newest first. The permission is asked at every gate, so each was stopped with the press."""
    waited = Q(delivery__state__in=[D.QUEUED, D.REFUSED])
    noted = (
        Attempt.objects.filter(_schools_of(user, "delivery__post__school"), waited)
        .filter(step=Attempt.Step.ENDED, at__gte=now - LATELY)
        .select_related("delivery__channel__platform", "delivery__post__school")
        .order_by("-at")
    )
    return [Stopped(one.delivery, one.at, _known_after(one)) for one in noted]


def _known_after(noted: Attempt) -> timedelta | None:
    since = noted.facts.get("since")
    return noted.at - datetime.fromisoformat(since) if since else None


def _measured(lasted: list[timedelta]) -> Measured | None:
    if not lasted:
        return None
    half = statistics.median(one.total_seconds() for one in lasted)
    return Measured(spoken(timedelta(seconds=half)), spoken(max(lasted)))


def _owners(deliveries: list[Delivery]) -> dict[int, str]:
    """Who takes it down on this channel by hand: its authorised users, else the Heads."""
    grants = ChannelGrant.objects.in_force().filter(
        Exists(User.objects.filter(pk=OuterRef("user_id"), is_active=True)),
        channel__in={d.channel_id for d in deliveries},
    )
    names: dict[int, list[str]] = {d.channel_id: [] for d in deliveries}
    for grant in grants.select_related("user").order_by("user__name"):
        names[grant.channel_id].append(grant.user.name)
    return {channel: joined(people) or confirmer().a for channel, people in names.items()}


def _task(delivery: Delivery, by_hand: str) -> Task:
    is_done = delivery.state == D.TAKEN_DOWN
    until = delivery.taken_down_at or timezone.now()
    begins_by_itself = delivery.state == D.TAKING_DOWN
    owner = "" if is_done or delivery.told_at else "GoLive" if begins_by_itself else by_hand
    lasted = spoken(until - delivery.owed_since) if delivery.owed_since else ""
    return Task(delivery, owner, lasted, is_done)


def spoken(time: timedelta) -> str:
    """ "9 seconds", "2 minutes", "3 hours", "4 days": the largest that fits, rounded down."""
    seconds = int(time.total_seconds())
    for size, one in ((86_400, "day"), (3_600, "hour"), (60, "minute"), (1, "second")):
        if count := seconds // size:
            return f"{count} {one}" if count == 1 else f"{count} {one}s"
    return "less than a second"
