"""Where later rooms sign up to say something on the pages of permissions.

What they say there tells nothing of holds: it reads the same for a child under one.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from consents.models import Adult, Child
from policy.models import Platform
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
# On the list of holds, which only safeguarding leads open: what else of theirs is held.
on_holds: Panels[User] = Panels()
# Beside the press, what it would stop and list; after it `Panel.sentence`, what it stops and lists.
on_withdrawal: Panels[Withdrawal] = Panels()


def follows(done: Withdrawal, user: User) -> str:
    """What the later rooms say will become of it, for the message after the press."""
    return " ".join(panel.sentence for panel in on_withdrawal.of(done, user) if panel.sentence)


@dataclass(frozen=True)
class Live:
    """A post that the public can see, as the parents of children in it may know of it: nothing of
    what it says, and nothing of anybody else in it.

    `needs`: of each of these children, by id, the kinds of permission it relies on; `rests_on`: the
    ids of the decisions that permitted each of them as it was sent. `url` leads to the post itself;
    empty where nobody noted it.
    """

    platform: Platform
    day: date
    url: str
    needs: Mapping[int, frozenset[str]]
    rests_on: Mapping[tuple[int, str], frozenset[int]]


Lists = Callable[[Collection[Child]], Iterable[Live]]
_lists: list[Lists] = []


def lists_live(one: Lists) -> Lists:
    """Decorates a function that knows what is live with these children. A fixed number of
    queries, and nothing that has not been published yet."""
    _lists.append(one)
    return one


def live_with(children: Collection[Child]) -> list[Live]:
    """What is live with these children, the newest first."""
    found = [live for one in _lists for live in one(children)]
    return sorted(found, key=lambda live: live.day, reverse=True)
