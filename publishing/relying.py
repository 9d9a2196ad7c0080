"""Whose permission a delivery needs, and whether it still stands.

What is there, or may be, is judged by what was sent: its author may have taken the post back since
and shown other people in it. The snapshot that was stored before the call says who it was.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime
from typing import NamedTuple

from django.db.models import Q

from consents.models import NAME_KINDS, Kind
from consents.rules import Permissions, adult_permissions, permissions_by_purpose
from posts.models import Appearance, Mention
from publishing.lifecycle import HAS_IT
from publishing.models import Delivery, ReliedOn, Snapshot


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
        if self.kind in NAME_KINDS:
            return children.permits_name(child, platform, self.kind)
        return children.permits(child, platform, self.kind)


def sent_with(delivery: Delivery) -> list[Need] | None:
    """What was relied on when it was sent. None: nothing has been sent. Reads `snapshots`, which
    may have been fetched beforehand."""
    if delivery.state not in HAS_IT:
        return None
    stored = _stored(delivery)
    if stored is None:
        return None
    return [Need(row.get("child"), row.get("adult"), row["kind"]) for row in stored.permissions]


def decisions_on(delivery: Delivery) -> dict[tuple[int, str], frozenset[int]]:
    """By child and kind, the ids of the decisions that permitted it as it was sent. Reads
    `snapshots`, which may have been fetched beforehand."""
    found: dict[tuple[int, str], frozenset[int]] = {}
    stored = _stored(delivery)
    for row in stored.permissions if stored else []:
        if row.get("child"):
            which = (row["child"], row["kind"])
            found[which] = found.get(which, frozenset()) | {row["decision"]}
    return found


def noted_at(delivery: Delivery) -> datetime | None:
    """When that was written down, just before the call. None: nothing has been sent."""
    stored = _stored(delivery)
    return stored.at if stored else None


def _stored(delivery: Delivery) -> Snapshot | None:
    return max(delivery.snapshots.all(), key=lambda one: (one.at, one.pk), default=None)


def sent_about(children: Collection[int], adults: Collection[int]) -> Q:
    """Deliveries that were sent with a permission of any of these people, whatever has become of
    their posts since. Which of them still counts, `sent_with` says."""
    them = ReliedOn.objects.filter(Q(child__in=children) | Q(adult__in=adults))
    return Q(pk__in=them.values("delivery"))


class People(NamedTuple):
    """Ids of the children and adults whom a delivery shows or names."""

    children: set[int]
    adults: set[int]


def people_of(delivery: Delivery) -> People:
    """Of one: as it was sent and as the post stands."""
    return people_of_all([delivery])[delivery.pk]


def people_of_all(deliveries: Collection[Delivery]) -> dict[int, People]:
    """The same of many, by the delivery's id. Two queries, and `snapshots` where they have not been
    fetched beforehand."""
    found = {row.post_id: People(set(), set()) for row in deliveries}
    shown = Appearance.objects.filter(picture__post__in=found)
    for post, child, adult in shown.values_list("picture__post", "child", "adult"):
        _add(found[post], child, adult)
    named = Mention.objects.filter(post__in=found).values_list("post", "child")
    for post, child in named:
        _add(found[post], child, None)
    return {row.pk: _with_what_was_sent(found[row.post_id], row) for row in deliveries}


def _with_what_was_sent(now: People, delivery: Delivery) -> People:
    people = People(set(now.children), set(now.adults))
    for need in sent_with(delivery) or []:
        _add(people, need.child, need.adult)
    return people


def _add(people: People, child: int | None, adult: int | None) -> None:
    if child:
        people.children.add(child)
    if adult:
        people.adults.add(adult)


def unmet(
    sent: Collection[tuple[Delivery, list[Need]]], *, on: date | None = None
) -> dict[int, list[Need]]:
    """By the id of the delivery, what does not stand on its channel, for the purpose it was sent
    for, on a day (default today). Two queries, however many they are; reads `channel` and
    `submission`."""
    platforms = {row.channel.platform_id for row, _ in sent}
    needs = [need for _, each in sent for need in each]
    children = permissions_by_purpose(
        {need.child for need in needs if need.child},
        platforms,
        Kind.values,
        {purpose_of(row) for row, _ in sent},
        on=on,
    )
    adults = adult_permissions({need.adult for need in needs if need.adult}, platforms, on=on)
    found: dict[int, list[Need]] = {}
    for row, each in sent:
        said, platform = children[purpose_of(row)], row.channel.platform_id
        lost = [need for need in each if not need.is_met(platform, said, adults)]
        if lost:
            found[row.pk] = lost
    return found


def purpose_of(delivery: Delivery) -> str | None:
    """What the post was for when it was sent to the Head: a key of the policy. Reads
    `submission`."""
    return delivery.submission.content.get("purpose") or None
