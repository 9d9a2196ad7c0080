"""What the machine found when it looked at a photo: faces and writing, where, and what somebody has
said of each. Boxes only: no face is ever kept, compared or known (P9)."""

from __future__ import annotations

from datetime import datetime

from django.db import models
from django.db.models import Q
from django.utils import timezone

from posts.models.pictures import Appearance, Picture
from schools.models import User


class LookQuerySet(models.QuerySet["Look"]):
    """Looks, by how far they are."""

    def waiting(self, at: datetime) -> LookQuerySet:
        """To be done: new, or begun by a worker that died (its lease has run out)."""
        return self.filter(
            Q(state=Look.State.WAITING) | Q(state=Look.State.LOOKING, lease_until__lt=at)
        ).order_by("asked_at", "pk")


class Look(models.Model):
    """The search for faces and writing in one photo. What is not done counts as not checked."""

    class State(models.TextChoices):
        WAITING = "waiting", "Waiting to be checked"
        LOOKING = "looking", "Being checked"
        DONE = "done", "Checked"
        FAILED = "failed", "Could not be checked"

    picture = models.OneToOneField(Picture, on_delete=models.CASCADE, related_name="look")
    state = models.CharField(max_length=8, choices=State, default=State.WAITING)
    asked_at = models.DateTimeField(default=timezone.now)
    lease_until = models.DateTimeField(null=True, blank=True)
    tries = models.PositiveSmallIntegerField(default=0)
    looked_at = models.DateTimeField(null=True, blank=True)

    objects = LookQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["waiting", "looking", "done", "failed"]), name="look_state"
            ),
            models.CheckConstraint(
                condition=~Q(state="done") | Q(looked_at__isnull=False), name="look_done_has_time"
            ),
        ]
        indexes = [
            models.Index(
                fields=["asked_at"],
                condition=Q(state__in=["waiting", "looking"]),
                name="look_to_do",
            ),
        ]

    def __str__(self) -> str:
        return f"look at picture {self.picture_id}"

    @property
    def is_done(self) -> bool:
        """Was it looked at to the end?"""
        return self.state == self.State.DONE


class Found(models.Model):
    """A face or a line of writing. The box is in fractions (0 to 1) of the upright photo.

    A face is settled when it is somebody's in the list, or somebody said that it is none; writing
    when somebody said that it tells nobody. `text` is what a line that asks to be looked at seems
    to say: it is names, so it is never logged, and kept only until somebody has looked.
    """

    class Sort(models.TextChoices):
        FACE = "face", "A face"
        WRITING = "writing", "Writing"

    class Hint(models.TextChoices):
        """Why a line of writing asks to be looked at; empty: nothing in it speaks for that."""

        NAME = "name", "looks like the name of somebody at the school"
        DETAIL = "detail", "looks like an address, a number or another personal detail"
        UNREAD = "unread", "could not be read"

    picture = models.ForeignKey(Picture, on_delete=models.CASCADE, related_name="found")
    sort = models.CharField(max_length=7, choices=Sort)
    left = models.FloatField()
    top = models.FloatField()
    width = models.FloatField()
    height = models.FloatField()
    sure = models.FloatField(help_text="0 to 1.")
    text = models.CharField(max_length=300, blank=True)
    hint = models.CharField(max_length=6, choices=Hint, blank=True)
    appearance = models.ForeignKey(
        Appearance, null=True, blank=True, on_delete=models.SET_NULL, related_name="faces"
    )
    brought = models.BooleanField(
        default=False, help_text="Whoever it is came into the list by this face."
    )
    is_nobody = models.BooleanField(
        default=False, help_text="Somebody looked: no face, or writing that tells nobody."
    )
    settled_by = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(sort="face", text="", hint="")
                | Q(sort="writing", appearance=None, hint__in=["", "name", "detail", "unread"]),
                name="found_face_or_writing",
            ),
            models.CheckConstraint(
                condition=Q(appearance=None) | Q(is_nobody=False), name="found_settled_one_way"
            ),
            models.CheckConstraint(
                condition=Q(is_nobody=False) | Q(settled_by__isnull=False),
                name="found_nobody_says_who",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.sort} {self.pk} in picture {self.picture_id}"

    @property
    def is_face(self) -> bool:
        """A face, or something that looks like one?"""
        return self.sort == self.Sort.FACE

    @property
    def is_open(self) -> bool:
        """Has nobody said yet whose it is, or that it is nobody's?"""
        asks = self.is_face or bool(self.hint)
        return asks and self.appearance_id is None and not self.is_nobody
