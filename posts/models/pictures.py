"""Photos: the private original, the clean copies, who is in them, the bytes for each channel."""

from __future__ import annotations

import uuid
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from consents.models import Adult, Child, Kind
from policy.models import Channel
from posts.models.origins import ORIGIN_CONSTRAINTS, Origin
from posts.models.posts import Post
from posts.seeing.boxes import Box
from schools.models import User
from schools.private import private_storage


def looking_folder() -> Path:
    """Where a worker lays copies it has not kept yet; as private as the rest."""
    folder = Path(settings.GOLIVE_DATA_DIR) / "private" / "looking"
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    return folder


def original_path(picture: Picture, _name: str) -> str:
    """A random name; what the author's phone called the file is kept nowhere near it."""
    return f"originals/{uuid.uuid4().hex}"


def working_path(picture: Picture, _name: str) -> str:
    """Random, so that guessing one copy tells nothing of the next."""
    return f"working/{uuid.uuid4().hex}.jpg"


def rendition_path(rendition: Rendition, _name: str) -> str:
    """Neutral, by content."""
    return f"renditions/{rendition.sha256[:2]}/{rendition.sha256}-{uuid.uuid4().hex[:8]}"


class PictureQuerySet(models.QuerySet["Picture"]):
    """Pictures, by how far they are."""

    def waiting(self, at: datetime) -> PictureQuerySet:
        """To be processed: new, or begun by a worker that died (its lease has run out)."""
        return self.filter(
            Q(state=Picture.State.WAITING) | Q(state=Picture.State.WORKING, lease_until__lt=at)
        ).order_by("pk")


class Picture(Origin):
    """An uploaded photo. The original stays private and never leaves (P9).

    `facts` is what the file said of its device before everything was stripped: evidence, not
    proof; GPS only as "was present". `original_name` is checked for names and never sent.
    """

    class State(models.TextChoices):
        WAITING = "waiting", "Waiting to be looked at"
        WORKING = "working", "Being looked at"
        READY = "ready", "Ready"
        REFUSED = "refused", "Cannot be used"

    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="pictures")
    position = models.PositiveSmallIntegerField(default=0)
    original = models.FileField(upload_to=original_path, storage=private_storage)
    original_name = models.CharField(max_length=200, blank=True)
    sha256 = models.CharField(max_length=64)
    state = models.CharField(max_length=8, choices=State, default=State.WAITING)
    lease_until = models.DateTimeField(null=True, blank=True)
    tries = models.PositiveSmallIntegerField(default=0)
    problem = models.CharField(max_length=300, blank=True)
    note = models.CharField(max_length=200, blank=True)
    facts = models.JSONField(default=dict)
    pattern = models.CharField(
        max_length=32, blank=True, help_text="How light and dark lie in it (posts/photos/pattern)."
    )
    working = models.FileField(upload_to=working_path, storage=private_storage, blank=True)
    medium = models.FileField(upload_to=working_path, storage=private_storage, blank=True)
    thumb = models.FileField(upload_to=working_path, storage=private_storage, blank=True)
    working_sha256 = models.CharField(max_length=64, blank=True)
    width = models.PositiveIntegerField(default=0, help_text="Of the working copy, pixels.")
    height = models.PositiveIntegerField(default=0)
    alt_text = models.CharField(max_length=1_000, blank=True)
    is_decorative = models.BooleanField(default=False)
    people_complete = models.BooleanField(
        default=False, help_text="The author looked and says everyone is accounted for."
    )
    nothing_readable = models.BooleanField(
        default=False, help_text="The author looked: nothing readable tells who anyone is."
    )
    uploaded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField(default=timezone.now)

    objects = PictureQuerySet.as_manager()

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="ready") | ~Q(working_sha256=""), name="picture_ready_has_copy"
            ),
            models.CheckConstraint(
                condition=~Q(state="refused") | ~Q(problem=""), name="picture_refused_says_why"
            ),
            models.CheckConstraint(
                condition=Q(state__in=["waiting", "working", "ready", "refused"]),
                name="picture_state",
            ),
            *ORIGIN_CONSTRAINTS,
        ]
        indexes = [
            models.Index(
                fields=["id"],
                condition=Q(state__in=["waiting", "working"]),
                name="picture_to_process",
            ),
        ]

    def __str__(self) -> str:
        return f"picture {self.pk}"

    @property
    def is_ready(self) -> bool:
        """Has it a clean working copy?"""
        return self.state == self.State.READY


class LeftOut(models.Model):
    """This picture is not shown on that channel."""

    picture = models.ForeignKey(Picture, on_delete=models.CASCADE, related_name="left_out")
    channel = models.ForeignKey(Channel, on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["picture", "channel"], name="left_out_once")]

    def __str__(self) -> str:
        return f"picture {self.picture_id} not on {self.channel_id}"


class Appearance(models.Model):
    """A person in a picture: a child, an adult, a child's own work, or somebody who cannot be
    identified. The box is optional: fractions (0 to 1) of the upright picture."""

    class Kind(models.TextChoices):
        CHILD = "child", "A pupil"
        ADULT = "adult", "An adult"
        WORK = "work", "A pupil’s own work"
        UNIDENTIFIABLE = "unidentifiable", "Cannot be identified"

    picture = models.ForeignKey(Picture, on_delete=models.CASCADE, related_name="appearances")
    kind = models.CharField(max_length=14, choices=Kind)
    child = models.ForeignKey(
        Child, null=True, blank=True, on_delete=models.PROTECT, related_name="appearances"
    )
    adult = models.ForeignKey(
        Adult, null=True, blank=True, on_delete=models.PROTECT, related_name="appearances"
    )
    left = models.FloatField(null=True, blank=True)
    top = models.FloatField(null=True, blank=True)
    width = models.FloatField(null=True, blank=True)
    height = models.FloatField(null=True, blank=True)
    added_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=["child", "work"], child__isnull=False, adult=None)
                | Q(kind="adult", child=None, adult__isnull=False)
                | Q(kind="unidentifiable", child=None, adult=None),
                name="appearance_who",
            ),
            models.UniqueConstraint(
                fields=["picture", "child", "kind"],
                condition=Q(child__isnull=False),
                name="appearance_child_once",
            ),
            models.UniqueConstraint(
                fields=["picture", "adult"],
                condition=Q(adult__isnull=False),
                name="appearance_adult_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} in picture {self.picture_id}"

    @property
    def box(self) -> Box:
        """Where somebody marked them; nowhere if nobody did."""
        return Box(self.left or 0, self.top or 0, self.width or 0, self.height or 0)


# Which permission it takes to show each. Somebody who cannot be identified
# needs none.
SHOWING_NEEDS: dict[str, Kind] = {
    Appearance.Kind.CHILD.value: Kind.PHOTO,
    Appearance.Kind.WORK.value: Kind.WORK,
    Appearance.Kind.ADULT.value: Kind.PHOTO,
}


class Rendition(models.Model):
    """The exact bytes of one picture for one kind of channel, made once and kept by content."""

    picture = models.ForeignKey(Picture, on_delete=models.CASCADE, related_name="renditions")
    spec = models.CharField(max_length=80, help_text="Which limits it was made for.")
    file = models.FileField(upload_to=rendition_path, storage=private_storage)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveIntegerField(help_text="Bytes.")
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["picture", "spec"], name="rendition_once")]

    def __str__(self) -> str:
        return f"rendition {self.sha256[:8]}"
