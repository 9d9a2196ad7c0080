"""The Head's queue: what waits, soonest first; what goes out today; who decides meanwhile."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.core.paginator import Paginator
from django.db.models import Count, Q, Value
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from approvals.models import Stop, Submission
from approvals.stopped import Told, told
from approvals.views.reach import soonest_first
from approvals.waiting import Waiting
from policy.rulebook import Rulebook
from posts.lifecycle import State
from posts.models import MaterialRequest, Post, ReminderRequest
from posts.origins import permitting
from schools.models import User
from schools.pulse import Pulse, pulse
from schools.reach import me
from schools.roles import Permission

A_PAGE = 25
A_DAY = 12
MANY_STOPS = 200


@require_GET
def queue(request: HttpRequest) -> HttpResponse:
    """What waits for me. The number of queries is the same for one post and for thousands."""
    user = me(request)
    if not user.may_somewhere(Permission.POST_APPROVE):
        raise Http404
    now = timezone.now()
    mine = Submission.objects.waiting_for(user)
    filters = _filters(now)
    counts = mine.aggregate(**{key: Count("pk", filter=q) for key, _, q in filters})
    show = request.GET.get("show", "all")
    chosen = next((f for f in filters if f[0] == show), filters[0])
    waiting = soonest_first(mine.filter(chosen[2]).for_queue())
    pages = Paginator(waiting, A_PAGE)
    # Known already: the paginator need not ask again.
    pages.count = counts[chosen[0]]
    page = pages.get_page(request.GET.get("page"))
    stops, beat = _stops(user), pulse(now)
    context = {
        "page": page,
        "lines": Waiting(page.object_list, stops, at=now).lines(),
        "number": counts["all"],
        "next": page.object_list[0].goes_out_at if page.object_list else None,
        "chips": [
            {
                "label": label,
                "url": f"?show={key}",
                "note": counts[key],
                "current": key == chosen[0],
            }
            for key, label, _ in filters
        ],
        "is_filtered": chosen[0] != "all",
        "stopped": stops[:A_PAGE],
        "permits": user.may_somewhere(Permission.BRAND_PERMIT),
        "asked": _asked(user),
        "today": _today(user, now, beat),
        "pulse": beat,
    }
    return render(request, "approvals/queue.html", context)


def _filters(now: datetime) -> list[tuple[str, str, Q]]:
    midnight = timezone.localtime(now).replace(hour=0, minute=0, second=0, microsecond=0)
    tomorrow = timezone.localtime(midnight + timedelta(hours=36)).replace(hour=0)
    return [
        ("all", "All", Q()),
        ("today", "Today", Q(goes_out_at__lt=tomorrow)),
        ("again", "Sent again", Q(number__gt=1)),
    ]


def _asked(user: User) -> int:
    """How many reminders and written permissions wait for this person's answer. One query, and
    those of the policy only where a permission is asked for."""
    reminders = ReminderRequest.objects.open().of_heads(user).order_by()
    here = MaterialRequest.objects.open().filter(user.school_filter("picture__post__school"))
    rows = (
        reminders.annotate(matter=Value(""))
        .values_list("matter", "school")
        .union(here.order_by().values_list("matter", "picture__post__school"), all=True)
    )
    asked = list(rows)
    if not any(matter for matter, _ in asked):
        return len(asked)
    book = Rulebook.in_force()
    mine = (not m or permitting.may_permit(user, school, m, book) for m, school in asked)
    return sum(mine)


def _stops(user: User) -> list[Told]:
    """Stops that still stand in the schools this person heads."""
    mine = user.school_filter("school", Permission.POST_APPROVE)
    return told(Stop.objects.standing().filter(mine)[:MANY_STOPS], reader=user)


def _today(user: User, now: datetime, beat: Pulse) -> list[dict[str, Any]]:
    """What goes out today from the schools this person heads, with how it stands."""
    day = timezone.localdate(now)
    posts = Post.objects.filter(
        user.school_filter("school", Permission.POST_APPROVE),
        state__in=[State.SUBMITTED, State.APPROVED, State.CLOSED],
        goes_out_at__date=day,
    ).order_by("goes_out_at", "pk")
    words = {State.APPROVED: "Approved", State.CLOSED: "Done"}

    def stands(post: Post) -> str:
        is_due = post.goes_out_at is not None and post.goes_out_at <= now
        if post.state == State.APPROVED and is_due and beat.is_silent:
            return "Overdue"
        return words.get(State(post.state), "Only if it is approved")

    return [{"post": post, "words": stands(post)} for post in posts[:A_DAY]]
