"""The verb for a pile of paper forms: a class list, written down in one go."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial

from django.db import transaction
from django.utils import timezone

from audit.actions import record
from consents import endings, turns, undone
from consents.asked_for import must_be_asked
from consents.asking import close_answered, must_record
from consents.days import moment_of
from consents.errors import NotAllowed
from consents.models import Agreement, Answer, Child, ConsentDecision, Parent, Way
from consents.words import joined
from policy.models import Platform
from schools.models import School, User


@dataclass(frozen=True)
class Heard:
    """One square of a class list: who answered what about whom, and where."""

    child: Child
    platform: Platform
    answer: str
    giver: Parent | None


@transaction.atomic
def record_class(
    *,
    school: School,
    kind: str,
    heard: Sequence[Heard],
    by: User,
    way: str = Way.PAPER,
    given_on: date | None = None,
    until: date | None = None,
    agreement: Agreement | None = None,
) -> list[ConsentDecision]:
    """Append a class list of answers that came one way on one day (now, if none is named): all of
    it or nothing, with one event."""
    must_record(by, school.pk)
    now = timezone.now()
    _must_be_whole(school, heard, given_on)
    must_be_asked([(h.platform, kind, h.answer) for h in heard], agreement)
    turns.share(school.pk)
    given = {h.answer: moment_of(given_on, h.answer, way) if given_on else now for h in heard}
    end = _ends(agreement, given.get(Answer.YES, now), until)
    made = ConsentDecision.objects.bulk_create(
        ConsentDecision(
            child=h.child,
            platform=h.platform,
            kind=kind,
            answer=h.answer,
            giver=h.giver,
            way=way,
            agreement=agreement,
            evidence="class list",
            given_at=given[h.answer],
            recorded_at=now,
            recorded_by=by,
            until=end(h.child) if h.answer == Answer.YES else None,
        )
        for h in heard
    )
    undone.restate(made if given_on else ())
    close_answered({(h.child.pk, h.platform.pk, str(kind)): h.answer for h in heard}, by=by)
    record(
        "consent.class_recorded",
        school,
        by=by,
        school_id=school.pk,
        kind=kind,
        decisions=sorted(d.pk for d in made),
        children=sorted({h.child.pk for h in heard}),
    )
    return made


def _ends(
    agreement: Agreement | None, given: datetime, until: date | None
) -> Callable[[Child], date | None]:
    """The last day of a yes about each pupil. Nothing is looked up for each of them."""
    if agreement is None:
        return partial(endings.end_under, endings.first_version(), given=given, wished=until)
    return partial(endings.end_of_a_yes, agreement, given=given, wished=until)


def _must_be_whole(school: School, heard: Sequence[Heard], given_on: date | None) -> None:
    """Something was chosen, every yes has somebody who gave it, and none is from tomorrow."""
    if not heard or any(h.child.school_id != school.pk for h in heard):
        raise NotAllowed("Choose at least one answer about a pupil of this school.")
    unnamed = {h.child.pk: h.child for h in heard if h.giver is None and h.answer == Answer.YES}
    if unnamed:
        names = joined([child.full_name for child in unnamed.values()])
        raise NotAllowed(
            f"Nothing is written down yet. A yes for {names} needs somebody who may decide: "
            "leave it out here, and see to it on the pupil’s page."
        )
    if given_on is not None and given_on > timezone.localdate():
        raise NotAllowed("These answers were given in the future. Check the date.")
