"""What the public can see of a child now, as their parents are told (R-147).

Only what is out: what waits, what was not sent and what may or may not be there is no parent's to
read. Reads nothing of holds, and of each post only where, when and what of this child it needed.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator

from django.utils import timezone

from consents.models import Child
from consents.panels import Live, Withdrawal
from policy.models import Channel
from publishing import reviewing
from publishing.foreseen import may_show
from publishing.lifecycle import DeliveryState
from publishing.models import Delivery, NewsItem
from publishing.relying import decisions_on, sent_with

D = DeliveryState
_OUT = (D.SENT, D.TAKING_DOWN, D.CANNOT_TAKE_DOWN)


def live(children: Collection[Child]) -> Iterator[Live]:
    """Every post with one of these children that is out, a line for each channel. Three queries,
    and a few more while a withdrawal waits for the sweep."""
    ids = {child.pk for child in children}
    rows = list(
        Delivery.objects.filter(may_show(Withdrawal(tuple(children))), state__in=_OUT)
        .select_related("channel__platform", "submission")
        .prefetch_related("snapshots")
    )
    hidden = _hidden([row for row in rows if row.channel.way == Channel.Way.NEWS_PAGE])
    for row in rows:
        needs: dict[int, frozenset[str]] = {}
        for need in sent_with(row) or []:
            if need.child in ids:
                needs[need.child] = needs.get(need.child, frozenset()) | {need.kind}
        if needs and row.sent_at is not None and row.pk not in hidden:
            day = timezone.localdate(row.sent_at)
            yield Live(row.channel.platform, day, row.url, needs, decisions_on(row))


def _hidden(news: list[Delivery]) -> set[int]:
    """Ids of those that GoLive's own page has stopped showing already."""
    shown = NewsItem.objects.public().filter(key__in=[row.key for row in news])
    keys = set(shown.values_list("key", flat=True))
    return {row.pk for row in news if row.key not in keys} | reviewing.owed(news)
