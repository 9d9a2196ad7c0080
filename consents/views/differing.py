"""On a pupil's page: where a yes that counts stands against a no that does, and what mends it.

For those who keep the record, who read the same in the time line. No parent's page, mail or export
tells it (R-153). It is read from answers alone (`standings` without holds), so that it is the same
for a pupil under a hold, also for whoever may set holds besides.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.urls import reverse

from consents.forms.records import NOBODY_NAMED, THE_PUPIL
from consents.models import Answer, Child, ConsentDecision, Guardianship, Kind, Way
from consents.states import Cell, Key, Standing
from consents.words import joined
from policy.models import Platform

_UNNAMED = "it counts until you write down that it is unclear"
_UNLINKED = "no longer linked to the pupil, but their no counts"
_FORMER = "may not decide now, but their no counts"

Whose = tuple[tuple[int | None, bool, bool], ...]


@dataclass(frozen=True)
class Word:
    """Whose word it is and what; `url` and `press`: where to write down what they say now. `note`:
    why a no counts of which that is not plain."""

    who: str
    said: ConsentDecision
    is_yes: bool
    note: str = ""
    url: str = ""
    press: str = ""


@dataclass(frozen=True)
class Difference:
    """What the same people differ on, in words, and the word of each, the noes first."""

    what: str
    number: int
    words: list[Word]

    @property
    def is_of_records(self) -> bool:
        """Does a file say no that is put down to nobody?"""
        return any(word.said.is_put_down and _is_nobodys(word.said) for word in self.words)


def differences(
    child: Child,
    cells: Mapping[Key, Cell],
    platforms: Sequence[Platform],
    guardians: Sequence[Guardianship],
) -> list[Difference]:
    """One for each set of people who differ in the same way. No query."""
    told: dict[Whose, list[tuple[Platform, Kind, Cell]]] = {}
    for platform in platforms:
        for kind in Kind:
            cell = cells[child.pk, platform.pk, kind.value]
            if cell.standing is Standing.CONFLICT:
                told.setdefault(_whose(cell), []).append((platform, kind, cell))
    known = {row.parent_id: row for row in guardians}
    return [
        Difference(
            _what(alike, len(platforms)),
            len(alike),
            [_word(child, said, known) for said in _noes_first(alike[0][2])],
        )
        for alike in told.values()
    ]


def _whose(cell: Cell) -> Whose:
    return tuple((d.giver_id, d.given_by_child, _is_yes(d)) for d in _noes_first(cell))


def _noes_first(cell: Cell) -> list[ConsentDecision]:
    return sorted(cell.against, key=lambda d: (_is_yes(d), d.given_by_child, d.giver_id or 0))


def _is_yes(said: ConsentDecision) -> bool:
    return said.answer == Answer.YES


def _is_nobodys(said: ConsentDecision) -> bool:
    return said.giver_id is None and not said.given_by_child


def _what(alike: Sequence[tuple[Platform, Kind, Cell]], every: int) -> str:
    """ "photo on Facebook and X; video on every platform"."""
    where: dict[Kind, list[str]] = {}
    for platform, kind, _ in alike:
        where.setdefault(kind, []).append(platform.name)
    return "; ".join(
        f"{str(kind.label).lower()} on {_places(names, every)}" for kind, names in where.items()
    )


def _places(names: Sequence[str], every: int) -> str:
    return "every platform" if len(names) == every > 1 else joined(names)


def _word(child: Child, said: ConsentDecision, known: Mapping[int, Guardianship]) -> Word:
    page = reverse("consents:child", args=[child.pk])
    if said.given_by_child:
        press = f"Write down what {child.known_as} says now"
        url = f"{page}?who={THE_PUPIL}#s-new"
        return Word(f"{child.known_as} (the pupil)", said, _is_yes(said), "", url, press)
    if said.giver is None:
        who = "the school’s records" if said.way == Way.IMPORT else "an unnamed person"
        url = f"{page}?who={NOBODY_NAMED}#s-new"
        return Word(who, said, False, _UNNAMED, url, "Write down that it is unclear")
    row, name = known.get(said.giver.pk), said.giver.full_name
    if row is None:  # no longer linked: nothing new is written down in their name
        return Word(name, said, _is_yes(said), _UNLINKED)
    note = "" if row.is_entitled() else _FORMER
    url = reverse("consents:door", args=[child.pk, said.giver.pk])
    return Word(name, said, _is_yes(said), note, url, f"Write down what {name} says now")
