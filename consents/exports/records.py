"""The record of a pupil: who may decide, what stands, and every answer ever given with its proof.

A copy for one giver holds only what that person said. It says nothing of what stands: a no beside
their own yes would tell them what the other parent answered. Nor does it hold the office's notes,
which may name the other (R-153).

The date of birth is part of a legal record: it says beyond doubt which child it is about, and whose
yes counted. So the whole record has it, and so has the copy of the pupil or of somebody who may
decide for them today. Others who once answered (a grandparent, a parent whom a court limits) get
their answers, and nothing about the child that they need not know. Page and table say the same.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby, islice

from django.db.models import QuerySet

from consents.models import (
    Agreement,
    Child,
    ConsentDecision,
    Guardianship,
    Kind,
    Parent,
    SchoolStop,
)
from consents.states import Cell, standings
from policy.models import Platform
from schools.models import School

AT_ONCE = 200  # pupils whose answers are held in memory together


@dataclass(frozen=True)
class Giver:
    """Whose copy it is: a parent's, or (`None`) the pupil's own."""

    parent: Parent | None

    @property
    def name(self) -> str:
        """On the cover of the copy."""
        return self.parent.full_name if self.parent else "the pupil"

    def said(self, decisions: QuerySet[ConsentDecision]) -> QuerySet[ConsentDecision]:
        """Only what this person said."""
        if self.parent is None:
            return decisions.filter(given_by_child=True)
        return decisions.filter(giver=self.parent)


@dataclass(frozen=True)
class Record:
    """All there is about one pupil, for one reader."""

    child: Child
    guardians: Sequence[Guardianship]
    decisions: Sequence[ConsentDecision]
    platforms: Sequence[Platform] = ()
    rows: Sequence[tuple[Kind, Sequence[tuple[Platform, Cell]]]] = field(default_factory=list)
    copy_for: Giver | None = None
    stops: Sequence[SchoolStop] = ()  # the school's own, nobody's answers; in no copy for one giver

    @property
    def shows_birthday(self) -> bool:
        """Must or may this reader have the date of birth?"""
        if self.copy_for is None or self.copy_for.parent is None:
            return True
        return any(g.is_entitled() for g in self.guardians)

    def relationship(self, decision: ConsentDecision) -> str:
        """What the giver is to the pupil, as recorded today."""
        found = (g.relationship for g in self.guardians if g.parent_id == decision.giver_id)
        return next(found, "")

    @property
    def lines(self) -> list[tuple[ConsentDecision, str]]:
        """Each answer, with what its giver is to the pupil."""
        return [(d, self.relationship(d)) for d in self.decisions]


def of_child(child: Child, copy_for: Giver | None = None) -> Record:
    """One pupil's record; with `copy_for`, only that person's part of it."""
    if copy_for is None:
        return next(_whole([child]))
    family = child.guardianships.select_related("parent")
    mine = family.filter(parent=copy_for.parent) if copy_for.parent else family.none()
    said = list(copy_for.said(_decisions([child.pk])))
    return Record(child, list(mine), said, copy_for=copy_for)


def of_school(school: School) -> Iterator[Record]:
    """Every pupil the school ever had, leavers included, a few hundred at a time."""
    pupils = Child.objects.filter(school=school).select_related("school")
    waiting = pupils.order_by("form", "surname", "first_name", "pk").iterator(chunk_size=AT_ONCE)
    while some := list(islice(waiting, AT_ONCE)):
        yield from _whole(some)


def agreements(records: Iterable[Record]) -> list[Agreement]:
    """The versions that were answered, oldest first."""
    found = {d.agreement_id: d.agreement for r in records for d in r.decisions if d.agreement}
    return sorted(found.values(), key=lambda a: a.number)


def _whole(children: Sequence[Child]) -> Iterator[Record]:
    ids = [child.pk for child in children]
    platforms = list(Platform.objects.filter(is_asked=True, is_retired=False))
    # What families answered. A hold has no place on paper.
    cells = standings(children, [p.pk for p in platforms], show_holds=False)
    said: dict[int, list[ConsentDecision]] = {
        pk: list(rows) for pk, rows in groupby(_decisions(ids), key=lambda d: d.child_id or 0)
    }
    stops: dict[int, list[SchoolStop]] = {}
    for stop in _stops(ids):
        stops.setdefault(stop.child_id, []).append(stop)
    family = Guardianship.objects.filter(child__in=ids).select_related("parent", "child")
    guardians: dict[int, list[Guardianship]] = {}
    for guardianship in family.order_by("child_id", "priority", "pk"):
        guardians.setdefault(guardianship.child_id, []).append(guardianship)
    for child in children:
        rows = [(k, [(p, cells[child.pk, p.pk, k.value]) for p in platforms]) for k in Kind]
        yield Record(
            child,
            guardians.get(child.pk, []),
            said.get(child.pk, []),
            platforms=platforms,
            rows=rows,
            stops=stops.get(child.pk, ()),
        )


def _stops(children: Collection[int]) -> QuerySet[SchoolStop]:
    rows = SchoolStop.objects.filter(child__in=children)
    return rows.select_related("platform", "set_by", "lifted_by").order_by("set_at", "pk")


def _decisions(children: Collection[int]) -> QuerySet[ConsentDecision]:
    """In the order in which they were given, which is the order in which they count."""
    rows = ConsentDecision.objects.filter(child__in=children)
    related = rows.select_related("platform", "giver", "recorded_by", "agreement", "scan")
    return related.order_by("child_id", "given_at", "pk")
