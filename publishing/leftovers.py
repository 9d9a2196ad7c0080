"""What an unfinished try left on a platform (a draft, photos nobody links to) is removed once it is
certain that nothing will be sent: a photo that may not be shown must not lie on a website (P9).
"""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Count, Q

from publishing import afterwards
from publishing.content import account_for
from publishing.lifecycle import DeliveryState
from publishing.models import Attempt, Delivery
from publishing.moves import alone, note, patience
from publishing.platforms import platform_for
from publishing.platforms.shape import NotSent, Rejected, Unclear

D = DeliveryState
# For so long nobody sends it again: longer than an adapter takes to remove everything.
BUSY = timedelta(minutes=10)


def clear(*, at: datetime) -> int:
    """Remove what is left of deliveries that ended unsent. Returns how many are clear now."""
    failures = Count("attempts", filter=Q(attempts__step=Attempt.Step.NOT_CLEARED))
    left = (
        Delivery.objects.filter(state__in=[D.REFUSED, D.FAILED])
        .exclude(remembered={})
        .filter(Q(next_try_at=None) | Q(next_try_at__lte=at))
        .select_related("channel__platform", "post__school", "post__author")
        .annotate(failures=failures)
    )
    cleared = 0
    for delivery in left:
        with alone(delivery):
            cleared += _clear(delivery, at, delivery.failures)
    return cleared


def _clear(delivery: Delivery, at: datetime, failures: int) -> bool:
    """Take it, so that no new approval sends it meanwhile; remove; forget."""
    before = delivery.next_try_at
    mine = Delivery.objects.filter(
        pk=delivery.pk, state__in=[D.REFUSED, D.FAILED], next_try_at=before
    )
    if not mine.update(next_try_at=at + BUSY):
        return False
    taken = Delivery.objects.filter(pk=delivery.pk, next_try_at=at + BUSY)
    try:
        platform_for(delivery.channel.way).take_down(
            "", account=account_for(delivery), remembered=dict(delivery.remembered)
        )
    except (NotSent, Rejected, Unclear) as error:
        with transaction.atomic():
            note(delivery, Attempt.Step.NOT_CLEARED, detail=str(error))
            taken.update(next_try_at=at + patience(failures + 1))
            if failures == 0:
                afterwards.something_left(delivery)
        return False
    with transaction.atomic():
        taken.update(remembered={}, next_try_at=None)
        note(delivery, Attempt.Step.CLEARED)
    return True
