"""What only approvals can tell: that somebody pressed Stop on a post, and which bytes of a photo a
Head was or is asked about."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import IntegerField, Q

from approvals.models import ApprovalDecision, Stop, Submission
from policy.findings import Finding
from posts.checks import sign_up
from posts.checks.case import Case
from posts.models import Picture
from posts.renditions import needed_by
from schools.statements import Statement, given

_standing = Statement(
    lambda: (
        Stop.objects.standing()
        .filter(post=given("post", IntegerField))
        .order_by()
        .values_list("pk")
    )
)


@sign_up
def nobody_pressed_stop(case: Case) -> Iterator[Finding]:
    """Somebody pressed Stop and it has not been let go on: a colleague (R-080) or the safeguarding
    lead (R-043), in the same words, under the same clause and at every moment alike (P3)."""
    if _standing.tuples(post=case.whole.post.pk):
        yield case.book.finding(
            "stopped",
            f"Somebody pressed Stop on this post. Ask {case.book.called.a} if it may go on.",
        )


@needed_by
def put_before_a_head(picture: Picture) -> set[int]:
    """Those that wait for a decision, and those that were approved: the evidence of what could be
    sent. What was only drafted, taken back or returned is nobody's any more."""
    approved = Q(decision__outcome=ApprovalDecision.Outcome.APPROVED)
    asked = Submission.objects.filter(Q(state=Submission.State.OPEN) | approved, post=picture.post)
    return {
        photo["rendition"]
        for content in asked.values_list("content", flat=True)
        for part in content["channels"]
        for photo in part["photos"]
        if photo["picture"] == picture.pk
    }
