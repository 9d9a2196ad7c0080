"""Photos to be deleted from a personal device, and the owner's word that they are (R-066)."""

from __future__ import annotations

from datetime import datetime

from django.db import models
from django.db.models import Q
from django.utils import timezone

from policy.models import Device
from posts.models.pictures import Picture
from schools.models import School, User
from schools.roles import Permission


class DeletionQuerySet(models.QuerySet["Deletion"]):
    """Deletions, by whose they are and how long they wait."""

    def open(self) -> DeletionQuerySet:
        """Not confirmed yet."""
        return self.filter(confirmed_at=None)

    def of_heads(self, user: User) -> DeletionQuerySet:
        """Those at schools this person heads."""
        return self.filter(user.school_filter("school", Permission.POST_APPROVE))

    def waiting_since(self, at: datetime) -> DeletionQuerySet:
        """Not confirmed, and asked for before that moment."""
        return self.open().filter(asked_at__lte=at)


class Deletion(models.Model):
    """One photo that was taken with somebody's own device. It stays owed when the photo is taken
    out of the draft: the phone still has it."""

    school = models.ForeignKey(School, on_delete=models.PROTECT, related_name="+")
    picture = models.OneToOneField(
        Picture, null=True, blank=True, on_delete=models.SET_NULL, related_name="deletion"
    )
    device = models.ForeignKey(Device, on_delete=models.PROTECT, related_name="deletions")
    owner = models.ForeignKey(User, on_delete=models.PROTECT, related_name="deletions")
    asked_at = models.DateTimeField(default=timezone.now)
    reminded_at = models.DateTimeField(null=True, blank=True)
    from_device = models.BooleanField(default=False)
    from_backup = models.BooleanField(default=False, help_text="The cloud copy.")
    from_bin = models.BooleanField(default=False, help_text="“Recently deleted”.")
    confirmed_at = models.DateTimeField(null=True, blank=True)

    objects = DeletionQuerySet.as_manager()

    class Meta:
        ordering = ["asked_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(confirmed_at=None, from_device=False, from_backup=False, from_bin=False)
                | Q(confirmed_at__isnull=False, from_device=True, from_backup=True, from_bin=True),
                name="deletion_confirmed_whole",
            ),
        ]
        indexes = [
            models.Index(
                fields=["asked_at"], condition=Q(confirmed_at=None), name="deletion_waiting"
            ),
        ]

    def __str__(self) -> str:
        return f"deletion {self.pk}"
