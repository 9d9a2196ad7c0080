"""The school's own news page: what the public reads, at an address of the school's."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from posts.models.pictures import private_storage
from publishing.lifecycle import DeliveryState
from publishing.models.deliveries import Delivery, is_stopped
from schools.models import School

_GOING = (DeliveryState.TAKING_DOWN, DeliveryState.CANNOT_TAKE_DOWN, DeliveryState.TAKEN_DOWN)


def news_photo_path(photo: NewsPhoto, _name: str) -> str:
    """Random: the public address is a view's, which asks whether the item is still up."""
    return f"news/{uuid.uuid4().hex}.jpg"


class NewsItemQuerySet(models.QuerySet["NewsItem"]):
    """News, as the public sees it."""

    def live(self) -> NewsItemQuerySet:
        """Not taken down."""
        return self.filter(taken_down_at=None).order_by("-published_at", "-pk")

    def public(self) -> NewsItemQuerySet:
        """Live, and nothing says yet that it must go: its take-down is neither owed nor under way,
        and nobody pressed Stop."""
        going = Q(state__in=_GOING) | Q(owed_since__isnull=False) | Q(is_stopped())
        rows = Delivery.objects.filter(going, key=OuterRef("key"))
        return self.live().exclude(Exists(rows))


class NewsItem(models.Model):
    """One item on a school's news page. `key` is the delivery's: publishing twice is one item."""

    school = models.ForeignKey(School, on_delete=models.PROTECT, related_name="news")
    key = models.UUIDField(unique=True)
    slug = models.SlugField(max_length=140)
    title = models.CharField(max_length=120)
    text = models.TextField()
    published_at = models.DateTimeField(default=timezone.now)
    taken_down_at = models.DateTimeField(null=True, blank=True)

    objects = NewsItemQuerySet.as_manager()

    class Meta:
        ordering = ["-published_at"]
        constraints = [models.UniqueConstraint(fields=["school", "slug"], name="news_address_once")]
        indexes = [
            models.Index(
                fields=["school", "-published_at"],
                condition=Q(taken_down_at=None),
                name="news_live",
            )
        ]

    def __str__(self) -> str:
        return f"news {self.pk}"


class NewsPhoto(models.Model):
    """A photo of a news item: the approved rendition's bytes, under a neutral name."""

    item = models.ForeignKey(NewsItem, on_delete=models.CASCADE, related_name="photos")
    position = models.PositiveSmallIntegerField()
    file = models.FileField(upload_to=news_photo_path, storage=private_storage)
    sha256 = models.CharField(max_length=64)
    alt_text = models.CharField(max_length=1_000, blank=True)
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["item", "position"], name="news_photo_position")
        ]

    def __str__(self) -> str:
        return f"photo {self.position} of news {self.item_id}"
