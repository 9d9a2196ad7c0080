"""What of a school's news page the public sees now. GoLive shows it itself, so what must go is not
shown from the moment that is known, while the sweep still works (P6)."""

from __future__ import annotations

from collections.abc import Iterable

from publishing import reviewing
from publishing.models import Delivery, NewsItem
from schools.models import School


def shown(items: Iterable[NewsItem]) -> list[NewsItem]:
    """These, without those that the next look takes down."""
    kept = list(items)
    if not kept:
        return kept
    rows = Delivery.objects.filter(key__in=[item.key for item in kept])
    found = list(rows.select_related("channel", "submission").prefetch_related("snapshots"))
    owed = reviewing.owed(found)
    going = {row.key for row in found if row.pk in owed}
    return [item for item in kept if item.key not in going]


def latest(school: School, number: int) -> list[NewsItem]:
    """The newest of a school, with photos."""
    items = NewsItem.objects.public().filter(school=school).select_related("school")
    return shown(items.prefetch_related("photos__item__school")[:number])
