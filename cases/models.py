"""A case, whom it concerns, and its time line.

Nobody deletes a case: its time line begins with it, and rows of a time line are never deleted, so
the database refuses to.
"""

from __future__ import annotations

from datetime import timedelta

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from audit.models import AppendOnly
from cases.kinds import CLOCKS, SHORT, Clock, Kind, readers
from consents.models import Adult, Child
from policy.rulebook import Rulebook
from posts.models import Post
from schools import clock
from schools.clock import noun
from schools.models import School, User


class CaseQuerySet(models.QuerySet["Case"]):
    """Cases, by who may read them and by their clocks."""

    def visible_to(self, user: User) -> CaseQuerySet:
        """Those this person looks after: theirs, their deputy's, and what the policy names a role
        of theirs for, at schools their roles reach. Never what is about themself (R-031), and a
        worry about a child only for the safeguarding lead."""
        book, held = Rulebook.in_force(), user.roles_today()
        may = Q(pk__in=[])
        for kind in Kind:
            named = [role for role in held if role.role in readers(kind, book)]
            if any(role.school_id is None for role in named):
                may |= Q(kind=kind)
            may |= Q(kind=kind, school__in=[r.school_id for r in named if r.school_id])
        theirs = (Q(owner=user) | Q(deputy=user)) & ~Q(kind=Kind.WORRY)
        theirs &= user.school_filter("school")
        return self.filter(may | theirs).exclude(about=user)

    def raised_by(self, user: User) -> CaseQuerySet:
        """What this person told us: they read their own words and how it stands, no more."""
        return self.filter(raised_by=user)

    def open(self) -> CaseQuerySet:
        """Not closed."""
        return self.exclude(state=Case.State.CLOSED)

    def by_clock(self) -> CaseQuerySet:
        """What ends first comes first, what is overdue before it; then those without a clock."""
        return self.order_by(F("due_at").asc(nulls_last=True), "pk")


class Case(models.Model):
    """Something with an owner and, where the law gives one, a clock (R-160 to R-162).

    `began_at` is when it reached us, was seen or was known: the clock counts from there.
    """

    class State(models.TextChoices):
        """How it stands. Only a person closes it, in their own words (R-009)."""

        OPEN = "open", "Open"
        WAITING = "waiting", "Waits for who asked"
        CLOSED = "closed", "Closed"

    kind = models.CharField(max_length=9, choices=Kind)
    school = models.ForeignKey(School, on_delete=models.PROTECT, related_name="+")
    words = models.TextField(help_text="What whoever raised it said.")
    link = models.URLField(max_length=500, blank=True)
    post = models.ForeignKey(
        Post, null=True, blank=True, on_delete=models.PROTECT, related_name="cases"
    )
    about = models.ForeignKey(
        User,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text="The member of staff it is about, who never reads it.",
    )
    began_at = models.DateTimeField()
    reported_at = models.DateTimeField(default=timezone.now)
    raised_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    owner = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    deputy = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    state = models.CharField(max_length=7, choices=State, default=State.OPEN)
    due_at = models.DateTimeField(null=True, blank=True, help_text="Empty: no clock runs.")
    is_longer = models.BooleanField(default=False, help_text="Two months more, told in time.")
    waits_since = models.DateField(null=True, blank=True)
    waited = models.PositiveIntegerField(default=0, help_text="Days that were not counted.")
    reminded_at = models.DateTimeField(null=True, blank=True)
    climbed_at = models.DateTimeField(null=True, blank=True)
    outcome = models.TextField(blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    objects = CaseQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=Kind.values), name="case_kind"),
            models.CheckConstraint(
                condition=Q(
                    Q(closed_at__isnull=False, closed_by__isnull=False) & ~Q(outcome=""),
                    state="closed",
                )
                | Q(state__in=["open", "waiting"], closed_at=None, closed_by=None, outcome=""),
                name="case_closed_by_a_person_with_words",
            ),
            models.CheckConstraint(
                condition=Q(state="waiting", waits_since__isnull=False, kind="access")
                | (~Q(state="waiting") & Q(waits_since=None)),
                name="case_waits_since",
            ),
            models.CheckConstraint(condition=~Q(words=""), name="case_says_what"),
            models.CheckConstraint(
                condition=Q(about=None) | ~Q(owner=F("about")), name="case_not_of_whom_it_is_about"
            ),
            models.CheckConstraint(
                condition=Q(deputy=None) | ~Q(deputy=F("owner")), name="case_deputy_is_another"
            ),
            models.UniqueConstraint(
                fields=["post"],
                condition=Q(kind="breach") & ~Q(state="closed"),
                name="case_one_breach_of_a_post",
            ),
        ]
        indexes = [
            models.Index(
                fields=["due_at"], condition=Q(state="open", due_at__isnull=False), name="case_due"
            ),
            models.Index(fields=["school", "kind", "state"], name="case_school_kind"),
        ]

    def __str__(self) -> str:
        return f"case {self.pk}"

    @property
    def short(self) -> str:
        """Its kind in a word or two."""
        return SHORT[Kind(self.kind)]

    @property
    def asks(self) -> Clock | None:
        """What must be done in time, if anything."""
        return CLOCKS.get(Kind(self.kind))

    @property
    def is_overdue(self) -> bool:
        """Is the end of its clock over?"""
        runs = self.state == self.State.OPEN and self.due_at is not None
        return runs and self.due_at is not None and self.due_at < timezone.now()

    @property
    def ends_on_a_day(self) -> bool:
        """Does its clock count days? The 72 hours are counted to the minute."""
        return self.kind != Kind.BREACH

    @property
    def hours_left(self) -> str:
        """Until the end of its clock: of 72 hours nobody counts days."""
        left = self.due_at - timezone.now() if self.due_at else timedelta()
        hours = int(left.total_seconds()) // 3600
        return noun(hours, "hour", "hours") if hours > 0 else clock.left(timezone.now() + left)

    @property
    def approved_words(self) -> str:
        """What may be answered to a media enquiry, as approved last (R-058). One query."""
        approved = self.notes.filter(step=Note.Step.WORDS).order_by("-pk").first()
        return approved.text if approved else ""

    @property
    def time_to_report(self) -> str:
        """From when it was seen until it was said here, in hours (R-097)."""
        hours = int((self.reported_at - self.began_at).total_seconds()) // 3600
        return noun(hours, "hour", "hours") if hours > 0 else "less than an hour"


class Concerned(AppendOnly):
    """A person shown or named in what the case is about."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="concerned")
    child = models.ForeignKey(Child, null=True, on_delete=models.PROTECT, related_name="+")
    adult = models.ForeignKey(Adult, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(child__isnull=False, adult=None) | Q(child=None, adult__isnull=False),
                name="concerned_one_person",
            ),
        ]

    def __str__(self) -> str:
        return f"concerned by case {self.case_id}"


class Note(AppendOnly):
    """One line of a case's time line. `by` is empty where GoLive itself writes."""

    class Step(models.TextChoices):
        """What was done."""

        RAISED = "raised", "raised it"
        NOTED = "noted", "noted"
        WAITS = "waits", "waits for who asked; the clock stands still"
        GOES_ON = "goes_on", "goes on; the clock runs again"
        LONGER = "longer", "told who asked that it takes two months more"
        MET = "met", "did in time what the clock asks"
        WORDS = "words", "approved these words for an answer"
        CLIMBED = "climbed", "passed it on: its time is over"
        CLOSED = "closed", "closed it"

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="notes")
    step = models.CharField(max_length=7, choices=Step)
    text = models.TextField(blank=True)
    by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.step} of case {self.case_id}"
