"""What is true of history: events are appended, never changed, and sealed into a hash chain."""

from __future__ import annotations

import hashlib
import json
from typing import Any, ClassVar

from django.db import models
from django.utils import timezone


class AppendOnly(models.Model):
    """A row that is written once. UPDATE and DELETE are refused by triggers on both databases.

    Inherit from this and the triggers follow by themselves (`audit.triggers`).
    """

    append_only: ClassVar[bool] = True

    class Meta:
        abstract = True


class EventQuerySet(models.QuerySet["Event"]):
    """Questions about history."""

    def about(self, subject: models.Model) -> EventQuerySet:
        """Events of one thing, oldest first."""
        return self.filter(subject_type=subject._meta.label_lower, subject_id=subject.pk).order_by(
            "id"
        )

    def unsealed(self) -> EventQuerySet:
        """Events not yet in the chain, in the order in which they will be sealed."""
        return self.filter(seal__isnull=True).order_by("id")


class Event(AppendOnly):
    """One thing that happened (R-165).

    Holds ids and plain facts, no foreign keys: history outlives what it speaks of. `facts` never
    holds a name, caption or token of a child or account.
    """

    at = models.DateTimeField(default=timezone.now, editable=False)
    verb = models.CharField(max_length=60)
    actor_id = models.BigIntegerField(null=True)
    school_id = models.BigIntegerField(null=True)
    subject_type = models.CharField(max_length=60)
    subject_id = models.BigIntegerField()
    facts = models.JSONField(default=dict)

    objects = EventQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["subject_type", "subject_id", "id"], name="event_subject"),
            models.Index(fields=["actor_id", "id"], name="event_actor"),
            models.Index(fields=["verb", "at"], name="event_verb_at"),
        ]

    def __str__(self) -> str:
        return f"{self.verb} {self.subject_type} {self.subject_id}"

    def digest(self, previous: str) -> str:
        """SHA-256 (hex) over this event and the seal before it."""
        body: dict[str, Any] = {
            "id": self.pk,
            "at": self.at.isoformat(),
            "verb": self.verb,
            "actor": self.actor_id,
            "school": self.school_id,
            "subject": [self.subject_type, self.subject_id],
            "facts": self.facts,
            "previous": previous,
        }
        text = json.dumps(body, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
        return hashlib.sha256(text.encode()).hexdigest()


class Seal(AppendOnly):
    """The place of one event in the chain. A beat task appends these in order, so that two
    actions never wait for each other to write history."""

    position = models.BigIntegerField(primary_key=True)
    event = models.OneToOneField(Event, on_delete=models.PROTECT, related_name="seal")
    digest = models.CharField(max_length=64)
    sealed_at = models.DateTimeField(default=timezone.now, editable=False)

    def __str__(self) -> str:
        return f"{self.position} {self.digest[:8]}"
