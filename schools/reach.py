"""What every page reads from a request first: who asks, and the number of a row."""

from __future__ import annotations

from typing import cast

from django.http import Http404, HttpRequest

from schools.models import User

# Below what a row's number can be on either database.
_LONGEST = 18


def me(request: HttpRequest) -> User:
    """Who is signed in; `LoginRequiredMiddleware` has made sure that somebody is."""
    return cast(User, request.user)


def number(value: str | None) -> int | None:
    """The number of a row as pages send it; None for anything else.

    Python takes "²" for a digit and "٣" for a number; a page of ours sends neither.
    """
    if not value or len(value) > _LONGEST or not (value.isascii() and value.isdecimal()):
        return None
    return int(value)


def number_or_404(value: str | None) -> int:
    """The number of a row that must be there to be found."""
    found = number(value)
    if found is None:
        raise Http404
    return found
