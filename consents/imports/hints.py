"""Parents to ask because a file said something in general: "photos: yes", and no platform.

Such a word permits nothing (R-148). It is kept as evidence, the child counts as not asked, and the
child stands on this list until every platform it could mean has an answer. Nothing has to be ticked
off: the list is derived. It knows of no hold, so that it is the same for a held child.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import F, Window
from django.db.models.functions import DenseRank

from consents.imports import fields, values
from consents.models import Answer, Child, ConsentDecision, Hint
from policy.models import Platform
from schools.models import School


@dataclass(frozen=True)
class Line:
    """A pupil, what the file said, and where there is no answer yet."""

    child: Child
    hints: Sequence[Hint]
    missing: Sequence[Platform]


def to_ask(school: School, form: str = "") -> list[Line]:
    """The pupils of a school whose parents are to be asked, by class and name. Three queries."""
    platforms = list(Platform.objects.filter(is_asked=True, is_retired=False))
    found: dict[Child, list[Hint]] = {}
    for hint in _hints(school, form):
        if _is_to_ask(hint):
            found.setdefault(hint.child, []).append(hint)
    answered = _answered(school, form)
    lines = [Line(c, hints, _missing(c, hints, platforms, answered)) for c, hints in found.items()]
    return [line for line in lines if line.missing]


def _hints(school: School, form: str) -> list[Hint]:
    on_roll = Child.objects.filter(school=school).on_roll()
    found = Hint.objects.filter(child__in=on_roll, topic__in=fields.GENERAL)
    if form:
        found = found.filter(child__form=form)
    order = ("child__form", "child__surname", "child__first_name", "child", "topic")
    return list(found.select_related("child").order_by(*order))


def _is_to_ask(hint: Hint) -> bool:
    """All but a plain no, which went in as one everywhere."""
    said = values.answer(hint.said.rpartition(": ")[2])
    return said not in {Answer.NO, Answer.WITHDRAWN}


def _answered(school: School, form: str) -> set[tuple[int | None, int, str]]:
    """Where somebody has said something, by each giver's latest word: what an undone file brought
    was never said."""
    rows = ConsentDecision.objects.filter(child__school=school, child__hints__isnull=False)
    if form:
        rows = rows.filter(child__form=form)
    whose = [F(name) for name in ("child", "platform", "kind", "giver", "given_by_child")]
    newest = [F("given_at").desc(), F("pk").desc()]
    latest = rows.order_by().annotate(
        place=Window(DenseRank(), partition_by=whose, order_by=newest)
    )
    words = latest.filter(place=1).values_list("child_id", "platform_id", "kind", "answer")
    return {word[:3] for word in words if word[3] != Answer.UNDONE}


def _missing(
    child: Child,
    hints: Sequence[Hint],
    platforms: Sequence[Platform],
    answered: set[tuple[int | None, int, str]],
) -> list[Platform]:
    return [
        platform
        for platform in platforms
        if any(
            (child.pk, platform.pk, kind) not in answered
            for hint in hints
            for kind in fields.GENERAL[hint.topic][2]
            if hint.topic != "social" or platform.key not in fields.NOT_SOCIAL
        )
    ]
