"""Choosing which parents to ask, and a look at who would get what. Nothing here writes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from typing import NamedTuple

from django.utils import timezone

from consents import links, mailboxes, renewal
from consents.answering import (
    Square,
    Word,
    asked_platforms,
    counts_as,
    last_words,
    versions_covering,
)
from consents.asked import Pair, are_waiting, have_been_asked
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
from consents.models.people import ChildQuerySet
from consents.wording import Document
from schools.models import School

ANSWERED = "answered"  # the list that nobody is asked from


class Heard(NamedTuple):
    """What a parent last said to one question about a child; is it one of today's?"""

    pair: Pair
    square: Square
    word: Word
    is_asked: bool


@dataclass(frozen=True)
class Choice:
    """Whom to ask: of a school, a year or a class of it, by what they were asked and answered.
    `among`: of these pupils only (ids), who are on the list that `listed` names."""

    school: School
    whom: str
    year: str = ""
    form: str = ""
    among: tuple[int, ...] | None = None
    listed: str = ""


@dataclass
class Preview:
    """Who would get what. Every parent stands once, with the chosen children. `own`: whose own
    yes is to be said again, where that is asked; no mail reaches them. `waiting`: whose mail or
    letter from before has still to go out, so they get no second one. `shared`: whose address (by
    the parent's id) is another parent's too, in words."""

    by_mail: list[tuple[Parent, list[Child]]] = field(default_factory=list)
    comes_back: list[tuple[Parent, list[Child]]] = field(default_factory=list)
    by_letter: list[tuple[Parent, list[Child]]] = field(default_factory=list)
    nobody: list[Child] = field(default_factory=list)
    own: list[Child] = field(default_factory=list)
    waiting: list[tuple[Parent, list[Child]]] = field(default_factory=list)
    shared: dict[int, str] = field(default_factory=dict)

    def letters(self) -> list[tuple[Parent, list[Child]]]:
        """Everybody whom no mail reaches."""
        return self.by_letter + self.comes_back


def look(choice: Choice, agreement: Agreement) -> Preview:
    """Who would be asked. A fixed number of queries, whatever the number of children."""
    children = list(_chosen(choice))
    rows = _deciders(children)
    ending = renewal.Renewal()
    if choice.whom == Campaign.Whom.ENDING:
        ending = renewal.look([choice.school.pk], agreement)
    wanted = _wanted(choice, agreement, rows, ending)
    found = Preview()
    if choice.whom in {Campaign.Whom.NOT_ASKED, Campaign.Whom.NO_ANSWER}:
        waiting = wanted & are_waiting(agreement, choice.school)
        found.waiting = _together(rows, waiting)
        wanted -= waiting
    bad = set(BadAddress.objects.values_list("email", flat=True))
    for parent, theirs in _together(rows, wanted):
        where = found.by_mail if parent.email else found.by_letter
        where = found.comes_back if parent.email.lower() in bad else where
        where.append((parent, theirs))
    found.shared = _shared(rows)
    decided = {row.child_id for row in rows}
    found.nobody = [child for child in children if child.pk not in decided]
    own = renewal.pupils([*ending.soon.own, *ending.over.own])
    found.own = [child for child in children if child.pk in own]
    return found


def _deciders(children: Collection[Child]) -> list[Guardianship]:
    """Who may be asked about these pupils, by name."""
    return list(
        Guardianship.objects.filter(links.may_answer(timezone.localdate()), child__in=children)
        .select_related("parent", "child")
        .order_by("parent__surname", "parent__first_name", "parent_id", "child__born_on")
    )


def _shared(rows: Iterable[Guardianship]) -> dict[int, str]:
    """By the parent's id: whose address is the address of another who may be asked."""
    parents = {row.parent_id: row.parent for row in rows}
    others = mailboxes.others((p.full_name, p.email) for p in parents.values())
    both = {pk: others.get((p.full_name, p.email.casefold())) for pk, p in parents.items()}
    return {pk: mailboxes.same_as(names) for pk, names in both.items() if names}


def _together(
    rows: Iterable[Guardianship], pairs: Collection[Pair]
) -> list[tuple[Parent, list[Child]]]:
    """Each parent of these pairs once, with the pupils."""
    found: dict[int, tuple[Parent, list[Child]]] = {}
    for row in rows:
        if (row.parent_id, row.child_id) in pairs:
            found.setdefault(row.parent_id, (row.parent, []))[1].append(row.child)
    return list(found.values())


def _chosen(choice: Choice) -> ChildQuerySet:
    found = Child.objects.filter(school=choice.school).on_roll()
    if choice.year:
        found = found.filter(year=choice.year)
    if choice.form:
        found = found.filter(form=choice.form)
    return found if choice.among is None else found.filter(pk__in=choice.among)


def _wanted(
    choice: Choice,
    agreement: Agreement,
    rows: Iterable[Guardianship],
    ending: renewal.Renewal,
) -> set[Pair]:
    """Which of these parents to ask about which child."""
    every = {(row.parent_id, row.child_id): row.child for row in rows}
    if choice.whom == Campaign.Whom.ALL:
        return set(every)
    said = _said(choice, agreement, every)
    if choice.whom == Campaign.Whom.ENDING:
        again = {*ending.soon.parents, *ending.over.parents}
        return {h.pair for h in said if h.square in again and h.word.answer == Answer.YES}
    stand = _stand(choice, agreement, every, said)
    return {pair for pair, where in stand.items() if where == choice.whom}


def stand(choice: Choice, agreement: Agreement) -> dict[Pair, str]:
    """Every parent who may decide for one of these pupils, and that pupil, with the one list the
    two are on: not asked, asked with questions open, or (`ANSWERED`) nothing open. What is open
    decides, so whoever answered one question of many, or unclearly, is on the list of their
    asking until the last one is clear."""
    rows = _deciders(list(_chosen(choice)))
    every = {(row.parent_id, row.child_id): row.child for row in rows}
    return _stand(choice, agreement, every, _said(choice, agreement, every))


def whom_next(choice: Choice, agreement: Agreement) -> str:
    """From which of the two lists somebody can be asked about these pupils now: who was not asked
    comes first. Empty where nobody can."""
    waiting = are_waiting(agreement, choice.school)
    found = {where for pair, where in stand(choice, agreement).items() if pair not in waiting}
    both = (Campaign.Whom.NOT_ASKED, Campaign.Whom.NO_ANSWER)
    return next((str(whom) for whom in both if whom in found), "")


def _stand(
    choice: Choice, agreement: Agreement, every: dict[Pair, Child], said: Iterable[Heard]
) -> dict[Pair, str]:
    answers, questions = _answers(agreement, every, said), _questions(agreement)
    asked = have_been_asked(every, agreement, choice.school)

    def where(pair: Pair) -> str:
        if answers.get(pair, 0) >= questions:
            return ANSWERED
        return Campaign.Whom.NO_ANSWER if pair in asked else Campaign.Whom.NOT_ASKED

    return {pair: where(pair) for pair in every}


def left_open(invitations: Collection[Invitation], agreement: Agreement) -> set[int]:
    """Ids of those invitations (their children prefetched) whose parent may decide today and has
    not clearly answered every one of today's questions about every one of the pupils."""
    children = Child.objects.filter(invitations__in=[row.pk for row in invitations]).on_roll()
    asked = {(row.parent_id, c.pk) for row in invitations for c in row.children.all()}
    rows = _deciders(list(children.distinct()))
    every = {pair: r.child for r in rows if (pair := (r.parent_id, r.child_id)) in asked}
    said = _heard(agreement, children, every)
    answers, questions = _answers(agreement, every, said), _questions(agreement)
    short = {pair for pair in every if answers.get(pair, 0) < questions}
    return {
        row.pk
        for row in invitations
        if any((row.parent_id, child.pk) in short for child in row.children.all())
    }


def _questions(agreement: Agreement) -> int:
    document = Document.read(agreement.content)
    in_use = {platform.key for platform in asked_platforms(document)}
    return sum(1 for platform, _ in document.asks if platform in in_use)


def _said(choice: Choice, agreement: Agreement, every: dict[Pair, Child]) -> list[Heard]:
    """What each last said to each question about these pupils: read for those who were chosen,
    however large the school is."""
    return _heard(agreement, _chosen(choice), every)


def _heard(agreement: Agreement, children: ChildQuerySet, every: Collection[Pair]) -> list[Heard]:
    document = Document.read(agreement.content)
    keys = {platform.pk: platform.key for platform in asked_platforms(document)}
    asks = set(document.asks)
    may = links.may_answer(timezone.localdate())
    parents = Guardianship.objects.filter(may, child__in=children).values("parent")
    return [
        Heard((giver, about), (about, platform, kind), word, (keys.get(platform, ""), kind) in asks)
        for (giver, about, platform, kind), word in last_words(
            Parent.objects.filter(pk__in=parents), children
        ).items()
        # A parent of two may decide for one of them alone.
        if (giver, about) in every
    ]


def _answers(
    agreement: Agreement, every: dict[Pair, Child], said: Iterable[Heard]
) -> dict[Pair, int]:
    """How many of today's questions each has answered clearly."""
    whole = versions_covering(Document.read(agreement.content))
    number: dict[Pair, int] = defaultdict(int)
    for heard in said:
        returned = every[heard.pair].returned_on
        if heard.is_asked and counts_as(heard.word, returned, whole):
            number[heard.pair] += 1
    return number
