"""Which yeses end soon or have ended, and who can mend each by saying it again (R-149).

The weekly mail, the list and the campaign all ask here, so that they speak of the same children.
The choices, once, with their reasons:

* What counts is the permission, not the single answer: where the other parent's yes lasts, or
  somebody's no stands, saying it again would change nothing, and nobody is asked.
* Where a parent's yes ends, parents are asked, by a campaign. Where the pupil's own ends, no mail
  reaches them: whoever writes down answers asks them at school. Where both end, both are asked.
* Saying it again must make it last longer. Where the version in force ends everything on one day,
  or no longer asks the question, the next version comes first.
* Holds have no part in it: this is what families answered.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from django.utils import timezone

from consents.answering import Square, asked_platforms, is_later
from consents.coverage import (
    LAST_DAY,
    OWN_END,
    OWN_OVER,
    THEIR_END,
    THEIRS_OVER,
    YES,
    Scope,
    parts_of,
    rows_of,
)
from consents.endings import asked_again_before, is_over, last_day
from consents.ledger import BEFORE, NO
from consents.models import Agreement, Child, Kind
from consents.wording import Document
from policy.models import Platform

# What was said before the pupil left and came back ended before every other day.
_OVER_SINCE = f"CASE WHEN {BEFORE} THEN '0001-01-02' ELSE d.until END"
_OWN_OVER = f"MAX(CASE WHEN {OWN_OVER} THEN {_OVER_SINCE} END)"
_THEIRS_OVER = f"MAX(CASE WHEN {THEIRS_OVER} THEN {_OVER_SINCE} END)"
_SIDES = """
  SELECT d.child_id, d.platform_id, d.kind, {yes} AS yes_id, {no} AS says_no,
         {last_day} AS last_day, {own_end} AS own_end, {their_end} AS their_end,
         {own_over} AS own_over, {theirs_over} AS theirs_over
  FROM latest d
  JOIN asked a ON a.id = d.child_id
  LEFT JOIN consents_guardianship g ON g.child_id = d.child_id AND g.parent_id = d.giver_id
  GROUP BY d.child_id, d.platform_id, d.kind
"""
# Of every kind: whose yes has ended or is near its end, the pupil's own or the parents', and that
# day. A first name that the full name covers for longer does not end with its own yes; a full name
# whose first name is refused counts for nothing: it has nothing to end, and nothing has ended.
_ENDING = """
WITH asked AS ({asked}), latest AS ({latest}), sides AS ({sides})
SELECT s.child_id, s.platform_id, s.kind, s.yes_id IS NULL,
       CASE WHEN s.own_end IS NULL THEN s.own_over WHEN s.own_end < %(soon)s THEN s.own_end END,
       CASE WHEN s.their_end IS NULL THEN s.theirs_over
            WHEN s.their_end < %(soon)s THEN s.their_end END
FROM sides s
LEFT JOIN sides f ON s.kind = 'first_name' AND f.kind = 'full_name' AND f.says_no = 0
  AND f.child_id = s.child_id AND f.platform_id = s.platform_id AND f.yes_id IS NOT NULL
LEFT JOIN sides n ON s.kind = 'full_name' AND n.kind = 'first_name' AND n.says_no = 1
  AND n.child_id = s.child_id AND n.platform_id = s.platform_id
WHERE n.child_id IS NULL
  AND ((s.yes_id IS NOT NULL AND s.says_no = 0 AND s.last_day < %(soon)s)
       OR (s.yes_id IS NULL AND s.says_no = 0
           AND ((s.own_end IS NULL AND s.own_over IS NOT NULL)
                OR (s.their_end IS NULL AND s.theirs_over IS NOT NULL))))
  AND (f.child_id IS NULL OR (s.yes_id IS NOT NULL AND f.last_day < %(soon)s))
"""


class Ending(NamedTuple):
    """A permission that ends soon, or has ended: the last day of the pupil's own yes, and of the
    parents', where that one is to be said again."""

    child: int
    platform: int
    kind: str
    has_ended: bool
    own: date | None
    theirs: date | None


@dataclass
class Sides:
    """Questions by who can mend them, each with the last day of the yes that is to be said again.
    `nobody`: saying it again now would change nothing."""

    parents: dict[Square, date] = field(default_factory=dict)
    own: dict[Square, date] = field(default_factory=dict)
    nobody: dict[Square, date] = field(default_factory=dict)


@dataclass
class Renewal:
    """What ends soon, and what has ended and counts no more."""

    soon: Sides = field(default_factory=Sides)
    over: Sides = field(default_factory=Sides)


def pupils(squares: Iterable[Square]) -> set[int]:
    """Whom these questions are about, by id."""
    return {child for child, _, _ in squares}


def look(
    schools: Collection[int], agreement: Agreement | None, *, on: date | None = None
) -> Renewal:
    """For these schools, under the version in force, on a day (default today). A fixed number of
    queries."""
    day, found = on or timezone.localdate(), Renewal()
    rows = _endings(schools, agreement, day)
    children = Child.objects.in_bulk({row.child for row in rows})
    document = Document.read(agreement.content if agreement else {})
    asked = _asked(document) if rows and not is_over(document, day) else set()
    for row in rows:
        sides = found.over if row.has_ended else found.soon
        is_asked = (row.platform, row.kind) in asked
        _sort(sides, row, last_day(document, children[row.child], day), is_asked=is_asked)
    return found


def _sort(sides: Sides, row: Ending, again: date | None, *, is_asked: bool) -> None:
    """`again`: the last day of a yes that is said today."""
    square: Square = (row.child, row.platform, row.kind)
    mended = False
    for side, end in ((sides.parents, row.theirs), (sides.own, row.own)):
        if is_asked and end is not None and is_later(again, end):
            side[square] = end
            mended = True
    if not mended:
        sides.nobody[square] = min(day for day in (row.theirs, row.own) if day is not None)


def _endings(schools: Collection[int], agreement: Agreement | None, day: date) -> list[Ending]:
    places = Platform.objects.filter(is_asked=True, is_retired=False)
    scope = Scope(
        sorted(schools),
        list(places.values_list("pk", flat=True)),
        soon=asked_again_before(agreement),
    )
    parameters, parts = parts_of(scope, day, kinds=Kind.values)
    sides = _SIDES.format(
        yes=YES,
        no=NO,
        last_day=LAST_DAY,
        own_end=OWN_END,
        their_end=THEIR_END,
        own_over=_OWN_OVER,
        theirs_over=_THEIRS_OVER,
    )
    rows = rows_of(_ENDING.format(sides=sides, **parts), parameters)
    return [
        Ending(child, platform, kind, bool(over), _day(own), _day(theirs))
        for child, platform, kind, over, own, theirs in rows
    ]


def _day(value: date | str | None) -> date | None:
    """SQLite tells a day as text."""
    return date.fromisoformat(value) if isinstance(value, str) else value


def _asked(document: Document) -> set[tuple[int, str]]:
    """The questions of this version, by platform and kind."""
    ids = {platform.key: platform.pk for platform in asked_platforms(document)}
    return {(ids[key], kind) for key, kind in document.asks if key in ids}
