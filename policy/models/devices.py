"""The register of cameras, tablets and phones that photos for posts are taken with (R-067)."""

from __future__ import annotations

from datetime import datetime

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from schools.models import School, User
from schools.roles import Permission


class DeviceQuerySet(models.QuerySet["Device"]):
    """Devices, by who looks after them and where they are used."""

    def managed_by(self, user: User) -> DeviceQuerySet:
        """Those this person keeps the register of; the whole trust's only for the whole trust."""
        return self.filter(user.school_filter("school", Permission.DEVICE_MANAGE))

    def used_at(self, school_id: int) -> DeviceQuerySet:
        """The school's own, and those of the whole trust."""
        return self.filter(Q(school=school_id) | Q(school=None))

    def in_use(self, at: datetime) -> DeviceQuerySet:
        """The trust's own until they are retired; personal ones while they are approved."""
        approved = DeviceApproval.objects.filter(
            Q(ends_at=None) | Q(ends_at__gt=at), starts_at__lte=at
        )
        return self.filter(
            Q(is_personal=False) | Q(pk__in=approved.values("device")), retired_at=None
        )


class Device(models.Model):
    """A camera, tablet or phone: the trust's own, or somebody's own that may be approved."""

    class Kind(models.TextChoices):
        PHONE = "phone", "Phone"
        TABLET = "tablet", "Tablet"
        CAMERA = "camera", "Camera"
        COMPUTER = "computer", "Computer"
        OTHER = "other", "Something else"

    school = models.ForeignKey(
        School,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="devices",
        help_text="Empty: used at every school of the trust.",
    )
    kind = models.CharField(max_length=8, choices=Kind)
    is_personal = models.BooleanField(default=False, help_text="Somebody’s own, not the trust’s.")
    owner = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.PROTECT, related_name="devices"
    )
    asset_tag = models.CharField(max_length=40, blank=True)
    make = models.CharField(max_length=60, blank=True)
    model = models.CharField(max_length=60, blank=True)
    serial = models.CharField(max_length=60, blank=True, help_text="Cameras write it in photos.")
    added_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField(default=timezone.now)
    retired_by = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    retired_at = models.DateTimeField(null=True, blank=True)

    objects = DeviceQuerySet.as_manager()

    class Meta:
        ordering = ["is_personal", "asset_tag", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=["phone", "tablet", "camera", "computer", "other"]),
                name="device_kind",
            ),
            models.CheckConstraint(
                condition=Q(is_personal=False) | Q(owner__isnull=False),
                name="device_personal_has_owner",
            ),
            models.CheckConstraint(
                condition=Q(is_personal=True) | ~Q(asset_tag=""), name="device_trusts_has_tag"
            ),
            models.UniqueConstraint(
                fields=["asset_tag"], condition=~Q(asset_tag=""), name="device_tag_once"
            ),
            models.CheckConstraint(
                condition=Q(retired_at=None, retired_by=None)
                | Q(retired_at__isnull=False, retired_by__isnull=False),
                name="device_retired_by_whom",
            ),
        ]

    def __str__(self) -> str:
        return f"device {self.pk}"

    @property
    def called(self) -> str:
        """ "Apple iPad, OAK-017" or "Tessa Marlow’s phone (Apple iPhone 12)"."""
        make = " ".join(part for part in (self.make, self.model) if part)
        if self.is_personal and self.owner:
            named = f"{self.owner.name}’s {self.get_kind_display().lower()}"
            return f"{named} ({make})" if make else named
        return f"{make or self.get_kind_display()}, {self.asset_tag}"


class DeviceApproval(models.Model):
    """The Chief Information Officer's yes to a personal device, from a moment until a moment.

    A start before it was written down needs to say where that earlier approval stands.
    """

    device = models.ForeignKey(Device, on_delete=models.CASCADE, related_name="approvals")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField(null=True, blank=True)
    evidence = models.CharField(max_length=200, blank=True)
    approved_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    approved_at = models.DateTimeField(default=timezone.now)
    ended_by = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering = ["-starts_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at=None) | Q(ends_at__gte=F("starts_at")), name="approval_times"
            ),
            models.CheckConstraint(
                condition=Q(starts_at__gte=F("approved_at")) | ~Q(evidence=""),
                name="approval_beforehand",
            ),
            models.CheckConstraint(
                condition=Q(ended_by=None) | Q(ends_at__isnull=False), name="approval_ended"
            ),
        ]

    def __str__(self) -> str:
        return f"approval {self.pk} of device {self.device_id}"

    def covers(self, at: datetime) -> bool:
        """Did it count at that moment?"""
        return self.starts_at <= at and (self.ends_at is None or at < self.ends_at)


class DeviceException(models.Model):
    """Photos of these days may be used although the device was approved later (R-065)."""

    device = models.ForeignKey(Device, on_delete=models.CASCADE, related_name="exceptions")
    taken_from = models.DateField()
    taken_until = models.DateField()
    reason = models.CharField(max_length=300)
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-made_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(taken_until__gte=F("taken_from")), name="exception_days"
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="exception_says_why"),
        ]

    def __str__(self) -> str:
        return f"exception {self.pk} for device {self.device_id}"
