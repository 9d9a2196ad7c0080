"""How a delivery that a person makes stands, in words: it waits for somebody, not for its time."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db.models import Prefetch

from consents.words import joined
from policy.models import ChannelGrant
from publishing.lifecycle import DeliveryState
from publishing.models import Attempt, Delivery

D = DeliveryState
MANY = 3


def hands(deliveries: Iterable[Delivery]) -> dict[int, str]:
    """Who may post to each of these channels by hand, by name. One query."""
    channels = {d.channel_id for d in deliveries if not d.channel.is_automatic}
    names: dict[int, list[str]] = {pk: [] for pk in channels}
    granted = ChannelGrant.objects.in_force().filter(channel__in=channels, user__is_active=True)
    for channel, name in granted.order_by("user__name").values_list("channel", "user__name"):
        names[channel].append(name)
    return {pk: _named(found) for pk, found in names.items()}


def by_hand(delivery: Delivery, who: str, *, at: datetime) -> tuple[str, str]:
    """(words, tone) for a channel that a person posts to; empty where its state says enough.
    `who`: one of `hands`."""
    if delivery.channel.is_automatic:
        return "", ""
    if delivery.state == D.QUEUED and delivery.due_at <= at:
        return f"Waits for {who} to post it", "ask"
    if delivery.state == D.SENDING and delivery.taken_by is not None:
        return f"{delivery.taken_by.name} has opened it to post it", "ask"
    if delivery.state == D.SENT:
        return "Posted by hand", "yes"
    return "", ""


def downs() -> Prefetch[Any]:
    """For `why_down` of many: the beginnings of their take-downs, in one query."""
    begun = Attempt.objects.filter(step=Attempt.Step.DOWN_BEGUN).select_related("by")
    return Prefetch("attempts", begun.order_by("pk"), to_attr="begun_down")


def why_down(delivery: Delivery) -> str:
    """Why it is or was taken down, as was said when that began. Nothing that tells of anybody's
    reasons: GoLive's own sentence, or what a person of the school wrote. Needs `downs`."""
    first = next(iter(getattr(delivery, "begun_down", ())), None)
    if first is None:
        return ""
    who = f"{first.by.name} took it down" if first.by else ""
    return f"{who}: {first.detail}" if who and first.detail else who or first.detail


def _named(names: list[str]) -> str:
    """Joined by "or": one of them does it."""
    if not names:
        return "an authorised user (nobody is one for this account yet)"
    if len(names) > MANY:
        return "an authorised user"
    return joined(names).replace(" and ", " or ")
