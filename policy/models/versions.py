"""The trust's written policy as data: versions, rules with their clause, purposes of posts."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from audit.models import AppendOnly
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
    circulation = models.CharField(max_length=120, blank=True)
    standing = models.CharField(max_length=40, blank=True, help_text="“Approved”, “Non-statutory”.")
    floor_dated = models.DateField(null=True, blank=True, help_text="Which edition of the floor.")
    made_from = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="made"
    )
    notes = models.TextField(blank=True, help_text="What changes, for the history.")
    announced_at = models.DateTimeField(null=True, blank=True, help_text="Staff were told.")
    takes_effect_on = models.DateField(null=True, blank=True, help_text="From midnight, UK time.")
    terms = models.JSONField(default=dict, help_text="Read by `policy.terms.Terms`.")
    words = models.JSONField(default=dict, help_text="Word lists, by key.")

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
            models.CheckConstraint(
                condition=Q(announced_at=None, takes_effect_on=None)
                | Q(announced_at__isnull=False, takes_effect_on__isnull=False),
                name="policy_announced_for_a_day",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title} {self.number}"

    @property
    def is_next(self) -> bool:
        """Is it being written, or waiting for its day? It was never in force."""
        return self.in_force_since is None

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
        REPORT = "report", "is listed"

    version = models.ForeignKey(PolicyVersion, on_delete=models.CASCADE, related_name="rules")
    key = models.SlugField(max_length=60)
    source = models.CharField(max_length=6, choices=Source)
    floor = models.CharField(
        max_length=80, blank=True, help_text="Where the floor asks it as well: “Floor R-148”."
    )
    reference = models.CharField(max_length=80, help_text="“Protocol 1”, or a floor id, “R-148”.")
    mode = models.CharField(max_length=8, choices=Mode)
    on = models.BooleanField(default=True)
    roles = models.JSONField(default=list, help_text="Who can mend it or must act.")
    title = models.CharField(max_length=120)
    text = models.TextField(help_text="What it asks, in our words.")
    rows = models.JSONField(default=list, help_text="Rows of the catalogue: “R-073”.")
    shown = models.JSONField(default=list, help_text="Places, besides the policy’s page.")

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["version", "key"], name="rule_once"),
            models.CheckConstraint(condition=Q(source__in=["clause", "floor"]), name="rule_source"),
            models.CheckConstraint(
                condition=Q(mode__in=["block", "warn", "declare", "record", "remind", "report"]),
                name="rule_mode",
            ),
            models.CheckConstraint(
                condition=(~Q(source="floor") & Q(floor="")) | Q(on=True),
                name="rule_floor_stays_on",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.key} ({self.reference})"

    @property
    def is_own(self) -> bool:
        """Did the trust write this clause itself, beside those of its preset?"""
        return self.key.startswith(OWN)


# What a clause can do that a trust wrote itself: no check knows it, so it stops nothing.
OWN_MODES = (Rule.Mode.DECLARE, Rule.Mode.REMIND, Rule.Mode.RECORD)
# How its key begins; no preset's does.
OWN = "own_"


class HistoryRow(AppendOnly):
    """A version as the document's own history lists it (R-005). Written once, kept for ever."""

    policy = models.SlugField(help_text="Which policy: sovereign, champion …")
    number = models.CharField(max_length=20)
    dated = models.DateField()
    amendments = models.TextField()
    author = models.CharField(max_length=120)
    status = models.CharField(max_length=40)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["policy", "number"], name="policy_history_once"),
        ]

    def __str__(self) -> str:
        return f"{self.policy} {self.number}"


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
