"""A school's pupils by name, kept in memory until the roster changes.

Reading 2,000 names and building their index costs more than all other checks together, and a check
runs while somebody types. Each process keeps the registers it used last, each with the version of
the roster (`consents.roster`) and the day it was read for: leavers go at midnight. Before every use
the version is asked anew, so no process ever answers from a roster that has gone.
"""

from __future__ import annotations

from collections import Counter, OrderedDict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from operator import attrgetter
from threading import Lock
from typing import Any

from django.db.models import DateField, IntegerField, Q

from consents.models import Adult, Child
from consents.models.people import folded
from consents.roster import FIELDS, NOTHING_KNOWN, Version, changed_since
from posts.words.names import NameIndex, Row
from schools.models import StaffRole, User
from schools.statements import Statement, given

_FIELDS = attrgetter(*FIELDS)
# Pupils in memory at most, over all registers but the latest: some 60 MB.
MOST_KEPT = 50_000

_SCHOOL: Any = given("school", IntegerField)
_adults = Statement(
    lambda: Adult.objects.filter(school=_SCHOOL).values_list("pk", "name", "kind", "user_id")
)
_staff = Statement(
    lambda: User.objects.filter(
        is_active=True,
        pk__in=StaffRole.objects.in_force(given("day", DateField))
        .filter(Q(school=_SCHOOL) | Q(school=None))
        .values("user"),
    ).values_list("pk", "name")
)

_kept: OrderedDict[int, Register] = OrderedDict()
_lock = Lock()


@dataclass(frozen=True)
class Register:
    """Names and class of the children on a school's roll on one day, and their index. Read only:
    all checks of a process share it."""

    day: date
    version: Version
    rows: dict[int, tuple[str, ...]]
    names: NameIndex

    @cached_property
    def namesakes(self) -> frozenset[tuple[str, str, str]]:
        """What several pupils of one class are called."""
        called = Counter(self.pupil(pk).namesake_key for pk in self.rows)
        return frozenset(key for key, number in called.items() if number > 1)

    def pupil(self, pk: int) -> Child:
        """Names and class, no more. KeyError for nobody on it."""
        return Child(pk=pk, **dict(zip(FIELDS, self.rows[pk], strict=True)))


def register_of(school_id: int, day: date) -> Register:
    """The register as it stands now. Always one query."""
    with _lock:
        kept = _kept.get(school_id)
    known = kept.version if kept is not None and kept.day == day else NOTHING_KNOWN
    version, rows = changed_since(known, school_id, day)
    if kept is None or rows is not None:
        rows = rows or {}
        kept = Register(day, version, rows, NameIndex.build(_rows(rows.items())))
    with _lock:
        _kept[school_id] = kept
        _kept.move_to_end(school_id)
        while len(_kept) > 1 and sum(len(one.rows) for one in _kept.values()) > MOST_KEPT:
            _kept.popitem(last=False)
    return kept


@dataclass(frozen=True)
class GrownUp:
    """An adult of the register, or a person who signs in and is not on it yet."""

    name: str
    is_colleague: bool


def grown_ups_of(school_id: int, day: date) -> dict[int, GrownUp]:
    """Adults of the school by key; whoever works there and is not among them, by the key of the
    user turned negative: nobody has a permission of theirs on record. Two queries."""
    found, known, names = {}, set(), set()
    for pk, name, kind, user in _adults.tuples(school=school_id):
        found[pk] = GrownUp(name, kind == Adult.Kind.STAFF or user is not None)
        known.add(user)
        names.add(folded(name))
    for pk, name in _staff.tuples(school=school_id, day=day):
        if pk not in known and folded(name) not in names:
            found[-pk] = GrownUp(name, is_colleague=True)
    return found


def forget() -> None:
    """Keep nothing. For tests and measures of the first use; never needed for a right answer."""
    with _lock:
        _kept.clear()


def row_of(child: Child) -> Row:
    """A child as the index takes it."""
    first, surname, preferred, preferred_surname, nicknames, _ = fields_of(child)
    return child.pk, first, surname, preferred, preferred_surname, nicknames


def fields_of(child: Child) -> tuple[str, ...]:
    """What a register holds of a child."""
    found: tuple[str, ...] = _FIELDS(child)
    return found


def _rows(found: Iterable[tuple[int, tuple[str, ...]]]) -> Iterable[Row]:
    return ((pk, r[0], r[1], r[2], r[3], r[4]) for pk, r in found)
