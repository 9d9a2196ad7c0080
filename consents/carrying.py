"""Which live posts a parent's own yes carries, and which come down because they changed it to no.

Read from this parent's own answers and nobody else's (R-153): what another parent, the child or a
hold says neither adds a post to these lists nor takes one away.

Of a pupil who decides alone by now a parent's no takes down only what the pupil has not said yes to
(R-151). Which that is, is the pupil's to tell and not this page's: such posts stand apart, under a
sentence that is true of both. What went out with the pupil's own yes alone never was the parent's.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from consents.answering import Asked
from consents.models import NAME_KINDS, Answer, ConsentDecision, Kind
from consents.panels import Live, live_with

Said = Mapping[tuple[int, int, str], str]
# Child and kind of an answer → what it says.
Words = dict[tuple[int, str], str]


@dataclass(frozen=True)
class Shown:
    """A live post, and which of this parent's answers put it on its list: child and kind."""

    live: Live
    answers: frozenset[tuple[int, str]]


@dataclass(frozen=True)
class Carried:
    """Newest first. `going`: what it showed of a child, they took their yes to back. `past` and
    `noted`: the same two of pupils who decide alone."""

    standing: list[Shown] = field(default_factory=list)
    going: list[Shown] = field(default_factory=list)
    past: list[Shown] = field(default_factory=list)
    noted: list[Shown] = field(default_factory=list)


def carried_by(asked: Asked) -> Carried:
    """What is live with the answers of this parent. Asks later rooms, a fixed number of queries."""
    said: dict[tuple[int, int, str], str] = dict.fromkeys(asked.yeses, Answer.YES)
    said |= dict.fromkeys(asked.withdrawn, Answer.WITHDRAWN)
    carried, grown = Carried(), asked.grown
    found = live_with(asked.everybody) if said else []
    own = _own(found, grown)
    for live in found:
        firm, loose = Words(), Words()
        for child, kinds in live.needs.items():
            for kind in kinds:
                given, word = _word_on(said, child, live.platform.pk, kind)
                if child not in grown:
                    firm[child, given] = word
                elif live.rests_on[child, kind] - own:
                    loose[child, given] = word
        _listed(live, firm, carried.standing, carried.going)
        _listed(live, loose, carried.past, carried.noted)
    return carried


def _listed(live: Live, words: Words, yes: list[Shown], withdrawn: list[Shown]) -> None:
    for word, where in ((Answer.WITHDRAWN, withdrawn), (Answer.YES, yes)):
        if which := frozenset(answer for answer, given in words.items() if given == word):
            where.append(Shown(live, which))
            return


def _own(found: list[Live], grown: set[int]) -> set[int]:
    """Which of the decisions that these posts rest on the pupils gave themselves. One query, where
    somebody decides alone."""
    ids = {
        pk
        for live in found
        for (who, _), each in live.rests_on.items()
        if who in grown
        for pk in each
    }
    given = ConsentDecision.objects.filter(pk__in=ids, given_by_child=True)
    return set(given.values_list("pk", flat=True)) if ids else set()


def _word_on(said: Said, child: int, platform: int, kind: str) -> tuple[str, str]:
    """The kind and the word of their answer to what a post needs, as `Permissions.permits_name`
    reads it for names: a yes to the full name covers the first name, and where the first name is
    refused so is the full."""
    if kind not in NAME_KINDS:
        return kind, said.get((child, platform, kind), "")
    names = Kind.FIRST_NAME.value, Kind.FULL_NAME.value
    first, full = (said.get((child, platform, name), "") for name in names)
    if first == Answer.WITHDRAWN or (first and kind == Kind.FIRST_NAME):
        return names[0], first
    return names[1], full
