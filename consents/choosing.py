"""Choosing which parents to ask, and a look at who would get what. Nothing here writes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple

from django.utils import timezone

from consents import links
from consents.answering import (
    Word,
    asked_platforms,
    counts_as,
    is_later,
    last_words,
    versions_covering,
)
from consents.endings import asked_again_before, is_over, last_day
from consents.models import (
    Agreement,
    Answer,
    BadAddress,
    Campaign,
    Child,
    Guardianship,
    Invitation,
    Parent,
)
from consents.wording import Document
from schools.models import School

Pair = tuple[int, int]  # parent and child, by id


class Heard(NamedTuple):
    """What a parent last said to one question about a child; is it one of today's?"""

    pair: Pair
    word: Word
    is_asked: bool


@dataclass(frozen=True)
class Choice:
    """Whom to ask: of a school, a year or a class of it, by what they were asked and answered."""

    school: School
    whom: str
    year: str = ""
    form: str = ""


@dataclass
class Preview:
    """Who would get what. Every parent stands once, with the chosen children."""

    by_mail: list[tuple[Parent, list[Child]]] = field(default_factory=list)
    comes_back: list[tuple[Parent, list[Child]]] = field(default_factory=list)
    by_letter: list[tuple[Parent, list[Child]]] = field(default_factory=list)
    nobody: list[Child] = field(default_factory=list)

    def letters(self) -> list[tuple[Parent, list[Child]]]:
        """Everybody whom no mail reaches."""
        return self.by_letter + self.comes_back


def look(choice: Choice, agreement: Agreement) -> Preview:
    """Who would be asked. A fixed number of queries, whatever the number of children."""
    children = _children(choice)
    rows = list(
        Guardianship.objects.filter(links.may_answer(timezone.localdate()), child__in=children)
        .select_related("parent", "child")
        .order_by("parent__surname", "parent__first_name", "parent_id", "child__born_on")
    )
    wanted = _wanted(choice, agreement, rows)
    families: dict[int, list[Child]] = defaultdict(list)
    parents: dict[int, Parent] = {}
    for row in rows:
        if (row.parent_id, row.child_id) in wanted:
            parents[row.parent_id] = row.parent
            families[row.parent_id].append(row.child)
    found = Preview()
    bad = set(BadAddress.objects.values_list("email", flat=True))
    for pk, parent in parents.items():
        where = found.by_mail if parent.email else found.by_letter
        where = found.comes_back if parent.email.lower() in bad else where
        where.append((parent, families[pk]))
    decided = {row.child_id for row in rows}
    found.nobody = [child for child in children if child.pk not in decided]
    return found


def _children(choice: Choice) -> list[Child]:
    found = Child.objects.filter(school=choice.school).on_roll()
    if choice.year:
        found = found.filter(year=choice.year)
    if choice.form:
        found = found.filter(form=choice.form)
    return list(found)


def _wanted(choice: Choice, agreement: Agreement, rows: Iterable[Guardianship]) -> set[Pair]:
    """Which of these parents to ask about which child."""
    every = {(row.parent_id, row.child_id): row.child for row in rows}
    if choice.whom == Campaign.Whom.ALL:
        return set(every)
    said = _said(agreement, every)
    if choice.whom == Campaign.Whom.ENDING:
        return _ending(agreement, every, said)
    invited = _invited(agreement, choice)
    answers, latest = _answers(agreement, every, said)
    questions = _questions(agreement)
    incomplete = {pair for pair in every if answers.get(pair, 0) < questions}
    if choice.whom == Campaign.Whom.NOT_ASKED:
        return {pair for pair in incomplete if pair not in invited}
    return {
        pair
        for pair in incomplete
        if pair in invited and (pair not in latest or latest[pair] < invited[pair])
    }


def _questions(agreement: Agreement) -> int:
    document = Document.read(agreement.content)
    in_use = {platform.key for platform in asked_platforms(document)}
    return sum(1 for platform, _ in document.asks if platform in in_use)


def _said(agreement: Agreement, every: dict[Pair, Child]) -> list[Heard]:
    """What each last said to each question about these pupils."""
    document = Document.read(agreement.content)
    keys = {platform.pk: platform.key for platform in asked_platforms(document)}
    asks = set(document.asks)
    children = Child.objects.filter(school__in={child.school_id for child in every.values()})
    parents = Parent.objects.filter(guardianships__child__in=children)
    return [
        Heard((giver, about), word, (keys.get(platform, ""), kind) in asks)
        for (giver, about, platform, kind), word in last_words(parents, children).items()
        if (giver, about) in every
    ]


def _answers(
    agreement: Agreement, every: dict[Pair, Child], said: Iterable[Heard]
) -> tuple[dict[Pair, int], dict[Pair, datetime]]:
    """How many of today's questions each has answered, and when they last said anything."""
    whole = versions_covering(Document.read(agreement.content))
    number: dict[Pair, int] = defaultdict(int)
    latest: dict[Pair, datetime] = {}
    for heard in said:
        pair, word = heard.pair, heard.word
        latest[pair] = max(word.given_at, latest.get(pair, word.given_at))
        if heard.is_asked and counts_as(word, every[pair].returned_on, whole):
            number[pair] += 1
    return number, latest


def _ending(agreement: Agreement, every: dict[Pair, Child], said: Iterable[Heard]) -> set[Pair]:
    """A yes to one of today's questions that ends soon or has ended, by its last day or because
    the pupil left and came back, and that would last longer if it were said again today."""
    document, today = Document.read(agreement.content), timezone.localdate()
    soon = today + asked_again_before(agreement)
    found = set()
    for heard in said:
        child, word = every[heard.pair], heard.word
        if not heard.is_asked or word.answer != Answer.YES or is_over(document, today):
            continue
        came_back = child.returned_on
        before = came_back is not None and timezone.localdate(word.given_at) < came_back
        ends = word.until is not None and word.until < soon
        if before or (ends and is_later(last_day(document, child, today), word.until or today)):
            found.add(heard.pair)
    return found


def _invited(agreement: Agreement, choice: Choice) -> dict[Pair, datetime]:
    """Who was asked about whom under this version, and when last."""
    rows = Invitation.children.through.objects.filter(
        invitation__campaign__agreement=agreement, child__school=choice.school
    ).order_by("invitation__made_at")
    pairs = rows.values_list("invitation__parent", "child", "invitation__made_at")
    return {(parent, child): at for parent, child, at in pairs}
