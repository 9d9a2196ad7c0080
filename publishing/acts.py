"""What somebody did that could end a permission: about whom, on which platform, for which kind.

A withdrawal, a refusal, an answer that became unclear or was given an end, and a stop of the
school's are about one kind on one platform. A hold, a change of who may decide, and what is
recorded of a pupil's capacity or care are about the whole of a pupil. Leaving, a birthday, a last
day that comes and the trust's age for an own say are no act about a child, and are not here.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple

from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import TruncDate

from audit.models import Event
from consents.models import (
    NAME_KINDS,
    Answer,
    ConsentDecision,
    Guardianship,
    Hold,
    Kind,
    SchoolStop,
)
from consents.purposes import narrower_versions
from publishing.relying import Need, People

# What somebody recorded of a pupil's capacity (the first is what it was called before) or care.
_OWN_SAY = ("child.own_say_set", "child.capacity_recorded", "child.care_recorded")


class About(NamedTuple):
    """One kind on one platform; with neither, the whole of a person."""

    platform: int | None = None
    kind: str | None = None

    def touches(self, platform: int, kind: str) -> bool:
        """Could it end a permission of this kind there? A permission for one form of a name can
        carry the other, and a refusal of the first name refuses both."""
        return self.platform is None or (
            self.platform == platform and _one_name(self.kind) == _one_name(kind)
        )


def _one_name(kind: str | None) -> str | None:
    return str(Kind.FULL_NAME) if kind in NAME_KINDS else kind


Found = dict[int, dict[About, datetime]]


@dataclass
class Acts:
    """By the id of a child or an adult: what was done, and when first."""

    children: Found = field(default_factory=dict)
    adults: Found = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.children or self.adults)

    def about(self, people: People) -> datetime | None:
        """The first of these acts that concerns any of them."""
        moments = [at for pk in people.children for at in self.children.get(pk, {}).values()]
        moments += [at for pk in people.adults for at in self.adults.get(pk, {}).values()]
        return min(moments, default=None)

    def ending(self, needs: Iterable[Need], platform: int) -> datetime | None:
        """The first of these acts that could be why one of these permissions does not stand."""
        moments = []
        for need in needs:
            found, pk = (
                (self.adults, need.adult) if need.adult is not None else (self.children, need.child)
            )
            done = found.get(pk or 0, {}).items()
            moments += [at for about, at in done if about.touches(platform, need.kind)]
        return min(moments, default=None)


def acts_since(since: datetime) -> Acts:
    """Everything of the kind that was written down since then. Six queries.

    A yes ends no permission, unless its last day was over when it was written down or its version
    asks for less than the yes before it may have been for; and a whole school's import of them
    should cost nothing.
    """
    narrow = narrower_versions()
    less = Q(until__lt=TruncDate("recorded_at")) | Q(agreement__in=[pk for pk in narrow if pk])
    if None in narrow:
        less |= Q(agreement=None)
    said = ConsentDecision.objects.filter(~Q(answer=Answer.YES) | less, recorded_at__gte=since)
    held = Hold.objects.filter(set_at__gte=since, lifted_at=None)
    stopped = SchoolStop.objects.filter(set_at__gte=since, lifted_at=None)
    # A tie takes a permission away when its yes stops counting, or a no that was there begins to:
    # a whole school's import of new ones says neither, and a later no is an act of its own.
    noes = ConsentDecision.objects.filter(answer__in=[Answer.NO, Answer.WITHDRAWN])
    theirs = noes.filter(
        child=OuterRef("child"), giver=OuterRef("parent"), recorded_at__lt=OuterRef("changed_at")
    )
    may_not = Q(has_responsibility=False) | Q(court_order=True) | Q(ended_on__isnull=False)
    may_not |= Q(Exists(theirs))
    ties = Guardianship.objects.filter(may_not, changed_at__gte=since)
    own_say = Event.objects.filter(verb__in=_OWN_SAY, at__gte=since)
    acts = Acts()
    who = said.order_by().values_list("child_id", "adult_id", "platform_id", "kind", "recorded_at")
    for child, adult, platform, kind, at in who:
        _first(acts.children, child, About(platform, kind), at)
        _first(acts.adults, adult, About(platform, kind), at)
    stops = stopped.order_by().values_list("child_id", "platform_id", "kind", "set_at")
    for child, platform, kind, at in stops:
        _first(acts.children, child, About(platform, kind), at)
    _whole(acts, held.values_list("child_id", "set_at"))
    _whole(acts, ties.order_by().values_list("child_id", "changed_at"))
    _whole(acts, own_say.values_list("subject_id", "at"))
    return acts


def _whole(acts: Acts, found: Iterable[tuple[int | None, datetime]]) -> None:
    for child, at in found:
        _first(acts.children, child, About(), at)


def _first(kept: Found, pk: int | None, about: About, at: datetime) -> None:
    if pk is not None:
        mine = kept.setdefault(pk, {})
        mine[about] = min(at, mine.get(about, at))
