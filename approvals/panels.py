"""What the Head said of a post, and who pressed Stop, for the post's own pages."""

from __future__ import annotations

from approvals.models import ApprovalDecision, Stop
from posts.lifecycle import State
from posts.models import Post
from posts.panels import on_post
from schools.models import User
from schools.panels import Panel
from schools.roles import Permission


@on_post.sign_up
def what_was_said(post: Post, user: User) -> Panel | None:
    """The latest answer with its reason, and every Stop that stands. Two queries."""
    decision = (
        ApprovalDecision.objects.filter(submission__post=post)
        .select_related("by", "submission")
        .order_by("-at", "-pk")
        .first()
    )
    stops = list(Stop.objects.standing().filter(post=post).select_related("by"))
    if decision is None and not stops:
        return None
    return Panel(
        "approvals/_said.html",
        {
            "decision": decision,
            "stops": stops,
            "no_longer": decision is not None
            and decision.outcome == ApprovalDecision.Outcome.APPROVED
            and post.state in {State.DRAFT, State.SUBMITTED},
            "may_resume": user.may(Permission.POST_APPROVE, post.school_id),
        },
    )
