"""Files from the school's system: what was sent, what each row became, what columns mean here."""

from __future__ import annotations

import uuid
from datetime import datetime, timedelta
from typing import ClassVar

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q
from django.utils import timezone

from consents.models.people import Child
from schools.models import School, User
from schools.private import private_storage
from schools.roles import Permission

KEPT = timedelta(days=30)


def import_path(_import: Import, _name: str) -> str:
    """A random name: what the office calls its file may name a class or a child."""
    return f"imports/{uuid.uuid4().hex}"


class ImportQuerySet(models.QuerySet["Import"]):
    """Imports, as one person may see them, and by what is still to do."""

    def visible_to(self, user: User) -> ImportQuerySet:
        """Imports of the schools this person may import for."""
        return self.filter(user.school_filter("school", Permission.CHILD_IMPORT))

    def to_work_on(self, at: datetime) -> ImportQuerySet:
        """New or confirmed ones, and those whose worker died (its lease has run out)."""
        state = Import.State
        return self.filter(
            Q(state__in=[state.WAITING, state.CONFIRMED, state.TO_LOOK, state.TO_UNDO])
            | Q(
                state__in=[state.CHECKING, state.APPLYING, state.LOOKING, state.UNDOING],
                lease_until__lt=at,
            )
        ).order_by("pk")

    def with_file_to_delete(self, at: datetime) -> ImportQuerySet:
        """Finished ones, and any left lying, whose file is still there."""
        state = Import.State
        ended = [*Import.WRITTEN, state.CANCELLED, state.UNDONE]
        over = Q(state__in=ended) | Q(uploaded_at__lt=at - KEPT)
        return self.filter(over).exclude(file="")


class Import(models.Model):
    """One file of pupils, parents and permissions, from upload to the last row.

    Applying is one transaction: all good rows of the file or none. `summary` holds counts and
    sentences without names; names live in the file and in `ImportRow`, and go with them.
    """

    class State(models.TextChoices):
        WAITING = "waiting", "Waiting to be read"
        CHECKING = "checking", "Being read"
        READY = "ready", "Look at it, then bring it in"
        CONFIRMED = "confirmed", "Waiting to be brought in"
        APPLYING = "applying", "Being brought in"
        DONE = "done", "Brought in"
        REFUSED = "refused", "Cannot be read"
        CANCELLED = "cancelled", "Not brought in"
        TO_LOOK = "to_look", "Waiting to be looked through"
        LOOKING = "looking", "Being looked through"
        TO_UNDO = "to_undo", "Waiting to be undone"
        UNDOING = "undoing", "Being undone"
        UNDONE = "undone", "Undone"

    # Brought in, whether or not somebody thinks of undoing it.
    WRITTEN: ClassVar = (State.DONE, State.TO_LOOK, State.LOOKING, State.TO_UNDO, State.UNDOING)

    class Stage(models.TextChoices):
        READING = "reading", "Rows read"
        COMPARING = "comparing", "Rows compared"
        WRITING = "writing", "Rows written"

    school = models.ForeignKey(School, on_delete=models.PROTECT, related_name="imports")
    uploaded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField(default=timezone.now)
    file = models.FileField(upload_to=import_path, storage=private_storage, blank=True)
    file_name = models.CharField(max_length=200)
    size = models.PositiveIntegerField(help_text="Bytes.")
    sha256 = models.CharField(max_length=64)
    state = models.CharField(max_length=9, choices=State, default=State.WAITING)
    problem = models.CharField(max_length=400, blank=True)
    lease_until = models.DateTimeField(null=True, blank=True)
    tries = models.PositiveSmallIntegerField(default=0)
    stage = models.CharField(max_length=9, choices=Stage, default=Stage.READING)
    rows_done = models.PositiveIntegerField(default=0)
    rows_total = models.PositiveIntegerField(default=0)
    options = models.JSONField(default=dict, help_text="How to read it: letters, columns, ticks.")
    resolutions = models.JSONField(default=dict, help_text="Row number → who a person says it is.")
    columns = models.JSONField(default=list, help_text="What each column was taken for.")
    summary = models.JSONField(default=dict)
    confirmed_by = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    confirmed_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    undo_asked_at = models.DateTimeField(null=True, blank=True)
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    objects = ImportQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    state__in=[
                        "waiting",
                        "checking",
                        "ready",
                        "confirmed",
                        "applying",
                        "done",
                        "refused",
                        "cancelled",
                        "to_look",
                        "looking",
                        "to_undo",
                        "undoing",
                        "undone",
                    ]
                ),
                name="import_state",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["confirmed", "applying", "done", "to_look", "looking"])
                | Q(confirmed_by__isnull=False, confirmed_at__isnull=False),
                name="import_confirmed_by_whom",
            ),
            models.CheckConstraint(
                condition=~Q(state="refused") | ~Q(problem=""), name="import_refused_says_why"
            ),
            models.UniqueConstraint(
                fields=["school"],
                condition=Q(state__in=["applying", "undoing"]),
                name="import_one_at_a_time",
            ),
        ]
        indexes = [
            models.Index(
                fields=["id"],
                condition=Q(
                    state__in=[
                        "waiting",
                        "checking",
                        "confirmed",
                        "applying",
                        "to_look",
                        "looking",
                        "to_undo",
                        "undoing",
                    ]
                ),
                name="import_to_work_on",
            ),
        ]

    def __str__(self) -> str:
        return f"import {self.pk}"

    @property
    def is_busy(self) -> bool:
        """Is a worker at it, or about to be?"""
        state = Import.State
        coming = {state.WAITING, state.CHECKING, state.CONFIRMED, state.APPLYING}
        looked_at = {state.TO_LOOK, state.LOOKING}
        return self.state in coming | looked_at | {state.TO_UNDO, state.UNDOING}

    @property
    def is_written(self) -> bool:
        """Does what it brought stand?"""
        return self.state in self.WRITTEN


class ImportRow(models.Model):
    """What one row of the file became, or will become. Deleted with the names in it after 30 days.

    `cells` are kept only for rows that stay out.
    """

    class Outcome(models.TextChoices):
        NEW = "new", "New"
        CHANGED = "changed", "Changed"
        UNCHANGED = "unchanged", "Unchanged"
        PROBLEM = "problem", "To mend"
        PERSON = "person", "Needs a person"

    source = models.ForeignKey(Import, on_delete=models.CASCADE, related_name="rows")
    number = models.PositiveIntegerField(help_text="As the spreadsheet counts, from 1.")
    outcome = models.CharField(max_length=9, choices=Outcome)
    name = models.CharField(max_length=200, blank=True)
    form = models.CharField(max_length=40, blank=True)
    child = models.ForeignKey(
        Child, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    problems = models.JSONField(default=list, help_text="Pairs of column and sentence.")
    remarks = models.JSONField(default=list, help_text="Sentences.")
    candidates = models.JSONField(default=list, help_text="Ids of children it may be.")
    cells = models.JSONField(default=list)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["source", "number"], name="importrow_once"),
            models.CheckConstraint(
                condition=Q(outcome__in=["new", "changed", "unchanged", "problem", "person"]),
                name="importrow_outcome",
            ),
        ]
        indexes = [
            models.Index(fields=["source", "outcome", "number"], name="importrow_by_outcome")
        ]

    def __str__(self) -> str:
        return f"row {self.number} of {self.source_id}"


class ImportTrace(models.Model):
    """What an import wrote over or added besides its decisions, so that it can be undone.

    `before` holds names and addresses and goes after 30 days, and with it the way back; the ranges
    of ids stay.
    """

    source = models.OneToOneField(
        Import, primary_key=True, on_delete=models.CASCADE, related_name="trace"
    )
    written_at = models.DateTimeField()
    children = models.JSONField(default=list, help_text="Ranges of ids added: first and last.")
    guardianships = models.JSONField(default=list, help_text="Ranges of ids added.")
    named = models.JSONField(
        null=True,
        help_text="Ranges of ids of every pupil it names, changed or not. None: not noted then.",
    )
    before = models.JSONField(
        null=True, encoder=DjangoJSONEncoder, help_text="Table → id → field → before and after."
    )
    hints = models.JSONField(null=True, encoder=DjangoJSONEncoder, help_text="As they were.")
    asks = models.JSONField(default=list, help_text="Ids of questions that the file answered.")

    def __str__(self) -> str:
        return f"trace of import {self.source_id}"


class RememberedHeading(models.Model):
    """What a person said a column means, kept for the school's next file."""

    school = models.ForeignKey(School, on_delete=models.CASCADE, related_name="+")
    heading = models.CharField(max_length=140, help_text="Folded, with #2 for a second one.")
    field = models.CharField(max_length=60)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["school", "heading"], name="heading_once"),
        ]

    def __str__(self) -> str:
        return f"{self.heading}: {self.field}"


class Hint(models.Model):
    """Something a file said about a child that is no permission: "photos: yes", with no platform.

    It never permits anything; it tells the office whom to ask, platform by platform.
    """

    child = models.ForeignKey(Child, on_delete=models.CASCADE, related_name="hints")
    topic = models.CharField(max_length=40)
    said = models.CharField(max_length=200)
    said_on = models.DateField(null=True, blank=True)
    source = models.ForeignKey(Import, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        ordering = ["topic"]
        constraints = [models.UniqueConstraint(fields=["child", "topic"], name="hint_once")]

    def __str__(self) -> str:
        return f"{self.topic} of {self.child_id}"
