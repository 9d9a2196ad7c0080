"""What rooms further along the line say on a page of an earlier room, which knows nothing of them.

A room that owns a page makes one `Panels` for it, and later rooms sign up with a function in their
own module `panels`, which is imported when GoLive starts.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from schools.models import User

About = TypeVar("About")


@dataclass(frozen=True)
class Panel:
    """A template and what it is given, as `panel`. `sentence`: the same in short, for a message."""

    template: str
    context: Mapping[str, Any] = field(default_factory=dict)
    sentence: str = ""


class Panels(Generic[About]):
    """The panels of one kind of page. Each asks a fixed number of questions."""

    def __init__(self) -> None:
        self._signed_up: list[Callable[[About, User], Panel | None]] = []

    def sign_up(
        self, say: Callable[[About, User], Panel | None]
    ) -> Callable[[About, User], Panel | None]:
        """Decorates a function that says something about `About`, or nothing."""
        self._signed_up.append(say)
        return say

    def of(self, about: About, user: User) -> list[Panel]:
        """What there is to say to this person."""
        return [panel for say in self._signed_up if (panel := say(about, user)) is not None]


# On the page of a person's account, for whoever manages staff.
on_person: Panels[User] = Panels()
