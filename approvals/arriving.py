"""Somebody comes to confirm posts while some wait: a new Head, a deputy from today, or whomever
another policy names. They are told of what waits, once, like those who were there from the start.

Looked for by beat and not done where a role is granted: a role begins on its day, a policy takes
effect at midnight, and none of these knows of posts.
"""

from __future__ import annotations

from django.db import transaction

from approvals.models import Submission
from approvals.telling import page_of, tell_to_decide, who_decides
from schools.models import Notice


def tell_newcomers() -> int:
    """Tell whoever may decide on what waits and was never told of it; returns how many were. Two
    queries and one a school while nobody is new."""
    waiting = list(
        Submission.objects.filter(state=Submission.State.OPEN).select_related("post__school")
    )
    known = _told(waiting)
    told = 0
    deciders: dict[int, set[int]] = {}
    for submission in waiting:
        school = submission.post.school
        if school.pk not in deciders:
            deciders[school.pk] = set(who_decides(school).values_list("pk", flat=True))
        own = {submission.author_id, submission.submitted_by_id}
        if deciders[school.pk] - own - known.get(page_of(submission), set()):
            told += _tell(submission.pk)
    return told


@transaction.atomic
def _tell(pk: int) -> int:
    """Of two workers at once, the second looks after the first has told."""
    submission = Submission.objects.select_for_update(of=("self",)).get(pk=pk)
    if submission.state != Submission.State.OPEN:
        return 0
    known = _told([submission]).get(page_of(submission), set())
    return tell_to_decide(submission, without=known)


def _told(waiting: list[Submission]) -> dict[str, set[int]]:
    """Who was told of each, by its page."""
    if not waiting:
        return {}
    since = min(submission.submitted_at for submission in waiting)
    rows = Notice.objects.filter(
        path__in=[page_of(submission) for submission in waiting], made_at__gte=since
    )
    found: dict[str, set[int]] = {}
    for path, user in rows.values_list("path", "user_id"):
        found.setdefault(path, set()).add(user)
    return found
