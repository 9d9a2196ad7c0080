"""The brand library: logos the Headteacher has permitted in writing, once (R-101)."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils import timezone

from schools.models import School, User


class LogoQuerySet(models.QuerySet["Logo"]):
    """Logos, by where they may be used."""

    def usable_at(self, school_id: int) -> LogoQuerySet:
        """The school's own and the whole trust's, while the permission stands."""
        return self.filter(Q(school=school_id) | Q(school=None), ended_at=None)


class Logo(models.Model):
    """A logo, name or slogan of ours, with the written permission to use it in posts."""

    school = models.ForeignKey(
        School,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="logos",
        help_text="Empty: the whole trust’s.",
    )
    name = models.CharField(max_length=80)
    permission = models.CharField(max_length=500, help_text="What was permitted, in words.")
    permitted_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    permitted_at = models.DateTimeField(default=timezone.now)
    ended_by = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = LogoQuerySet.as_manager()

    class Meta:
        ordering = ["name", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(name="") & ~Q(permission=""), name="logo_permitted_in_words"
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None, ended_by=None)
                | Q(ended_at__isnull=False, ended_by__isnull=False),
                name="logo_ended_by_whom",
            ),
        ]

    def __str__(self) -> str:
        return f"logo {self.pk}"
