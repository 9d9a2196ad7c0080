"""Where a post went, or why it did not, for the post's own pages."""

from __future__ import annotations

from django.utils import timezone

from posts.lifecycle import State
from posts.models import Post
from posts.panels import on_post
from publishing.models import Delivery
from publishing.models.deliveries import is_overdue
from schools.models import User
from schools.panels import Panel
from schools.pulse import pulse


@on_post.sign_up
def where_it_went(post: Post, user: User) -> Panel | None:
    """Each channel with how it stands, and whether anything is being sent at all. Two queries.
    Nothing before the first approval."""
    rows = list(
        Delivery.objects.visible_to(user)
        .filter(post=post)
        .select_related("channel__platform")
        .order_by("channel__platform__name", "pk")
    )
    waits = post.state == State.APPROVED
    if not rows and not waits:
        return None
    due = max(post.goes_out_at or post.moved_at, post.moved_at)
    context = {
        "deliveries": rows,
        "approved": waits or post.state == State.CLOSED,
        "pulse": pulse(timezone.now()) if waits else None,
        # A sweep makes the rows: without one, none are there to say that they are late.
        "forgotten": due if waits and not rows and is_overdue(due) else None,
    }
    return Panel("publishing/_where.html", context)
