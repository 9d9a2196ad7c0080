"""Whose permission something that was sent relied on, to be found by the person."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from audit.models import AppendOnly
from consents.models import Adult, Child
from publishing.models.deliveries import Delivery


class ReliedOn(AppendOnly):
    """A person whose permission a delivery was sent with, once for each. The snapshot says for
    what; this finds the deliveries of a person whatever has become of their posts since: changed,
    or the person never in a photo and only named in the words."""

    delivery = models.ForeignKey(Delivery, on_delete=models.PROTECT, related_name="relied_on")
    child = models.ForeignKey(
        Child, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    adult = models.ForeignKey(
        Adult, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(child__isnull=False, adult=None) | Q(child=None, adult__isnull=False),
                name="reliedon_one_person",
            ),
            models.UniqueConstraint(
                fields=["delivery", "child"],
                condition=Q(child__isnull=False),
                name="reliedon_child_once",
            ),
            models.UniqueConstraint(
                fields=["delivery", "adult"],
                condition=Q(adult__isnull=False),
                name="reliedon_adult_once",
            ),
        ]

    def __str__(self) -> str:
        return f"delivery {self.delivery_id} relied on somebody"
