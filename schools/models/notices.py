"""What people are told: an outbox written in the action's own transaction and sent later."""

from __future__ import annotations

from datetime import datetime

from django.db import models
from django.db.models import Q
from django.utils import timezone

from schools.clock import moment
from schools.models.people import User


class NoticeQuerySet(models.QuerySet["Notice"]):
    """Notices, by what is still to do."""

    def to_send(self, at: datetime) -> NoticeQuerySet:
        """Mail not yet sent and not given up, whose next try has come."""
        return self.filter(sent_at=None, given_up_at=None, next_try_at__lte=at)

    def unread_by(self, user: User) -> NoticeQuerySet:
        """What this person has not seen in the program yet."""
        return self.filter(user=user, read_at=None)


class Notice(models.Model):
    """A message to a person. Never a child's name in the subject, never a photo.

    Sending can fail without anything else failing: it is only retried, then given up and shown.
    """

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="notices")
    subject = models.CharField(max_length=200)
    body = models.TextField()
    path = models.CharField(max_length=200, blank=True, help_text="Where it leads, from /.")
    invites = models.BooleanField(
        default=False, help_text="Its mail leads to choosing a password, by a link made on leaving."
    )
    made_at = models.DateTimeField(default=timezone.now)
    read_at = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    given_up_at = models.DateTimeField(null=True, blank=True)
    next_try_at = models.DateTimeField(default=timezone.now)
    tries = models.PositiveSmallIntegerField(default=0)
    problem = models.CharField(max_length=200, blank=True)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        ordering = ["-made_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(sent_at=None) | Q(given_up_at=None), name="notice_sent_or_given_up"
            ),
        ]
        indexes = [
            models.Index(
                fields=["next_try_at"],
                condition=Q(sent_at=None, given_up_at=None),
                name="notice_to_send",
            ),
            models.Index(fields=["user", "read_at"], name="notice_unread"),
        ]

    def __str__(self) -> str:
        return f"notice {self.pk} to {self.user_id}"


class Heartbeat(models.Model):
    """When a beat task last ran: `/readyz` and the dashboards say when one has stopped."""

    name = models.CharField(max_length=40, primary_key=True)
    at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"{self.name} {moment(self.at)}"
