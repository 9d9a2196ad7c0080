"""What only approvals can tell of a photo: which of its bytes a Head was or is asked about."""

from __future__ import annotations

from django.db.models import Q

from approvals.models import ApprovalDecision, Submission
from posts.models import Picture
from posts.renditions import needed_by


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
