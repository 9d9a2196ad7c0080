"""Verbs about naming the trust on one's LinkedIn profile: ask, grant, refuse, end (R-047)."""

from __future__ import annotations

from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from audit.actions import record
from policy import guiding
from policy.models.people import LinkedInPermission
from policy.rulebook import Rulebook
from schools.actions import tell
from schools.errors import NotAllowed, must
from schools.models import StaffRole, User

State = LinkedInPermission.State
_SAID = {
    State.GRANTED: "Your LinkedIn profile may say where you work.",
    State.REFUSED: "Your LinkedIn profile may not say where you work. HR can tell you why.",
    State.ENDED: "From now on your LinkedIn profile may not say where you work.",
}


@transaction.atomic
def ask(*, by: User) -> LinkedInPermission:
    """Ask HR. Raises `NotAllowed` where the policy knows no such permission, or when it was asked
    for already."""
    book = Rulebook.in_force()
    must(guiding.may_ask_for_linkedin(by, book))
    try:
        with transaction.atomic():
            made = LinkedInPermission.objects.create(user=by)
    except IntegrityError as error:
        raise NotAllowed("You have asked for it already.") from error
    record("linkedin.asked", made, by=by)
    roles = StaffRole.objects.in_force().filter(role__in=book.terms.linkedin_exception)
    tell(
        list(User.objects.here().filter(pk__in=roles.values("user")).exclude(pk=by.pk)),
        subject="Somebody asks about their LinkedIn profile",
        body=f"{by.name} asks if their LinkedIn profile may say where they work.",
        path=reverse("policy:linkedin"),
    )
    return made


@transaction.atomic
def decide(*, asked: LinkedInPermission, granted: bool, by: User) -> None:
    """Grant or refuse what was asked. Raises `NotAllowed`."""
    _move(asked, State.ASKED, State.GRANTED if granted else State.REFUSED, by)


@transaction.atomic
def end(*, permission: LinkedInPermission, by: User) -> None:
    """What was granted counts no longer. Raises `NotAllowed`."""
    _move(permission, State.GRANTED, State.ENDED, by)


def _move(asked: LinkedInPermission, of: str, to: State, by: User) -> None:
    must(guiding.may_decide_linkedin(by, asked, Rulebook.in_force()))
    moved = LinkedInPermission.objects.filter(pk=asked.pk, state=of).update(
        state=to, decided_at=timezone.now(), decided_by=by
    )
    if not moved:
        raise NotAllowed("Somebody else has answered already. Here is how it stands now.")
    asked.state = to
    record(f"linkedin.{to.value}", asked, by=by, user=asked.user_id)
    tell(
        [asked.user],
        subject="About your LinkedIn profile",
        body=_SAID[to],
        path=reverse("policy:own"),
    )
