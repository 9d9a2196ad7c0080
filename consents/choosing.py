"""Choosing which parents to ask, and a look at who would get what. Nothing here writes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from django.utils import timezone

from consents import links
from consents.answering import asked_platforms, counts_as, last_words, versions_covering
from consents.models import (
    Agreement,
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
    invited = _invited(agreement, choice)
    answers, latest = _answers(agreement, every)
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


def _answers(
    agreement: Agreement, every: dict[Pair, Child]
) -> tuple[dict[Pair, int], dict[Pair, datetime]]:
    """How many of today's questions each has answered, and when they last said anything."""
    document = Document.read(agreement.content)
    keys = {platform.pk: platform.key for platform in asked_platforms(document)}
    asks, whole = set(document.asks), versions_covering(document)
    number: dict[Pair, int] = defaultdict(int)
    latest: dict[Pair, datetime] = {}
    children = Child.objects.filter(school__in={child.school_id for child in every.values()})
    parents = Parent.objects.filter(guardianships__child__in=children)
    for (giver, about, platform, kind), word in last_words(parents, children).items():
        child = every.get((giver, about))
        if child is None:
            continue
        latest[giver, about] = max(word.given_at, latest.get((giver, about), word.given_at))
        if (keys.get(platform, ""), kind) in asks and counts_as(word, child.returned_on, whole):
            number[giver, about] += 1
    return number, latest


def _invited(agreement: Agreement, choice: Choice) -> dict[Pair, datetime]:
    """Who was asked about whom under this version, and when last."""
    rows = Invitation.children.through.objects.filter(
        invitation__campaign__agreement=agreement, child__school=choice.school
    ).order_by("invitation__made_at")
    pairs = rows.values_list("invitation__parent", "child", "invitation__made_at")
    return {(parent, child): at for parent, child, at in pairs}
