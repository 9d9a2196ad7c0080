"""What the checks caught: for the page of checks, which says of each what it caught lately."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils import timezone

from audit.models import AppendOnly
from posts.models.posts import Post


class Caught(AppendOnly):
    """The first time one rule spoke of one post. No words of the post, and nobody's name."""

    class Moment(models.TextChoices):
        DRAFT = "draft", "while it was written"
        SUBMIT = "submit", "when it was sent to the Head"
        APPROVE = "approve", "when the Head decided"

    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="caught")
    rule = models.SlugField(max_length=60)
    moment = models.CharField(max_length=7, choices=Moment)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["post", "rule"], name="caught_once"),
            models.CheckConstraint(
                condition=Q(moment__in=["draft", "submit", "approve"]), name="caught_moment"
            ),
        ]
        indexes = [models.Index(fields=["at", "rule"], name="caught_lately")]

    def __str__(self) -> str:
        return f"caught {self.pk}"
