"""How the people of schools stand with the policy: who has not read it, who lacks a training, what
is laid down for whom. A fixed number of queries, whatever their number."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils import timezone

from policy.models import (
    Acknowledgement,
    Restriction,
    Training,
    TrainingRequirement,
)
from policy.people import covers
from policy.rulebook import Rulebook
from policy.withholding import NEEDED
from schools.models import StaffRole, User
from schools.roles import Permission, Role, roles_with

SOON = timedelta(days=30)


@dataclass(frozen=True)
class Standing:
    """One person. `missing`: kinds of training that are asked for and not in date; `ending`: those
    asked for that end within a month, with their last day."""

    user: User
    roles: tuple[StaffRole, ...]
    has_read: bool
    missing: tuple[Training.Kind, ...]
    ending: tuple[tuple[Training.Kind, date], ...]
    restrictions: tuple[Restriction, ...]

    @property
    def is_well(self) -> bool:
        """Is nothing missing?"""
        return self.has_read and not self.missing


def standings(
    users: Sequence[User], book: Rulebook, *, seen_by: User | None = None, on: date | None = None
) -> list[Standing]:
    """Each of these people, in their order, with the roles prefetched as `roles_now`. Four queries.
    What is laid down is told only to `seen_by`, for the schools whose people they look after."""
    day, ids = on or timezone.localdate(), [user.pk for user in users]
    read = set(
        Acknowledgement.objects.filter(version=book.version, user__in=ids).values_list(
            "user_id", "covers"
        )
    )
    in_date: dict[int, dict[str, date]] = {}
    for training in Training.objects.in_date(day).filter(user__in=ids).order_by("expires_on"):
        in_date.setdefault(training.user_id, {})[training.kind] = training.expires_on
    asked: set[tuple[int, int | None]] = set(
        TrainingRequirement.objects.filter(ended_at=None).values_list("school_id", "user_id")
    )
    limits: dict[int, list[Restriction]] = {}
    for one in _laid_down(ids, seen_by, day):
        limits.setdefault(one.user_id, []).append(one)
    found = []
    for user in users:
        roles: tuple[StaffRole, ...] = tuple(getattr(user, "roles_now", ()))
        has = in_date.get(user.pk, {})
        needed = _needed(user, roles, asked, book)
        found.append(
            Standing(
                user=user,
                roles=roles,
                has_read=(user.pk, covers(user, book)) in read,
                missing=tuple(k for k in needed if k not in has),
                ending=tuple((k, has[k]) for k in needed if k in has and has[k] <= day + SOON),
                restrictions=tuple(limits.get(user.pk, ())),
            )
        )
    return found


def _laid_down(ids: list[int], seen_by: User | None, day: date) -> Iterable[Restriction]:
    if seen_by is None:
        return []
    within = seen_by.school_filter("school", Permission.STAFF_GUIDE)
    standing = Restriction.objects.in_force(day).filter(within, user__in=ids)
    return standing.select_related("school")


def _needed(
    user: User,
    roles: Sequence[StaffRole],
    asked: set[tuple[int, int | None]],
    book: Rulebook,
) -> list[Training.Kind]:
    """The trainings that are asked of this person, by a Head or for a role."""
    needed = []
    places = {role.school_id for role in roles}
    if book.terms.training_gate != "off" and any(
        school in places and who in {None, user.pk} for school, who in asked
    ):
        needed.append(Training.Kind.POSTING)
    if book.terms.role_training:
        held = {Role(role.role) for role in roles}
        for permission, kind in NEEDED.items():
            if kind not in needed and held & {Role(r) for r in roles_with(permission)}:
                needed.append(kind)
    return needed
