"""Asking many parents at once: whom, when, and how often they are reminded."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from consents.models.decisions import Agreement, ConsentDecision, Way
from consents.models.people import Child, Parent
from schools.models import School, User
from schools.roles import Permission

if TYPE_CHECKING:
    from datetime import datetime


LONGEST_LIST = 160


class CampaignQuerySet(models.QuerySet["Campaign"]):
    """Campaigns, as one person may see them."""

    def visible_to(self, user: User) -> CampaignQuerySet:
        """Of schools whose permission records this person may open."""
        return self.filter(user.school_filter("school", Permission.CONSENT_SEE))


class Campaign(models.Model):
    """The parents of some children of a school, asked about one version of the agreement."""

    class Whom(models.TextChoices):
        NOT_ASKED = "not_asked", "Parents not asked yet"
        NO_ANSWER = "no_answer", "Parents asked, with questions still open"
        ENDING = "ending", "Parents whose yes ends soon or has ended"
        ALL = "all", "All parents"

    school = models.ForeignKey(School, on_delete=models.CASCADE, related_name="campaigns")
    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="+")
    key = models.UUIDField(unique=True, editable=False, help_text="One for each look before it.")
    year = models.CharField(max_length=12, blank=True)
    form = models.CharField("class", max_length=20, blank=True)
    whom = models.CharField(max_length=9, choices=Whom)
    listed = models.CharField(
        max_length=LONGEST_LIST, blank=True, help_text="In words, the list they were chosen from."
    )
    remind_after = models.JSONField(default=list, help_text="Days after asking, rising.")
    nobody = models.PositiveIntegerField(default=0, help_text="Children nobody may decide for.")
    made_at = models.DateTimeField(default=timezone.now)
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    stopped_at = models.DateTimeField(null=True, blank=True)
    stopped_by = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    objects = CampaignQuerySet.as_manager()

    class Meta:
        ordering = ["-made_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(whom__in=["not_asked", "no_answer", "ending", "all"]),
                name="campaign_whom",
            ),
            models.CheckConstraint(
                condition=Q(stopped_at=None, stopped_by=None)
                | Q(stopped_at__isnull=False, stopped_by__isnull=False),
                name="campaign_stopped_by_whom",
            ),
        ]

    def __str__(self) -> str:
        return f"campaign {self.pk}"


class InvitationQuerySet(models.QuerySet["Invitation"]):
    """Invitations, by whether something came of them."""

    def with_answered(self) -> InvitationQuerySet:
        """Each with `answered`: this parent has answered about one of the children since."""
        return self.annotate(answered=_answered())

    def answered(self) -> InvitationQuerySet:
        """Those whose parent has answered since."""
        return self.filter(_answered())

    def to_remind(self, at: datetime) -> InvitationQuerySet:
        """Whose next reminder has come, in campaigns that go on, about pupils who are here."""
        return self.filter(
            Exists(Child.objects.on_roll().filter(invitations=OuterRef("pk"))),
            next_reminder_at__lte=at,
            campaign__stopped_at=None,
        )


def _answered() -> Exists:
    """What a file says in somebody's name is no answer to us, nor is what undoing it wrote."""
    return Exists(
        ConsentDecision.objects.exclude(way=Way.IMPORT).filter(
            source_import_id=None,
            giver=OuterRef("parent"),
            given_at__gte=OuterRef("made_at"),
            child__invitations=OuterRef("pk"),
        )
    )


class Invitation(models.Model):
    """One parent within a campaign, with the children they are asked about."""

    campaign = models.ForeignKey(Campaign, on_delete=models.CASCADE, related_name="invitations")
    parent = models.ForeignKey(Parent, on_delete=models.CASCADE, related_name="invitations")
    children = models.ManyToManyField(Child, related_name="invitations")
    by_letter = models.BooleanField(default=False, help_text="No e-mail address that works.")
    printed_at = models.DateTimeField(null=True, blank=True)
    reminders = models.PositiveSmallIntegerField(default=0)
    next_reminder_at = models.DateTimeField(null=True, blank=True)
    made_at = models.DateTimeField(default=timezone.now)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        ordering = ["parent__surname", "parent__first_name", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["campaign", "parent"], name="invitation_once"),
        ]
        indexes = [
            models.Index(
                fields=["next_reminder_at"],
                condition=Q(next_reminder_at__isnull=False),
                name="invitation_to_remind",
            ),
        ]

    def __str__(self) -> str:
        return f"invitation {self.pk}"


class EndingsTold(models.Model):
    """A school's office was told in this week that answers end. Once a week, whoever runs."""

    school = models.ForeignKey(School, on_delete=models.CASCADE, related_name="+")
    week = models.DateField(help_text="Its Monday.")
    pupils = models.PositiveIntegerField()
    told_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["school", "week"], name="endings_told_once_a_week"),
        ]

    def __str__(self) -> str:
        return f"endings told to {self.school_id}"
