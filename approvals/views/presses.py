"""Presses on a post's own page: send to the Head, take back, give a new time, stop, let go on."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from approvals import actions
from approvals.models import Stop, Submission
from approvals.views.reach import post_or_404
from consents.words import joined
from posts.errors import NotPossible, Refused
from posts.models import Post
from schools.models import User
from schools.reach import me
from schools.roles import Permission


@require_POST
def submit(request: HttpRequest, pk: int) -> HttpResponse:
    """Send a draft to the Head. What stops it is shown on the draft's own page."""
    post = post_or_404(request, pk)
    try:
        made = actions.submit(post=post, by=me(request))
    except Refused as error:
        for finding in error.findings[:5]:
            messages.error(request, finding.message)
        return redirect("posts:edit", pk=pk)
    except NotPossible as error:
        messages.error(request, str(error))
        return redirect("posts:edit", pk=pk)
    # Said only of what is stored (failure 14).
    stored = Submission.objects.get(pk=made.pk)
    own = {stored.author_id, stored.submitted_by_id}
    heads = User.objects.who_may(Permission.POST_APPROVE, post.school).exclude(pk__in=own)
    names = joined([head.name for head in heads[:3]])
    if names:
        messages.success(request, f"Sent to {names}. You can take it back until it has gone out.")
    else:
        messages.warning(
            request, "It is sent, but this school has no Head who could decide. Tell the trust."
        )
    return redirect("posts:post", pk=stored.post_id)


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
        "It is a draft again. Pick a new time and send it to the Head.",
        to="posts:edit",
    )


@require_POST
def stop(request: HttpRequest, pk: int) -> HttpResponse:
    """Anyone of the school: something is wrong (R-080)."""
    post = get_object_or_404(Post.objects.stoppable_by(me(request)), pk=pk)
    reason = request.POST.get("reason", "")
    return _press(
        request,
        post,
        lambda: Stop.objects.get(pk=actions.stop(post=post, by=me(request), reason=reason).pk),
        "Stopped. The Heads have been told. Nothing more goes out until one of them says so. "
        "What is out already is being taken down.",
    )


@require_POST
def resume(request: HttpRequest, pk: int) -> HttpResponse:
    """A Head lets a stopped post go on."""
    mine = Stop.objects.filter(me(request).school_filter("school", Permission.POST_APPROVE))
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
