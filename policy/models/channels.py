"""Where posts can go: platforms (data), and each school's own account or page on one of them."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from schools.models import School, User


class Platform(models.Model):
    """A place where people publish (R-011). A new row adds a question to every permission record.

    `limits` is data, not code: {"text": {"method": "x", "max": 280}, "photos": {"max": 4},
    "photo": {"max_side": 1600, "min_side": 320, "max_bytes": 5000000, "min_ratio": 0.8,
    "max_ratio": 1.91},
    "needs_photo": false, "link": {"hosts": ["x.com"], "path": "^/[^/]+/status/\\d+"}}.
    """

    class Faces(models.TextChoices):
        """What the trust wants where a face can be clearly seen (R-156)."""

        ALLOW = "allow", "Allowed"
        ASK = "ask", "Ask why"
        NOT = "not", "Not permitted"

    key = models.SlugField(unique=True)
    name = models.CharField(max_length=40, unique=True)
    letter = models.CharField(max_length=2, help_text="Drawn on its badge.")
    colour = models.CharField(max_length=7, default="#50606f")
    what_it_is = models.CharField(max_length=200, help_text="For parents, in plain words.")
    limits = models.JSONField(default=dict)
    faces = models.CharField(max_length=5, choices=Faces, default=Faces.ALLOW)
    is_asked = models.BooleanField(default=True, help_text="Parents are asked about it.")
    is_retired = models.BooleanField(default=False)
    position = models.PositiveSmallIntegerField(default=0)
    added_by = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    added_at = models.DateTimeField(
        null=True, blank=True, help_text="When the trust added it; empty: it ships."
    )

    class Meta:
        ordering = ["position", "name"]
        constraints = [
            models.CheckConstraint(
                condition=Q(faces__in=["allow", "ask", "not"]), name="platform_faces"
            ),
            models.CheckConstraint(
                condition=Q(added_at=None, added_by=None)
                | Q(added_at__isnull=False, added_by__isnull=False),
                name="platform_added_by_whom",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def limit(self, *path: str, default: Any = None) -> Any:
        """One value of `limits`: `limit("photos", "max", default=10)`."""
        value: Any = self.limits
        for step in path:
            if not isinstance(value, dict) or step not in value:
                return default
            value = value[step]
        return value


class ChannelQuerySet(models.QuerySet["Channel"]):
    """Channels, as a draft may use them."""

    def usable(self) -> ChannelQuerySet:
        """Channels a draft can choose: live, on a platform that still exists."""
        return self.filter(is_active=True, platform__is_retired=False)


class Channel(models.Model):
    """A school's official account or page on a platform."""

    class Way(models.TextChoices):
        """How a post gets there."""

        NEWS_PAGE = "news_page", "GoLive’s own news page"
        WORDPRESS = "wordpress", "WordPress"
        ASSISTED = "assisted", "a person posts it, with everything prepared"

    school = models.ForeignKey(School, on_delete=models.CASCADE, related_name="channels")
    platform = models.ForeignKey(Platform, on_delete=models.PROTECT, related_name="channels")
    name = models.CharField(
        max_length=80, help_text="The account’s own name, as the public sees it."
    )
    address = models.URLField(blank=True, help_text="Where the public finds it.")
    mailbox = models.EmailField(
        blank=True,
        help_text="The mailbox of a role with which the account is registered (R-046).",
    )
    way = models.CharField(max_length=12, choices=Way, default=Way.ASSISTED)
    is_active = models.BooleanField(default=True)
    paused_at = models.DateTimeField(null=True, blank=True)
    paused_by = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    objects = ChannelQuerySet.as_manager()

    class Meta:
        ordering = ["platform__position", "name"]
        constraints = [
            models.UniqueConstraint(fields=["school", "platform", "name"], name="channel_once"),
            models.CheckConstraint(
                condition=Q(way__in=["news_page", "wordpress", "assisted"]), name="channel_way"
            ),
            models.CheckConstraint(
                condition=Q(paused_at=None, paused_by=None)
                | Q(paused_at__isnull=False, paused_by__isnull=False),
                name="channel_paused_by_whom",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.platform.name}, {self.name}"

    @property
    def is_automatic(self) -> bool:
        """Does GoLive post by itself here, or does a person?"""
        return self.way != self.Way.ASSISTED


class ChannelGrantQuerySet(models.QuerySet["ChannelGrant"]):
    """Grants, by the day."""

    def in_force(self, day: date | None = None) -> ChannelGrantQuerySet:
        """Grants that count on a day (default today)."""
        when = day or timezone.localdate()
        return self.filter(Q(ends=None) | Q(ends__gte=when), starts__lte=when)


class ChannelGrant(models.Model):
    """Who may release to a channel (protocol 6, R-079). No grant means nobody, never everybody."""

    channel = models.ForeignKey(Channel, on_delete=models.CASCADE, related_name="grants")
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="channel_grants")
    starts = models.DateField(default=timezone.localdate)
    ends = models.DateField(null=True, blank=True)
    granted_by = models.ForeignKey(
        User, null=True, on_delete=models.PROTECT, related_name="+", blank=True
    )

    objects = ChannelGrantQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ends=None) | Q(ends__gte=F("starts")), name="grant_dates"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} on {self.channel_id}"
