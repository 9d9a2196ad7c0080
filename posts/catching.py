"""Writes down which checks spoke of a post, for the page that lists them."""

from __future__ import annotations

from collections.abc import Iterable

from policy.findings import Finding
from posts.models import Caught, Post

# These speak of every draft until it is finished: that is no catch.
UNFINISHED = frozenset(
    {
        *("something_to_say", "picture_ready", "alt_text", "people_accounted"),
        *("nothing_readable", "purpose", "open_question", "warnings_answered"),
        *("rights", "photo_deleted"),
    }
)


def remember(post: Post, findings: Iterable[Finding], moment: Caught.Moment) -> None:
    """Each rule once for each post: the first time counts. At most two queries."""
    spoke = {f.rule for f in findings if f.blocks or f.asks} - UNFINISHED
    if not spoke:
        return
    known = set(Caught.objects.filter(post=post).values_list("rule", flat=True))
    new = [Caught(post=post, rule=rule, moment=moment) for rule in sorted(spoke - known)]
    # Two saves at once may both see it first.
    Caught.objects.bulk_create(new, ignore_conflicts=True)
