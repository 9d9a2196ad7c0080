"""Grown-ups who may be pictured, filmed or named; the words they are asked with; their links."""

from __future__ import annotations

from datetime import date, datetime

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from audit.models import AppendOnly
from schools.models import School, User
from schools.roles import Permission


class AdultQuerySet(models.QuerySet["Adult"]):
    """Adults, as one person may see them, and by whether they are still here."""

    def visible_to(self, user: User) -> AdultQuerySet:
        """Of schools whose permission records this person may open."""
        return self.filter(user.school_filter("school", Permission.CONSENT_SEE))

    def here(self, day: date | None = None) -> AdultQuerySet:
        """Who has not left by that day (default today)."""
        return self.filter(is_here(day or timezone.localdate()))


def is_here(day: date, to: str = "") -> Q:
    """For a query over adults, or over rows that lead `to` one ("adult__"): has not left. Somebody
    who signs in has left when their account has ended or is closed."""
    stays = Q(**{f"{to}left_on": None}) | Q(**{f"{to}left_on__gt": day})
    account = Q(**{f"{to}user": None}) | (
        Q(**{f"{to}user__is_active": True})
        & (Q(**{f"{to}user__ends_on": None}) | Q(**{f"{to}user__ends_on__gte": day}))
    )
    return stays & account


class Adult(models.Model):
    """Staff, visitors, governors and volunteers who may be pictured (R-107)."""

    class Kind(models.TextChoices):
        STAFF = "staff", "Member of staff"
        PARENT = "parent", "Parent or carer"
        GOVERNOR = "governor", "Governor"
        VISITOR = "visitor", "Visitor"

    school = models.ForeignKey(School, on_delete=models.PROTECT, related_name="adults")
    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=10, choices=Kind, default=Kind.STAFF)
    user = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL)
    email = models.EmailField(blank=True)
    left_on = models.DateField(
        null=True, blank=True, help_text="From this day on nothing they said counts as a yes."
    )
    returned_on = models.DateField(
        null=True, blank=True, help_text="Came back: what they said before does not come back."
    )

    objects = AdultQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=["staff", "parent", "governor", "visitor"]), name="adult_kind"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def address(self) -> str:
        """Where mail reaches them: their own address, or that of their account."""
        return self.email or (self.user.email if self.user else "")

    def has_left(self, day: date | None = None) -> bool:
        """In Python what `is_here` asks."""
        when = day or timezone.localdate()
        if self.left_on is not None and self.left_on <= when:
            return True
        if self.user is None:
            return False
        over = self.user.ends_on is not None and self.user.ends_on < when
        return over or not self.user.is_active


class AdultWording(AppendOnly):
    """A version of what grown-ups are asked: the exact words, never changed (R-145)."""

    number = models.PositiveSmallIntegerField(unique=True)
    content = models.JSONField(help_text="The parts of the text, by key.")
    sha256 = models.CharField(max_length=64)
    years = models.PositiveSmallIntegerField(
        null=True, blank=True, help_text="How long a yes lasts; empty: until they leave."
    )
    published_at = models.DateTimeField(default=timezone.now)
    published_by = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering = ["-number"]

    def __str__(self) -> str:
        return f"Permission of grown-ups, version {self.number}"


class AdultLinkQuerySet(models.QuerySet["AdultLink"]):
    """Links, by whether they open."""

    def working(self, at: datetime | None = None) -> AdultLinkQuerySet:
        """Neither expired nor revoked."""
        return self.filter(revoked_at=None, expires_at__gt=at or timezone.now())


class AdultLink(models.Model):
    """A grown-up's own address to answer at, like a parent's: only a hash of its secret is kept."""

    adult = models.ForeignKey(Adult, on_delete=models.CASCADE, related_name="links")
    sha256 = models.CharField(max_length=64, unique=True, editable=False)
    made_at = models.DateTimeField(default=timezone.now)
    made_by = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)

    objects = AdultLinkQuerySet.as_manager()

    def __str__(self) -> str:
        return f"link {self.pk}"


class AdultMail(models.Model):
    """A mail that asks a grown-up or reminds them, waiting or sent; its link is made as it
    leaves."""

    adult = models.ForeignKey(Adult, on_delete=models.CASCADE, related_name="mails")
    made_at = models.DateTimeField(default=timezone.now)
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    next_try_at = models.DateTimeField(default=timezone.now)
    tries = models.PositiveSmallIntegerField(default=0)
    sent_at = models.DateTimeField(null=True, blank=True)
    given_up_at = models.DateTimeField(null=True, blank=True)
    problem = models.CharField(max_length=200, blank=True)
    reminds = models.ForeignKey(
        "self",
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="reminders",
        help_text="The mail that asked; empty where this is it.",
    )
    remind_after = models.JSONField(default=list, help_text="Days after asking, rising.")
    next_reminder_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-made_at", "-pk"]
        indexes = [
            models.Index(
                fields=["next_reminder_at"],
                condition=Q(next_reminder_at__isnull=False),
                name="adultmail_to_remind",
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(reminds=None) | Q(next_reminder_at=None),
                name="adultmail_reminder_asks_once",
            ),
            models.CheckConstraint(
                condition=Q(sent_at=None) | Q(given_up_at=None), name="adultmail_sent_or_given_up"
            ),
            models.CheckConstraint(
                condition=Q(sent_at=None) | Q(sent_at__gte=F("made_at")), name="adultmail_in_order"
            ),
        ]

    def __str__(self) -> str:
        return f"mail {self.pk} to adult {self.adult_id}"
