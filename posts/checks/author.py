"""The author: belongs to the school, has read the policy, is trained, and what is open to them.

Which of these still counts when the post is sent, and why, stands in `policy.people`.
"""

from __future__ import annotations

from collections.abc import Iterator

from policy import people
from policy.findings import Finding, Way
from posts.checks.case import Case
from posts.checks.people import drop_way
from posts.lifecycle import State
from schools.roles import Permission

_THE_AUTHORS = frozenset({State.DRAFT, State.RETURNED, State.EXPIRED})
_UNDECIDED = _THE_AUTHORS | {State.SUBMITTED}


def author_belongs(case: Case) -> Iterator[Finding]:
    """The author has a role at this school today (failure 21: no role, no post)."""
    post = case.whole.post
    if not post.author.may(Permission.POST_DRAFT, post.school_id):
        yield case.book.finding(
            "may_draft", f"{post.author.name} has no role at {post.school.name} today."
        )


def author_is_ready(case: Case) -> Iterator[Finding]:
    """R-030 and R-056, while the post is theirs to change."""
    post = case.whole.post
    if post.state in _THE_AUTHORS:
        yield from people.may_draft(post.author, post.school_id, book=case.book, on=case.day)


def accounts_are_open(case: Case) -> Iterator[Finding]:
    """Each account is open to the author: no Head closed it (R-057), and until the post is decided,
    where the policy asks for a manager's consent, there is one (R-122)."""
    name, decided = case.whole.post.author.name, case.whole.post.state not in _UNDECIDED
    for channel in case.whole.channels:
        if case.author.is_restricted(channel):
            yield case.book.finding(
                "restrictions",
                f"A Head has closed {channel.platform.name} to posts by {name}.",
                subject=f"platform:{channel.pk}",
                channels=(channel.pk,),
                ways=(drop_way(channel),),
            )
        elif not decided and not case.author.is_granted(channel):
            yield case.book.finding(
                "authorised_user",
                f"{name} needs a manager’s consent to use {channel.name} on "
                f"{channel.platform.name}.",
                subject=f"use:{channel.pk}",
                channels=(channel.pk,),
                ways=(drop_way(channel),),
            )


def kind_and_time_are_open(case: Case) -> Iterator[Finding]:
    """A Head can close kinds of post, and choosing a time, to one person (R-057)."""
    post, name = case.whole.post, case.whole.post.author.name
    if post.purpose is not None and not case.author.allows_purpose(post.purpose.key):
        yield case.book.finding(
            "restrictions",
            f"A Head has closed posts of the kind “{post.purpose.name}” to {name}.",
            subject=f"purpose:{post.purpose.key}",
        )
    if post.goes_out_at is not None and not case.author.may_schedule:
        yield case.book.finding(
            "restrictions",
            f"Posts by {name} go out as soon as they are approved, not at a time.",
            subject="schedule",
            ways=(Way("As soon as it is approved", "no_time", "The time is taken out"),),
        )
