"""What a case can be, whose it is, and who reads it.

Whose it is comes from the policy in force where that names somebody for it, and from the law or
from what schools do where it does not.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import TextChoices
from django.utils import timezone

from cases import clocks
from policy.rulebook import Rulebook
from policy.terms import LINE_MANAGER, Route, RouteName
from schools.roles import Role


class Kind(TextChoices):
    """Each with a way of its own."""

    BREACH = "breach", "Something was shown or shared that should not have been"
    ACCESS = "access", "Somebody asks what we hold about them or their child"
    COMPLAINT = "complaint", "Somebody complains about how we use their data"
    HARMFUL = "harmful", "Something on the internet harms the school or its people"
    MEDIA = "media", "A journalist or somebody else wants a comment from us to publish"
    CONDUCT = "conduct", "Somebody at work does not keep to the policy"
    WORRY = "worry", "I am worried about the safety of a child"


SHORT = {
    Kind.BREACH: "Breach",
    Kind.ACCESS: "Request for data",
    Kind.COMPLAINT: "Complaint about data",
    Kind.HARMFUL: "Harmful content",
    Kind.MEDIA: "Media enquiry",
    Kind.CONDUCT: "Conduct",
    Kind.WORRY: "Worry about a child",
}
_NAMED: dict[Kind, RouteName] = {
    Kind.HARMFUL: "harmful_content",
    Kind.MEDIA: "media_enquiry",
    Kind.CONDUCT: "misuse",
}
_DATA: Route = ((Role.DPO,), (Role.CIO,), (Role.CEO,))
_ROUTES: dict[Kind, Route] = {
    Kind.BREACH: ((Role.DPO,), (Role.HEAD, Role.EXECUTIVE_HEAD), (Role.CIO,), (Role.CEO,)),
    Kind.ACCESS: _DATA,
    Kind.COMPLAINT: _DATA,
    Kind.WORRY: ((Role.DSL,),),
}
# The law's own clocks run whether or not anybody holds the role: whoever raised it keeps it then.
IN_LAW = frozenset({Kind.BREACH, Kind.ACCESS, Kind.COMPLAINT})


def route(kind: Kind, book: Rulebook) -> Route:
    """Groups of roles in order: whose it is first, and who is next."""
    if kind in _NAMED:
        groups: Route = getattr(book.terms.routes, _NAMED[kind])
        return groups
    return _ROUTES[kind]


def readers(kind: Kind, book: Rulebook) -> frozenset[str]:
    """The roles that read every case of this kind at their schools."""
    groups = route(kind, book)
    first = groups[:2] if kind == Kind.BREACH else groups[:1]
    return frozenset(role for group in first for role in group if role != LINE_MANAGER)


@dataclass(frozen=True)
class Clock:
    """What must be done in time; `met`: what a person says was done, empty where only closing
    ends it; `before`: how long before the end its owner is reminded."""

    says: str
    met: str
    before: timedelta


CLOCKS = {
    Kind.ACCESS: Clock("answer it", "", timedelta(days=7)),
    Kind.COMPLAINT: Clock("acknowledge it", "It is acknowledged", timedelta(days=7)),
    Kind.BREACH: Clock(
        "decide if the regulator must be told", "It is decided, and done", timedelta(hours=24)
    ),
}


def due_at(
    kind: Kind, began_at: datetime, *, longer: bool = False, waited: int = 0
) -> datetime | None:
    """When the clock of this kind ends; None for a kind without one."""
    day = timezone.localdate(began_at)
    if kind == Kind.ACCESS:
        return clocks.end_of(clocks.answer_by(day, longer=longer, waited=waited))
    if kind == Kind.COMPLAINT:
        return clocks.end_of(clocks.acknowledge_by(day))
    return clocks.regulator_by(began_at) if kind == Kind.BREACH else None
