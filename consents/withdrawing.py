"""Withdrawing by hand: in the name of whoever spoke, or as the school's own stop.

Nobody's answer is put in anybody's mouth: what the office stops by itself is a `SchoolStop`, and
the families' answers stand beside it as they were given.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from audit.actions import record
from consents import turns
from consents.actions import Said, record_many
from consents.asking import close_permitted, must_record
from consents.errors import NotAllowed
from consents.models import Answer, Child, ConsentDecision, Kind, Parent, SchoolStop
from consents.models.decisions import has_ended
from consents.rules import said_permissions
from policy.models import Platform
from schools.models import User

Square = tuple[Platform, str]
STOPPED = "The school has stopped that already."


def standing_yeses(
    child: Child, platforms: Sequence[Platform]
) -> list[tuple[Platform, list[Kind]]]:
    """What can be withdrawn: platforms with the kinds to which somebody's own last word is a yes
    that has not ended, also where another's no or a stop stands against it. One query."""
    if child.has_left():
        return []
    today = timezone.localdate()
    found = {
        (row.platform_id, row.kind)
        for row in _last_words(child).values()
        if row.answer == Answer.YES and not has_ended(row, child.returned_on, today)
    }
    said = [(p, [kind for kind in Kind if (p.pk, kind.value) in found]) for p in platforms]
    return [(p, kinds) for p, kinds in said if kinds]


def can_be_stopped(child: Child) -> bool:
    """Is there anything left for the school to stop? Two queries."""
    places = all_asked().count()
    stopped = _standing(child).filter(platform__in=all_asked()).count()
    return places * len(Kind.values) > stopped


def all_asked() -> QuerySet[Platform]:
    """Every platform that a stop of everything is about."""
    return Platform.objects.filter(is_asked=True, is_retired=False)


def said_yes(child: Child) -> list[Square]:
    """To what somebody's last word is a yes, whether or not it counts. One query."""
    last = _last_words(child)
    found = {(row.platform, row.kind): None for row in last.values() if row.answer == Answer.YES}
    return list(found)


@transaction.atomic
def take_back(
    *,
    child: Child,
    squares: Collection[Square],
    way: str,
    by: User,
    giver: Parent | None = None,
    given_by_child: bool = False,
) -> list[ConsentDecision]:
    """Write down what one person said: withdrawn where they had said yes, no where they had not.
    What they had refused before is not said twice."""
    if giver is None and not given_by_child:
        raise NotAllowed("Choose who says so: a parent, a carer or the pupil.")
    last = _last_words(child)
    own = {
        (row.platform, row.kind): row.answer
        for (who, is_own, _, _), row in last.items()
        if (who, is_own) == (giver.pk if giver else None, given_by_child)
    }
    refused = {Answer.NO, Answer.WITHDRAWN}
    said = [
        Said(p, kind, Answer.WITHDRAWN if own.get((p, kind)) == Answer.YES else Answer.NO)
        for p, kind in squares
        if own.get((p, kind)) not in refused
    ]
    if not said:
        raise NotAllowed("That is written down already: they have said no to all of it.")
    return record_many(
        said=said, child=child, giver=giver, given_by_child=given_by_child, way=way, by=by
    )


def still_permitted(child: Child, squares: Collection[Square]) -> list[Square]:
    """Which of these the answers still permit: whoever spoke last may not be who decides."""
    said = said_permissions([child.pk], {p.pk for p, _ in squares}, {kind for _, kind in squares})
    return [(p, kind) for p, kind in squares if said.permits(child.pk, p.pk, kind)]


@transaction.atomic
def stop(*, child: Child, squares: Collection[Square], by: User) -> list[SchoolStop]:
    """The school itself does not use these any more, at once and until it lifts the stop."""
    must_record(by, child.school_id)
    turns.share(child.school_id)
    standing = set(_standing(child).values_list("platform", "kind"))
    rows = [
        SchoolStop(child=child, platform=p, kind=kind, set_by=by, set_at=timezone.now())
        for p, kind in squares
        if (p.pk, kind) not in standing
    ]
    if not rows:
        raise NotAllowed(STOPPED)
    # Two presses at once: the second finds every row there already.
    SchoolStop.objects.bulk_create(rows, ignore_conflicts=True)
    record("stop.set", child, by=by, platforms=_places(rows), kinds=_kinds(rows))
    return rows


@transaction.atomic
def lift(*, child: Child, by: User, platforms: Iterable[Platform] | None = None) -> int:
    """From now on the families' answers count again, there or everywhere. Returns how many."""
    must_record(by, child.school_id)
    turns.share(child.school_id)
    found = _standing(child).select_for_update()
    if platforms is not None:
        found = found.filter(platform__in=list(platforms))
    rows = list(found)
    if not rows:
        raise NotAllowed("Nothing is stopped by the school here any more.")
    SchoolStop.objects.filter(pk__in=[row.pk for row in rows]).update(
        lifted_at=timezone.now(), lifted_by=by
    )
    close_permitted(child, by=by)
    record("stop.lifted", child, by=by, platforms=_places(rows), kinds=_kinds(rows))
    return len(rows)


def _standing(child: Child) -> QuerySet[SchoolStop]:
    return SchoolStop.objects.filter(child=child, lifted_at=None)


def _places(rows: Collection[SchoolStop]) -> list[int]:
    return sorted({row.platform_id for row in rows})


def _kinds(rows: Collection[SchoolStop]) -> list[str]:
    return sorted({row.kind for row in rows})


def _last_words(child: Child) -> dict[tuple[int | None, bool, int, str], ConsentDecision]:
    rows = child.decisions.select_related("platform").order_by("given_at", "pk")
    return {(row.giver_id, row.given_by_child, row.platform_id, row.kind): row for row in rows}
