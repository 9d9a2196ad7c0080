"""What the rooms above say on a child’s page: the posts the child is in.

They sign up here, because consents knows nothing of them. A panel asks a fixed number of questions
and tells nothing of holds: it reads the same for a child under one.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from consents.models import Child
from schools.models import User


@dataclass(frozen=True)
class Panel:
    """A template and what it is given, as `panel`."""

    template: str
    context: Mapping[str, Any] = field(default_factory=dict)


Say = Callable[[Child, User], Panel | None]
_signed_up: list[Say] = []


def sign_up(say: Say) -> Say:
    """Decorates a function of a room’s module `child_panels`, imported when GoLive starts."""
    _signed_up.append(say)
    return say


def panels(child: Child, user: User) -> list[Panel]:
    """What there is to say to this person about this child."""
    return [panel for say in _signed_up if (panel := say(child, user)) is not None]
