"""P: a platform that records every call and can be told how to misbehave."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from publishing.platforms.shape import Capabilities, Content, Gone, Published

Answer = Callable[[Published], Published | None]


def honest(made: Published) -> Published:
    """Says what it did."""
    return made


def says(answer: Published | None) -> Answer:
    """Takes the post, and answers this all the same."""

    def other(_: Published) -> Published | None:
        return answer

    return other


def breaks(error: Exception) -> Answer:
    """Takes the post, and then this happens on the way back."""

    def answer(made: Published) -> Published:
        raise error

    return answer


class P:
    """Far away from GoLive. `creates` holds every post it was given, in order."""

    def __init__(self) -> None:
        self.creates: list[Content] = []
        self.there: dict[str, Published] = {}
        self.refuses: Exception | None = None
        self.answer: Answer = honest
        self.capabilities = Capabilities()

    def publish(self, content: Content, **_: Any) -> Published | None:
        """Takes it unless it refuses, and answers as told."""
        if self.refuses is not None:
            raise self.refuses
        self.creates.append(content)
        number = len(self.creates)
        made = Published(f"post-{number}", f"https://p.example/{number}")
        self.there[content.key] = made
        return self.answer(made)

    def find(self, content: Content, **_: Any) -> Published | None:
        """By our own key."""
        return self.there.get(content.key)

    def take_down(self, remote_id: str, **_: Any) -> Gone:
        """Gone."""
        self.there = {key: made for key, made in self.there.items() if made.remote_id != remote_id}
        return Gone()
