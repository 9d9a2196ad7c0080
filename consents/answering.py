"""What a parent is asked through their link, and what they answered.

A parent sees their own answers and nobody else's (R-153). What stands here is what *they* last
said; whether it permits anything is asked elsewhere, of everybody's answers together.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import NamedTuple

from django.db import models
from django.db.models import Q
from django.utils import timezone

from consents.endings import asked_again_before, last_day
from consents.links import children_by_parent, left_or_grown
from consents.models import (
    Agreement,
    Answer,
    Child,
    ConsentDecision,
    Parent,
)
from consents.models.decisions import is_from_before, is_put_down
from consents.same_person import entries_of
from consents.wording import Document
from policy.models import Platform

# (child, platform, kind), by id.
Square = tuple[int, int, str]
# The same with who said it before.
Spoken = tuple[int, int, int, str]


@dataclass(frozen=True)
class Asked:
    """Everything one parent is asked at this moment, and what they said so far.

    `answers` holds "yes" or "no" where they said so for all that is asked today; `yeses` every
    square whose last word is a yes, also one for fewer purposes, and `withdrawn` those where they
    took a yes back. `until`: the last day of a yes that has one; `renewable`: those that end soon
    and would last longer if they were said again. `every_yes`: every last word of theirs that is a
    yes, also about a child whom the page may not show them and whether or not it counts today.
    `counting`: their yeses about the children asked about that count for what was asked then.
    `put_down`: what the school's records say in their name; `since`: when they last answered.
    """

    agreement: Agreement
    document: Document
    children: list[Child]
    platforms: list[Platform]
    answers: Mapping[Square, str] = field(default_factory=dict)
    yeses: Collection[Square] = ()
    withdrawn: Collection[Square] = ()
    until: Mapping[Square, date] = field(default_factory=dict)
    renewable: Collection[Square] = ()
    since: datetime | None = None
    looking: Sequence[Child] = ()
    looked: Mapping[Square, str] = field(default_factory=dict)
    givers: Mapping[int, Parent] = field(default_factory=dict)
    every_yes: Collection[Spoken] = ()
    counting: Collection[Square] = ()
    put_down: Collection[Square] = ()

    @property
    def everybody(self) -> list[Child]:
        """Those they are asked about, then those of whom they may only look."""
        return [*self.children, *self.looking]

    @property
    def grown(self) -> set[int]:
        """Ids of those who are still at school and decide alone: what a parent says is noted, and
        what they said yes to themselves stays (R-151)."""
        return {child.pk for child in self.looking if not child.has_left()}

    @property
    def before(self) -> set[Square]:
        """Yeses that still count and that today's questions do not show: to a platform that is no
        longer asked about, or for fewer purposes than are asked for now."""
        return set(self.counting) - (self.answers.keys() & set(self.squares()))

    def squares(self, platform: Platform | None = None) -> list[Square]:
        """Every single question, or those about one platform."""
        return [
            (child.pk, p.pk, kind)
            for p in self.platforms
            if platform is None or p == platform
            for kind in self.kinds(p)
            for child in self.children
        ]

    def kinds(self, platform: Platform) -> list[str]:
        """The kinds asked about that platform."""
        return [kind for key, kind in self.document.asks if key == platform.key]

    def word(self, square: Square, said: str) -> Answer:
        """What a "yes" or "no" is written down as: a no to what was a yes is a withdrawal, and is
        called so."""
        return Answer.WITHDRAWN if said == "no" and square in self.yeses else Answer(said)

    def unanswered(self) -> list[Square]:
        """Questions that still wait."""
        return [square for square in self.squares() if square not in self.answers]


def asked_of(parent: Parent, agreement: Agreement, children: list[Child] | None = None) -> Asked:
    """What this parent is asked, by all schools that know them (`consents.same_person`); with
    `children`, about these alone. Six queries where nobody is joined, whatever their number."""
    entries = entries_of(parent) if children is None else [parent]
    givers, mine, looking = _family(entries) if children is None else _only(parent, children)
    document = Document.read(agreement.content)
    platforms = asked_platforms(document)
    words = last_words([entry.pk for entry in entries])
    by = {child: giver.pk for child, giver in givers.items()}
    said = {key[1:]: word for key, word in words.items() if key[0] == by.get(key[1])}
    whole, returned = versions_covering(document), {child.pk: child.returned_on for child in mine}
    answers = {
        square: answer
        for square, row in said.items()
        if square[0] in returned and (answer := counts_as(row, returned[square[0]], whole))
    }
    until = {
        square: row.until
        for square, row in said.items()
        if row.until is not None and answers.get(square) == "yes"
    }
    return Asked(
        agreement,
        document,
        mine,
        platforms,
        since=max((word.given_at for word in said.values() if not word.is_put_down), default=None),
        put_down={square for square, word in said.items() if word.is_put_down},
        answers=answers,
        until=until,
        renewable=_renewable(agreement, document, mine, until),
        yeses=_whose_last_word_is(Answer.YES, said),
        withdrawn=_whose_last_word_is(Answer.WITHDRAWN, said),
        looking=looking,
        looked={
            square: "yes" if row.answer == Answer.YES else "no"
            for square, row in said.items()
            if square[0] not in returned and row.answer != Answer.UNCLEAR
        },
        givers=givers,
        counting=[
            square
            for square, row in said.items()
            if square[0] in returned and _counts(row, returned[square[0]])
        ],
        every_yes=[key for key, word in words.items() if word.answer == Answer.YES],
    )


Family = tuple[dict[int, Parent], list[Child], list[Child]]


def _family(entries: list[Parent]) -> Family:
    """By whom each child is answered for; about whom they are asked; of whom they may look."""
    ids = [entry.pk for entry in entries]
    asks, looks = children_by_parent(ids), left_or_grown(ids)
    givers: dict[int, Parent] = {}
    mine: list[Child] = []
    looking: list[Child] = []
    for found, kept in ((asks, mine), (looks, looking)):
        for entry in entries:
            for child in found.get(entry.pk, []):
                if givers.setdefault(child.pk, entry) == entry:
                    kept.append(child)
    mine.sort(key=lambda child: (child.born_on is None, child.born_on, child.pk))
    return givers, mine, looking


def _only(parent: Parent, children: list[Child]) -> Family:
    return {child.pk: parent for child in children}, children, []


def _whose_last_word_is(answer: Answer, said: Mapping[Square, Word]) -> set[Square]:
    return {square for square, word in said.items() if word.answer == answer}


def _renewable(
    agreement: Agreement, document: Document, children: list[Child], until: Mapping[Square, date]
) -> set[Square]:
    """A yes said again today is a new one only where it lasts longer than the one that ends."""
    today = timezone.localdate()
    soon = today + asked_again_before(agreement)
    again = {child.pk: last_day(document, child, today) for child in children}
    return {
        square for square, end in until.items() if end < soon and is_later(again[square[0]], end)
    }


def is_later(again: date | None, end: date) -> bool:
    """Would a yes until `again` (`None`: until leaving) last longer than until `end`?"""
    return again is None or again > end


def asked_platforms(document: Document) -> list[Platform]:
    """The platforms this version asks about that are still in use."""
    return list(Platform.objects.filter(key__in=document.places(), is_retired=False))


class Word(NamedTuple):
    """What somebody last said to one question."""

    answer: str
    until: date | None
    given_at: datetime
    agreement_id: int | None
    way: str

    @property
    def is_put_down(self) -> bool:
        """Do the school's records say it, and perhaps never they themselves?"""
        return is_put_down(self.way, self.agreement_id)


def last_words(
    parents: Collection[int] | models.QuerySet[Parent],
    children: Collection[int] | models.QuerySet[Child] | None = None,
) -> dict[Spoken, Word]:
    """The latest answer of each giver, by (giver, child, platform, kind), about these children or
    any. One query. Where a file's answer was taken back and they had said nothing before, they have
    said nothing."""
    about = Q(child__isnull=False) if children is None else Q(child__in=children)
    rows = (
        ConsentDecision.objects.filter(about, giver__in=parents)
        .order_by("given_at", "pk")
        .values_list(
            "giver", "child", "platform", "kind", "answer", "until", "given_at", "agreement", "way"
        )
    )
    latest = {(row[0], row[1], row[2], row[3]): Word(*row[4:]) for row in rows}
    return {square: word for square, word in latest.items() if word.answer != Answer.UNDONE}


def counts_as(word: Word, returned_on: date | None, whole: Collection[int | None]) -> str:
    """ "yes", "no", or nothing where the question is open again: unclear, expired, from before the
    child left, or on a version that is not among the `whole` ones."""
    if word.answer in {Answer.NO, Answer.WITHDRAWN}:
        return "no"
    return "yes" if word.agreement_id in whole and _counts(word, returned_on) else ""


def _counts(word: Word, returned_on: date | None) -> bool:
    """Is it a yes that has not ended?"""
    ended = word.until is not None and word.until < timezone.localdate()
    is_yes = word.answer == Answer.YES and not ended
    return is_yes and not is_from_before(returned_on, word.given_at)


def versions_covering(document: Document) -> set[int | None]:
    """The versions that asked for every purpose this one asks for; `None` stands for an answer
    with no version noted, which is about the first one."""
    wanted = set(document.purposes)
    rows = Agreement.objects.order_by("number").values_list("pk", "content__purposes")
    asked = dict(rows)
    found: set[int | None] = {
        pk for pk, purposes in asked.items() if purposes is None or wanted <= set(purposes)
    }
    first = next((pk for pk, purposes in asked.items() if purposes is not None), None)
    return found | {None} if first is None or first in found else found
