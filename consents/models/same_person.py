"""Two entries for one parent, as schools keep them: who said that they are one person."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from audit.models import AppendOnly
from consents.models.people import Parent
from schools.models import User


class SamePerson(AppendOnly):
    """Somebody said that two entries are one person, or that they are two. The latest word counts,
    so saying the other is how it is undone. Each school keeps its own entry either way."""

    one = models.ForeignKey(Parent, on_delete=models.PROTECT, related_name="+")
    other = models.ForeignKey(Parent, on_delete=models.PROTECT, related_name="+")
    is_same = models.BooleanField()
    said_at = models.DateTimeField(default=timezone.now)
    said_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-said_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(one__lt=F("other")), name="sameperson_the_lower_number_first"
            ),
        ]
        indexes = [models.Index(fields=["one", "other", "-id"], name="sameperson_pair")]

    def __str__(self) -> str:
        return f"{self.one_id} and {self.other_id}"
