"""Whose permission a delivery needs, and whether it still stands.

What is there, or may be, is judged by what was sent: its author may have taken the post back since
and shown other people in it. The snapshot that was stored before the call says who it was.
"""

from __future__ import annotations

from typing import NamedTuple

from consents.models import Kind
from consents.rules import Permissions, adult_permissions, permissions
from posts.models import Appearance, Mention
from publishing.lifecycle import HAS_IT
from publishing.models import Delivery

_NAMES = frozenset({Kind.FIRST_NAME.value, Kind.FULL_NAME.value})


class Need(NamedTuple):
    """A permission of a child or of an adult, of one kind, that a delivery relies on."""

    child: int | None
    adult: int | None
    kind: str

    def is_met(self, platform: int, children: Permissions, adults: Permissions) -> bool:
        """Does it stand on this platform?"""
        if self.adult is not None:
            return adults.permits(self.adult, platform, self.kind)
        child = self.child or 0
        if self.kind in _NAMES:
            return children.permits_name(child, platform, self.kind)
        return children.permits(child, platform, self.kind)


def sent_with(delivery: Delivery) -> list[Need] | None:
    """What was relied on when it was sent. None: nothing has been sent. Reads `snapshots`, which
    may have been fetched beforehand."""
    if delivery.state not in HAS_IT:
        return None
    stored = max(delivery.snapshots.all(), key=lambda one: (one.at, one.pk), default=None)
    if stored is None:
        return None
    return [Need(row.get("child"), row.get("adult"), row["kind"]) for row in stored.permissions]


def people_of(delivery: Delivery) -> tuple[set[int], set[int]]:
    """The children and the adults it shows or names, as it was sent and as the post stands."""
    shown = Appearance.objects.filter(picture__post=delivery.post_id)
    rows = shown.values_list("child_id", "adult_id")
    children = {child for child, _ in rows if child}
    adults = {adult for _, adult in rows if adult}
    children |= set(
        Mention.objects.filter(post=delivery.post_id).values_list("child_id", flat=True)
    )
    sent = sent_with(delivery) or []
    children |= {need.child for need in sent if need.child}
    adults |= {need.adult for need in sent if need.adult}
    return children, adults


def is_met(delivery: Delivery, needs: list[Need]) -> bool:
    """Does everything still stand on the channel of this delivery, for the purpose it was sent
    for? Two queries."""
    platform = delivery.channel.platform_id
    children = permissions(
        {need.child for need in needs if need.child},
        [platform],
        Kind.values,
        purpose=delivery.submission.content.get("purpose") or None,
    )
    adults = adult_permissions({need.adult for need in needs if need.adult}, [platform])
    return all(need.is_met(platform, children, adults) for need in needs)
