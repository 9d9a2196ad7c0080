"""What the rooms above say on a post's own pages: the Head's answer, where it went.

They sign up here, because posts knows nothing of them. A panel asks a fixed number of questions.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from posts.models import Post
from schools.models import User


@dataclass(frozen=True)
class Panel:
    """A template and what it is given, as `panel`."""

    template: str
    context: Mapping[str, Any] = field(default_factory=dict)


Say = Callable[[Post, User], Panel | None]
_signed_up: list[Say] = []


def sign_up(say: Say) -> Say:
    """Decorates a function of a room's module `panels`, which is imported when GoLive starts."""
    _signed_up.append(say)
    return say


def panels(post: Post, user: User) -> list[Panel]:
    """What there is to say to this person about this post."""
    return [panel for say in _signed_up if (panel := say(post, user)) is not None]
