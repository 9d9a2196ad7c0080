"""What the policy asks of the people who post, and what a Head has laid down for one of them."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from policy.models.channels import Platform
from policy.models.versions import Purpose
from schools.models import School, User


class TrainingQuerySet(models.QuerySet["Training"]):
    """Trainings, by the day."""

    def in_date(self, day: date | None = None) -> TrainingQuerySet:
        """Those that count on a day (default today): done, not expired, not struck out."""
        when = day or timezone.localdate()
        return self.filter(struck_at=None, done_on__lte=when, expires_on__gte=when)


class Training(models.Model):
    """A training somebody had, until it expires (R-056, R-109). A record made by mistake is struck
    out, never changed."""

    class Kind(models.TextChoices):
        POSTING = "posting", "Social media at work"
        RECORDS = "records", "Keeping permission records"
        INVESTIGATING = "investigating", "Investigating reports and requests"

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="trainings")
    kind = models.CharField(max_length=13, choices=Kind)
    provider = models.CharField(max_length=120)
    done_on = models.DateField()
    expires_on = models.DateField(help_text="The last day it counts.")
    recorded_by = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    recorded_at = models.DateTimeField(default=timezone.now)
    struck_at = models.DateTimeField(null=True, blank=True)
    struck_by = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    objects = TrainingQuerySet.as_manager()

    class Meta:
        ordering = ["-expires_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=["posting", "records", "investigating"]), name="training_kind"
            ),
            models.CheckConstraint(
                condition=Q(expires_on__gte=F("done_on")), name="training_dates"
            ),
            models.CheckConstraint(
                condition=Q(recorded_by=None) | ~Q(recorded_by=F("user")), name="training_not_own"
            ),
            models.CheckConstraint(
                condition=Q(struck_at=None, struck_by=None)
                | Q(struck_at__isnull=False, struck_by__isnull=False),
                name="training_struck_by_whom",
            ),
        ]
        indexes = [models.Index(fields=["user", "kind", "expires_on"], name="training_in_date")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, until {self.expires_on}"


class TrainingRequirement(models.Model):
    """A Head asks for training before anybody of the school drafts, or before one person does
    (R-056). It stands until somebody entitled ends it."""

    school = models.ForeignKey(School, on_delete=models.PROTECT, related_name="+")
    user = models.ForeignKey(
        User,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text="Empty: everybody of the school.",
    )
    set_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    set_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["school"],
                condition=Q(ended_at=None, user=None),
                name="training_required_of_school_once",
            ),
            models.UniqueConstraint(
                fields=["school", "user"],
                condition=Q(ended_at=None),
                name="training_required_of_person_once",
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None, ended_by=None)
                | Q(ended_at__isnull=False, ended_by__isnull=False),
                name="training_requirement_ended_by_whom",
            ),
        ]

    def __str__(self) -> str:
        return f"training required at {self.school_id}"


class RestrictionQuerySet(models.QuerySet["Restriction"]):
    """Restrictions, by the day."""

    def in_force(self, day: date | None = None) -> RestrictionQuerySet:
        """Those that count on a day (default today): not lifted, their last day not over."""
        when = day or timezone.localdate()
        return self.filter(Q(until=None) | Q(until__gte=when), lifted_at=None)


class Restriction(models.Model):
    """What a Head has laid down for one person at one school (R-057). Another one takes its place;
    the earlier ones stay as history.

    `platforms` and `purposes` list the keys that stay allowed; null: all of them.
    """

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="restrictions")
    school = models.ForeignKey(School, on_delete=models.PROTECT, related_name="+")
    platforms = models.JSONField(null=True, blank=True)
    purposes = models.JSONField(null=True, blank=True)
    may_schedule = models.BooleanField(default=True)
    extra_approver = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    until = models.DateField(null=True, blank=True, help_text="The last day it counts.")
    reason = models.CharField(max_length=500)
    set_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    set_at = models.DateTimeField(default=timezone.now)
    lifted_at = models.DateTimeField(null=True, blank=True)
    lifted_by = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    objects = RestrictionQuerySet.as_manager()

    class Meta:
        ordering = ["-set_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "school"], condition=Q(lifted_at=None), name="restriction_once"
            ),
            models.CheckConstraint(
                condition=~Q(set_by=F("user")), name="restriction_not_by_oneself"
            ),
            models.CheckConstraint(
                condition=Q(extra_approver=None) | ~Q(extra_approver=F("user")),
                name="restriction_extra_is_somebody_else",
            ),
            models.CheckConstraint(
                condition=Q(lifted_at=None, lifted_by=None)
                | Q(lifted_at__isnull=False, lifted_by__isnull=False),
                name="restriction_lifted_by_whom",
            ),
            models.CheckConstraint(
                condition=Q(platforms__isnull=False)
                | Q(purposes__isnull=False)
                | Q(may_schedule=False)
                | Q(extra_approver__isnull=False),
                name="restriction_restricts",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} at {self.school_id}"

    def allows_platform(self, key: str) -> bool:
        """May this person still post there?"""
        return self.platforms is None or key in self.platforms

    @property
    def platform_names(self) -> list[str]:
        """The platforms that stay open, as people say them. One query."""
        kept = Platform.objects.filter(key__in=self.platforms or [])
        return list(kept.values_list("name", flat=True))

    @property
    def purpose_names(self) -> list[str]:
        """The kinds of post that stay open, as the policy in force calls them. One query."""
        kept = Purpose.objects.filter(key__in=self.purposes or [], version__in_force=True)
        return list(kept.values_list("name", flat=True))

    def allows_purpose(self, key: str) -> bool:
        """May this person still write this kind of post?"""
        return self.purposes is None or key in self.purposes


class LinkedInPermission(models.Model):
    """Somebody asks HR whether their LinkedIn profile may name the trust (R-047)."""

    class State(models.TextChoices):
        ASKED = "asked", "Asked, no answer yet"
        GRANTED = "granted", "Granted"
        REFUSED = "refused", "Refused"
        ENDED = "ended", "Ended"

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="linkedin_permissions")
    state = models.CharField(max_length=7, choices=State, default=State.ASKED)
    asked_at = models.DateTimeField(default=timezone.now)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering = ["-asked_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["user"],
                condition=Q(state__in=["asked", "granted"]),
                name="linkedin_permission_one_open",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["asked", "granted", "refused", "ended"]),
                name="linkedin_permission_state",
            ),
            models.CheckConstraint(
                condition=Q(state="asked", decided_at=None, decided_by=None)
                | (~Q(state="asked") & Q(decided_at__isnull=False, decided_by__isnull=False)),
                name="linkedin_permission_decided_by_whom",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["granted", "refused"]) | ~Q(decided_by=F("user")),
                name="linkedin_permission_not_own",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user_id}: {self.state}"
