"""The one function that moves a post from state to state."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from posts.errors import NotPossible, SomebodyWasFaster
from posts.lifecycle import EDITABLE, TRANSITIONS, State
from posts.models import Post
from posts.models.posts import CONTENT_FORM


def move(post: Post, to: State, **fields: Any) -> None:
    """Ask the database to move it, and count the rows: one press wins, the other is told.

    Only if state and revision are still what this caller saw. Raises `NotPossible` for a move
    the table does not know, `SomebodyWasFaster` when another was first. Call inside a
    transaction, with the event of the action.
    """
    here = State(post.state)
    if to not in TRANSITIONS[here]:
        raise NotPossible(f"This post is {here.label.lower()}; that can no longer be done.")
    fields |= {"state": to, "moved_at": timezone.now()}
    if to in EDITABLE:
        # Whatever may be changed is asked everything that is asked today.
        fields["content_form"] = CONTENT_FORM
    moved = Post.objects.filter(pk=post.pk, state=here, revision=post.revision).update(**fields)
    if not moved:
        raise SomebodyWasFaster("Somebody else was faster. Here is the post as it is now.")
    for name, value in fields.items():
        setattr(post, name, value)
