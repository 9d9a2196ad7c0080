"""The policy document itself, as the PDF that was signed."""

from __future__ import annotations

from uuid import uuid4

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.text import slugify

from policy.models.versions import PolicyVersion
from schools.models import User
from schools.private import private_storage


def document_path(instance: PolicyDocument, filename: str) -> str:
    """Somewhere nobody can guess; what the file was called at home is not kept."""
    return f"policy/{uuid4().hex}.pdf"


class PolicyDocument(models.Model):
    """A version's document as PDF, told by its hash: part of what is signed (R-001, R-002).

    Private until the version is in force; shown to everybody where its owner says so. What was
    replaced stays on record, since somebody may have signed it.
    """

    version = models.ForeignKey(PolicyVersion, on_delete=models.PROTECT, related_name="documents")
    file = models.FileField(upload_to=document_path, storage=private_storage)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveIntegerField(help_text="Bytes.")
    is_public = models.BooleanField(default=False, help_text="Everybody may read it once in force.")
    attached_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    attached_at = models.DateTimeField(default=timezone.now)
    removed_by = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    removed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["version"], condition=Q(removed_at=None), name="policy_document_one"
            ),
            models.CheckConstraint(
                condition=Q(removed_at=None, removed_by=None)
                | Q(removed_at__isnull=False, removed_by__isnull=False),
                name="policy_document_removed_by_whom",
            ),
        ]

    def __str__(self) -> str:
        return f"document {self.pk} of version {self.version_id}"

    @property
    def is_open(self) -> bool:
        """May somebody who is not signed in read it?"""
        return self.is_public and not self.version.is_next and self.removed_at is None

    @property
    def file_name(self) -> str:
        """What it is called when somebody keeps it: “social-media-policy-5.0.pdf”."""
        return f"{slugify(self.version.title)}-{slugify(self.version.number.replace('.', '-'))}.pdf"
