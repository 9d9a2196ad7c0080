"""The ledger: what was asked, and every answer ever given. Permission is derived, never stored."""

from __future__ import annotations

from datetime import date, datetime

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from audit.models import AppendOnly
from consents.models.adults import Adult, AdultWording
from consents.models.evidence import Evidence
from consents.models.people import Child, Parent
from policy.models import Platform
from schools.models import School, User
from schools.roles import Permission


class Kind(models.TextChoices):
    """What a permission covers; each is asked by itself (R-071).

    A voice has no kind of its own: it is heard only in a video, so the yes to the video is the yes
    to the voices in it, and the question says so. GoLive publishes no sound without a picture.
    """

    PHOTO = "photo", "Photo"
    VIDEO = "video", "Video"
    FIRST_NAME = "first_name", "First name"
    FULL_NAME = "full_name", "Full name"
    WORK = "work", "Pupil’s own work"


# A permission for the full name covers the first name.
NAME_KINDS = frozenset({Kind.FIRST_NAME.value, Kind.FULL_NAME.value})

# What grown-ups are asked for, in their words. Nobody calls them by the first name alone, so a name
# is one question; whatever stands of it in a text ("Mrs Marsh") needs the yes to it.
ADULT_KINDS: dict[str, str] = {
    Kind.PHOTO.value: "Photo",
    Kind.VIDEO.value: "Video",
    Kind.FULL_NAME.value: "Name",
}


class Answer(models.TextChoices):
    """What was said. Only YES can ever permit; silence has no row (R-148).

    UNDONE takes back what a file brought by mistake, where its giver had said nothing before: from
    then on they have said nothing.
    """

    YES = "yes", "Yes"
    NO = "no", "No"
    WITHDRAWN = "withdrawn", "Withdrawn"
    UNCLEAR = "unclear", "Unclear"
    UNDONE = "undone", "Taken back with its file"


class Way(models.TextChoices):
    """How the answer reached us (R-145)."""

    LINK = "link", "Personal link"
    PAPER = "paper", "Paper form"
    PHONE = "phone", "Phone"
    IN_PERSON = "in_person", "In person"
    IMPORT = "import", "From the school’s system"


def is_from_before(returned_on: date | None, said_at: datetime) -> bool:
    """Was that said before the pupil left and came back? The day counts as the school's clock
    has it, in the queries as well (`ledger.BEFORE`)."""
    return returned_on is not None and timezone.localdate(said_at) < returned_on


def has_ended(yes: ConsentDecision, returned_on: date | None, day: date) -> bool:
    """Is its last day over, or was it said before whom it is about left and came back?"""
    over = yes.until is not None and yes.until < day
    return over or is_from_before(returned_on, yes.given_at)


def is_put_down(way: str, agreement_id: int | None) -> bool:
    """Do the school's records say it, and perhaps never the person it is put down to? A file notes
    no version; what stands again after a file was undone has the way it was said by, and in rows
    from before that was kept at least the version it was said to."""
    return way == Way.IMPORT and agreement_id is None


class Agreement(AppendOnly):
    """A version of the Parent/Social Media Agreement: the exact words that were agreed to.

    `content` is the whole document as `consents.wording.Document` writes it, in every language;
    `sha256` is its fingerprint, `text` the English for reading. Whoever published it approved it.
    """

    number = models.PositiveSmallIntegerField(unique=True)
    title = models.CharField(max_length=120)
    text = models.TextField()
    content = models.JSONField(default=dict)
    sha256 = models.CharField(max_length=64)
    starts_on = models.DateField(default=timezone.localdate, help_text="Asked from this day.")
    published_at = models.DateTimeField(default=timezone.now)
    published_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT)

    class Meta:
        ordering = ["-number"]

    def __str__(self) -> str:
        return f"{self.title}, version {self.number}"


class ConsentDecision(AppendOnly):
    """One answer about one person, one platform, one kind. Never changed, never deleted.

    `giver` is a parent, or the child themself (`given_by_child`), or the adult it is about.
    `given_at` orders the answers (an old form found later does not undo a withdrawal);
    `recorded_at` says when we knew.
    """

    child = models.ForeignKey(
        Child, null=True, blank=True, on_delete=models.PROTECT, related_name="decisions"
    )
    adult = models.ForeignKey(
        Adult, null=True, blank=True, on_delete=models.PROTECT, related_name="decisions"
    )
    platform = models.ForeignKey(Platform, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10, choices=Kind)
    answer = models.CharField(max_length=9, choices=Answer)
    giver = models.ForeignKey(
        Parent, null=True, blank=True, on_delete=models.PROTECT, related_name="decisions"
    )
    given_by_child = models.BooleanField(default=False)
    way = models.CharField(max_length=9, choices=Way)
    agreement = models.ForeignKey(
        Agreement, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    adult_wording = models.ForeignKey(
        AdultWording, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    language = models.CharField(
        max_length=12, blank=True, help_text="In which of the agreement's languages it was read."
    )
    evidence = models.CharField(max_length=300, blank=True)
    scan = models.ForeignKey(
        Evidence, null=True, blank=True, on_delete=models.PROTECT, related_name="decisions"
    )
    given_at = models.DateTimeField(default=timezone.now)
    recorded_at = models.DateTimeField(default=timezone.now)
    recorded_by = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    until = models.DateField(null=True, blank=True, help_text="The last day it counts.")
    # Also of what stands again after that file was undone, which has the way it was first said by.
    source_import_id = models.BigIntegerField(null=True, blank=True)
    undoes_id = models.BigIntegerField(
        null=True, blank=True, help_text="The decision of a file that this one answers."
    )

    class Meta:
        ordering = ["-given_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(child__isnull=False, adult=None) | Q(child=None, adult__isnull=False),
                name="decision_one_person",
            ),
            models.CheckConstraint(
                condition=Q(giver__isnull=False, given_by_child=False)
                | Q(giver=None, given_by_child=True, child__isnull=False)
                | Q(giver=None, given_by_child=False, adult__isnull=False)
                | (Q(giver=None, given_by_child=False) & ~Q(answer="yes")),
                name="decision_yes_has_giver",
            ),
            models.CheckConstraint(condition=Q(kind__in=Kind.values), name="decision_kind"),
            models.CheckConstraint(condition=Q(answer__in=Answer.values), name="decision_answer"),
            models.CheckConstraint(condition=Q(way__in=Way.values), name="decision_way"),
            models.CheckConstraint(
                condition=Q(given_at__lte=F("recorded_at")), name="decision_given_before_recorded"
            ),
        ]
        indexes = [
            models.Index(
                fields=["child", "platform", "kind", "-given_at", "-id"],
                include=["answer", "giver", "given_by_child", "until", "agreement"],
                name="decision_child",
            ),
            models.Index(
                fields=["adult", "platform", "kind", "-given_at", "-id"], name="decision_adult"
            ),
            # What is live is looked at for what was said since the last look, every few seconds.
            models.Index(fields=["recorded_at"], name="decision_recorded"),
        ]

    def __str__(self) -> str:
        return f"{self.answer} {self.kind} {self.platform_id}"

    @property
    def adult_kind(self) -> str:
        """What it is about, as grown-ups are asked for it."""
        return ADULT_KINDS.get(self.kind, str(self.get_kind_display()))

    @property
    def is_put_down(self) -> bool:
        """Is it the school's records that say it (`imports.answers`)?"""
        return is_put_down(self.way, self.agreement_id)


class AskQuerySet(models.QuerySet["Ask"]):
    """Questions to parents, by whether they still wait."""

    def open(self) -> AskQuerySet:
        """Not yet settled by an answer or by whoever keeps the list."""
        return self.filter(closed_at=None)

    def for_office(self, user: User) -> AskQuerySet:
        """Of the office's lists this person may see."""
        return self.filter(user.school_filter("school", Permission.CONSENT_SEE), for_lead=False)

    def for_lead(self, user: User) -> AskQuerySet:
        """Of the safeguarding lead's lists, if this person is one."""
        return self.filter(user.school_filter("school", Permission.HOLD_SET), for_lead=True)


class Ask(models.Model):
    """Staff want to use something and need a parent's answer: a line on the office's list.

    `purpose` (a key of the policy) says for what, where not every version of the agreement asks for
    it; empty where any yes covers it (`consents.purposes.as_asked`).

    Where the family's answers permit it and only a hold stands in the way, the office must not
    find out: then the line is on the safeguarding lead's list (`for_lead`).
    """

    child = models.ForeignKey(Child, on_delete=models.CASCADE, related_name="asks")
    platform = models.ForeignKey(Platform, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10, choices=Kind)
    purpose = models.SlugField(blank=True)
    school = models.ForeignKey(School, on_delete=models.CASCADE, related_name="+")
    for_lead = models.BooleanField(default=False, editable=False)
    asked_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(default=timezone.now)
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    objects = AskQuerySet.as_manager()

    class Meta:
        ordering = ["asked_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["child", "platform", "kind", "purpose"],
                condition=Q(closed_at=None),
                name="ask_one_open",
            ),
        ]

    def __str__(self) -> str:
        return f"ask {self.pk}"
