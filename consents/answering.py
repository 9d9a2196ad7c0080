"""What a parent is asked through their link, what they answered, and the verb that writes it down.

A parent sees their own answers and nobody else's (R-153). What stands here is what *they* last
said; whether it permits anything is asked elsewhere, of everybody's answers together.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import NamedTuple

from django.db import models, transaction
from django.utils import timezone

from consents.actions import Said, append
from consents.endings import asked_again_before, is_over, last_day
from consents.errors import NotAllowed
from consents.links import children_of
from consents.models import (
    Agreement,
    Answer,
    Child,
    ConsentDecision,
    Parent,
    ParentLink,
    ParentMail,
    Way,
)
from consents.wording import Document
from policy.models import Platform

CHANGED = "The questions have changed since you opened this page. Please read them again."
GATHER = timedelta(minutes=2)  # one mail for what is pressed within

# (child, platform, kind), by id.
Square = tuple[int, int, str]


@dataclass(frozen=True)
class Asked:
    """Everything one parent is asked at this moment, and what they said so far.

    `answers` holds "yes" or "no" where they said so for all that is asked today; `yeses` every
    square whose last word is a yes, also one for fewer purposes. `until`: the last day of a yes
    that has one; `renewable`: those that end soon and would last longer if they were said again.
    """

    agreement: Agreement
    document: Document
    children: list[Child]
    platforms: list[Platform]
    answers: Mapping[Square, str] = field(default_factory=dict)
    yeses: Collection[Square] = ()
    until: Mapping[Square, date] = field(default_factory=dict)
    renewable: Collection[Square] = ()
    since: datetime | None = None

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

    def unanswered(self) -> list[Square]:
        """Questions that still wait."""
        return [square for square in self.squares() if square not in self.answers]


def asked_of(parent: Parent, agreement: Agreement, children: list[Child] | None = None) -> Asked:
    """What this parent is asked. Four queries, whatever the number of children."""
    mine = children_of(parent) if children is None else children
    document = Document.read(agreement.content)
    platforms = asked_platforms(document)
    said = last_words([parent.pk], [child.pk for child in mine])
    whole = versions_covering(document)
    answers = {
        (child.pk, platform, kind): answer
        for child in mine
        for (giver, about, platform, kind), row in said.items()
        if (giver, about) == (parent.pk, child.pk)
        and (answer := counts_as(row, child.returned_on, whole))
    }
    until = {
        (about, platform, kind): row.until
        for (_, about, platform, kind), row in said.items()
        if row.until is not None and answers.get((about, platform, kind)) == "yes"
    }
    return Asked(
        agreement,
        document,
        mine,
        platforms,
        since=max((word.given_at for word in said.values()), default=None),
        answers=answers,
        until=until,
        renewable=_renewable(agreement, document, mine, until),
        yeses={
            (about, platform, kind)
            for (_, about, platform, kind), row in said.items()
            if row.answer == Answer.YES
        },
    )


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


def last_words(
    parents: Collection[int] | models.QuerySet[Parent],
    children: Collection[int] | models.QuerySet[Child],
) -> dict[tuple[int, int, int, str], Word]:
    """The latest answer of each giver, by (giver, child, platform, kind). One query. Where a file's
    answer was taken back and they had said nothing before, they have said nothing."""
    rows = (
        ConsentDecision.objects.filter(giver__in=parents, child__in=children)
        .order_by("given_at", "pk")
        .values_list(
            "giver", "child", "platform", "kind", "answer", "until", "given_at", "agreement"
        )
    )
    latest = {(row[0], row[1], row[2], row[3]): Word(*row[4:]) for row in rows}
    return {square: word for square, word in latest.items() if word.answer != Answer.UNDONE}


def counts_as(word: Word, returned_on: date | None, whole: Collection[int | None]) -> str:
    """ "yes", "no", or nothing where the question is open again: unclear, expired, from before the
    child left, or on a version that is not among the `whole` ones."""
    if word.answer in {Answer.NO, Answer.WITHDRAWN}:
        return "no"
    ended = word.until is not None and word.until < timezone.localdate()
    if word.answer != Answer.YES or ended or word.agreement_id not in whole:
        return ""
    if returned_on is not None and timezone.localdate(word.given_at) < returned_on:
        return ""
    return "yes"


def versions_covering(document: Document) -> set[int | None]:
    """The versions that asked for every purpose this one asks for. An answer with no version
    noted is taken to be from before there were several."""
    wanted = set(document.purposes)
    rows = Agreement.objects.values_list("pk", "content")
    return {None} | {
        pk for pk, content in rows if not content or wanted <= set(content["purposes"])
    }


@transaction.atomic
def answer(
    *,
    link: ParentLink,
    answers: Mapping[Square, str],
    seen: Agreement,
    current: Agreement,
    language: str,
) -> int:
    """Write down what a parent pressed, about the version they had before them; returns how many
    answers are new. A no counts whichever version they saw; a yes only to what is asked today."""
    asked = asked_of(link.parent, current)
    if set(answers) - set(asked.squares()) or set(answers.values()) - {"yes", "no"}:
        raise NotAllowed(CHANGED)
    if seen != current and "yes" in answers.values():
        raise NotAllowed(CHANGED)
    new = {square: said for square, said in answers.items() if _is_new(asked, square, said)}
    if "yes" in new.values() and is_over(asked.document, timezone.localdate()):
        raise NotAllowed(asked.document.best(language).say("ends_over"))
    platforms = {platform.pk: platform for platform in asked.platforms}
    for child in asked.children:
        said = [
            Said(platforms[platform], kind, _word(asked, (about, platform, kind), word))
            for (about, platform, kind), word in new.items()
            if about == child.pk
        ]
        if said:
            append(
                said=said,
                way=Way.LINK,
                by=None,
                child=child,
                giver=link.parent,
                agreement=seen,
                language=language,
            )
    if new:
        _summarise(link.parent, asked.children)
    return len(new)


def withdraw_all(*, link: ParentLink, seen: Agreement, current: Agreement, language: str) -> int:
    """Every yes of this parent becomes a no, in one press (R-146)."""
    asked = asked_of(link.parent, current)
    # Also what today's version no longer asks about: a yes to it may still stand.
    platforms = Platform.objects.in_bulk([platform for _, platform, _ in asked.yeses])
    for child in asked.children:
        said = [
            Said(platforms[platform], kind, Answer.WITHDRAWN)
            for about, platform, kind in sorted(asked.yeses)
            if about == child.pk
        ]
        if said:
            append(
                said=said,
                way=Way.LINK,
                by=None,
                child=child,
                giver=link.parent,
                agreement=seen,
                language=language,
            )
    if asked.yeses:
        _summarise(link.parent, asked.children)
    return len(asked.yeses)


def _is_new(asked: Asked, square: Square, said: str) -> bool:
    """Another word than before, or a yes said again before it ends."""
    return asked.answers.get(square) != said or (said == "yes" and square in asked.renewable)


def _word(asked: Asked, square: Square, word: str) -> str:
    """A no to what was a yes is a withdrawal, and is called so."""
    if word == "no" and square in asked.yeses:
        return Answer.WITHDRAWN
    return Answer(word)


def _summarise(parent: Parent, children: Sequence[Child]) -> None:
    """One mail with the list, for all that is pressed within a little while."""
    waiting = ParentMail.objects.filter(
        parent=parent, kind=ParentMail.Kind.SUMMARY, sent_at=None, given_up_at=None, tries=0
    )
    if parent.email and not waiting.exists():
        ParentMail.objects.create(
            parent=parent,
            school_id=children[0].school_id,
            kind=ParentMail.Kind.SUMMARY,
            made_at=timezone.now(),
            next_try_at=timezone.now() + GATHER,
        )
