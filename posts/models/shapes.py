"""What its author does to a photo for every channel or for one: covers, crop, straightening, a
border. The original and the working copy stay as they were."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from policy.models import Channel
from posts.models.pictures import Picture
from posts.photos.shape import Framing, Patch
from posts.seeing.boxes import Box
from schools.models import User

# A crooked photo is straightened; nobody turns it over.
MOST_DEGREES = 20


class Cover(models.Model):
    """A part of a photo under a solid colour. Fractions (0 to 1) of the upright photo; it may
    reach beyond the edge. `channel` empty: on every channel."""

    class Form(models.TextChoices):
        BOX = "box", "Box"
        ELLIPSE = "ellipse", "Oval"

    picture = models.ForeignKey(Picture, on_delete=models.CASCADE, related_name="covers")
    channel = models.ForeignKey(
        Channel, null=True, blank=True, on_delete=models.CASCADE, related_name="+"
    )
    form = models.CharField(max_length=7, choices=Form, default=Form.BOX)
    left = models.FloatField()
    top = models.FloatField()
    width = models.FloatField()
    height = models.FloatField()
    added_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=Q(form__in=["box", "ellipse"]), name="cover_form"),
            models.CheckConstraint(
                condition=Q(width__gt=0, height__gt=0, width__lte=4, height__lte=4),
                name="cover_has_a_size",
            ),
            models.CheckConstraint(
                condition=Q(left__lt=1, top__lt=1)
                & Q(left__gt=0 - F("width"))
                & Q(top__gt=0 - F("height")),
                name="cover_touches_the_photo",
            ),
        ]

    def __str__(self) -> str:
        return f"cover {self.pk} on picture {self.picture_id}"

    @property
    def patch(self) -> Patch:
        """As geometry."""
        box = Box(self.left, self.top, self.width, self.height)
        return Patch(box, self.form == self.Form.ELLIPSE)


class Frame(models.Model):
    """What of a photo is shown, on every channel (`channel` empty) or on one, where it counts
    instead of the one for all. The box lies in the photo as it is after straightening."""

    picture = models.ForeignKey(Picture, on_delete=models.CASCADE, related_name="frames")
    channel = models.ForeignKey(
        Channel, null=True, blank=True, on_delete=models.CASCADE, related_name="+"
    )
    left = models.FloatField(default=0)
    top = models.FloatField(default=0)
    width = models.FloatField(default=1)
    height = models.FloatField(default=1)
    degrees = models.FloatField(default=0, help_text="Turned clockwise.")
    has_border = models.BooleanField(
        default=False, help_text="A plain border where a platform wants it wider or taller."
    )
    added_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["picture", "channel"], name="frame_once"),
            models.UniqueConstraint(
                fields=["picture"], condition=Q(channel=None), name="frame_everywhere_once"
            ),
            models.CheckConstraint(
                condition=Q(left__gte=0, top__gte=0, width__gt=0, height__gt=0)
                & Q(left__lte=1.000001 - F("width"))
                & Q(top__lte=1.000001 - F("height")),
                name="frame_lies_in_the_photo",
            ),
            models.CheckConstraint(
                condition=Q(degrees__gte=-MOST_DEGREES, degrees__lte=MOST_DEGREES),
                name="frame_degrees",
            ),
        ]

    def __str__(self) -> str:
        return f"frame of picture {self.picture_id}"

    @property
    def framing(self) -> Framing:
        """As geometry."""
        box = Box(self.left, self.top, self.width, self.height)
        return Framing(box, self.degrees, self.has_border)


class ShapeStep(models.Model):
    """How the covers and frames of a photo were before a change, so that it can be taken back."""

    picture = models.ForeignKey(Picture, on_delete=models.CASCADE, related_name="shape_steps")
    before = models.JSONField(default=dict)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"change {self.pk} of picture {self.picture_id}"
