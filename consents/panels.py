"""Where later rooms sign up to say something on the pages of permissions.

A panel there tells nothing of holds: it reads the same for a child under one.
"""

from __future__ import annotations

from dataclasses import dataclass

from consents.models import Adult, Child
from schools.models import User
from schools.panels import Panels


@dataclass(frozen=True)
class Withdrawal:
    """Whose permission ends, and for what: None is everywhere, or for everything.

    `is_done`: it has been written down; what still stands by another permission is not concerned.
    """

    children: tuple[Child, ...] = ()
    adults: tuple[Adult, ...] = ()
    platforms: frozenset[int] | None = None
    kinds: frozenset[str] | None = None
    is_done: bool = False


on_child: Panels[Child] = Panels()
# Beside the press, what it would stop and list; after it `Panel.sentence`, what it stops and lists.
on_withdrawal: Panels[Withdrawal] = Panels()


def follows(done: Withdrawal, user: User) -> str:
    """What the later rooms say will become of it, for the message after the press."""
    return " ".join(panel.sentence for panel in on_withdrawal.of(done, user) if panel.sentence)
