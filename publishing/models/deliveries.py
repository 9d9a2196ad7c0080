"""One post to one channel: its state, every try, and the snapshot an access request would need."""

from __future__ import annotations

import uuid
from datetime import datetime, timedelta

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from approvals.models import Stop, Submission
from audit.models import AppendOnly
from policy.models import Channel
from posts.lifecycle import State
from posts.models import Post
from publishing.lifecycle import DeliveryState
from schools.models import User


def is_overdue(due_at: datetime) -> bool:
    """Later than a sweep or two would explain?"""
    return due_at < timezone.now() - timedelta(seconds=settings.GOLIVE_SWEEP_LATE_AFTER)


def is_stopped() -> Exists:
    """For a query over rows with a post: somebody pressed Stop and no Head has let it go on."""
    return Exists(Stop.objects.standing().filter(post=OuterRef("post")))


class DeliveryQuerySet(models.QuerySet["Delivery"]):
    """Deliveries, by what is to be done."""

    def due(self, at: datetime) -> DeliveryQuerySet:
        """Queued ones whose time has come and whose channel GoLive posts to by itself; what is
        stopped or paused waits until it is let go on, or until it is too late."""
        return (
            self.filter(state=DeliveryState.QUEUED, due_at__lte=at, channel__paused_at=None)
            .filter(Q(next_try_at=None) | Q(next_try_at__lte=at))
            .exclude(channel__way=Channel.Way.ASSISTED)
            .exclude(is_stopped())
        )

    def stuck(self, at: datetime) -> DeliveryQuerySet:
        """Begun and never finished: the worker died, or a person never came back."""
        return self.filter(
            state__in=[DeliveryState.SENDING, DeliveryState.TAKING_DOWN], lease_until__lt=at
        )

    def visible_to(self, user: User) -> DeliveryQuerySet:
        """Those whose post this person may see."""
        return self.filter(post__in=Post.objects.visible_to(user))

    def for_people(self) -> DeliveryQuerySet:
        """Waiting for a person: to be posted by hand, unknown, said no to by the platform, or to be
        taken down by hand. Not what was taken back, or stopped, before anybody opened it."""
        by_hand = Q(channel__way=Channel.Way.ASSISTED)
        approved = Q(post__state=State.APPROVED)
        return self.filter(
            Q(state__in=[DeliveryState.UNKNOWN, DeliveryState.CANNOT_TAKE_DOWN])
            | Q(by_hand, state=DeliveryState.SENDING)
            | (Q(by_hand, approved, state=DeliveryState.QUEUED) & ~is_stopped())
            | Q(approved, state=DeliveryState.FAILED)
        )


class Delivery(models.Model):
    """One post on its way to one channel. One row for ever: a post reaches a channel once (P5).

    `key` is the reference we choose for the platform's record, so that a lost answer can be
    looked up. `remembered` holds every remote id the moment it is known.
    """

    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="deliveries")
    channel = models.ForeignKey(Channel, on_delete=models.PROTECT, related_name="deliveries")
    submission = models.ForeignKey(Submission, on_delete=models.PROTECT, related_name="deliveries")
    state = models.CharField(
        max_length=16, choices=DeliveryState, default=DeliveryState.QUEUED, editable=False
    )
    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    due_at = models.DateTimeField()
    queued_at = models.DateTimeField(null=True, blank=True, help_text="Last handed to a worker.")
    next_try_at = models.DateTimeField(
        null=True, blank=True, help_text="The platform said “not now”: nothing was sent."
    )
    lease = models.UUIDField(null=True, blank=True, help_text="Who holds it while sending.")
    lease_until = models.DateTimeField(null=True, blank=True)
    tries = models.PositiveSmallIntegerField(default=0)
    sent_at = models.DateTimeField(null=True, blank=True)
    remote_id = models.CharField(max_length=300, blank=True)
    url = models.URLField(max_length=500, blank=True)
    remembered = models.JSONField(default=dict, blank=True)
    told_at = models.DateTimeField(
        null=True,
        blank=True,
        help_text="It cannot be taken down, and whoever had to know was told (R-163).",
    )
    owed_since = models.DateTimeField(
        null=True, blank=True, help_text="It should not be there any more: since then."
    )
    taken_down_at = models.DateTimeField(null=True, blank=True)
    problem = models.CharField(max_length=500, blank=True)
    taken_by = models.ForeignKey(
        User,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text="Who is posting it by hand, or settled it.",
    )
    made_at = models.DateTimeField(default=timezone.now)
    moved_at = models.DateTimeField(default=timezone.now)

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        ordering = ["due_at", "pk"]
        verbose_name_plural = "deliveries"
        constraints = [
            models.UniqueConstraint(fields=["post", "channel"], name="delivery_once"),
            models.CheckConstraint(
                condition=Q(state__in=DeliveryState.values), name="delivery_state"
            ),
            # Half a fact cannot be stored: there, with its time and the platform's own id; or not.
            models.CheckConstraint(
                condition=Q(
                    state__in=["sent", "taking_down", "taken_down", "cannot_take_down"],
                    sent_at__isnull=False,
                )
                & ~Q(remote_id="")
                | Q(
                    state__in=["queued", "sending", "refused", "failed", "unknown"],
                    sent_at=None,
                    remote_id="",
                    url="",
                ),
                name="delivery_sent_is_whole",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["sent", "taken_down"]) | Q(problem=""),
                name="delivery_sent_without_problem",
            ),
            models.CheckConstraint(
                condition=Q(
                    state__in=["sending", "taking_down"],
                    lease__isnull=False,
                    lease_until__isnull=False,
                )
                | (~Q(state__in=["sending", "taking_down"]) & Q(lease=None, lease_until=None)),
                name="delivery_lease_while_working",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["refused", "failed", "unknown", "cannot_take_down"])
                | ~Q(problem=""),
                name="delivery_problem_said",
            ),
            models.CheckConstraint(
                condition=Q(state="taken_down", taken_down_at__isnull=False)
                | (~Q(state="taken_down") & Q(taken_down_at=None)),
                name="delivery_taken_down_is_whole",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["taking_down", "taken_down", "cannot_take_down"])
                | Q(owed_since__isnull=False),
                name="delivery_down_is_owed",
            ),
            models.CheckConstraint(
                condition=Q(told_at=None)
                | Q(state__in=["cannot_take_down", "taking_down", "taken_down"]),
                name="delivery_told_of_what_stays",
            ),
        ]
        indexes = [
            models.Index(fields=["due_at"], condition=Q(state="queued"), name="delivery_due"),
            models.Index(
                fields=["lease_until"],
                condition=Q(state__in=["sending", "taking_down"]),
                name="delivery_stuck",
            ),
            models.Index(fields=["post", "state"], name="delivery_by_post"),
        ]

    def __str__(self) -> str:
        return f"delivery {self.pk}"

    @property
    def is_overdue(self) -> bool:
        """Should GoLive have sent it by now, and has not begun (failure 11)?"""
        return (
            self.state == DeliveryState.QUEUED
            and self.channel.is_automatic
            and is_overdue(self.next_try_at or self.due_at)
        )


class Release(models.Model):
    """The sweep has turned this approval into deliveries; it looks at each approval once."""

    submission = models.OneToOneField(Submission, on_delete=models.PROTECT, related_name="release")
    at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"release {self.pk}"


class Snapshot(AppendOnly):
    """Exactly what was about to be sent and why it was allowed, stored before the call (protocol
    7, R-081). `permissions` lists the decisions relied on, as they stood."""

    delivery = models.ForeignKey(Delivery, on_delete=models.PROTECT, related_name="snapshots")
    submission = models.ForeignKey(Submission, on_delete=models.PROTECT, related_name="+")
    digest = models.CharField(max_length=64)
    content = models.JSONField()
    permissions = models.JSONField(default=list)
    policy = models.CharField(max_length=80)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-at"]

    def __str__(self) -> str:
        return f"snapshot {self.pk}"


class Attempt(AppendOnly):
    """One line about one try: begun, or how it ended. What came back, secrets removed."""

    class Step(models.TextChoices):
        BEGUN = "begun", "Began to send"
        SENT = "sent", "The platform took it"
        REFUSED = "refused", "A rule said no"
        LATER = "later", "Not sent, tried again later"
        FAILED = "failed", "The platform said no"
        UNKNOWN = "unknown", "No trustworthy answer"
        FOUND = "found", "Looked, and it was there"
        NOT_FOUND = "not_found", "Looked, and it was not there"
        SETTLED = "settled", "A person said how it stands"
        ENDED = "ended", "A permission it relied on has ended"
        CLEARED = "cleared", "Removed what an unfinished try had left"
        NOT_CLEARED = "not_cleared", "Could not remove what an unfinished try had left"
        DOWN_BEGUN = "down_begun", "Began to take down"
        DOWN = "down", "Gone, seen by looking"
        DOWN_FAILED = "down_failed", "Could not be taken down"
        DOWN_TOLD = "down_told", "It stays there, and whoever had to know was told"

    delivery = models.ForeignKey(Delivery, on_delete=models.PROTECT, related_name="attempts")
    number = models.PositiveSmallIntegerField()
    step = models.CharField(max_length=12, choices=Step)
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    detail = models.CharField(max_length=500, blank=True)
    facts = models.JSONField(default=dict)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    step__in=[
                        "begun",
                        "sent",
                        "refused",
                        "later",
                        "failed",
                        "unknown",
                        "found",
                        "not_found",
                        "settled",
                        "ended",
                        "cleared",
                        "not_cleared",
                        "down_begun",
                        "down",
                        "down_failed",
                        "down_told",
                    ]
                ),
                name="attempt_step",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.step} {self.delivery_id}"
