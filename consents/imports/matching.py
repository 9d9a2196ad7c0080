"""Which known child is this row? By UPN, then by the school's own number; never by name alone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from consents.imports import moves
from consents.imports.known import Known
from consents.imports.records import Row
from consents.models import Child
from consents.models.people import folded

NEW, SKIP = "new", "skip"


@dataclass(frozen=True)
class Match:
    """The child, or none (new). `question`: why a person has to say who it is."""

    child: Child | None = None
    question: str = ""
    candidates: Sequence[int] = field(default_factory=list)
    is_skipped: bool = False

    @property
    def is_new(self) -> bool:
        """Is this nobody we know, beyond doubt?"""
        return self.child is None and not self.question and not self.is_skipped


def refuse_doubles(rows: Iterable[Row]) -> None:
    """One UPN, or one number of the school, on two rows: neither can be trusted."""
    listed = list(rows)
    for fact, words in (("upn", "UPN"), ("mis_id", "School’s own number")):
        count = Counter(getattr(row, fact) for row in listed)
        for row in listed:
            if (value := getattr(row, fact)) and count[value] > 1:
                row.problem(words, "another row of this file has the same number")
    _refuse_look_alikes(listed)


def _refuse_look_alikes(rows: Sequence[Row]) -> None:
    """Same name and birthday twice, and nothing that tells them apart."""
    bare = [row for row in rows if not row.upn and not row.mis_id and row.facts.get("first_name")]
    count = Counter(_likeness(row) for row in bare)
    for row in bare:
        if count[_likeness(row)] > 1:
            row.problem("", "Another row has the same name and birthday. Add a UPN or number")


def _likeness(row: Row) -> tuple[object, ...]:
    facts = row.facts
    return (*_name(row), facts.get("born_on"), facts.get("form"))


def _name(row: Row) -> tuple[str, str]:
    return folded(row.facts.get("first_name", "")), folded(row.facts.get("surname", ""))


def _first_names(child: Child) -> set[str]:
    return {folded(child.first_name), folded(child.preferred_first_name)} - {""}


class Matcher:
    """Matches the rows of one file. `resolutions`: row number → "new", "skip" or a child's id."""

    def __init__(self, known: Known, rows: Sequence[Row], resolutions: Mapping[str, str]) -> None:
        self.known = known
        self.resolutions = resolutions
        self.taken: dict[int, Row] = {}
        for row in rows:
            child = self._by_number(row)
            if child is not None and not row.problems:
                self._take(child, row)

    def _by_number(self, row: Row) -> Child | None:
        return self.known.by_upn.get(row.upn) or self.known.by_mis_id.get(row.mis_id)

    def _take(self, child: Child, row: Row) -> None:
        before = self.taken.setdefault(child.pk, row)
        if before is not row:
            sentence = "this row and another one lead to the same pupil"
            row.problem("UPN", sentence)
            before.problem("UPN", sentence)

    def match(self, row: Row) -> Match:
        """Which child; asks a person wherever two could be mixed up."""
        said = self.resolutions.get(str(row.number), "")
        if said == SKIP:
            return Match(is_skipped=True)
        if not said and self._is_doubtful_move(row):
            return Match(question=moves.DOUBT)
        if said.isdecimal() and (chosen := self.known.children.get(int(said))):
            if self.taken.setdefault(chosen.pk, row) is row:
                return Match(child=chosen)
            return Match(question="Another row of this file is that pupil already")
        child = self._by_number(row)
        if child is not None:
            doubt = self._doubt(row, child)
            return Match(question=doubt, candidates=[child.pk]) if doubt else Match(child=child)
        if said == NEW:
            return Match()
        return self._by_name(row)

    def _is_doubtful_move(self, row: Row) -> bool:
        """Does another school know this UPN, as somebody else? (`moves`)"""
        there = self.known.elsewhere.get(row.upn)
        if there is None or row.upn in self.known.by_upn:
            return False
        return not moves.agrees(row, there)

    def _doubt(self, row: Row, child: Child) -> str:
        """Numbers agree; does anything else?"""
        by_upn = self.known.by_upn.get(row.upn)
        by_id = self.known.by_mis_id.get(row.mis_id)
        if by_upn and by_id and by_upn.pk != by_id.pk:
            return "The UPN is one pupil’s and the school’s own number another’s"
        if not by_upn and row.upn and child.upn:
            return "The school’s own number is this pupil’s, and the UPN is not"
        names = _first_names(child)
        ours = folded(row.facts.get("first_name", ""))
        born = row.facts.get("born_on")
        same_birthday = born is None or child.born_on is None or born == child.born_on
        same_surname = folded(row.facts.get("surname", "")) == folded(child.surname)
        if not same_birthday and (ours not in names or not same_surname):
            return "The number is this pupil’s, and neither the name nor the birthday is"
        if "born_on" in row.unread and ours not in names:
            return "The number is this pupil’s, the first name is not, and the birthday is not read"
        if born is None and ours and ours not in names:
            return "The number is this pupil’s, the first name is not, and no birthday tells more"
        if not same_surname and ours not in names and not by_upn:
            return "The number is this pupil’s, and the name is not"
        if ours and ours not in names:
            return self._other_twin(row, child, ours)
        return ""

    def _other_twin(self, row: Row, child: Child, first_name: str) -> str:
        """The first name differs: a new name of this pupil, or the number of the wrong one?"""
        surnames = {folded(row.facts.get("surname", "")), folded(child.surname)}
        days = {row.facts.get("born_on"), child.born_on} - {None}
        for other in self._others(child):
            of_one_day = other.born_on in days
            of_one_surname = folded(other.surname) in surnames
            if first_name in _first_names(other) and (of_one_day or of_one_surname):
                return "The number is this pupil’s, and the name is another pupil’s"
            if of_one_day and (of_one_surname or self._share_a_parent(child, other)):
                return (
                    "The number is this pupil’s, and the first name is not. The family has another "
                    "pupil with this birthday. Say who it is"
                )
        return ""

    def _others(self, child: Child) -> Iterator[Child]:
        for other in self.known.children.values():
            if other is not child and not (other.pk in self.known.never_here and other.has_left()):
                yield other

    def _share_a_parent(self, one: Child, other: Child) -> bool:
        families = (self.known.guardians.get(child.pk, ()) for child in (one, other))
        mine, theirs = ({g.parent_id for g in family} for family in families)
        return bool(mine & theirs)

    def _by_name(self, row: Row) -> Match:
        """Never merged: shown to a person, unless a birthday proves them to be two."""
        found = [c for c in self.known.by_name.get(_name(row), []) if c.pk not in self.taken]
        born = None if "born_on" in row.doubtful else row.facts.get("born_on")
        alike = [c for c in found if born is None or c.born_on is None or c.born_on == born]
        plain = self.known.by_plain_id.get(row.mis_id.lstrip("0")) if row.mis_id else None
        if plain and plain.pk not in self.taken and plain not in alike:
            alike.append(plain)
        if not alike:
            return Match()
        return Match(
            question="This may be a pupil you already have. Say who it is",
            candidates=[c.pk for c in alike][:5],
        )
