"""Who says so: the frozen post put before a Head, and the answer."""

from __future__ import annotations

from datetime import datetime

from django.db import models
from django.db.models import Count, F, OuterRef, Q, Subquery, Value
from django.db.models.functions import Concat
from django.utils import timezone

from audit.models import AppendOnly
from policy.confirming import said
from policy.models import PolicyVersion
from posts.models import Post, WarningAnswer
from schools.models import User
from schools.roles import Permission


class SubmissionQuerySet(models.QuerySet["Submission"]):
    """Submissions, by whose turn it is."""

    def waiting_for(self, user: User) -> SubmissionQuerySet:
        """Open ones of schools this person heads, neither written nor sent in by them (P4)."""
        return (
            self.filter(state=Submission.State.OPEN)
            .filter(user.school_filter("post__school", Permission.POST_APPROVE))
            .exclude(Q(author=user) | Q(submitted_by=user))
        )

    def for_queue(self) -> SubmissionQuerySet:
        """With all that a line of the queue says: people, the warnings answered (`warnings`), and
        what was put before the Head the time before (`content_before`). One query."""
        answered = WarningAnswer.objects.filter(post=OuterRef("post")).order_by().values("post")
        each = Concat("rule", Value(":"), "subject", output_field=models.TextField())
        before = Submission.objects.filter(
            post=OuterRef("post"), number=OuterRef("number") - 1
        ).order_by()
        return self.select_related("post__school", "submitted_by").annotate(
            warnings=Subquery(answered.annotate(n=Count(each, distinct=True)).values("n")),
            content_before=Subquery(before.values("content")[:1]),
        )

    def too_late(self, at: datetime) -> SubmissionQuerySet:
        """Open ones whose time has passed unapproved (P5: never sent late by surprise)."""
        return self.filter(state=Submission.State.OPEN, goes_out_at__lt=at)


class Submission(models.Model):
    """The exact post as put before the Head: canonical content and one digest over all of it (P1).

    `content` is what `posts.content.freeze` gave: texts, alt texts, image hashes, channels,
    people, names, time. It is never changed; a changed post makes a new submission.
    """

    class State(models.TextChoices):
        OPEN = "open", "Waits for the Head"
        DECIDED = "decided", "Decided"
        TAKEN_BACK = "taken_back", "Taken back"
        EXPIRED = "expired", "Its time passed"

    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="submissions")
    number = models.PositiveIntegerField()
    revision = models.PositiveIntegerField()
    author = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    submitted_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="submissions")
    submitted_at = models.DateTimeField(default=timezone.now)
    goes_out_at = models.DateTimeField(null=True, blank=True)
    digest = models.CharField(max_length=64)
    content = models.JSONField()
    policy = models.ForeignKey(PolicyVersion, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=State, default=State.OPEN)
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = SubmissionQuerySet.as_manager()

    class Meta:
        ordering = ["-submitted_at"]
        constraints = [
            models.UniqueConstraint(fields=["post", "number"], name="submission_number"),
            models.UniqueConstraint(
                fields=["post"], condition=Q(state="open"), name="submission_one_open"
            ),
            models.CheckConstraint(
                condition=Q(state="open", ended_at=None)
                | (~Q(state="open") & Q(ended_at__isnull=False)),
                name="submission_ended",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["open", "decided", "taken_back", "expired"]),
                name="submission_state",
            ),
        ]
        indexes = [
            models.Index(
                fields=["goes_out_at", "submitted_at"],
                condition=Q(state="open"),
                name="submission_queue",
            ),
        ]

    def __str__(self) -> str:
        return f"submission {self.pk}"

    def get_state_display(self) -> str:  # type: ignore[no-redef]
        """Where it stands; who it waits for is called as the policy in force says."""
        if self.state == Submission.State.OPEN:
            return said("Waits for {the}")
        return Submission.State(self.state).label

    @property
    def fingerprint(self) -> str:
        """The digest as people compare it: "7f3a 91c2"."""
        return f"{self.digest[:4]} {self.digest[4:8]}"


class ExtraYes(AppendOnly):
    """Somebody whom a Head named says yes as well, to exactly this submission (R-057). It lets
    nothing out by itself: a Head decides besides."""

    submission = models.ForeignKey(Submission, on_delete=models.PROTECT, related_name="extra_yeses")
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    author = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    digest = models.CharField(max_length=64)
    at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["submission", "by"], name="extra_yes_once"),
            models.CheckConstraint(condition=~Q(by=F("author")), name="extra_yes_not_own"),
        ]

    def __str__(self) -> str:
        return f"{self.by_id} on {self.submission_id}"


class ApprovalDecision(AppendOnly):
    """A Head's answer to one digest. One per submission; never the author's (P4, R-078)."""

    class Outcome(models.TextChoices):
        APPROVED = "approved", "Approved"
        RETURNED = "returned", "Returned"
        DECLINED = "declined", "Declined"

    submission = models.OneToOneField(Submission, on_delete=models.PROTECT, related_name="decision")
    outcome = models.CharField(max_length=8, choices=Outcome)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="decisions")
    author = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    submitted_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    digest = models.CharField(max_length=64)
    policy = models.ForeignKey(PolicyVersion, on_delete=models.PROTECT, related_name="+")
    channels = models.JSONField(default=list, help_text="Ids of the channels approved.")
    reason = models.TextField(max_length=2_000, blank=True)
    clause = models.CharField(max_length=80, blank=True)
    looked_at = models.JSONField(default=list, help_text="Ids of the photos the Head looked at.")

    class Meta:
        ordering = ["-at"]
        constraints = [
            models.CheckConstraint(condition=~Q(by=F("author")), name="decision_not_own_post"),
            models.CheckConstraint(
                condition=~Q(by=F("submitted_by")), name="decision_not_own_submission"
            ),
            models.CheckConstraint(
                condition=Q(outcome="approved") | ~Q(reason=""), name="decision_no_has_reason"
            ),
            models.CheckConstraint(
                condition=Q(outcome__in=["approved", "returned", "declined"]),
                name="decision_outcome",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.outcome} {self.submission_id}"


class Declaration(AppendOnly):
    """One sentence that whoever sent a post on, or approved it, stood for, as it was shown then.

    With a decision it is the approver's, without one the author's (R-012, R-018, R-038, R-092,
    R-099, R-125).
    """

    submission = models.ForeignKey(
        Submission, on_delete=models.PROTECT, related_name="declarations"
    )
    decision = models.ForeignKey(
        ApprovalDecision,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="declarations",
    )
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    key = models.SlugField(max_length=60)
    reference = models.CharField(max_length=80, blank=True)
    text = models.TextField(max_length=2_000)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="declaration_says_what"),
            models.UniqueConstraint(
                fields=["submission", "key", "reference"],
                condition=Q(decision=None),
                name="declaration_once",
            ),
            models.UniqueConstraint(
                fields=["decision", "key", "reference"], name="declaration_once_a_decision"
            ),
        ]

    def __str__(self) -> str:
        return f"declaration {self.pk}"


class ApproverAnswer(AppendOnly):
    """What whoever approved said to a warning, in words (R-014, R-038, R-095, R-105).

    `asked` is the warning as it stood on the page then.
    """

    decision = models.ForeignKey(ApprovalDecision, on_delete=models.PROTECT, related_name="answers")
    rule = models.SlugField(max_length=60)
    subject = models.CharField(max_length=120, blank=True)
    reference = models.CharField(max_length=80)
    asked = models.TextField(max_length=2_000)
    words = models.CharField(max_length=500)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(words=""), name="approver_answer_in_words"),
            models.UniqueConstraint(
                fields=["decision", "rule", "subject"], name="approver_answer_once"
            ),
        ]

    def __str__(self) -> str:
        return f"approver's answer {self.pk}"
