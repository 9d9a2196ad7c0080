"""Verbs about channels: add, connect, pause, say who may release."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from audit.actions import record
from policy.models import Channel, ChannelGrant
from posts.errors import NotPossible, SomebodyWasFaster
from publishing.models import Connection
from publishing.platforms import platform_for
from publishing.platforms.shape import Account, AccountFacts
from schools.models import User
from schools.roles import Permission


@transaction.atomic
def add_channel(*, channel: Channel, by: User) -> Channel:
    """Keep a new channel, with history."""
    _must_connect(by, channel)
    must_be_a_roles(channel.mailbox)
    channel.save()
    record("channel.added", channel, by=by, platform=channel.platform.key, way=channel.way)
    return channel


@transaction.atomic
def register(*, channel: Channel, mailbox: str, by: User) -> None:
    """Record the role mailbox with which this account is registered on its platform (R-046).
    Raises `NotPossible` for a mailbox of one person."""
    _must_connect(by, channel)
    must_be_a_roles(mailbox)
    channel.mailbox = mailbox
    channel.save(update_fields=["mailbox"])
    record("channel.registered", channel, by=by)


def must_be_a_roles(mailbox: str) -> None:
    """An account that hangs on one person's mailbox is lost when they leave, and nobody signs up to
    social media with their own work e-mail. Raises `NotPossible`."""
    if mailbox and User.objects.filter(email__iexact=mailbox).exists():
        raise NotPossible(
            "This is the mailbox of one person. Register the account with one that belongs to a "
            "role, for example news@ or office@, so that it stays when people leave."
        )


def connect(
    *, channel: Channel, base_url: str, username: str, secret: str, by: User
) -> AccountFacts:
    """Try the credentials and keep them if they work. What did not work is said, not kept."""
    _must_connect(by, channel)
    account = Account(base_url=base_url, username=username, secret=secret)
    facts = platform_for(channel.way).test(account)
    if facts.ok:
        with transaction.atomic():
            Connection.objects.update_or_create(
                channel=channel,
                defaults={
                    "base_url": base_url,
                    "username": username,
                    "secret": secret,
                    "connected_by": by,
                    "connected_at": timezone.now(),
                    "checked_at": timezone.now(),
                    "health": "",
                },
            )
            record("channel.connected", channel, by=by)
    return facts


@transaction.atomic
def disconnect(*, channel: Channel, by: User) -> None:
    """Forget the credentials; nothing is sent there until somebody connects it again."""
    _must_connect(by, channel)
    gone, _ = Connection.objects.filter(channel=channel).delete()
    if gone:
        record("channel.disconnected", channel, by=by)


@transaction.atomic
def pause(*, channel: Channel, by: User) -> None:
    """Nothing goes to this channel until somebody lets it go on."""
    _must_pause(by, channel)
    paused = Channel.objects.filter(pk=channel.pk, paused_at=None).update(
        paused_at=timezone.now(), paused_by=by
    )
    if not paused:
        raise SomebodyWasFaster("This channel is paused already.")
    record("channel.paused", channel, by=by)


@transaction.atomic
def go_on(*, channel: Channel, by: User) -> None:
    """End a pause. What is too late by then goes back to the Head."""
    _must_pause(by, channel)
    gone_on = Channel.objects.filter(pk=channel.pk, paused_at__isnull=False).update(
        paused_at=None, paused_by=None
    )
    if not gone_on:
        raise SomebodyWasFaster("This channel goes on already.")
    record("channel.resumed", channel, by=by)


@transaction.atomic
def grant(*, channel: Channel, user: User, by: User) -> ChannelGrant:
    """Make somebody an authorised user of this account (R-079)."""
    _must_connect(by, channel)
    made = ChannelGrant.objects.create(channel=channel, user=user, granted_by=by)
    record("channel.granted", channel, by=by, user=user.pk)
    return made


@transaction.atomic
def end_grant(*, grant: ChannelGrant, by: User) -> None:
    """No longer an authorised user, at once."""
    _must_connect(by, grant.channel)
    record("channel.grant_ended", grant.channel, by=by, user=grant.user_id)
    grant.delete()


def _must_pause(by: User, channel: Channel) -> None:
    if not by.may(Permission.CHANNEL_PAUSE, channel.school_id):
        raise NotPossible("A Head or whoever looks after channels pauses them.")


def _must_connect(by: User, channel: Channel) -> None:
    if not by.may(Permission.CHANNEL_CONNECT, channel.school_id):
        raise NotPossible("Only whoever looks after channels can do this.")
