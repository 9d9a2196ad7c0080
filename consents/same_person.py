"""One parent with children at several schools: one link, one page, and each school its own entry.

The choices, once, with their reasons:

* Entries are never merged: a school sees the one it keeps, with its own pupils and answers (P8).
  What joins them is a word of somebody, and the next word undoes it.
* A computer only points at pairs of the same name with the same e-mail address or the same number
  in the school's system. Two parents who share a mailbox have two names, and stay two people.
* Whoever says it must be able to open the records on both sides; nobody learns here of a pupil they
  could not see before.
* Two entries for the same pupil are two people: a family lists nobody twice.
* Each answer is written down as that of the entry which may decide for that pupil, so who may is
  asked of each school's own record.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from itertools import combinations

from django.db import transaction
from django.db.models import Q

from audit.actions import record
from consents import turns
from consents.errors import NotAllowed
from consents.models import Child, Guardianship, Parent, SamePerson
from consents.models.people import folded
from schools.models import User
from schools.roles import Permission

Pair = tuple[int, int]  # of parents, the lower id first


@dataclass(frozen=True)
class Candidate:
    """Two entries that may be one person, with the pupils of each that this reader may see."""

    one: Parent
    other: Parent
    children: tuple[list[Child], list[Child]]
    is_same: bool = False


def entries_of(parent: Parent) -> list[Parent]:
    """This entry, and those of which somebody said that they are the same person. One query where
    nobody said anything."""
    found, new = {parent.pk}, {parent.pk}
    while new:
        touching = Q(one__in=new) | Q(other__in=new)
        joined = {pair for pair, is_same in _words(touching).items() if is_same}
        new = {pk for pair in joined for pk in pair} - found
        found |= new
    others = Parent.objects.filter(pk__in=found - {parent.pk}) if len(found) > 1 else []
    return [parent, *others]


def to_look_at(user: User) -> list[Candidate]:
    """Pairs that nobody has spoken of, by name. A fixed number of queries."""
    seen = _seen_by(user)
    parents = Parent.objects.in_bulk(seen)
    pairs = set(_alike(parents.values())) - set(_words(Q()))
    apart = [pair for pair in pairs if not _shared(pair, seen)]
    return _as_candidates(apart, parents, seen, is_same=False)


def joined(user: User) -> list[Candidate]:
    """Pairs said to be one person, of which this reader may see both."""
    seen = _seen_by(user)
    pairs = [pair for pair, is_same in _words(Q()).items() if is_same and set(pair) <= set(seen)]
    parents = Parent.objects.in_bulk({pk for pair in pairs for pk in pair})
    return _as_candidates(pairs, parents, seen, is_same=True)


@transaction.atomic
def say(*, one: Parent, other: Parent, is_same: bool, by: User) -> SamePerson:
    """These two entries are one person, or they are two. The latest word counts."""
    # What is checked from here on still holds at the commit: nobody joins a third entry meanwhile.
    turns.to_speak_of_parents()
    seen = _seen_by(by, {one.pk, other.pk})
    if one.pk == other.pk or {one.pk, other.pk} - set(seen):
        raise NotAllowed("Only who may open the records on both sides says that.")
    pair = (min(one.pk, other.pk), max(one.pk, other.pk))
    if is_same:
        _must_be_able_to_be_one(one, other)
    made = SamePerson.objects.create(one_id=pair[0], other_id=pair[1], is_same=is_same, said_by=by)
    if is_same:
        record("parent.said_to_be_one", made, by=by)
    else:
        record("parent.said_to_be_two", made, by=by)
        if other in entries_of(one):
            raise NotAllowed("A third entry still joins them. Say first that it is somebody else.")
    return made


def _must_be_able_to_be_one(one: Parent, other: Parent) -> None:
    """Joining two joins all that each is joined to: a mother and a father must not meet through a
    third entry (R-153)."""
    mine, theirs = ({entry.pk for entry in entries_of(each)} for each in (one, other))
    if mine & theirs:
        return
    family = Guardianship.objects.filter(parent__in=mine).values("child")
    if Guardianship.objects.filter(parent__in=theirs, child__in=family).exists():
        raise NotAllowed("Both stand in the family of one pupil, so they are two people.")
    between = _words(Q(one__in=mine, other__in=theirs) | Q(one__in=theirs, other__in=mine))
    between.pop((min(one.pk, other.pk), max(one.pk, other.pk)), None)  # said anew now
    if not all(between.values()):
        raise NotAllowed(
            "Of an entry joined to one of these somebody said that it is another person."
        )


def _words(which: Q) -> dict[Pair, bool]:
    """The latest word on each pair."""
    rows = SamePerson.objects.filter(which).order_by("said_at", "pk")
    return {(one, other): is_same for one, other, is_same in rows.values_list(*_SAID)}


_SAID = ("one", "other", "is_same")


def _seen_by(user: User, only: Collection[int] | None = None) -> dict[int, list[Child]]:
    """Parents of pupils whose records this person may open, with those pupils."""
    rows = Guardianship.objects.filter(user.school_filter("child__school", Permission.CONSENT_SEE))
    if only is not None:
        rows = rows.filter(parent__in=only)
    found: dict[int, list[Child]] = defaultdict(list)
    for row in rows.select_related("child__school").order_by("child__surname", "child_id"):
        found[row.parent_id].append(row.child)
    return dict(found)


def _alike(parents: Collection[Parent]) -> Iterator[Pair]:
    """Same name, and the same address or number in the school's system."""
    groups: dict[tuple[str, str, str], list[int]] = defaultdict(list)
    for parent in parents:
        name = folded(parent.full_name)
        if parent.email:
            groups["email", name, parent.email.casefold()].append(parent.pk)
        if parent.mis_id:
            groups["number", name, parent.mis_id].append(parent.pk)
    for ids in groups.values():
        for pair in combinations(sorted(ids), 2):
            yield pair[0], pair[1]


def _shared(pair: Pair, seen: dict[int, list[Child]]) -> bool:
    return not {c.pk for c in seen[pair[0]]}.isdisjoint(c.pk for c in seen[pair[1]])


def _as_candidates(
    pairs: Collection[Pair],
    parents: dict[int, Parent],
    seen: dict[int, list[Child]],
    *,
    is_same: bool,
) -> list[Candidate]:
    found = [
        Candidate(parents[one], parents[other], (seen[one], seen[other]), is_same)
        for one, other in pairs
    ]
    return sorted(found, key=lambda c: (c.one.surname, c.one.first_name, c.one.pk, c.other.pk))
