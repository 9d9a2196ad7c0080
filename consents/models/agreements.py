"""The next version of the agreement, while somebody still writes it."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils import timezone

from schools.models import User


class AgreementDraft(models.Model):
    """The one version in the making. Publishing copies it into an `Agreement` and deletes it.

    `revision` counts the savings: a page that was opened before another's saving saves nothing.
    """

    content = models.JSONField(default=dict)
    revision = models.PositiveIntegerField(default=1)
    changed_at = models.DateTimeField(default=timezone.now)
    changed_by = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(pk=1), name="agreementdraft_only_one")]

    def __str__(self) -> str:
        return f"draft of the agreement, saved {self.revision} times"
