"""Something is wrong (R-080): whoever works at a school can stop a post of it, though they may not
open it. So this page says only what the public reads or is about to: its heading and its channels.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.core.paginator import Paginator
from django.db.models import Exists, OuterRef, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from approvals.models import ApprovalDecision, Stop
from policy.confirming import said
from policy.models import Channel
from posts.lifecycle import State
from posts.models import Post
from publishing.lifecycle import DeliveryState
from publishing.models import Delivery
from publishing.panels import beside_stop, on_wrong
from publishing.rules import TAKES_DOWN
from schools import clock
from schools.panels import Panel
from schools.reach import me
from schools.roles import Permission

A_PAGE = 25
D = DeliveryState
# What is there, may be there or is about to be.
_ON_ITS_WAY = (D.QUEUED, D.SENDING, D.SENT, D.UNKNOWN, D.TAKING_DOWN, D.CANNOT_TAKE_DOWN)
# What the public sees, or should not see any more and may.
_OUT = (D.SENT, D.TAKING_DOWN, D.CANNOT_TAKE_DOWN)


@dataclass
class Line:
    """One post: what it was approved as, where it is or goes, and whether it is stopped."""

    post: Post
    heading: str = ""
    places: list[tuple[Channel, str]] = field(default_factory=list)
    stop: Stop | None = None
    is_out: bool = False
    panels: list[Panel] = field(default_factory=list)


@require_GET
def wrong(request: HttpRequest) -> HttpResponse:
    """The posts of one's schools that are live or on their way, newest first, each with Stop."""
    user = me(request)
    if not user.may_somewhere(Permission.POST_STOP):
        raise Http404
    out = Delivery.objects.filter(post=OuterRef("pk"), state__in=_ON_ITS_WAY)
    posts = Post.objects.stoppable_by(user).filter(Q(state=State.APPROVED) | Exists(out))
    page = Paginator(posts.select_related("school").order_by("-moved_at", "-pk"), A_PAGE).get_page(
        request.GET.get("page")
    )
    lines = _lines(list(page))
    for line in lines:
        line.panels = beside_stop.of(line.post, user) if line.is_out else []
    context = {
        "note": said(
            "Is a photo, a name or anything else wrong in a post of your school? Stop it here, at "
            "once, whoever wrote it. Nothing more of it goes out until {a} has looked, and what is "
            "out already is taken down."
        ),
        "page": page,
        "lines": lines,
        "panels": on_wrong.of(user, user),
        "may_take_down": any(user.may_somewhere(permission) for permission in TAKES_DOWN),
    }
    return render(request, "publishing/wrong.html", context)


def _lines(posts: list[Post]) -> list[Line]:
    """Three questions, however many posts."""
    lines = {post.pk: Line(post) for post in posts}
    _approved(lines)
    _delivered(lines)
    for stop in Stop.objects.standing().filter(post__in=lines):
        lines[stop.post_id].stop = stop
    return list(lines.values())


def _approved(lines: dict[int, Line]) -> None:
    """Where the latest approval lets it go. A post taken back meanwhile is a draft, and its words
    of today are nobody's yet."""
    approved = ApprovalDecision.objects.filter(
        submission__post__in=lines, outcome=ApprovalDecision.Outcome.APPROVED
    )
    latest = {d.submission.post_id: d for d in approved.select_related("submission").order_by("pk")}
    wanted = {pk for decision in latest.values() for pk in decision.channels}
    channels = Channel.objects.select_related("platform").in_bulk(wanted)
    for pk, decision in latest.items():
        line = lines[pk]
        line.heading = _heading(decision.submission.content)
        if line.post.state == State.APPROVED:
            due = decision.submission.goes_out_at
            words = f"goes out {clock.when(due)}" if due else "goes out now"
            line.places = [(channels[c], words) for c in decision.channels if c in channels]


def _delivered(lines: dict[int, Line]) -> None:
    """How it stands where it went, instead of where it may go."""
    rows = Delivery.objects.filter(post__in=lines).select_related("channel__platform")
    for row in rows.order_by("pk"):
        line = lines[row.post_id]
        line.places = [place for place in line.places if place[0].pk != row.channel_id]
        line.is_out = line.is_out or row.state in _OUT
        if row.state in _ON_ITS_WAY:
            line.places.append((row.channel, _stands(row)))


def _stands(row: Delivery) -> str:
    if row.state == D.SENT and row.sent_at:
        return f"there since {clock.when(row.sent_at)}"
    if row.state == D.QUEUED:
        return f"goes out {clock.when(row.due_at)}"
    return row.get_state_display().lower()


def _heading(content: dict[str, Any]) -> str:
    """The title, or the first words of the first channel."""
    texts = [part["text"] for part in content["channels"]]
    return content["title"] or next((text[:60] for text in texts if text), "A post of photos")
