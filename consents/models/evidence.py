"""The scan of a paper form: the proof of an answer, kept as it came and never changed."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q
from django.utils import timezone

from audit.models import AppendOnly
from schools.models import School, User
from schools.private import private_storage

MEDIA_TYPES = {"image/jpeg": "jpg", "image/png": "png", "image/webp": "webp"}
MEDIA_TYPES |= {"application/pdf": "pdf"}


def evidence_path(_scan: Evidence, _name: str) -> str:
    """A random name; what the scanner called the file is kept nowhere."""
    return f"evidence/{uuid.uuid4().hex}"


class Evidence(AppendOnly):
    """A photo or PDF of a paper form, appended with the answers it proves (R-145). Private: only
    `consents.views.scans` opens it, and writes down who did."""

    school = models.ForeignKey(School, on_delete=models.PROTECT, related_name="+")
    file = models.FileField(upload_to=evidence_path, storage=private_storage)
    media_type = models.CharField(max_length=20)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveIntegerField(help_text="Bytes.")
    kept_at = models.DateTimeField(default=timezone.now)
    kept_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    media_type__in=["image/jpeg", "image/png", "image/webp", "application/pdf"]
                ),
                name="evidence_media_type",
            ),
        ]

    def __str__(self) -> str:
        return f"evidence {self.pk}"
