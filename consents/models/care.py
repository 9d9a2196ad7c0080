"""Who decides for a pupil in care, as the care plan says (R-154)."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils import timezone

from audit.models import AppendOnly
from consents.models.people import Child, Parent
from schools.models import User


class CareRecord(AppendOnly):
    """What the safeguarding lead wrote down, and on what it rests; the latest counts. `authority`:
    the council, social worker or carer whom the plan names. None: the pupil is not in care."""

    child = models.ForeignKey(Child, on_delete=models.PROTECT, related_name="care_records")
    authority = models.ForeignKey(
        Parent, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    in_care = models.BooleanField()
    basis = models.TextField(help_text="Which plan or order says so, and from when.")
    recorded_at = models.DateTimeField(default=timezone.now)
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-recorded_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(in_care=True, authority__isnull=False)
                | Q(in_care=False, authority=None),
                name="care_has_authority",
            ),
        ]

    def __str__(self) -> str:
        return f"care of {self.child_id}"
