"""Verbs about permission: record, withdraw, hold. History is appended, never changed.

Permission is derived from these rows at every gate, so each takes effect with its own transaction:
nothing needs to be told (P6).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.utils import timezone

from audit.actions import record
from consents import endings, turns, undone
from consents.asking import close_answered, close_for_lead, must_record
from consents.errors import NotAllowed
from consents.models import (
    Adult,
    Agreement,
    Answer,
    Child,
    ConsentDecision,
    Hold,
    Kind,
    Parent,
    Way,
)
from consents.models.holds import in_a_term
from policy.models import Platform
from schools.models import School, User
from schools.roles import Permission


@dataclass(frozen=True)
class Said:
    """What was answered, for one platform and kind."""

    platform: Platform
    kind: str
    answer: str


@transaction.atomic
def record_many(
    *,
    said: Sequence[Said],
    way: str,
    by: User,
    child: Child | None = None,
    adult: Adult | None = None,
    giver: Parent | None = None,
    given_by_child: bool = False,
    given_at: datetime | None = None,
    until: date | None = None,
    evidence: str = "",
    agreement: Agreement | None = None,
    language: str = "",
) -> list[ConsentDecision]:
    """Append answers of one giver about one person: a line of a paper form, or all of it. Nothing
    is refused that was really said: a yes from somebody not entitled is kept and does not count."""
    person = child or adult
    if person is None or not said:
        raise NotAllowed("Choose whom it is about and at least one answer.")
    must_record(by, person.school_id)
    return append(
        said=said,
        way=way,
        by=by,
        child=child,
        adult=adult,
        giver=giver,
        given_by_child=given_by_child,
        given_at=given_at,
        until=until,
        evidence=evidence,
        agreement=agreement,
        language=language,
    )


@transaction.atomic
def append(
    *,
    said: Sequence[Said],
    way: str,
    by: User | None,
    child: Child | None = None,
    adult: Adult | None = None,
    giver: Parent | None = None,
    given_by_child: bool = False,
    given_at: datetime | None = None,
    until: date | None = None,
    evidence: str = "",
    agreement: Agreement | None = None,
    language: str = "",
) -> list[ConsentDecision]:
    """The rows and their event. Who may is asked before, also of a parent's link (`by=None`).
    `until` shortens what the version's rule gives a yes; nothing else ever ends."""
    person = child or adult
    if person is None or not said:
        raise NotAllowed("Choose whom it is about and at least one answer.")
    turns.share(person.school_id)
    now = timezone.now()
    given = given_at or now
    _must_make_sense(said, giver, given_by_child, adult, given, now)
    if any(s.answer == Answer.YES for s in said):
        until = endings.end_of_a_yes(agreement, child, given, until)
    rows = [
        ConsentDecision(
            child=child,
            adult=adult,
            platform=s.platform,
            kind=s.kind,
            answer=s.answer,
            giver=giver,
            given_by_child=given_by_child,
            way=way,
            agreement=agreement,
            language=language,
            evidence=evidence[:300],
            given_at=given,
            recorded_at=now,
            recorded_by=by,
            until=until if s.answer == Answer.YES else None,
        )
        for s in said
    ]
    made = ConsentDecision.objects.bulk_create(rows)
    undone.restate(made if given_at else ())
    _settle(made, person, by)
    return made


@transaction.atomic
def withdraw(
    *,
    child: Child,
    by: User,
    platforms: Iterable[Platform] | None = None,
    kinds: Iterable[str] | None = None,
    giver: Parent | None = None,
    given_by_child: bool = False,
    way: str = Way.PHONE,
) -> list[ConsentDecision]:
    """Withdraw at once, for some platforms and kinds or for all of them. One press (R-146).

    With a giver, it is that person's word. Without one, every yes that stands is withdrawn in the
    name of whoever gave it, so that the same person can say yes again later.
    """
    where = list(platforms) if platforms is not None else list(Platform.objects.all())
    what = list(kinds) if kinds is not None else list(Kind.values)
    if giver is not None or given_by_child:
        said = [Said(p, k, Answer.WITHDRAWN) for p in where for k in what]
        return record_many(
            said=said, child=child, giver=giver, given_by_child=given_by_child, way=way, by=by
        )
    made = []
    for (who, own), standing in _standing_yeses(child, where, what).items():
        made += record_many(
            said=[Said(p, k, Answer.WITHDRAWN) for p, k in standing],
            child=child,
            giver=who,
            given_by_child=own,
            way=way,
            by=by,
        )
    if not made:
        raise NotAllowed("There is nothing to withdraw: no yes stands here.")
    return made


@transaction.atomic
def withdraw_adult(
    *, adult: Adult, by: User, platforms: Iterable[Platform] | None = None, way: str = Way.PHONE
) -> list[ConsentDecision]:
    """An adult takes back every yes that stands, or that for some platforms. At once."""
    rows = adult.decisions.select_related("platform").order_by("-given_at", "-pk")
    latest: dict[tuple[int, str], ConsentDecision] = {}
    for row in rows:
        latest.setdefault((row.platform_id, row.kind), row)
    where = None if platforms is None else {p.pk for p in platforms}
    said = [
        Said(row.platform, row.kind, Answer.WITHDRAWN)
        for row in latest.values()
        if row.answer == Answer.YES and (where is None or row.platform_id in where)
    ]
    if not said:
        raise NotAllowed("There is nothing to withdraw: no yes stands here.")
    return record_many(said=said, adult=adult, way=way, by=by)


@transaction.atomic
def set_hold(
    *, child: Child, kind: str, by: User | None, note: str = "", review_on: date | None = None
) -> Hold:
    """Put a child under a hold. Only the safeguarding lead of the school (`by=None`: an import)."""
    if by is not None and not by.may(Permission.HOLD_SET, child.school_id):
        raise NotAllowed("Only the Designated Safeguarding Lead sets a hold.")
    try:
        with transaction.atomic():
            hold = Hold.objects.create(
                child=child, kind=kind, note=note, review_on=review_on or in_a_term(), set_by=by
            )
    except IntegrityError as error:
        raise NotAllowed("This hold is already in place.") from error
    record("hold.set", hold, by=by, school_id=child.school_id)
    return hold


@transaction.atomic
def lift_hold(*, hold: Hold, by: User) -> None:
    """End a hold. What was taken down stays down; new posts ask the permissions again."""
    if not by.may(Permission.HOLD_SET, hold.child.school_id):
        raise NotAllowed("Only the Designated Safeguarding Lead lifts a hold.")
    lifted = Hold.objects.filter(pk=hold.pk, lifted_at=None).update(
        lifted_at=timezone.now(), lifted_by=by
    )
    if not lifted:
        raise NotAllowed("This hold has been lifted already.")
    if not Hold.objects.filter(child=hold.child_id, lifted_at=None).exists():
        close_for_lead(hold.child, by=by)
    record("hold.lifted", hold, by=by, school_id=hold.child.school_id)


@transaction.atomic
def add_adult(*, school: School, name: str, kind: str, by: User) -> Adult:
    """Somebody grown up who may be pictured, once their permission is recorded."""
    if not by.may(Permission.CHILD_PICK, school):
        raise NotAllowed("Only staff of this school add people to it.")
    if not name.strip():
        raise NotAllowed("Write the person’s name.")
    adult = Adult.objects.create(school=school, name=" ".join(name.split()), kind=kind)
    record("adult.added", adult, by=by)
    return adult


def _standing_yeses(
    child: Child, platforms: list[Platform], kinds: list[str]
) -> dict[tuple[Parent | None, bool], list[tuple[Platform, str]]]:
    """Whose latest answer is a yes, and for what."""
    rows = (
        ConsentDecision.objects.filter(child=child, platform__in=platforms, kind__in=kinds)
        .select_related("giver", "platform")
        .order_by("-given_at", "-pk")
    )
    seen = set()
    found: dict[tuple[Parent | None, bool], list[tuple[Platform, str]]] = {}
    for row in rows:
        key = (row.giver_id, row.given_by_child, row.platform_id, row.kind)
        if key not in seen and row.answer == Answer.YES:
            found.setdefault((row.giver, row.given_by_child), []).append((row.platform, row.kind))
        seen.add(key)
    return found


def _settle(made: Sequence[ConsentDecision], person: Child | Adult, by: User | None) -> None:
    """What these answer is no longer waited for, and their event."""
    close_answered([(d.child_id, d.platform_id, d.kind) for d in made if d.child_id], by=by)
    ids, answers = [d.pk for d in made], sorted({d.answer for d in made})
    record("consent.recorded", person, by=by, decisions=ids, way=made[0].way, answers=answers)


def _must_make_sense(
    said: Sequence[Said],
    giver: Parent | None,
    given_by_child: bool,
    adult: Adult | None,
    given: datetime,
    now: datetime,
) -> None:
    if given > now:
        raise NotAllowed("The answer was given in the future. Check the date.")
    nobody = giver is None and not given_by_child and adult is None
    if nobody and any(s.answer == Answer.YES for s in said):
        raise NotAllowed("Say who said yes: a parent, a carer or the pupil.")
