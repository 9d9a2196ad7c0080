"""What a role carries and its holder may still not do today, because later rooms know a reason.

A role that needs training in date is one: the record of trainings is kept further along the line.
Such a room signs up here, in a module `withholding` that is imported when GoLive starts.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from schools.roles import Permission

if TYPE_CHECKING:
    from schools.models.people import User

Reasons = Mapping[Permission, str]

_signed_up: list[tuple[frozenset[Permission], Callable[[User], Reasons]]] = []


def withhold(
    permissions: frozenset[Permission],
) -> Callable[[Callable[[User], Reasons]], Callable[[User], Reasons]]:
    """Decorates a question about these permissions: which of them does this person not have today,
    each with a sentence that says why and how to mend it? A fixed number of queries."""

    def keep(ask: Callable[[User], Reasons]) -> Callable[[User], Reasons]:
        _signed_up.append((permissions, ask))
        return ask

    return keep


def can_be_withheld() -> frozenset[Permission]:
    """The permissions somebody asks about."""
    return frozenset().union(*(permissions for permissions, _ in _signed_up))


def withheld_from(user: User) -> Reasons:
    """Everything this person does not have today, whatever their roles carry."""
    return {key: why for _, ask in _signed_up for key, why in ask(user).items()}
