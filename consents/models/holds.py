"""Holds: a protected identity, a safeguarding worry, or care without a recorded decider."""

from __future__ import annotations

from datetime import date, timedelta

from django.db import models
from django.db.models import Q
from django.utils import timezone

from consents.models.people import Child
from schools.models import User

A_TERM = timedelta(weeks=12)  # a school term: nobody stays under a hold because it was forgotten

LONGEST = timedelta(days=366)


def in_a_term() -> date:
    """When a new hold is looked at again, unless somebody chooses another day."""
    return timezone.localdate() + A_TERM


class HoldQuerySet(models.QuerySet["Hold"]):
    """Holds, by whether they stand."""

    def standing(self) -> HoldQuerySet:
        """Not lifted."""
        return self.filter(lifted_at=None)

    def to_review(self, on: date | None = None) -> HoldQuerySet:
        """Standing ones whose day to be looked at again has come."""
        return self.standing().filter(review_on__lte=on or timezone.localdate())


class Hold(models.Model):
    """Beats every permission and looks to others like any refusal (R-016, R-154, R-155).

    Set, seen and lifted by the DSL only. `note` is never shown elsewhere, mailed or exported.
    """

    class Kind(models.TextChoices):
        PROTECTED = "protected", "Must not be identified"
        SAFEGUARDING = "safeguarding", "Safeguarding hold"
        CARE = "care", "In care: no deciding authority recorded"

    child = models.ForeignKey(Child, on_delete=models.CASCADE, related_name="holds")
    kind = models.CharField(max_length=12, choices=Kind)
    note = models.TextField(blank=True)
    review_on = models.DateField(default=in_a_term, help_text="Looked at again by then.")
    set_at = models.DateTimeField(default=timezone.now)
    set_by = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    lifted_at = models.DateTimeField(null=True, blank=True)
    lifted_by = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    objects = HoldQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=["protected", "safeguarding", "care"]), name="hold_kind"
            ),
            models.CheckConstraint(
                condition=Q(lifted_at=None, lifted_by=None)
                | Q(lifted_at__isnull=False, lifted_by__isnull=False),
                name="hold_lifted_by_whom",
            ),
            models.UniqueConstraint(
                fields=["child", "kind"], condition=Q(lifted_at=None), name="hold_one_of_a_kind"
            ),
        ]
        indexes = [
            models.Index(fields=["child"], condition=Q(lifted_at=None), name="hold_standing")
        ]

    def __str__(self) -> str:
        return f"hold {self.pk}"

    @property
    def is_due(self) -> bool:
        """Has its day to be looked at again come?"""
        return self.lifted_at is None and self.review_on <= timezone.localdate()
