"""The gate. Every path to publishing ends here, just before the call; nothing else lets one out."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from approvals import rules as approvals
from policy.findings import Finding
from policy.models import ChannelGrant
from policy.rulebook import NoPolicyInForce
from posts.checks import Verdict, check
from publishing import relying
from publishing.models import Delivery
from schools.models import User
from schools.roles import Permission


@dataclass
class Gate:
    """The gate's answer, with the evidence the snapshot keeps."""

    findings: list[Finding]
    verdict: Verdict | None = None

    @property
    def is_open(self) -> bool:
        """May it be sent now?"""
        return not self.findings and self.verdict is not None

    @property
    def waits(self) -> bool:
        """Is a Stop all that stands in the way? Then a Head can still let it go on."""
        return bool(self.findings) and all(f.rule == "stopped" for f in self.findings)

    @property
    def sentence(self) -> str:
        """Why not, for author and Head."""
        return " ".join(f.message for f in self.findings) or "No policy is in force."


def gate(delivery: Delivery, *, at: datetime, by: User | None = None) -> Gate:
    """May exactly this go to exactly this channel now? Reads everything afresh.

    `by` is the person posting by hand; without one GoLive sends for the Head who approved.
    """
    try:
        verdict = check(delivery.post, at=at)
    except NoPolicyInForce:
        return Gate([])
    book, channel = verdict.case.book, delivery.channel
    channel.refresh_from_db()
    found = approvals.approval_holds(delivery.submission, channel, verdict)
    found += approvals.in_time_to_send(
        delivery.due_at, by_hand=not channel.is_automatic, book=book, at=at
    )
    if at < delivery.due_at:
        found.append(book.finding("in_time", "Its time has not come yet."))
    if not channel.is_active or channel.paused_at is not None:
        found.append(
            book.finding("channel_open", f"{channel.platform.name} is paused or no longer used.")
        )
    if by is not None and not may_release(by, delivery):
        found.append(
            book.finding("authorised_user", "Only an authorised user of this account posts to it.")
        )
    found += verdict.blockers_on(channel)
    return Gate(found, verdict)


def may_release(user: User, delivery: Delivery) -> bool:
    """Is this person an authorised user of that very account, today (R-079)? No grant: no."""
    if not user.may(Permission.POST_RELEASE, delivery.post.school_id):
        return False
    return ChannelGrant.objects.in_force().filter(channel=delivery.channel_id, user=user).exists()


# Head, authorised user and safeguarding lead take posts down.
TAKES_DOWN = (Permission.POST_APPROVE, Permission.POST_RELEASE, Permission.HOLD_SET)


def may_take_down(user: User, delivery: Delivery) -> bool:
    """Is this one of them, at the school of the post?"""
    return any(user.may(permission, delivery.post.school_id) for permission in TAKES_DOWN)


_PERSONAL = frozenset(
    {
        "photo_permission",
        "work_permission",
        "name_permission",
        "adult_permission",
        "colleague_permission",
    }
)


# The permissions a delivery needs and lacks. None: the post as it stands is refused for one.
Lost = list[relying.Need] | None


def missing(deliveries: Collection[Delivery], *, on: date | None = None) -> dict[int, Lost]:
    """What each of those lacks that show or name somebody, or a pupil's work, without a permission
    for their channel today (P6), or on a day when they were there already. Nothing stands here of
    those that lack none.

    What is or may be live, or was, is judged as it was sent, by the permissions noted before the
    call: two queries for all of them. What has not been sent is judged as its post stands: a whole
    check each. With no policy in force nothing unsent is among them; the gate refuses it anyway.
    """
    sent = [(row, needs) for row in deliveries if (needs := relying.sent_with(row)) is not None]
    lost: dict[int, Lost] = {}
    lost |= relying.unmet(sent, on=on) if sent else {}
    unsent = {row.pk for row in deliveries} - {row.pk for row, _ in sent}
    return lost | {row.pk: None for row in deliveries if row.pk in unsent and _is_refused(row)}


def _is_refused(delivery: Delivery) -> bool:
    try:
        verdict = check(delivery.post)
    except NoPolicyInForce:
        return False
    return any(f.rule in _PERSONAL and f.concerns(delivery.channel_id) for f in verdict.findings)
