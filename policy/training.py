"""Verbs about training: record one, strike one out, ask for it first, no longer ask."""

from __future__ import annotations

from datetime import date

from django.db import IntegrityError, transaction
from django.utils import timezone

from audit.actions import record
from policy import guiding
from policy.models.people import Training, TrainingRequirement
from schools.errors import NotAllowed, must
from schools.models import School, User
from schools.roles import Permission


@transaction.atomic
def record_training(
    *,
    user: User,
    kind: str,
    provider: str,
    done_on: date,
    expires_on: date,
    by: User | None,
) -> Training:
    """Keep a training somebody had. `by=None` is the installation itself, as in `grant_role`.
    Raises `NotAllowed`."""
    must([] if by is None else guiding.may_record_training(by, user))
    must(_dates(done_on, expires_on))
    if not provider.strip():
        raise NotAllowed("Say who gave the training.")
    made = Training.objects.create(
        user=user,
        kind=kind,
        provider=provider.strip()[:120],
        done_on=done_on,
        expires_on=expires_on,
        recorded_by=by,
    )
    record("training.recorded", made, by=by, user=user.pk, kind=kind, until=str(expires_on))
    return made


@transaction.atomic
def strike_out(*, training: Training, by: User) -> bool:
    """It was recorded by mistake, and counts no longer; False when it was struck out already.
    Raises `NotAllowed`."""
    must(guiding.may_record_training(by, training.user))
    struck = Training.objects.filter(pk=training.pk, struck_at=None).update(
        struck_at=timezone.now(), struck_by=by
    )
    if struck:
        record("training.struck_out", training, by=by, user=training.user_id)
    return bool(struck)


@transaction.atomic
def require_training(*, school: School, user: User | None, by: User) -> TrainingRequirement | None:
    """From now on nobody of the school, or not this person, drafts there without training in date
    (R-056); None when it was asked for already. Raises `NotAllowed`."""
    must(_may_require(by, school, user))
    try:
        with transaction.atomic():
            made = TrainingRequirement.objects.create(school=school, user=user, set_by=by)
    except IntegrityError:
        return None
    record("training.required", made, by=by, school_id=school.pk, user=user.pk if user else None)
    return made


@transaction.atomic
def no_longer_require(*, requirement: TrainingRequirement, by: User) -> bool:
    """Ends it; False when it had ended already. Raises `NotAllowed`."""
    must(_may_require(by, requirement.school, requirement.user))
    ended = TrainingRequirement.objects.filter(pk=requirement.pk, ended_at=None).update(
        ended_at=timezone.now(), ended_by=by
    )
    if ended:
        record("training.no_longer_required", requirement, by=by, user=requirement.user_id)
    return bool(ended)


def _may_require(by: User, school: School, user: User | None) -> list[str]:
    if user is not None:
        return guiding.may_restrict(by, user, school)
    may = by.may(Permission.STAFF_RESTRICT, school)
    return [] if may else ["Only a Head of this school can ask for training first."]


def _dates(done_on: date, expires_on: date) -> list[str]:
    found = []
    if done_on > timezone.localdate():
        found.append("A training is recorded once it was held.")
    if expires_on < done_on:
        found.append("It cannot expire before it was held.")
    return found
