"""Verbs about permission: record, withdraw, hold. History is appended, never changed.

Permission is derived from these rows at every gate, so each takes effect with its own transaction:
nothing needs to be told (P6).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from audit.actions import record
from consents import endings, holding, turns, undone
from consents.asked_for import must_be_asked
from consents.asking import close_answered, close_for_lead, must_record
from consents.errors import NotAllowed
from consents.models import (
    Adult,
    AdultWording,
    Agreement,
    Answer,
    Child,
    ConsentDecision,
    Evidence,
    Hold,
    Kind,
    Parent,
    Way,
)
from consents.models.holds import in_a_term
from policy.models import Platform
from schools.models import User
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
    scan: Evidence | None = None,
    agreement: Agreement | None = None,
    adult_wording: AdultWording | None = None,
    language: str = "",
) -> list[ConsentDecision]:
    """Append answers of one giver about one person: a line of a paper form, or all of it. Nothing
    is refused that was really said: a yes from somebody not entitled is kept and does not count."""
    person = child or adult
    if person is None or not said:
        raise NotAllowed("Choose whom it is about and at least one answer.")
    must_record(by, person.school_id)
    born = child.born_on if child else None
    if born and given_at and timezone.localdate(given_at) < born:
        raise NotAllowed("That day is before the pupil was born. Look at the day it was said.")
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
        scan=scan,
        agreement=agreement,
        adult_wording=adult_wording,
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
    scan: Evidence | None = None,
    agreement: Agreement | None = None,
    adult_wording: AdultWording | None = None,
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
    _must_make_sense(said, giver, given_by_child, adult, given, now, agreement)
    if any(s.answer == Answer.YES for s in said):
        until = endings.end_of_a_yes(agreement, child, given, until)
        until = endings.end_of_an_adults(adult_wording, given, until)
    alike: dict[str, Any] = {"child": child, "adult": adult, "giver": giver, "way": way}
    alike |= {"given_by_child": given_by_child, "agreement": agreement, "language": language}
    alike |= {"adult_wording": adult_wording, "evidence": evidence[:300], "scan": scan}
    alike |= {"given_at": given, "recorded_at": now, "recorded_by": by}
    return _appended(_rows(said, until, alike), person, by, is_dated=given_at is not None)


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
    """What one person withdraws, at once: some platforms and kinds, or all of them (R-146). What
    nobody said is no withdrawal: the school's own stop is `withdrawing.stop`."""
    if giver is None and not given_by_child:
        raise NotAllowed("Choose who says so: a parent, a carer or the pupil.")
    where = list(platforms) if platforms is not None else list(Platform.objects.all())
    what = list(kinds) if kinds is not None else list(Kind.values)
    said = [Said(p, k, Answer.WITHDRAWN) for p in where for k in what]
    return record_many(
        said=said, child=child, giver=giver, given_by_child=given_by_child, way=way, by=by
    )


@transaction.atomic
def set_hold(
    *, child: Child, kind: str, by: User | None, note: str = "", review_on: date | None = None
) -> Hold:
    """Put a child under a hold. Only the safeguarding lead of the school (`by=None`: an import).
    It protects every record of the pupil in the trust, in the same transaction (R-155)."""
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
    holding.carry_everywhere(holding.of([hold]))
    return hold


@transaction.atomic
def lift_hold(*, hold: Hold, by: User) -> None:
    """End a hold. What was taken down stays down; new posts ask the permissions again."""
    if not by.may(Permission.HOLD_SET, hold.child.school_id):
        raise NotAllowed("Only the Designated Safeguarding Lead lifts a hold.")
    known = hold.child.care_records.filter(recorded_at__gte=hold.set_at)
    if hold.kind == Hold.Kind.CARE and not known.exists():
        raise NotAllowed(
            "Write down first who decides for this pupil, or that they are not in care."
        )
    lifted = Hold.objects.filter(pk=hold.pk, lifted_at=None).update(
        lifted_at=timezone.now(), lifted_by=by
    )
    if not lifted:
        raise NotAllowed("This hold has been lifted already.")
    if not Hold.objects.filter(child=hold.child_id, lifted_at=None).exists():
        close_for_lead(hold.child, by=by)
    record("hold.lifted", hold, by=by, school_id=hold.child.school_id)


def _appended(
    rows: Sequence[ConsentDecision], person: Child | Adult, by: User | None, *, is_dated: bool
) -> list[ConsentDecision]:
    """`is_dated`: somebody said when it was given, so it may come before what is there."""
    made = ConsentDecision.objects.bulk_create(rows)
    undone.restate(made if is_dated else ())
    _settle(made, person, by)
    return made


def _rows(said: Sequence[Said], until: date | None, alike: dict[str, Any]) -> list[ConsentDecision]:
    """One for each answer; only a yes has a last day."""
    return [
        ConsentDecision(
            platform=s.platform,
            kind=s.kind,
            answer=s.answer,
            until=until if s.answer == Answer.YES else None,
            **alike,
        )
        for s in said
    ]


def _settle(made: Sequence[ConsentDecision], person: Child | Adult, by: User | None) -> None:
    """What these answer is no longer waited for, and their event."""
    said = {(d.child_id, d.platform_id, str(d.kind)): str(d.answer) for d in made if d.child_id}
    close_answered(said, by=by)
    ids, answers = [d.pk for d in made], sorted({d.answer for d in made})
    record("consent.recorded", person, by=by, decisions=ids, way=made[0].way, answers=answers)


def _must_make_sense(
    said: Sequence[Said],
    giver: Parent | None,
    given_by_child: bool,
    adult: Adult | None,
    given: datetime,
    now: datetime,
    agreement: Agreement | None,
) -> None:
    if given > now:
        raise NotAllowed("The answer was given in the future. Check the date.")
    nobody = giver is None and not given_by_child and adult is None
    if nobody and any(s.answer == Answer.YES for s in said):
        raise NotAllowed("Say who said yes: a parent, a carer or the pupil.")
    if adult is None:
        must_be_asked([(s.platform, s.kind, s.answer) for s in said], agreement)
