"""What cases says on the pages of earlier rooms: a mistake in a live post, and anything else that
is wrong."""

from __future__ import annotations

from cases.forms import RaiseForm
from cases.mistakes import live_posts
from cases.models import Case
from posts.models import Post
from posts.panels import on_post
from publishing.panels import beside_stop, on_wrong
from schools.models import User
from schools.panels import Panel

LATELY = 5


@on_post.sign_up
def mistake_in(post: Post, user: User) -> Panel | None:
    """The way to “Report a mistake” while it is live. One query."""
    if not live_posts(user).filter(pk=post.pk).exists():
        return None
    return Panel("cases/_on_post.html", {"post": post})


@beside_stop.sign_up
def mistake_beside_stop(post: Post, user: User) -> Panel:
    """The same on “Something is wrong”, for what is out now."""
    return Panel("cases/_beside_stop.html", {"post": post})


@on_wrong.sign_up
def anything_else(about: User, user: User) -> Panel:
    """The form for everything else, and what became of what this person raised. A fixed number of
    queries."""
    raised = Case.objects.raised_by(user).select_related("school").order_by("-pk")[:LATELY]
    return Panel("cases/_on_wrong.html", {"form": RaiseForm(by=user), "raised": raised})
