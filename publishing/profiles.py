"""The yearly look at the profile of each account (R-094), where the policy in force asks for it."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Max, QuerySet
from django.urls import reverse
from django.utils import timezone

from audit.actions import record
from audit.models import Event
from policy.models import Channel
from policy.rulebook import NoPolicyInForce, Rulebook
from posts.errors import NotPossible
from publishing.models import ProfileReview
from schools.actions import tell
from schools.models import School, User
from schools.roles import Permission

RULE = "professional"
EVERY = timedelta(days=365)
# Whoever was told of an account is told again after so long.
AGAIN = timedelta(days=30)
# What is true of a profile that fits the school; whoever looks says each.
LINES = {
    "about": "Its name, its picture and what it says about us are right and up to date.",
    "contact": "The address, the telephone number and the links on it lead to the school.",
    "posts": "What stands on it fits what parents and colleagues may expect of a school.",
    "company": "Nobody it follows or recommends would look wrong beside our name.",
    "doors": "Only people who post to it today can get in.",
}


def is_asked(book: Rulebook, channel: Channel) -> bool:
    """Does the policy ask for a look at this account? Our own news page has no profile."""
    in_use = channel.is_active and not channel.platform.is_retired
    return in_use and channel.way != Channel.Way.NEWS_PAGE and book.is_on(RULE)


def is_due(last: ProfileReview | None, *, at: datetime | None = None) -> bool:
    """Was it never looked at, or a year ago?"""
    return last is None or last.at <= (at or timezone.now()) - EVERY


def due(channels: QuerySet[Channel], *, at: datetime | None = None) -> list[Channel]:
    """Those whose profile is to be looked at. Three queries at most, none without a policy."""
    try:
        book = Rulebook.in_force()
    except NoPolicyInForce:
        return []
    moment = at or timezone.now()
    rows = channels.select_related("platform", "school").annotate(seen=Max("profile_reviews__at"))
    return [c for c in rows if is_asked(book, c) and (c.seen is None or c.seen <= moment - EVERY)]


@transaction.atomic
def review(
    *, channel: Channel, said: Collection[str], note: str = "", by: User, at: datetime | None = None
) -> ProfileReview:
    """Keep that somebody looked. Raises `NotPossible` unless every line was said, because what is
    not right is put right on the platform first."""
    if not by.may(Permission.CHANNEL_CONNECT, channel.school_id):
        raise NotPossible("Only whoever looks after channels can do this.")
    if not set(LINES) <= set(said):
        raise NotPossible(
            "Tick each line once it is true. What is not right yet is put right on the platform."
        )
    made = ProfileReview.objects.create(
        channel=channel, by=by, note=note.strip()[:500], at=at or timezone.now()
    )
    record("channel.profile_reviewed", channel, by=by, review=made.pk)
    return made


@transaction.atomic
def remind_due(*, at: datetime | None = None) -> int:
    """Tell whoever looks after a school’s channels of the profiles that are due, each once in
    thirty days; returns of how many accounts they were told."""
    moment = at or timezone.now()
    lately = Event.objects.filter(verb="channel.profile_asked", at__gt=moment - AGAIN).values_list(
        "subject_id"
    )
    told = {pk for (pk,) in lately}
    found = [c for c in due(Channel.objects.order_by("pk"), at=moment) if c.pk not in told]
    for school in {c.school_id: c.school for c in found}.values():
        _tell(school, [c for c in found if c.school_id == school.pk])
    return len(found)


def _tell(school: School, channels: Iterable[Channel]) -> None:
    lines = []
    for channel in channels:
        lines.append(f"– {channel}")
        record("channel.profile_asked", channel, by=None)
    tell(
        list(User.objects.who_may(Permission.CHANNEL_CONNECT, school)),
        subject=f"{school.short_name}: look at the profiles of your accounts",
        body="Once a year somebody looks at how each account presents the school. It is time "
        "for:\n" + "\n".join(lines),
        path=reverse("publishing:channels"),
    )
