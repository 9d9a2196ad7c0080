"""Parents to ask because a file said something in general: "photos: yes", and no platform.

Such a word permits nothing (R-148). It is kept as evidence, the child counts as not asked, and the
child stands on this list until every platform it could mean has an answer. Nothing has to be ticked
off: the list is derived. It knows of no hold, so that it is the same for a held child.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db.models import F, Window
from django.db.models.functions import DenseRank

from consents.imports import fields, values
from consents.models import Answer, Child, ConsentDecision, Hint, Kind
from consents.words import joined
from policy.models import Platform
from schools.models import School


@dataclass(frozen=True)
class Line:
    """A pupil, what the file said, and where there is no answer yet to which kinds of question, in
    the order of `Kind`."""

    child: Child
    hints: Sequence[Hint]
    gaps: Mapping[str, Sequence[Platform]]

    @property
    def missing(self) -> list[Platform]:
        """Where some kind has no answer."""
        return list(dict.fromkeys(p for platforms in self.gaps.values() for p in platforms))

    @property
    def words(self) -> str:
        """ "about photos: Facebook, X; about the first name and the full name: Facebook"."""
        alike: dict[tuple[str, ...], list[str]] = {}
        for kind, platforms in self.gaps.items():
            alike.setdefault(tuple(p.name for p in platforms), []).append(_ABOUT[kind])
        return "; ".join(f"about {joined(k)}: {', '.join(names)}" for names, k in alike.items())


_ABOUT: Mapping[str, str] = {
    Kind.PHOTO: "photos",
    Kind.VIDEO: "video",
    Kind.FIRST_NAME: "the first name",
    Kind.FULL_NAME: "the full name",
    Kind.WORK: "own work",
}


def to_ask(school: School, form: str = "", year: str | None = None) -> list[Line]:
    """The pupils of a school, or of one class or year, whose parents are to be asked, by class and
    name. Three queries."""
    platforms = list(Platform.objects.filter(is_asked=True, is_retired=False))
    found: dict[Child, list[Hint]] = {}
    for hint in _hints(school, form, year):
        if _is_to_ask(hint):
            found.setdefault(hint.child, []).append(hint)
    answered = _answered(school, form)
    lines = [Line(c, hints, _gaps(c, hints, platforms, answered)) for c, hints in found.items()]
    return [line for line in lines if line.gaps]


def _hints(school: School, form: str, year: str | None) -> list[Hint]:
    on_roll = Child.objects.filter(school=school).on_roll()
    found = Hint.objects.filter(child__in=on_roll, topic__in=fields.GENERAL)
    if form:
        found = found.filter(child__form=form)
    if year is not None:
        found = found.filter(child__year=year)
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


def _gaps(
    child: Child,
    hints: Sequence[Hint],
    platforms: Sequence[Platform],
    answered: set[tuple[int | None, int, str]],
) -> dict[str, list[Platform]]:
    def is_open(platform: Platform, kind: str) -> bool:
        return (child.pk, platform.pk, kind) not in answered and any(
            kind in fields.GENERAL[hint.topic][2]
            and (hint.topic != "social" or platform.key not in fields.NOT_SOCIAL)
            for hint in hints
        )

    gaps = {kind: [p for p in platforms if is_open(p, kind)] for kind in Kind.values}
    return {kind: where for kind, where in gaps.items() if where}
