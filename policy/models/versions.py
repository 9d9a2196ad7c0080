"""The trust's written policy as data: versions, rules with their clause, purposes of posts."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from schools.models import User


class PolicyVersion(models.Model):
    """One version of the policy (R-001). Exactly one is in force."""

    key = models.SlugField(help_text="Which preset it came from: sovereign, champion …")
    title = models.CharField(max_length=160)
    number = models.CharField(max_length=20)
    dated = models.DateField()
    owner_role = models.CharField(max_length=40)
    review_months = models.PositiveSmallIntegerField(default=12)
    next_review = models.DateField(null=True, blank=True)
    supersedes = models.CharField(max_length=20, blank=True)
    in_force = models.BooleanField(default=False)
    in_force_since = models.DateTimeField(null=True, blank=True)
    signed_off_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["key", "number"], name="policy_version_once"),
            models.UniqueConstraint(
                fields=["in_force"], condition=Q(in_force=True), name="policy_one_in_force"
            ),
            models.CheckConstraint(
                condition=Q(in_force=False) | Q(in_force_since__isnull=False),
                name="policy_in_force_since",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title} {self.number}"

    def short(self) -> str:
        """ "Sovereign policy 5.0", for the foot of a decision."""
        return f"{self.key.capitalize()} policy {self.number}"


class Rule(models.Model):
    """One rule: a clause of the policy, or of the floor that law asks of every trust.

    The floor cannot be switched off: the constraint says so, not only the editor.
    """

    class Source(models.TextChoices):
        CLAUSE = "clause", "the trust’s policy"
        FLOOR = "floor", "the floor"

    class Mode(models.TextChoices):
        BLOCK = "block", "stops the post"
        WARN = "warn", "asks for an answer"
        DECLARE = "declare", "a person says so"
        RECORD = "record", "is written down"
        REMIND = "remind", "reminds"

    version = models.ForeignKey(PolicyVersion, on_delete=models.CASCADE, related_name="rules")
    key = models.SlugField(max_length=60)
    source = models.CharField(max_length=6, choices=Source)
    reference = models.CharField(max_length=80, help_text="“Protocol 1”, or a floor id, “R-148”.")
    mode = models.CharField(max_length=8, choices=Mode)
    on = models.BooleanField(default=True)
    roles = models.JSONField(default=list, help_text="Who can mend it or must act.")
    title = models.CharField(max_length=120)
    text = models.TextField(help_text="What it asks, in our words.")

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["version", "key"], name="rule_once"),
            models.CheckConstraint(condition=Q(source__in=["clause", "floor"]), name="rule_source"),
            models.CheckConstraint(
                condition=Q(mode__in=["block", "warn", "declare", "record", "remind"]),
                name="rule_mode",
            ),
            models.CheckConstraint(
                condition=~Q(source="floor") | Q(on=True), name="rule_floor_stays_on"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.key} ({self.reference})"


class Purpose(models.Model):
    """What a post is for: the policy's categories (protocol 3), or an update or reminder (4)."""

    version = models.ForeignKey(PolicyVersion, on_delete=models.CASCADE, related_name="purposes")
    key = models.SlugField()
    name = models.CharField(max_length=80)
    is_update = models.BooleanField(
        default=False, help_text="Owned by a Head; need not be a celebration (R-075, R-076)."
    )
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["version", "key"], name="purpose_once")]

    def __str__(self) -> str:
        return self.name
