"""Asking parents: their personal links, the mails that carry them, how often a door is tried."""

from __future__ import annotations

from datetime import datetime

from django.db import models
from django.db.models import Q
from django.utils import timezone

from consents.models.campaigns import Invitation
from consents.models.people import Parent
from schools.models import School, User


class ParentLinkQuerySet(models.QuerySet["ParentLink"]):
    """Links, by whether they open."""

    def working(self, at: datetime | None = None) -> ParentLinkQuerySet:
        """Neither expired nor revoked."""
        return self.filter(revoked_at=None, expires_at__gt=at or timezone.now())


class ParentLink(models.Model):
    """One parent's own address, with no account behind it. Only a hash of its secret is kept, so
    that nobody who reads the database can answer for a parent. Several may work at once: each mail
    and letter carries one of its own."""

    parent = models.ForeignKey(Parent, on_delete=models.CASCADE, related_name="links")
    sha256 = models.CharField(max_length=64, unique=True, editable=False)
    made_at = models.DateTimeField(default=timezone.now)
    made_by = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)
    revoked_by = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    objects = ParentLinkQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(revoked_at=None, revoked_by=None)
                | Q(revoked_at__isnull=False, revoked_by__isnull=False),
                name="parentlink_revoked_by_whom",
            ),
        ]

    def __str__(self) -> str:
        return f"link {self.pk}"


class ParentMailQuerySet(models.QuerySet["ParentMail"]):
    """Mail to parents, by what is still to do."""

    def to_send(self, at: datetime) -> ParentMailQuerySet:
        """Not yet sent and not given up, whose next try has come."""
        return self.filter(sent_at=None, given_up_at=None, next_try_at__lte=at)


class ParentMail(models.Model):
    """A mail to a parent, waiting or sent. Its words and its link are made when it leaves, so that
    neither a secret nor an answer lies in the outbox."""

    class Kind(models.TextChoices):
        ASK = "ask", "The question"
        REMINDER = "reminder", "A reminder"
        SUMMARY = "summary", "The list of their answers"
        LOOK = "look", "The list of their answers, sent again"

    parent = models.ForeignKey(Parent, on_delete=models.CASCADE, related_name="mails")
    school = models.ForeignKey(School, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=8, choices=Kind)
    invitation = models.ForeignKey(
        Invitation, null=True, blank=True, on_delete=models.CASCADE, related_name="mails"
    )
    made_at = models.DateTimeField(default=timezone.now)
    next_try_at = models.DateTimeField(default=timezone.now)
    tries = models.PositiveSmallIntegerField(default=0)
    sent_at = models.DateTimeField(null=True, blank=True)
    given_up_at = models.DateTimeField(null=True, blank=True)
    problem = models.CharField(max_length=200, blank=True)

    objects = ParentMailQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=["ask", "reminder", "summary", "look"]), name="parentmail_kind"
            ),
            models.CheckConstraint(
                condition=Q(sent_at=None) | Q(given_up_at=None), name="parentmail_sent_or_given_up"
            ),
        ]
        indexes = [
            models.Index(
                fields=["next_try_at"],
                condition=Q(sent_at=None, given_up_at=None),
                name="parentmail_to_send",
            ),
        ]

    def __str__(self) -> str:
        return f"mail {self.pk} to {self.parent_id}"


class BadAddress(models.Model):
    """An address that a mail server refused, or of which a person says that mail comes back. It
    belongs to the address: whoever gets a new one is written to again."""

    email = models.EmailField(unique=True, help_text="In small letters.")
    noted_at = models.DateTimeField(default=timezone.now)
    noted_by = models.ForeignKey(
        User,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text="Empty: the mail server itself.",
    )

    def __str__(self) -> str:
        return f"address {self.pk}"


class Knock(models.Model):
    """How often a link, or a wrong link from one address, was tried within one window of time.
    `key` is a keyed hash: neither a secret nor an address is kept."""

    key = models.CharField(max_length=64)
    window = models.DateTimeField()
    count = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["key", "window"], name="knock_once")]

    def __str__(self) -> str:
        return f"{self.count} knocks"
