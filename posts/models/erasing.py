"""Files of erased photos that are still to be deleted from the disk."""

from __future__ import annotations

from django.db import models
from django.utils import timezone


class ToErase(models.Model):
    """A file no photo names any more. It is there for seconds; longer only where a disk or a
    machine failed (failure 31)."""

    name = models.CharField(max_length=200, help_text="Within the private folder.")
    asked_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"file to erase {self.pk}"
