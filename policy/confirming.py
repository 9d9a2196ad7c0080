"""What whoever confirms posts is called: the Head, the Manager, as the policy in force says (R-078,
R-123). The one place for the word; pages and mails ask here.

Templates have it as `confirmer`: “Send to {{ confirmer.the }}”. In Python, where there is no
rulebook at hand: `said("{The} reads it.")`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from policy.models import PolicyVersion
from schools.roles import Role


@dataclass(frozen=True)
class Confirmer:
    """The word for one of them, as it stands in a sentence."""

    name: str

    @property
    def the(self) -> str:
        """ "the Head"."""
        return f"the {self.name}"

    @property
    def a(self) -> str:
        """ "a Head", "an Executive Headteacher"."""
        return f"{'an' if self.name[0] in 'AEIO' else 'a'} {self.name}"

    @property
    def many(self) -> str:
        """ "Heads"."""
        return f"{self.name}s"


def called(roles: Iterable[str]) -> Confirmer:
    """The word where these roles confirm posts, the first of them first. A Head is a Head to staff,
    whatever the document calls the post in full."""
    first = Role(next(iter(roles)))
    return Confirmer("Head" if first == Role.HEAD else first.label)


# Within one request the word is looked up once.
_REMEMBERED: ContextVar[list[Confirmer] | None] = ContextVar("confirmer", default=None)


def confirmer() -> Confirmer:
    """The word of the policy in force. One query, within a request only the first time. Before any
    policy is in force: somebody who confirms."""
    remembered = _REMEMBERED.get()
    if remembered:
        return remembered[0]
    terms = PolicyVersion.objects.filter(in_force=True).values_list("terms", flat=True).first()
    found = called(terms["approver_roles"]) if terms else Confirmer("approver")
    if remembered is not None:
        remembered.append(found)
    return found


def said(text: str) -> str:
    """A sentence with the word in it, where {the}, {The}, {a}, {A}, {many} or {name} stands."""
    word = confirmer()
    return text.format(
        name=word.name,
        the=word.the,
        The=_capital(word.the),
        a=word.a,
        A=_capital(word.a),
        many=word.many,
    )


@contextmanager
def remembering() -> Iterator[None]:
    """Around one request: the word is looked up once, and forgotten after."""
    token = _REMEMBERED.set([])
    try:
        yield
    finally:
        _REMEMBERED.reset(token)


def context(request: HttpRequest) -> dict[str, Any]:
    """Context processor: `confirmer`, looked up only by a page that says it."""
    return {"confirmer": SimpleLazyObject(confirmer)}


def _capital(text: str) -> str:
    return text[0].upper() + text[1:]
