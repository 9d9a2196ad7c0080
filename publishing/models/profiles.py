"""Once a year somebody looks at how each account presents the school."""

from __future__ import annotations

from django.db import models
from django.utils import timezone

from policy.models import Channel
from schools.models import User


class ProfileReview(models.Model):
    """Somebody looked at an account’s profile and found every line of the list true (R-094)."""

    channel = models.ForeignKey(Channel, on_delete=models.CASCADE, related_name="profile_reviews")
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    note = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"profile of {self.channel_id} looked at"
