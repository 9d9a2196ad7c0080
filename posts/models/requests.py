"""What staff ask of a Head: a reminder for parents, or a written permission for one photo."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils import timezone

from posts.models.pictures import Picture
from posts.models.posts import Post
from schools.models import School, User
from schools.roles import Permission


class ReminderRequestQuerySet(models.QuerySet["ReminderRequest"]):
    """Requests, by whose they are."""

    def open(self) -> ReminderRequestQuerySet:
        """Neither issued nor declined."""
        return self.filter(outcome="")

    def of_heads(self, user: User) -> ReminderRequestQuerySet:
        """Those of schools where this person is responsible for reminders."""
        return self.filter(user.school_filter("school", Permission.POST_OWN_REMINDER))


class ReminderRequest(models.Model):
    """A member of staff asks for a reminder or update to be issued (protocol 4, R-077)."""

    class Outcome(models.TextChoices):
        ISSUED = "issued", "Issued"
        DECLINED = "declined", "Declined"

    school = models.ForeignKey(School, on_delete=models.PROTECT, related_name="+")
    title = models.CharField(max_length=120)
    text = models.TextField(max_length=4_000)
    asked_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(default=timezone.now)
    outcome = models.CharField(max_length=8, choices=Outcome, blank=True)
    words = models.CharField(max_length=500, blank=True, help_text="What the Head said.")
    post = models.OneToOneField(
        Post, null=True, blank=True, on_delete=models.PROTECT, related_name="asked_for"
    )
    answered_by = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    answered_at = models.DateTimeField(null=True, blank=True)

    objects = ReminderRequestQuerySet.as_manager()

    class Meta:
        ordering = ["-asked_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(outcome="", post=None, words="", answered_at=None, answered_by=None)
                | Q(
                    outcome="issued",
                    post__isnull=False,
                    answered_at__isnull=False,
                    answered_by__isnull=False,
                )
                | Q(
                    ~Q(words=""),
                    outcome="declined",
                    post=None,
                    answered_at__isnull=False,
                    answered_by__isnull=False,
                ),
                name="reminder_outcome_is_whole",
            ),
            models.CheckConstraint(condition=~Q(title="") & ~Q(text=""), name="reminder_says_what"),
        ]
        indexes = [
            models.Index(fields=["school"], condition=Q(outcome=""), name="reminder_open"),
        ]

    def __str__(self) -> str:
        return f"request {self.pk}"


class MaterialRequestQuerySet(models.QuerySet["MaterialRequest"]):
    """Requests for a written permission; whose they are to answer is the policy's to say."""

    def open(self) -> MaterialRequestQuerySet:
        """Not answered yet."""
        return self.filter(answer="")


class MaterialRequest(models.Model):
    """A written permission of whoever the policy names, asked for and given or refused, for one
    photo that shows another logo of ours or a confidential document (R-101, R-102)."""

    class Matter(models.TextChoices):
        LOGO = "logo", "a logo that is not in the brand library"
        DOCUMENT = "document", "a confidential or internal document"

    class Answer(models.TextChoices):
        YES = "yes", "Permitted"
        NO = "no", "Not permitted"

    picture = models.ForeignKey(Picture, on_delete=models.CASCADE, related_name="materials")
    matter = models.CharField(max_length=8, choices=Matter)
    asked_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(default=timezone.now)
    answer = models.CharField(max_length=3, choices=Answer, blank=True)
    words = models.CharField(max_length=500, blank=True)
    answered_by = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    answered_at = models.DateTimeField(null=True, blank=True)

    objects = MaterialRequestQuerySet.as_manager()

    class Meta:
        ordering = ["asked_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(matter__in=["logo", "document"]), name="material_matter"
            ),
            models.CheckConstraint(
                condition=Q(answer="", words="", answered_at=None, answered_by=None)
                | Q(
                    ~Q(words=""),
                    answer__in=["yes", "no"],
                    answered_at__isnull=False,
                    answered_by__isnull=False,
                ),
                name="material_answered_in_words",
            ),
            models.UniqueConstraint(
                fields=["picture", "matter"], condition=Q(answer=""), name="material_asked_once"
            ),
        ]

    def __str__(self) -> str:
        return f"material request {self.pk}"
