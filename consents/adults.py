"""Verbs about grown-ups who may be pictured, filmed or named (R-107)."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date

from django.db import transaction
from django.utils import timezone

from audit.actions import record
from consents.actions import Said, record_many
from consents.asking import must_record
from consents.errors import NotAllowed
from consents.models import ADULT_KINDS, Adult, AdultLink, Answer, ConsentDecision, Way
from policy.models import Platform
from schools.models import School, User
from schools.roles import Permission


@transaction.atomic
def add_adult(*, school: School, name: str, kind: str, by: User, email: str = "") -> Adult:
    """Somebody grown up who may be pictured, once their permission is recorded."""
    if not by.may(Permission.CHILD_PICK, school):
        raise NotAllowed("Only staff of this school add people to it.")
    if not name.strip():
        raise NotAllowed("Write the person’s name.")
    adult = Adult.objects.create(
        school=school, name=" ".join(name.split()), kind=kind, email=email.strip()
    )
    record("adult.added", adult, by=by)
    return adult


@transaction.atomic
def keep_address(*, adult: Adult, email: str, by: User) -> None:
    """Where mail reaches them. Links that went to another address open no more."""
    must_record(by, adult.school_id)
    if adult.email == email.strip():
        return
    adult.email = email.strip()
    adult.save(update_fields=["email"])
    AdultLink.objects.working().filter(adult=adult).update(revoked_at=timezone.now())
    record("adult.address_kept", adult, by=by)


@transaction.atomic
def leaves(*, adult: Adult, on: date, by: User) -> None:
    """From that day on nothing they said counts as a yes, and their links only take things back."""
    must_record(by, adult.school_id)
    adult.left_on = on
    adult.save(update_fields=["left_on"])
    record("adult.leaves", adult, by=by, on=on.isoformat())


@transaction.atomic
def returns(*, adult: Adult, by: User) -> None:
    """They are here again, and are asked again: what they said before does not come back."""
    must_record(by, adult.school_id)
    if adult.left_on is None:
        raise NotAllowed(f"{adult.name} has not left.")
    today = timezone.localdate()
    # Who was only going to leave has been here all the time.
    adult.returned_on = today if adult.left_on <= today else adult.returned_on
    adult.left_on = None
    adult.save(update_fields=["left_on", "returned_on"])
    record("adult.returned", adult, by=by)


def withdraw_adult(
    *,
    adult: Adult,
    by: User,
    platforms: Iterable[Platform] | None = None,
    kinds: Collection[str] | None = None,
    way: str = Way.PHONE,
) -> list[ConsentDecision]:
    """An adult takes back every yes that stands, or that for some platforms or kinds. At once."""
    said = standing_yeses(adult, platforms, kinds)
    if not said:
        raise NotAllowed("There is nothing to withdraw: no yes stands here.")
    return record_many(said=said, adult=adult, way=way, by=by)


def standing_yeses(
    adult: Adult,
    platforms: Iterable[Platform] | None = None,
    kinds: Collection[str] | None = None,
) -> list[Said]:
    """The withdrawals of what they last said yes to."""
    where = None if platforms is None else {p.pk for p in platforms}
    return [
        Said(row.platform, row.kind, Answer.WITHDRAWN)
        for row in last_words(adult).values()
        if row.answer == Answer.YES
        and (where is None or row.platform_id in where)
        and (kinds is None or row.kind in kinds)
    ]


def last_words(adult: Adult) -> dict[tuple[int, str], ConsentDecision]:
    """What they last said, by (platform, kind)."""
    rows = adult.decisions.select_related("platform").filter(kind__in=ADULT_KINDS)
    latest: dict[tuple[int, str], ConsentDecision] = {}
    for row in rows.order_by("-given_at", "-pk"):
        latest.setdefault((row.platform_id, row.kind), row)
    return latest
