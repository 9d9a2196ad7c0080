"""Presses on a post's own page: send to the Head, take back, give a new time, stop, let go on."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from approvals import actions, further
from approvals.models import ExtraYes, Stop, Submission
from approvals.views.reach import post_or_404
from consents.words import joined
from policy.confirming import said
from posts.errors import NotPossible, Refused
from posts.models import Post
from schools.models import User
from schools.reach import me
from schools.roles import Permission


@require_POST
def submit(request: HttpRequest, pk: int) -> HttpResponse:
    """Send a draft to the Head. What stops it is shown on the draft's own page."""
    post, ticked = post_or_404(request, pk), request.POST.getlist("declared")
    try:
        made = actions.submit(post=post, by=me(request), declared=ticked)
    except NotPossible as error:
        why = [f.message for f in error.findings[:5]] if isinstance(error, Refused) else [error]
        for one in why:
            messages.error(request, str(one))
        # What was ticked stays ticked.
        kept = f"?{urlencode({'declared': ticked}, doseq=True)}" if ticked else ""
        place = "" if isinstance(error, Refused) else "#s-send"
        return redirect(f"{reverse('posts:edit', args=[pk])}{kept}{place}")
    # Said only of what is stored (failure 14).
    stored = Submission.objects.get(pk=made.pk)
    own = {stored.author_id, stored.submitted_by_id}
    heads = User.objects.who_may(Permission.POST_APPROVE, post.school).exclude(pk__in=own)
    names = joined([head.name for head in heads[:3]])
    if names:
        messages.success(request, f"Sent to {names}. You can take it back until it has gone out.")
    else:
        messages.warning(
            request,
            said("It is sent, but this school has no {name} who could decide. Tell the trust."),
        )
    return redirect("posts:post", pk=stored.post_id)


@require_POST
def say_yes(request: HttpRequest, pk: int) -> HttpResponse:
    """Whoever must say yes as well does so, to exactly what is submitted (R-057)."""
    mine = Post.objects.visible_to(me(request))
    found = get_object_or_404(Submission.objects.select_related("post"), pk=pk, post__in=mine)

    def press() -> None:
        made = further.say_yes_as_well(submission=found, by=me(request))
        ExtraYes.objects.get(pk=made.pk)

    kept = said("Your yes is kept. {The} decides as well.")
    return _press(request, found.post, press, kept)


@require_POST
def take_back(request: HttpRequest, pk: int) -> HttpResponse:
    """The author, or a Head, takes it back to change it."""
    post = post_or_404(request, pk)
    return _press(
        request,
        post,
        lambda: actions.take_back(post=post, by=me(request)),
        "Taken back. It is a draft again; nothing more of it goes out.",
        to="posts:edit",
    )


@require_POST
def reopen(request: HttpRequest, pk: int) -> HttpResponse:
    """Give an expired post a new time."""
    post = post_or_404(request, pk)
    return _press(
        request,
        post,
        lambda: actions.reopen(post=post, by=me(request)),
        said("It is a draft again. Pick a new time and send it to {the}."),
        to="posts:edit",
    )


@require_POST
def stop(request: HttpRequest, pk: int) -> HttpResponse:
    """Anyone of the school: something is wrong (R-080). `hold`: the safeguarding lead's (R-043)."""
    user = me(request)
    post = get_object_or_404(Post.objects.stoppable_by(user), pk=pk)
    if "hold" in request.POST and user.may(Permission.HOLD_SET, post.school_id):
        return _hold(request, post)
    reason = request.POST.get("reason", "")
    return _press(
        request,
        post,
        lambda: Stop.objects.get(pk=actions.stop(post=post, by=user, reason=reason).pk),
        said(
            "Stopped. The {many} have been told. Nothing more goes out until one of them says so. "
        )
        + "What is out already is being taken down.",
    )


def _hold(request: HttpRequest, post: Post) -> HttpResponse:
    reason, note = request.POST.get("reason", ""), request.POST.get("note", "")

    def press() -> None:
        made = actions.hold(post=post, by=me(request), reason=reason, note=note)
        Stop.objects.get(pk=made.pk, is_hold=True)

    return _press(
        request,
        post,
        press,
        "Held, at once, until a safeguarding lead of this school lets it go on. Others see what "
        "they see of any Stop. What is out already is being taken down.",
    )


@require_POST
def resume(request: HttpRequest, pk: int) -> HttpResponse:
    """A Head lets a stopped post go on, the safeguarding lead what they hold."""
    mine = Stop.objects.lifted_by(me(request))
    found = get_object_or_404(mine.select_related("post"), pk=pk)

    def press() -> None:
        actions.resume(stop=found, by=me(request))
        Stop.objects.exclude(resumed_at=None).get(pk=found.pk)

    return _press(
        request,
        found.post,
        press,
        "It may go on. Every rule is still asked before it is sent.",
    )


def _press(
    request: HttpRequest,
    post: Post,
    press: Callable[[], object],
    said: str,
    to: str = "posts:post",
) -> HttpResponse:
    try:
        press()
        # Said only of what is stored (failure 14).
        Post.objects.get(pk=post.pk, moved_at__gte=post.moved_at)
        messages.success(request, said)
    except NotPossible as error:
        messages.error(request, str(error))
    # Whoever may stop a post need not be allowed to see it; there it stands as stopped.
    if not Post.objects.visible_to(me(request)).filter(pk=post.pk).exists():
        return redirect("publishing:wrong")
    return redirect(to, pk=post.pk)
