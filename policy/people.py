"""What the policy asks of people before they draft, submit or approve. Questions only.

When each is asked, and why:

- *Acknowledged* and *trained* are asked of whoever acts, at the moment they act: of the author
  while the post is theirs to change and when it is submitted, of the Head when deciding. They are
  not asked again just before sending: what was written and approved rightly is not undone because
  a new version came into force at midnight, or because a date passed.
- A manager's consent to *use an account* is asked for drafting and until the post is decided. What
  is approved goes out: another policy that asks for consent stops nothing that was decided before.
- A *restriction* is a Head's decision about this person now, so it counts from the moment it is
  made until the post has gone: at submit, at approve, and in the worker. The same holds for the
  author's role at the school.
- A Head's approval stands when the Head later leaves: it was given by somebody entitled, and
  another Head can press Stop.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import CharField, DateField, IntegerField, Q
from django.utils import timezone

from policy.findings import Finding
from policy.models import (
    Acknowledgement,
    Channel,
    ChannelGrant,
    NoticeShown,
    Restriction,
    Training,
    TrainingRequirement,
)
from policy.rulebook import Rulebook
from schools.clock import day as said_day
from schools.models import User
from schools.statements import Statement, given

Covers = Acknowledgement.Covers

# Asked in every check and on most pages.
_USER: Any = given("user", IntegerField)
_SCHOOL: Any = given("school", IntegerField)
_said = Statement(
    lambda: Acknowledgement.objects.filter(
        user=_USER, version=given("version", IntegerField), covers=given("covers", CharField)
    ).values_list("pk")[:1]
)
_required = Statement(
    lambda: TrainingRequirement.objects.filter(
        Q(user=None) | Q(user=_USER), school=_SCHOOL, ended_at=None
    ).values_list("pk")[:1]
)
_restricted = Statement(
    lambda: (
        Restriction.objects.in_force(given("day", DateField))
        .filter(user=_USER, school=_SCHOOL)
        .select_related("extra_approver", "set_by")[:1]
    )
)


def covers(user: User, book: Rulebook) -> Covers:
    """Is this person asked for the policy, or only for what everybody with an account is asked
    (R-020, R-117)?"""
    covered = User.Category(user.category) in book.terms.covered_people
    return Covers.POLICY if covered else Covers.TERMS


def has_acknowledged(user: User, book: Rulebook) -> bool:
    """Has this person acknowledged the version in force (R-030)? One query."""
    said = _said.tuples(user=user.pk, version=book.version.pk, covers=covers(user, book).value)
    return bool(said)


def was_told(user: User, book: Rulebook) -> bool:
    """Was this person shown what is recorded and looked at, in this version (R-049)? One query."""
    return NoticeShown.objects.filter(user=user, version=book.version).exists()


def must_acknowledge(user: User, book: Rulebook, *, to: User | None = None) -> list[Finding]:
    """Nobody drafts, submits or approves before they acknowledged the version in force. `to`: who
    reads the sentence. One query."""
    if has_acknowledged(user, book):
        return []
    what = book.version.short() if covers(user, book) == Covers.POLICY else "what GoLive asks"
    who = "You have" if user == to else f"{user.name} has"
    they = "you" if user == to else "they"
    message = f"{who} not said yet that {they} read {what}. It takes a few minutes."
    return [book.finding("acknowledged", message, subject=f"{user.pk}")]


def training_required(user: User, school_id: int, book: Rulebook) -> bool:
    """Does a Head ask for training before this person drafts here? One query at most."""
    if book.terms.training_gate == "off":
        return False
    return bool(_required.tuples(user=user.pk, school=school_id))


def must_be_trained(
    user: User,
    school_id: int,
    book: Rulebook,
    *,
    to: User | None = None,
    on: date | None = None,
) -> list[Finding]:
    """Where training is required first, it is in date on that day (default today; R-056). Three
    queries at most."""
    if not training_required(user, school_id, book):
        return []
    mine = Training.objects.filter(user=user, kind=Training.Kind.POSTING, struck_at=None)
    if mine.in_date(on).exists():
        return []
    who = "You need" if user == to else f"{user.name} needs"
    message = f"{who} the training “{Training.Kind.POSTING.label}” first"
    last, when = mine.order_by("-expires_on").first(), on or timezone.localdate()
    if last is not None and last.expires_on < when:
        message += f": the last one ended on {said_day(last.expires_on)}"
    return [book.finding("training", f"{message}.", subject=f"{user.pk}")]


def may_draft(
    user: User,
    school_id: int,
    *,
    book: Rulebook | None = None,
    to: User | None = None,
    on: date | None = None,
) -> list[Finding]:
    """What stands between this person and drafting or submitting at this school. Empty: nothing.
    Their role is asked elsewhere."""
    book = book or Rulebook.in_force()
    return must_acknowledge(user, book, to=to) + must_be_trained(
        user, school_id, book, to=to, on=on
    )


@dataclass(frozen=True)
class Openness:
    """Which accounts and kinds of post are open to one author at one school. `granted`: the
    accounts whose use was consented to; None where the policy does not ask for that (R-122)."""

    author: User
    restriction: Restriction | None
    granted: Collection[int] | None

    def is_open(self, channel: Channel) -> bool:
        """May this author post there? Unknown is no."""
        return not self.is_restricted(channel) and self.is_granted(channel)

    def is_restricted(self, channel: Channel) -> bool:
        """Did a Head close this platform to them (R-057)?"""
        return self.restriction is not None and not self.restriction.allows_platform(
            channel.platform.key
        )

    def is_granted(self, channel: Channel) -> bool:
        """Where the policy asks for a manager's consent: is there one, today (R-122)?"""
        return self.granted is None or channel.pk in self.granted

    @property
    def may_schedule(self) -> bool:
        """May they choose a time?"""
        return self.restriction is None or self.restriction.may_schedule

    def allows_purpose(self, key: str) -> bool:
        """May they write this kind of post?"""
        return self.restriction is None or self.restriction.allows_purpose(key)

    @property
    def extra_approver(self) -> User | None:
        """Who must say yes as well."""
        return self.restriction.extra_approver if self.restriction else None


def openness(author: User, school_id: int, book: Rulebook, *, on: date | None = None) -> Openness:
    """What is open to this author there on a day (default today). Two queries at most."""
    day = on or timezone.localdate()
    restriction = next(iter(_restricted.objects(user=author.pk, school=school_id, day=day)), None)
    granted = None
    if book.terms.account_use == "manager_consent":
        grants = ChannelGrant.objects.in_force(day).filter(user=author, granted_by__isnull=False)
        granted = frozenset(grants.values_list("channel_id", flat=True))
    return Openness(author, restriction, granted)
