"""What people do about sending: post by hand, settle what is unknown, take down, look why."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from audit.models import Event
from consents.models import ConsentDecision
from policy.models import ChannelGrant
from posts.errors import NotPossible, Refused
from posts.timeline import lines
from publishing import assisted, looking, taking_down
from publishing.lifecycle import DeliveryState
from publishing.models import Delivery
from publishing.rules import may_release, may_take_down
from publishing.standing import by_hand, hands
from schools.models import User
from schools.pulse import pulse
from schools.reach import me
from schools.roles import Permission

A_PAGE = 25


@require_GET
def desk(request: HttpRequest) -> HttpResponse:
    """What waits for an authorised user, on the accounts granted to them."""
    user = me(request)
    if not user.may_somewhere(Permission.POST_RELEASE):
        raise Http404
    granted = ChannelGrant.objects.in_force().filter(user=user).values("channel_id")
    mine = (
        Delivery.objects.filter(channel__in=granted)
        .filter(user.school_filter("post__school", Permission.POST_RELEASE))
        .select_related("post__author", "post__school", "channel__platform", "taken_by")
    )
    now = timezone.now()
    needs = Q(state=DeliveryState.FAILED) & Q(post__state="approved")
    waiting = mine.for_people() | mine.filter(needs)
    page = Paginator(waiting.order_by("due_at", "pk"), A_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "now": now,
        "pulse": pulse(now),
        "recent": mine.filter(state=DeliveryState.SENT).order_by("-sent_at")[:10],
    }
    return render(request, "publishing/desk.html", context)


@require_GET
def delivery(request: HttpRequest, pk: int) -> HttpResponse:
    """What exactly did we send, what exactly came back, and what can be done now."""
    return _page(request, _delivery(request, pk))


def _page(request: HttpRequest, found: Delivery, *, typed: str = "") -> HttpResponse:
    """`typed`: a link that was not taken, so that it can be mended and not typed again."""
    user = me(request)
    context = {
        "typed": typed,
        "delivery": found,
        "attempts": found.attempts.select_related("by"),
        "may_release": may_release(user, found),
        "may_take_down": may_take_down(user, found),
        "snapshot": found.snapshots.first(),
        "is_due": found.due_at <= timezone.now(),
        "is_assisted": not found.channel.is_automatic,
        "said": by_hand(found, hands([found]).get(found.channel_id, ""), at=timezone.now())[0]
        if found.state == DeliveryState.QUEUED
        else "",
        "package": _package(found, user),
    }
    return render(request, "publishing/delivery.html", context, status=422 if typed else 200)


@require_GET
def why(request: HttpRequest, pk: int) -> HttpResponse:
    """Why was this allowed? Who, when, under which policy, on which permissions, as they stood."""
    found = _delivery(request, pk)
    user = me(request)
    snapshot = found.snapshots.select_related("submission__submitted_by").first()
    relied = [row["decision"] for row in snapshot.permissions] if snapshot else []
    # The records themselves are for those who may open permission records; others see that each
    # person had one.
    may_see = user.may(Permission.CONSENT_SEE, found.post.school_id)
    events = list(Event.objects.about(found.post))
    people = User.objects.in_bulk([e.actor_id for e in events if e.actor_id])
    context = {
        "delivery": found,
        "snapshot": snapshot,
        "decision": getattr(found.submission, "decision", None),
        "relied": ConsentDecision.objects.filter(pk__in=relied).select_related(
            "child", "adult", "platform", "giver", "recorded_by", "agreement"
        )
        if may_see
        else [],
        "number": len(relied),
        "answers": found.post.answers.select_related("by"),
        "timeline": lines(events, people),
    }
    return render(request, "publishing/why.html", context)


@require_POST
def open_package(request: HttpRequest, pk: int) -> HttpResponse:
    """Take it to post by hand."""
    return _press(
        request,
        pk,
        lambda d, u: assisted.open_package(delivery=d, by=u),
        "This is yours to post now. Say here what became of it.",
    )


@require_POST
def posted(request: HttpRequest, pk: int) -> HttpResponse:
    """ "I posted it"."""
    url = request.POST.get("url", "").strip()
    return _press(
        request,
        pk,
        lambda d, u: assisted.posted(delivery=d, url=url, by=u),
        "Thank you. It counts as sent, with its link.",
    )


@require_POST
def not_posted(request: HttpRequest, pk: int) -> HttpResponse:
    """ "Not posted, because"."""
    reason = request.POST.get("reason", "")
    return _press(
        request,
        pk,
        lambda d, u: assisted.not_posted(delivery=d, reason=reason, by=u),
        "Kept: it was not posted.",
    )


@require_POST
def it_is_there(request: HttpRequest, pk: int) -> HttpResponse:
    """Unknown, settled: it is there."""
    url = request.POST.get("url", "").strip()
    return _press(
        request,
        pk,
        lambda d, u: looking.it_is_there(delivery=d, url=url, by=u),
        "Settled: it is there.",
    )


@require_POST
def it_is_not_there(request: HttpRequest, pk: int) -> HttpResponse:
    """Unknown, settled: it is not there."""
    return _press(
        request,
        pk,
        lambda d, u: looking.it_is_not_there(delivery=d, by=u),
        "Settled: it is not there. You can send it again or leave it unsent.",
    )


@require_POST
def send_again(request: HttpRequest, pk: int) -> HttpResponse:
    """A certain failure, queued again; the gate is asked as always."""
    return _press(
        request,
        pk,
        lambda d, u: looking.send_again(delivery=d, by=u),
        "It is queued again. Every rule is asked before it is sent.",
    )


@require_POST
def give_up(request: HttpRequest, pk: int) -> HttpResponse:
    """A certain failure, left unsent."""
    reason = request.POST.get("reason", "")
    return _press(
        request,
        pk,
        lambda d, u: looking.give_up(delivery=d, by=u, reason=reason),
        "It stays unsent.",
    )


@require_POST
def take_down(request: HttpRequest, pk: int) -> HttpResponse:
    """Take it back."""
    reason = request.POST.get("reason", "")[:200]
    return _press(
        request, pk, lambda d, u: taking_down.take_down(delivery=d, by=u, reason=reason), ""
    )


@require_POST
def confirm_gone(request: HttpRequest, pk: int) -> HttpResponse:
    """Taken down by hand, and looked."""
    return _press(
        request, pk, lambda d, u: taking_down.confirm_gone(delivery=d, by=u), "Settled: it is gone."
    )


@require_POST
def stays_and_told(request: HttpRequest, pk: int) -> HttpResponse:
    """It cannot be taken down there, and whoever had to know was told."""
    how = request.POST.get("reason", "")
    return _press(
        request,
        pk,
        lambda d, u: taking_down.stays_and_told(delivery=d, by=u, how=how),
        "Settled: it stays there, and whoever had to know was told.",
    )


def _press(
    request: HttpRequest, pk: int, verb: Callable[[Delivery, User], object], said: str
) -> HttpResponse:
    found = _delivery(request, pk)
    try:
        verb(found, me(request))
    except Refused as error:
        messages.error(request, "Do not post this. " + " ".join(f.message for f in error.findings))
    except NotPossible as error:
        messages.error(request, str(error))
        if typed := request.POST.get("url", "").strip():
            return _page(request, _delivery(request, pk), typed=typed)
    else:
        # Said only of what is stored (failure 14).
        found = Delivery.objects.get(pk=found.pk, moved_at__gte=found.moved_at)
        messages.success(request, said or f"{found.get_state_display()}.")
    return redirect("publishing:delivery", pk=pk)


def _package(found: Delivery, user: User) -> dict[str, object] | None:
    """What to post, while it may be posted; the reason once it may not."""
    if found.state != DeliveryState.SENDING or found.taken_by_id != user.pk:
        return None
    try:
        return {"part": assisted.package(delivery=found, by=user)}
    except Refused as error:
        return {"refused": [f.message for f in error.findings]}
    except NotPossible as error:
        return {"refused": [str(error)]}


def _delivery(request: HttpRequest, pk: int) -> Delivery:
    return get_object_or_404(
        Delivery.objects.visible_to(me(request)).select_related(
            "post__author", "post__school", "channel__platform", "submission__policy", "taken_by"
        ),
        pk=pk,
    )
