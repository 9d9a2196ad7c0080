"""What somebody is shown first after signing in, before the page they were going to.

Later rooms sign up with a module `arrival`, imported when GoLive starts.
"""

from __future__ import annotations

from collections.abc import Callable

from schools.models import User

_signed_up: list[Callable[[User], str]] = []


def show_first(ask: Callable[[User], str]) -> Callable[[User], str]:
    """Decorates a question: the address of what this person must see first, or nothing. The page
    there leads on to `next`."""
    _signed_up.append(ask)
    return ask


def first_page(user: User) -> str:
    """The first such address, or nothing."""
    return next((address for ask in _signed_up if (address := ask(user))), "")
