"""Where a Head's answer is written, once: the first press wins, and the slower one is told."""

from __future__ import annotations

from django.db import IntegrityError
from django.utils import timezone

from approvals.models import ApprovalDecision, Submission
from audit.actions import record
from policy.models import PolicyVersion
from posts.errors import NotPossible, SomebodyWasFaster
from schools.models import User


def write_decision(
    submission: Submission,
    *,
    by: User,
    policy: PolicyVersion,
    outcome: str,
    channels: list[int] | None = None,
    looked_at: list[int] | None = None,
    confirmed: int = 0,
    reason: str = "",
    clause: str = "",
) -> ApprovalDecision:
    """The one place where an answer is written: first the conditional UPDATE, then the row."""
    end(submission, Submission.State.DECIDED)
    try:
        decision = ApprovalDecision.objects.create(
            submission=submission,
            outcome=outcome,
            by=by,
            author_id=submission.author_id,
            submitted_by_id=submission.submitted_by_id,
            digest=submission.digest,
            policy=policy,
            channels=channels or [],
            looked_at=looked_at or [],
            reason=reason.strip(),
            clause=clause,
        )
    except IntegrityError as error:
        raise NotPossible("This post cannot be decided by this person.") from error
    record(
        f"post.{outcome}",
        submission.post,
        by=by,
        submission=submission.pk,
        decision=decision.pk,
        digest=decision.digest,
        channels=decision.channels,
        policy=decision.policy_id,
        **({"confirmed": confirmed} if confirmed else {}),
    )
    return decision


def end(submission: Submission, to: str) -> None:
    """It waits no longer. Raises `SomebodyWasFaster` when another answer was first."""
    ended = Submission.objects.filter(pk=submission.pk, state=Submission.State.OPEN).update(
        state=to, ended_at=timezone.now()
    )
    if not ended:
        raise SomebodyWasFaster(who_was_faster(submission))
    submission.state = to


def who_was_faster(submission: Submission) -> str:
    """Said kindly to the slower of two: how it stands, and that their press changed nothing."""
    decision = ApprovalDecision.objects.filter(submission=submission).select_related("by").first()
    if decision is None:
        return "Your press changed nothing: this post no longer waits. Here is how it stands now."
    outcome = decision.get_outcome_display().lower()
    return f"{decision.by.name} was faster: {outcome} already. Your press changed nothing."
