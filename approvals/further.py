"""The verb of whoever must say yes as well (R-057)."""

from __future__ import annotations

from django.db import transaction

from approvals import rules
from approvals.models import ExtraYes, Submission
from audit.actions import record
from posts.checks import check
from posts.errors import Refused, SomebodyWasFaster
from schools.models import User


@transaction.atomic
def say_yes_as_well(*, submission: Submission, by: User) -> ExtraYes:
    """Says yes to exactly this submission. A Head decides besides. Raises `Refused`, or
    `SomebodyWasFaster` when it no longer waits."""
    verdict = check(submission.post)
    found = rules.may_say_yes_as_well(submission, verdict, by=by)
    if found:
        raise Refused(found)
    waits = Submission.objects.select_for_update().filter(
        pk=submission.pk, state=Submission.State.OPEN
    )
    if not waits.exists():
        raise SomebodyWasFaster("This post no longer waits. Here is how it stands now.")
    said, is_new = ExtraYes.objects.get_or_create(
        submission=submission,
        by=by,
        defaults={"author_id": submission.author_id, "digest": submission.digest},
    )
    if is_new:
        record("post.extra_yes", submission.post, by=by, submission=submission.pk, yes=said.pk)
    return said
