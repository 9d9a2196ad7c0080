"""Verbs about a version's life: signed, announced, in force at midnight, looked at again."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from audit.actions import record
from policy import rules
from policy.activating import put_in_force
from policy.models import Formality, HistoryRow, PolicyVersion, Review, ReviewReminder
from schools.actions import beat, tell
from schools.clock import day, noun
from schools.errors import NotAllowed, must
from schools.models import StaffRole, User
from schools.roles import Role

PAGE = "/policy/"


@transaction.atomic
def sign_off(*, version: PolicyVersion, by: User) -> Formality:
    """The approver's name under exactly this text (R-003). Raises `NotAllowed`."""
    now = PolicyVersion.objects.select_for_update().get(pk=version.pk)
    must(rules.may_sign(by, now))
    return _formality(now, Formality.Kind.SIGN_OFF, by, on=timezone.localdate())


@transaction.atomic
def note_formality(
    *, version: PolicyVersion, kind: str, by: User, on: date, reference: str, outcome: str = ""
) -> Formality:
    """The Board's minute (R-108) or the consultation of the unions (R-140), as it is on paper.
    Raises `NotAllowed`."""
    now = PolicyVersion.objects.select_for_update().get(pk=version.pk)
    must(rules.may_write(by, now))
    if kind == Formality.Kind.SIGN_OFF:
        raise NotAllowed("Whoever signs it off does so themselves.")
    if not reference.strip():
        raise NotAllowed("Say where it is on record.")
    if on > timezone.localdate():
        raise NotAllowed("That day is still to come.")
    said = {"reference": reference.strip(), "outcome": outcome.strip()}
    return _formality(now, Formality.Kind(kind), by, on=on, **said)


@transaction.atomic
def announce(*, version: PolicyVersion, on: date, by: User) -> None:
    """Tell all staff that it takes effect that day (R-010). Raises `NotAllowed` with the earliest
    day."""
    now = PolicyVersion.objects.select_for_update().get(pk=version.pk)
    must(rules.may_announce(by, now, on, timezone.localdate()))
    now.announced_at, now.takes_effect_on = timezone.now(), on
    now.save(update_fields=["announced_at", "takes_effect_on"])
    record("policy.announced", now, by=by, number=now.number, on=on.isoformat())
    tell(
        list(User.objects.filter(is_active=True)),
        subject=f"The policy changes on {day(on)}",
        body=f"{now.title}, version {now.number}, takes effect on {day(on)}. What changes: "
        f"{now.notes}",
        path=f"{PAGE}next/",
    )


@transaction.atomic
def take_back(*, version: PolicyVersion, by: User) -> None:
    """Take the announcement back before its day; staff are told. Raises `NotAllowed`."""
    must(rules.may_edit(by))
    taken = PolicyVersion.objects.filter(pk=version.pk, in_force_since=None)
    if not taken.exclude(announced_at=None).update(announced_at=None, takes_effect_on=None):
        raise NotAllowed("It is not announced, or it is in force already.")
    record("policy.announcement_taken_back", version, by=by, number=version.number)
    tell(
        list(User.objects.filter(is_active=True)),
        subject="The policy does not change for now",
        body=f"Version {version.number} does not take effect on the day that was named.",
        path=PAGE,
    )


def activate_due(*, at: datetime | None = None) -> int:
    """Put into force what takes effect today, from midnight UK time; returns how many."""
    today = timezone.localdate(at)
    due = PolicyVersion.objects.filter(in_force_since=None, takes_effect_on__lte=today)
    made = sum(_activate(version.pk) for version in due)
    beat("policy.activate")
    return made


@transaction.atomic
def _activate(pk: int) -> bool:
    version = PolicyVersion.objects.select_for_update().get(pk=pk)
    if version.announced_at is None or version.in_force_since is not None:
        return False
    if lacks := rules.missing(version):
        tell(
            _owners(),
            subject="The next version of the policy cannot take effect",
            body=" ".join(lacks),
            path=f"{PAGE}next/",
        )
        PolicyVersion.objects.filter(pk=pk).update(announced_at=None, takes_effect_on=None)
        record("policy.announcement_taken_back", version, by=None, number=version.number)
        return False
    signed = rules.formalities(version)[Formality.Kind.SIGN_OFF]
    version.signed_off_by = signed.by if signed else None
    version.save(update_fields=["signed_off_by"])
    HistoryRow.objects.create(
        policy=version.key,
        number=version.number,
        dated=timezone.localdate(),
        amendments=version.notes,
        author=signed.role if signed else "",
        status="Approved",
    )
    return put_in_force(version, by=None)


@transaction.atomic
def open_review(*, version: PolicyVersion, reason: str, words: str, by: User) -> Review:
    """Look at the policy again, and say why (R-139). Raises `NotAllowed`."""
    must(rules.may_edit(by))
    PolicyVersion.objects.select_for_update().get(pk=version.pk)
    if version.reviews.filter(closed_at=None).exists():
        raise NotAllowed("A review is open already.")
    made = Review.objects.create(
        version=version, reason=Review.Reason(reason), words=words.strip(), opened_by=by
    )
    record("policy.review_opened", version, by=by, review=made.pk, reason=made.reason)
    return made


@transaction.atomic
def close_review(*, review: Review, outcome: str, next_review: date, by: User) -> None:
    """What came of it, and when the next one is due. Raises `NotAllowed`."""
    must(rules.may_edit(by))
    if not outcome.strip():
        raise NotAllowed("Write what came of it.")
    if next_review <= timezone.localdate():
        raise NotAllowed("The next review is on a day to come.")
    closed = Review.objects.filter(pk=review.pk, closed_at=None).update(
        closed_at=timezone.now(), closed_by=by, outcome=outcome.strip()
    )
    if not closed:
        raise NotAllowed("It is closed already.")
    PolicyVersion.objects.filter(pk=review.version_id).update(next_review=next_review)
    record("policy.review_closed", review.version, by=by, review=review.pk)


@transaction.atomic
def remind_of_review(*, at: datetime | None = None) -> int:
    """Tell the owner and the Chief Information Officer 90 and 30 days before the review and on its
    day, each once (R-004); returns how many were told of."""
    version = PolicyVersion.objects.select_for_update().filter(in_force=True).first()
    if version is None or version.next_review is None:
        return 0
    left = (version.next_review - timezone.localdate(at)).days
    reached = [days for days in rules.REMIND_BEFORE if left <= days]
    if not reached:
        return 0
    _, is_new = ReviewReminder.objects.get_or_create(
        version=version, next_review=version.next_review, days=min(reached)
    )
    if is_new:
        verb = "was" if left < 0 else "is"
        body = f"It {verb} due on {day(version.next_review)}. Posts go on as before."
        tell(_owners(), subject=_due(left), body=body, path=PAGE)
    return int(is_new)


def _due(left: int) -> str:
    if left < 0:
        return f"The policy’s review is overdue by {noun(-left, 'day', 'days')}"
    if left == 0:
        return "The policy’s review is due today"
    return f"The policy’s review is due in {noun(left, 'day', 'days')}"


def _owners() -> list[User]:
    roles = StaffRole.objects.in_force().filter(role__in=[Role.CEO, Role.CIO], school=None)
    return list(User.objects.filter(is_active=True, pk__in=roles.values("user_id")))


def _formality(
    version: PolicyVersion, kind: Formality.Kind, by: User, *, on: date, **said: str
) -> Formality:
    made = Formality.objects.create(
        version=version,
        kind=kind,
        by=by,
        role=by.role_line() or "no role",
        on=on,
        digest=rules.digest(version),
        **said,
    )
    record("policy.formality", version, by=by, kind=kind.value, digest=made.digest)
    return made
