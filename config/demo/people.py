"""The demo's staff and the policy: who has read it, who is trained, what is laid down for whom."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from config.demo.trust import DemoTrust
from policy import linkedin
from policy.acknowledging import acknowledge, show_notice
from policy.asked import asked_of
from policy.models import Training
from policy.restricting import restrict
from policy.rulebook import Rulebook
from policy.training import record_training
from schools.models import User
from schools.people import change_person
from schools.roles import Role

# One who was told and has not read it yet; one who has never been in.
_READS_LATER, _NEVER_IN = "Nell Bright", "Clement Archer"
_KEEPS_RECORDS = frozenset({Role.CONSENT_ADMIN})
_LOOKS_INTO = frozenset({Role.CIO, Role.CEO, Role.CHRO})


def first_morning(trust: DemoTrust) -> None:
    """Everybody is told, reads the policy, and is trained for their role."""
    book = Rulebook.in_force()
    for name, user in trust.people.items():
        if name == _NEVER_IN:
            continue
        show_notice(to=user)
        if name != _READS_LATER:
            acknowledge(by=user, seen=asked_of(user, book).digest)
    hr, cio = trust.people["Harriet Boyd"], trust.people["Cara Lindqvist"]
    change_person(
        user=trust.people[_READS_LATER],
        by=cio,
        category=User.Category.AGENCY,
        manager=trust.people["Hana Okafor"],
        ends_on=None,
    )
    for name, user in trust.people.items():
        held = {role.role for role in user.roles.all()}
        by = cio if user == hr else hr
        if held & _KEEPS_RECORDS:
            _trained(user, Training.Kind.RECORDS, by, days=110 if name == "Bronagh Kelly" else 700)
        if held & _LOOKS_INTO:
            _trained(user, Training.Kind.INVESTIGATING, by, days=700)


def lately(trust: DemoTrust) -> None:
    """What stands today: a limit for one person, and two questions about LinkedIn."""
    people = trust.people
    restrict(
        user=people[_READS_LATER],
        school=trust.schools["oak"],
        by=people["Hana Okafor"],
        platforms=["news", "facebook"],
        may_schedule=False,
        extra_approver=people["Marcus Bell"],
        until=timezone.localdate() + timedelta(days=40),
        reason="While you learn the ropes. We look at it together before the spring term.",
    )
    granted = linkedin.ask(by=people["Tessa Marlow"])
    linkedin.decide(asked=granted, granted=True, by=people["Harriet Boyd"])
    linkedin.ask(by=people["Priya Nair"])


def _trained(user: User, kind: Training.Kind, by: User, *, days: int) -> None:
    today = timezone.localdate()
    record_training(
        user=user,
        kind=kind,
        provider="Three Trees Trust, data protection",
        done_on=today,
        expires_on=today + timedelta(days=days),
        by=by,
    )
