"""What people are told about approval. Written in the action's own transaction, sent later.

What somebody writes as a reason can name a child, so it is read on the post's page, never in mail.
"""

from __future__ import annotations

from approvals.models import ApprovalDecision, Submission
from posts.models import Post
from schools.actions import tell
from schools.models import User
from schools.roles import Permission

WHY_ON_THE_PAGE = "why is on the post’s page."


def tell_heads(submission: Submission) -> None:
    """Something waits for the Heads of this school; never for who wrote it or sent it in."""
    post = submission.post
    own = {submission.author_id, submission.submitted_by_id}
    heads = list(User.objects.who_may(Permission.POST_APPROVE, post.school).exclude(pk__in=own))
    tell(
        heads,
        subject=f"Waits for you: {post.in_mail}",
        body=f"{submission.submitted_by.name} asks you to look at a post for {post.school.name}.",
        path=f"/approvals/{submission.pk}/",
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


def tell_it_is_late(post: Post) -> None:
    """Nobody decided in time: Heads and author know, and nothing was sent."""
    heads = User.objects.who_may(Permission.POST_APPROVE, post.school)
    tell(
        [*heads, post.author],
        subject=f"Its time passed: {post.in_mail}",
        body="Nobody had decided by the time it was to go out, so it was not sent. "
        "Give it a new time if it is still news.",
        path=f"/posts/{post.pk}/",
    )
