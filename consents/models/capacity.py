"""What was recorded of a pupil's capacity to decide, and on what ground."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import Q
from django.utils import timezone

from audit.models import AppendOnly
from consents.models.people import Child, Decides
from schools.models import User


class CapacityRecord(AppendOnly):
    """Who judged what, and how: capacity is the test, an age only a guide (R-150, R-151).

    The latest one stands on the `Child` as `decides` and `best_interests`, where the rule reads it.
    `basis` is in the words of whoever recorded it: who asked, with which help (symbols, a signer,
    somebody who knows the pupil), or which best-interests or deputy record there is.
    """

    child = models.ForeignKey(Child, on_delete=models.PROTECT, related_name="capacity_records")
    decides = models.CharField(max_length=7, choices=Decides)
    best_interests = models.BooleanField(default=False)
    basis = models.TextField(blank=True)
    review_on = models.DateField(null=True, blank=True)
    recorded_at = models.DateTimeField(default=timezone.now)
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-recorded_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(decides__in=Decides.values), name="capacityrecord_decides"
            ),
        ]
        indexes = [models.Index(fields=["child", "-recorded_at"], name="capacity_of_child")]

    def __str__(self) -> str:
        return f"capacity record {self.pk}"

    def is_due(self, day: date) -> bool:
        """Should it be looked at again?"""
        return self.review_on is not None and self.review_on <= day
