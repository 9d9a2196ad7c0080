"""What is said beside a press, and kept with it: declarations, and an approver's own answers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from approvals import rules
from approvals.models import ApprovalDecision, ApproverAnswer, Declaration, Submission
from policy.findings import Finding
from posts.declaring import Statement
from posts.errors import NotPossible
from schools.models import User


def declare(
    submission: Submission,
    statements: Iterable[Statement],
    *,
    by: User,
    decision: ApprovalDecision | None = None,
) -> None:
    """Keep the sentences as they stood beside the button."""
    Declaration.objects.bulk_create(
        Declaration(
            submission=submission,
            decision=decision,
            by=by,
            key=said.key,
            reference=said.reference,
            text=said.text,
        )
        for said in statements
    )


def answers_to(findings: Iterable[Finding], notes: Mapping[str, str]) -> list[ApproverAnswer]:
    """One answer for each warning. Raises `NotPossible` where there are no words."""
    found = []
    for finding in findings:
        words = notes.get(finding.key, "").strip()
        if not words:
            raise NotPossible(f"{finding.message} {rules.NOT_ANSWERED}")
        if len(words) > rules.LONGEST_ANSWER:
            raise NotPossible(
                f"Say it in {rules.LONGEST_ANSWER} characters. Yours has {len(words)}."
            )
        found.append(
            ApproverAnswer(
                rule=finding.rule,
                subject=finding.subject,
                reference=finding.clause,
                asked=finding.message,
                words=words,
            )
        )
    return found
