"""What only publishing can tell before a post is approved: where it is already."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import IntegerField

from policy.findings import Finding
from posts.checks import sign_up
from posts.checks.case import Case
from posts.checks.people import drop_way
from posts.lifecycle import State
from publishing.lifecycle import HAS_IT
from publishing.models import Delivery
from schools.statements import Statement, given

_there = Statement(
    lambda: Delivery.objects.filter(post=given("post", IntegerField)).values_list(
        "channel_id", "state"
    )
)
_BEFORE_APPROVAL = frozenset({State.DRAFT, State.RETURNED, State.SUBMITTED, State.EXPIRED})


@sign_up
def goes_there_once(case: Case) -> Iterator[Finding]:
    """A post that was taken back after a part of it had gone out cannot go there again (P5)."""
    post = case.whole.post
    if post.state not in _BEFORE_APPROVAL:
        return
    there = {channel for channel, state in _there.tuples(post=post.pk) if state in HAS_IT}
    for channel in case.whole.channels:
        if channel.pk in there:
            yield case.book.finding(
                "once",
                f"It went to {channel.platform.name} before, or may have. A post goes there once.",
                subject=str(channel.pk),
                channels=(channel.pk,),
                ways=(drop_way(channel),),
            )
