"""The one shape every platform's file has: what it is given, what it answers, how it fails.

An adapter knows HTTP and nothing of consent. It raises only the three errors below; their messages
carry no secret and no words of the post.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, Protocol

Remember = Callable[[dict[str, Any]], None]


class NotSent(Exception):
    """Certain that nothing is there; safe to try again. `retry_after`: the platform's own wish."""

    def __init__(self, message: str, retry_after: timedelta | None = None) -> None:
        super().__init__(message)
        self.retry_after = retry_after


class Rejected(Exception):
    """The platform said no for good, and nothing is there. A person mends what is wrong.

    `reconnect`: what is wrong is our sign-in, so the channel must be connected again.
    """

    def __init__(self, message: str, *, reconnect: bool = False) -> None:
        super().__init__(message)
        self.reconnect = reconnect


class Unclear(Exception):
    """It may be there. Never tried again by a machine."""


@dataclass(frozen=True)
class Photo:
    """One photo as approved: bytes already clean, named neutrally."""

    data: bytes = field(repr=False)
    media_type: str
    file_name: str
    alt: str
    decorative: bool
    sha256: str
    width: int
    height: int


@dataclass(frozen=True)
class Content:
    """One post for one channel. `key` is our own reference, fit for a slug and never reused."""

    key: str
    title: str
    text: str
    photos: tuple[Photo, ...]
    language: str = "en-GB"


@dataclass(frozen=True)
class Account:
    """Where and as whom. The secret never shows in a log or an error."""

    base_url: str
    username: str
    secret: str = field(repr=False)
    name: str = ""


@dataclass(frozen=True)
class Published:
    """It is there: the platform's own id, its public address, what else it told."""

    remote_id: str
    url: str
    facts: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Gone:
    """It is not there any more, seen by looking. `facts` says what was removed."""

    facts: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class AccountFacts:
    """What "Test connection" found, with a sentence for the person who pressed it."""

    ok: bool
    sentence: str
    name: str = ""
    role: str = ""


@dataclass(frozen=True)
class Capabilities:
    """What a platform can do through its interface. `read_back`: it can be asked what is there."""

    read_back: bool = True


class Platform(Protocol):
    """One platform."""

    capabilities: Capabilities

    def publish(
        self, content: Content, *, account: Account, remember: Remember, remembered: dict[str, Any]
    ) -> Published:
        """Publish once. `remember` stores each remote id the moment it is known; `remembered` is
        what an earlier try stored. Raises `NotSent`, `Rejected`, `Unclear`."""
        ...

    def find(
        self, content: Content, *, account: Account, remembered: dict[str, Any]
    ) -> Published | None:
        """Look for it by our own key. None: it is not there as far as the platform says."""
        ...

    def take_down(self, remote_id: str, *, account: Account, remembered: dict[str, Any]) -> Gone:
        """Remove it with everything that came with it, and look. Harmless when it is gone.

        An empty `remote_id` removes what an unfinished try left, as far as `remembered` knows.
        """
        ...

    def test(self, account: Account) -> AccountFacts:
        """Try the connection without publishing anything."""
        ...
