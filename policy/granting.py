"""Verbs: somebody may use an account of a school, by a manager's express consent (R-122) or as one
of its authorised users (R-079); and no longer."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils import timezone

from audit.actions import record
from policy import guiding
from policy.models import Channel, ChannelGrant
from policy.rulebook import Rulebook
from schools.errors import NotAllowed, must
from schools.models import User


@transaction.atomic
def consent_to_use(
    *, channel: Channel, user: User, by: User, ends: date | None = None
) -> ChannelGrant:
    """Who, which account, which manager, from today until a day. Raises `NotAllowed`."""
    must(guiding.may_consent_to_use(by, user, channel, Rulebook.in_force()))
    if ends is not None and ends < timezone.localdate():
        raise NotAllowed("The last day has passed. Choose today or a later day.")
    if ChannelGrant.objects.in_force().filter(channel=channel, user=user).exists():
        raise NotAllowed(f"{user.name} may use this account already.")
    made = ChannelGrant.objects.create(channel=channel, user=user, granted_by=by, ends=ends)
    record("channel.granted", channel, by=by, user=user.pk, until=str(ends) if ends else None)
    return made


@transaction.atomic
def end_use(*, grant: ChannelGrant, by: User) -> None:
    """No longer, at once. Raises `NotAllowed`."""
    must(guiding.may_consent_to_use(by, grant.user, grant.channel, Rulebook.in_force()))
    record("channel.grant_ended", grant.channel, by=by, user=grant.user_id)
    grant.delete()
