"""A channel's credentials. The secret is encrypted at rest and shown to nobody."""

from __future__ import annotations

from django.db import models
from django.utils import timezone

from policy.models import Channel
from publishing.secrets import EncryptedTextField
from schools.models import User


class Connection(models.Model):
    """How GoLive signs in to one channel. Health is in words, for the people who mend it."""

    channel = models.OneToOneField(Channel, on_delete=models.CASCADE, related_name="connection")
    base_url = models.URLField()
    username = models.CharField(max_length=120, blank=True)
    secret = EncryptedTextField(blank=True)
    connected_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    connected_at = models.DateTimeField(default=timezone.now)
    checked_at = models.DateTimeField(null=True, blank=True)
    health = models.CharField(max_length=200, blank=True, help_text="Empty: nothing is wrong.")

    def __str__(self) -> str:
        return f"connection {self.pk}"
