"""What people were shown and said they have read: kept word for word, never changed."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils import timezone

from audit.models import AppendOnly
from policy.models.versions import PolicyVersion
from schools.models import User


class ShownText(AppendOnly):
    """The exact words somebody was shown. Kept once for everybody who saw the same."""

    digest = models.CharField(max_length=64, unique=True, help_text="SHA-256 of the words, hex.")
    words = models.TextField()

    def __str__(self) -> str:
        return self.digest[:8]


class Acknowledgement(AppendOnly):
    """Somebody has read what the policy asks, in one version, and says so (R-030).

    `covers`: the policy, or only what GoLive asks of everybody with an account, for people whom
    the policy in force does not cover (R-117).
    """

    class Covers(models.TextChoices):
        POLICY = "policy", "the policy"
        TERMS = "terms", "what is asked of everybody with an account"

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="acknowledgements")
    version = models.ForeignKey(PolicyVersion, on_delete=models.PROTECT, related_name="+")
    covers = models.CharField(max_length=6, choices=Covers)
    text = models.ForeignKey(ShownText, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering = ["-at"]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "version", "covers"], name="acknowledgement_once"
            ),
            models.CheckConstraint(
                condition=Q(covers__in=["policy", "terms"]), name="acknowledgement_covers"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} on version {self.version_id}"


class NoticeShown(AppendOnly):
    """When somebody was first shown what is recorded and looked at (R-049). Being told is not
    agreeing: nobody is asked to (R-051)."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="notices_shown")
    version = models.ForeignKey(PolicyVersion, on_delete=models.PROTECT, related_name="+")
    text = models.ForeignKey(ShownText, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "version"], name="notice_shown_once"),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} on version {self.version_id}"
