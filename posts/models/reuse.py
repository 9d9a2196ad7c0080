"""Which photos are the same, or nearly, and who took one away in full size."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from audit.models import AppendOnly
from posts.models.pictures import Picture
from posts.models.posts import Post
from schools.models import User


class Alike(models.Model):
    """Two photos of different posts that are the same, or nearly: a hint, found when the later was
    prepared. It goes with either of them."""

    earlier = models.ForeignKey(Picture, on_delete=models.CASCADE, related_name="used_later")
    later = models.ForeignKey(Picture, on_delete=models.CASCADE, related_name="used_before")
    is_same = models.BooleanField(help_text="The very same file.")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["earlier", "later"], name="alike_once"),
            models.CheckConstraint(condition=Q(earlier__lt=F("later")), name="alike_in_order"),
        ]

    def __str__(self) -> str:
        return f"picture {self.later_id} is like {self.earlier_id}"


class Fetched(AppendOnly):
    """Somebody took a photo away in full size, and why (R-048). Stays when the photo is gone."""

    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="fetched")
    photo = models.BigIntegerField(help_text="The picture’s own number; it may be gone.")
    number = models.PositiveSmallIntegerField(help_text="Which photo of the post it was then.")
    sha256 = models.CharField(max_length=64, help_text="Of the original.")
    reason = models.CharField(max_length=300)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="fetched_says_why"),
        ]

    def __str__(self) -> str:
        return f"picture {self.photo} fetched"
