"""Parents who read one mailbox: whoever opens it can open the links of both."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby

from consents.models.people import folded
from consents.words import joined

Person = tuple[str, str]  # a full name, an e-mail address


def others(people: Iterable[Person]) -> dict[Person, list[str]]:
    """Whose address is another's too, with the names of the others. Two entries of one name are
    one person here."""
    found: dict[Person, list[str]] = {}
    addressed = sorted({(email.casefold(), name) for name, email in people if email})
    for email, group in groupby(addressed, key=lambda each: each[0]):
        names = [name for _, name in group]
        for name in names:
            rest = [other for other in names if folded(other) != folded(name)]
            if rest:
                found[name, email] = rest
    return found


def same_as(names: Iterable[str]) -> str:
    """ "the same address as Victoria Church’s"."""
    return f"the same address as {joined([f'{name}’s' for name in names])}"
