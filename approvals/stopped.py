"""The Stops on a post as one reader is told of them.

To ordinary staff a colleague's Stop and a hold of the safeguarding lead read the same: somebody at
the school, when, and the words left for staff (P3). Whoever may lift it also reads whose it is.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from approvals.models import Stop
from posts.timeline import SOMEBODY
from schools.models import User
from schools.roles import Permission


@dataclass(frozen=True)
class Told:
    """One Stop. `note`: why, for safeguarding leads. `by_lead`: said to a Head who may not lift it,
    so that they know whom to ask."""

    pk: int
    post_id: int
    heading: str
    who: str
    at: datetime
    reason: str
    note: str
    may_lift: bool
    by_lead: bool


def told(stops: QuerySet[Stop], *, reader: User) -> list[Told]:
    """What this reader is told of each. One query."""
    return [_told(stop, reader) for stop in stops.select_related("by", "post")]


def _told(stop: Stop, reader: User) -> Told:
    lifts = reader.may(stop.lifted_with, stop.school_id)
    heads = reader.may(Permission.POST_APPROVE, stop.school_id)
    return Told(
        pk=stop.pk,
        post_id=stop.post_id,
        heading=stop.post.heading,
        who=stop.by.name if lifts else SOMEBODY,
        at=stop.at,
        reason=stop.reason,
        note=stop.note if lifts else "",
        may_lift=lifts,
        by_lead=heads and stop.is_hold and not lifts,
    )
