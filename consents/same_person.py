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
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations
from typing import NamedTuple

from django.db import transaction
from django.db.models import Count, Q, QuerySet
from django.db.models.functions import Lower

from audit.actions import record
from consents import turns
from consents.errors import NotAllowed
from consents.models import Child, Guardianship, Parent, SamePerson
from consents.models.people import folded
from schools.models import User
from schools.roles import Permission

Pair = tuple[int, int]  # of parents, the lower id first
BEYOND_ASCII = "[^ -~]"


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
    """Pairs that nobody has spoken of, by name. A fixed number of queries; pupils are read of the
    pairs alone."""
    pairs = set(_alike(_worth_comparing(user))) - set(_words(Q()))
    seen = _seen_by(user, _all_of(pairs))
    apart = [pair for pair in pairs if set(pair) <= seen.keys() and not _shared(pair, seen)]
    return _as_candidates(apart, seen, is_same=False)


def joined(user: User) -> list[Candidate]:
    """Pairs said to be one person, of which this reader may see both."""
    pairs = [pair for pair, is_same in _words(Q()).items() if is_same]
    seen = _seen_by(user, _all_of(pairs))
    return _as_candidates([p for p in pairs if set(p) <= seen.keys()], seen, is_same=True)


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


def _may_see(user: User) -> QuerySet[Guardianship]:
    return Guardianship.objects.filter(
        user.school_filter("child__school", Permission.CONSENT_SEE)
    ).order_by("child__surname", "child_id")


def _seen_by(user: User, parents: Collection[int]) -> dict[int, list[Child]]:
    """Those of these parents with pupils whose records this person may open, and those pupils."""
    found: dict[int, list[Child]] = defaultdict(list)
    for row in _may_see(user).filter(parent__in=parents).select_related("child__school"):
        found[row.parent_id].append(row.child)
    return dict(found)


class _Entry(NamedTuple):
    pk: int
    first_name: str
    surname: str
    email: str
    mis_id: str


def _worth_comparing(user: User) -> Iterator[_Entry]:
    """Of the parents this person may see, who shares an address or a number with anybody. Names are
    folded in Python, and need not be of all the others."""
    every = Parent.objects.annotate(address=Lower("email")).order_by()
    addresses = every.exclude(email="").values("address").annotate(number=Count("pk"))
    numbers = every.exclude(mis_id="").values("mis_id").annotate(number=Count("pk"))
    shares = Q(address__in=addresses.filter(number__gt=1).values("address"))
    shares |= Q(mis_id__in=numbers.filter(number__gt=1).values("mis_id"))
    shares |= Q(email__regex=BEYOND_ASCII)  # which not every database turns into small letters
    rows = every.filter(shares, pk__in=_may_see(user).order_by().values("parent"))
    return map(_Entry._make, rows.values_list(*_Entry._fields))


def _alike(parents: Iterable[_Entry]) -> Iterator[Pair]:
    """Same name, and the same address or number in the school's system."""
    by_mark: dict[tuple[str, str], list[_Entry]] = defaultdict(list)
    for parent in parents:
        if parent.email:
            by_mark["email", parent.email.casefold()].append(parent)
        if parent.mis_id:
            by_mark["number", parent.mis_id].append(parent)
    for group in by_mark.values():
        if len(group) > 1:
            yield from _namesakes(group)


def _namesakes(parents: Iterable[_Entry]) -> Iterator[Pair]:
    by_name: dict[str, list[int]] = defaultdict(list)
    for parent in parents:
        by_name[folded(f"{parent.first_name} {parent.surname}")].append(parent.pk)
    for ids in by_name.values():
        for pair in combinations(sorted(ids), 2):
            yield pair[0], pair[1]


def _all_of(pairs: Iterable[Pair]) -> set[int]:
    return {pk for pair in pairs for pk in pair}


def _shared(pair: Pair, seen: dict[int, list[Child]]) -> bool:
    return not {c.pk for c in seen[pair[0]]}.isdisjoint(c.pk for c in seen[pair[1]])


def _as_candidates(
    pairs: Collection[Pair], seen: dict[int, list[Child]], *, is_same: bool
) -> list[Candidate]:
    parents = {parent.pk: parent for parent in Parent.objects.filter(pk__in=_all_of(pairs))}
    found = [
        Candidate(parents[one], parents[other], (seen[one], seen[other]), is_same)
        for one, other in pairs
    ]
    return sorted(found, key=lambda c: (c.one.surname, c.one.first_name, c.one.pk, c.other.pk))
