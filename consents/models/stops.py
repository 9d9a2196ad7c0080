"""The school's own stop: what a family said yes to, and the school does not use for now."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils import timezone

from consents.models.decisions import Kind
from consents.models.people import Child
from policy.models import Platform
from schools.models import User


class SchoolStop(models.Model):
    """Of one pupil, one kind on one platform. It is nobody's answer and changes nobody's: it stands
    beside the answers until the office lifts it, whatever a family says meanwhile."""

    child = models.ForeignKey(Child, on_delete=models.CASCADE, related_name="school_stops")
    platform = models.ForeignKey(Platform, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10, choices=Kind)
    set_at = models.DateTimeField(default=timezone.now)
    set_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    lifted_at = models.DateTimeField(null=True, blank=True)
    lifted_by = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering = ["set_at", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=Kind.values), name="schoolstop_kind"),
            models.CheckConstraint(
                condition=Q(lifted_at=None, lifted_by=None)
                | Q(lifted_at__isnull=False, lifted_by__isnull=False),
                name="schoolstop_lifted_by_whom",
            ),
            models.UniqueConstraint(
                fields=["child", "platform", "kind"],
                condition=Q(lifted_at=None),
                name="schoolstop_one_standing",
            ),
        ]

    def __str__(self) -> str:
        return f"school's stop {self.pk}"
