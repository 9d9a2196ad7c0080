"""What people are told about approval. Written in the action's own transaction, sent later.

What somebody writes as a reason can name a child, so it is read on the post's page, never in mail.
"""

from __future__ import annotations

from collections.abc import Collection

from django.db.models import QuerySet

from approvals.models import ApprovalDecision, Submission
from posts.models import Post
from posts.timeline import SOMEBODY
from schools.actions import tell
from schools.models import School, User
from schools.roles import Permission

WHY_ON_THE_PAGE = "why is on the post’s page."


def page_of(submission: Submission) -> str:
    """Where it is decided: what a notice of it leads to."""
    return f"/approvals/{submission.pk}/"


def who_decides(school: School) -> QuerySet[User]:
    """Whoever confirms posts of this school today."""
    return User.objects.who_may(Permission.POST_APPROVE, school)


def tell_to_decide(submission: Submission, *, without: Collection[int] = ()) -> int:
    """Something waits for whoever confirms posts of this school; never for who wrote it or sent it
    in, nor `without` whom. Returns how many were told."""
    post = submission.post
    own = {submission.author_id, submission.submitted_by_id, *without}
    made = tell(
        list(who_decides(post.school).exclude(pk__in=own)),
        subject=f"Waits for you: {post.in_mail}",
        body=f"{submission.submitted_by.name} asks you to look at a post for {post.school.name}.",
        path=page_of(submission),
    )
    return len(made)


def tell_extra(submission: Submission, asked: User | None) -> None:
    """Whoever must say yes as well finds it on the post's page (R-057)."""
    if asked is not None:
        tell(
            [asked],
            subject=f"Please look as well: {submission.post.in_mail}",
            body="A Head asks you to say yes to it too, before it can be approved.",
            path=f"/posts/{submission.post_id}/",
        )


def tell_author(decision: ApprovalDecision, news: str, next_step: str) -> None:
    """What the Head decided, and what the author can do now."""
    post = decision.submission.post
    tell(
        [post.author],
        subject=f"{news}: {post.in_mail}",
        body=f"{next_step}\nDecided by {decision.by.name}.",
        path=f"/posts/{post.pk}/",
    )


def tell_stopped(post: Post) -> None:
    """Heads and author, in the same words whoever pressed Stop and whoever lifts it (P3)."""
    tell(
        [*who_decides(post.school), post.author],
        subject=f"Stopped: {post.in_mail}",
        body=f"{SOMEBODY} pressed Stop; {WHY_ON_THE_PAGE}\n"
        "What is out is taken down, and nothing more goes out until it is let go on.",
        path=f"/posts/{post.pk}/",
    )


def tell_it_is_late(post: Post) -> None:
    """Nobody decided in time: Heads and author know, and nothing was sent."""
    tell(
        [*who_decides(post.school), post.author],
        subject=f"Its time passed: {post.in_mail}",
        body="Nobody had decided by the time it was to go out, so it was not sent. "
        "Give it a new time if it is still news.",
        path=f"/posts/{post.pk}/",
    )
