"""What the Head said of a post, and who pressed Stop, for the post's own pages."""

from __future__ import annotations

from approvals.models import ApprovalDecision, ExtraYes, Stop, Submission
from approvals.stopped import told
from consents.panels import on_holds
from policy.people import openness
from policy.rulebook import Rulebook
from posts.lifecycle import State
from posts.models import Post
from posts.panels import on_post
from schools.models import User
from schools.panels import Panel


@on_post.sign_up
def what_was_said(post: Post, user: User) -> Panel | None:
    """The latest answer with its reason, and every Stop that stands. Three queries."""
    decision = (
        ApprovalDecision.objects.filter(submission__post=post)
        .select_related("by", "submission")
        .prefetch_related("answers")
        .order_by("-at", "-pk")
        .first()
    )
    stops = told(Stop.objects.standing().filter(post=post), reader=user)
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
        },
    )


@on_holds.sign_up
def held_posts(of: User, user: User) -> Panel:
    """Posts that safeguarding leads of one's schools hold, each with its press. One query."""
    held = Stop.objects.standing().lifted_by(user).filter(is_hold=True)
    return Panel("approvals/_held.html", {"stops": told(held, reader=user)})


@on_post.sign_up
def yes_as_well(post: Post, user: User) -> Panel | None:
    """Somebody besides the Head must say yes to it (R-057): who, and whether they have. Nothing
    while it does not wait for a decision."""
    if post.state != State.SUBMITTED:
        return None
    submission = Submission.objects.filter(post=post, state=Submission.State.OPEN).first()
    asked = openness(post.author, post.school_id, Rulebook.in_force()).extra_approver
    if submission is None or asked is None:
        return None
    said = ExtraYes.objects.filter(submission=submission, by=asked).first()
    context = {"submission": submission, "asked": asked, "said": said, "is_asked": asked == user}
    return Panel("approvals/_yes_as_well.html", context)
