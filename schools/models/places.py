"""The trust and its schools."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q

if TYPE_CHECKING:
    from schools.models.people import User
    from schools.roles import Permission


# Ages a trust may choose from. The law names none: 12 in Scotland, 13 in many schools' policies.
OWN_SAY_AGES = tuple(range(8, 18))


def usual_reminders() -> list[int]:
    """A week, two and four after asking."""
    return [7, 14, 28]


class Trust(models.Model):
    """The one trust this installation serves, with the settings that are its own to make."""

    name = models.CharField(max_length=120)
    late_after_minutes = models.PositiveIntegerField(
        default=60,
        help_text="A post later than this is no longer news: it goes back to the Head (P5).",
    )
    by_hand_late_after_hours = models.PositiveIntegerField(
        default=24, help_text="The same for channels that a person posts to."
    )
    largest_photo_mib = models.PositiveIntegerField(default=25)
    remind_after = models.JSONField(
        default=usual_reminders,
        help_text="Days after asking on which parents who have not answered are reminded, rising.",
    )
    mails_an_hour = models.PositiveSmallIntegerField(
        null=True,
        blank=True,
        help_text="To parents, as many as the mail provider takes; empty: no limit of ours.",
    )
    own_say_from = models.PositiveSmallIntegerField(
        null=True,
        blank=True,
        choices=[(age, str(age)) for age in OWN_SAY_AGES],
        help_text="From this age a pupil of whom nothing is recorded is asked as well (R-150).",
    )

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(pk=1), name="trust_only_one"),
            models.CheckConstraint(
                condition=Q(own_say_from=None) | Q(own_say_from__in=OWN_SAY_AGES),
                name="trust_own_say_from",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def late_after(self, *, by_hand: bool) -> timedelta:
        """How long after its time a post is still news."""
        if by_hand:
            return timedelta(hours=self.by_hand_late_after_hours)
        return timedelta(minutes=self.late_after_minutes)

    @classmethod
    def load(cls) -> Trust:
        """The trust, with safe settings when nobody has set it up yet."""
        return cls.objects.filter(pk=1).first() or cls(pk=1, name="Our trust")


class SchoolQuerySet(models.QuerySet["School"]):
    """Schools, as one person may see them."""

    def where(self, user: User, permission: Permission) -> SchoolQuerySet:
        """Schools in which this person holds this permission today."""
        return self.filter(user.school_filter("pk", permission))


class School(models.Model):
    """A school of the trust."""

    class Kind(models.TextChoices):
        PRIMARY = "primary", "Primary school"
        SECONDARY = "secondary", "Secondary school"
        SPECIAL = "special", "Special school"
        ALL_THROUGH = "all_through", "All-through school"

    name = models.CharField(max_length=120, unique=True)
    short_name = models.CharField(max_length=40, unique=True)
    slug = models.SlugField(unique=True)
    kind = models.CharField(max_length=12, choices=Kind, default=Kind.PRIMARY)
    dfe_number = models.CharField(max_length=8, blank=True)
    colour = models.CharField(max_length=7, default="#2e6b4f")
    office_email = models.EmailField(blank=True)
    phone = models.CharField(max_length=40, blank=True, help_text="As published on its website.")
    address = models.CharField(
        max_length=200, blank=True, help_text="As published, in one line with the postcode."
    )

    objects = SchoolQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=["primary", "secondary", "special", "all_through"]),
                name="school_kind",
            ),
        ]

    def __str__(self) -> str:
        return self.name
