"""What a version goes through: who signed, the Board or the unions, and when it is looked at."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from audit.models import AppendOnly
from policy.models.versions import PolicyVersion
from schools.models import User


class Formality(AppendOnly):
    """A step without which a version cannot take effect (R-003, R-108, R-140).

    It holds for exactly the text it was given to: `digest` is that of the version then.
    """

    class Kind(models.TextChoices):
        SIGN_OFF = "sign_off", "Sign-off"
        BOARD_MINUTE = "board_minute", "The Board’s approval"
        UNION_CONSULTATION = "union_consultation", "Consultation of the trade unions"

    version = models.ForeignKey(PolicyVersion, on_delete=models.PROTECT, related_name="formalities")
    kind = models.CharField(max_length=20, choices=Kind)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    role = models.CharField(max_length=60, help_text="As what they did it, in words.")
    at = models.DateTimeField(default=timezone.now)
    on = models.DateField(help_text="The day of the meeting or the signature.")
    reference = models.CharField(
        max_length=120, blank=True, help_text="Number of the minute, or the unions consulted."
    )
    outcome = models.TextField(blank=True)
    digest = models.CharField(max_length=64)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=["sign_off", "board_minute", "union_consultation"]),
                name="formality_kind",
            ),
            models.CheckConstraint(
                condition=Q(kind="sign_off") | ~Q(reference=""), name="formality_reference"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} of {self.version_id}"


class Review(models.Model):
    """Somebody looks at the policy again, and why (R-004, R-139)."""

    class Reason(models.TextChoices):
        DAY = "day", "Its day has come"
        LAW = "law", "The law or official guidance changed"
        INCIDENT = "incident", "Something happened"
        SUGGESTION = "suggestion", "Somebody suggested it"

    version = models.ForeignKey(PolicyVersion, on_delete=models.PROTECT, related_name="reviews")
    reason = models.CharField(max_length=10, choices=Reason)
    words = models.TextField(blank=True)
    opened_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    opened_at = models.DateTimeField(default=timezone.now)
    closed_by = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    closed_at = models.DateTimeField(null=True, blank=True)
    outcome = models.TextField(blank=True)

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(reason__in=["day", "law", "incident", "suggestion"]),
                name="review_reason",
            ),
            models.CheckConstraint(
                condition=Q(closed_at=None, closed_by=None, outcome="")
                | (Q(closed_at__isnull=False, closed_by__isnull=False) & ~Q(outcome="")),
                name="review_closed_whole",
            ),
            models.CheckConstraint(
                condition=Q(closed_at=None) | Q(closed_at__gte=F("opened_at")),
                name="review_closed_after_opened",
            ),
            models.UniqueConstraint(
                fields=["version"], condition=Q(closed_at=None), name="review_one_open"
            ),
        ]

    def __str__(self) -> str:
        return f"review of {self.version_id}"


class ReviewReminder(AppendOnly):
    """A reminder that was sent: once for each day of review and each distance to it (R-004)."""

    version = models.ForeignKey(PolicyVersion, on_delete=models.PROTECT, related_name="+")
    next_review = models.DateField()
    days = models.PositiveSmallIntegerField(help_text="Days before: 90, 30 or 0.")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["version", "next_review", "days"], name="review_reminded_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.days} days before {self.next_review}"
