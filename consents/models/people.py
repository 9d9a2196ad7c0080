"""Pupils, the parents and carers who may decide for them, and other people who may be pictured."""

from __future__ import annotations

import unicodedata
from datetime import date

from django.db import models
from django.db.models import Q
from django.utils import timezone

from schools.models import School, User
from schools.roles import Permission

_FOLD = str.maketrans(
    {
        "’": "'",
        "‘": "'",
        "ʼ": "'",
        "`": "'",
        "–": "-",
        "—": "-",
        "‐": "-",
        "ł": "l",
        "ø": "o",
        "đ": "d",
        "ß": "ss",
        "æ": "ae",
        "œ": "oe",
        "ı": "i",
    }
)


def folded(text: str) -> str:
    """Lower case, no accents, plain apostrophes and hyphens: for search and comparison only."""
    plain = unicodedata.normalize("NFKD", text.casefold().translate(_FOLD))
    return " ".join("".join(c for c in plain if not unicodedata.combining(c)).split())


class Decides(models.TextChoices):
    """Whose yes is needed. Empty: nobody has recorded it."""

    PARENTS = "parents", "A parent’s or carer’s"
    PUPIL = "pupil", "The pupil’s own"
    BOTH = "both", "Both: a parent’s or carer’s, and the pupil’s own"


OWN_SAY = frozenset({Decides.PUPIL, Decides.BOTH})


class ChildQuerySet(models.QuerySet["Child"]):
    """Children, as one person may see them."""

    def visible_to(self, user: User) -> ChildQuerySet:
        """Children whose permission records this person may open (the office, Heads, DSL, DPO)."""
        return self.filter(user.school_filter("school", Permission.CONSENT_SEE))

    def pickable_by(self, user: User) -> ChildQuerySet:
        """Children this person may say are in a photo: on the roll of a school of theirs."""
        return self.filter(user.school_filter("school", Permission.CHILD_PICK)).on_roll()

    def on_roll(self, day: date | None = None) -> ChildQuerySet:
        """Children who have not left."""
        when = day or timezone.localdate()
        return self.filter(Q(left_on=None) | Q(left_on__gt=when))

    def matching(self, words: str) -> ChildQuerySet:
        """Children whose name holds every word typed, accents and case aside."""
        found = self
        for word in folded(words).split():
            found = found.filter(search_key__contains=word)
        return found


class Child(models.Model):
    """A pupil of one of the trust's schools. The MIS photograph is never imported.

    A UPN is a blind identifier: it is never shown outside imports, put in an address or logged. Two
    schools may each keep a record of one pupil (`imports.moves`).
    """

    school = models.ForeignKey(School, on_delete=models.PROTECT, related_name="children")
    first_name = models.CharField("legal first name", max_length=80)
    surname = models.CharField("legal surname", max_length=80, blank=True)
    preferred_first_name = models.CharField(max_length=80, blank=True)
    preferred_surname = models.CharField(max_length=80, blank=True)
    nicknames = models.CharField(
        max_length=80,
        blank=True,
        help_text="What else the pupil is called at school, apart by commas: looked for in texts.",
    )
    born_on = models.DateField("date of birth", null=True, blank=True)
    upn = models.CharField(max_length=13, blank=True)
    mis_id = models.CharField(max_length=40, blank=True, help_text="The school’s own number.")
    year = models.CharField(max_length=12, blank=True)
    form = models.CharField("class", max_length=20, blank=True)
    joined_on = models.DateField(null=True, blank=True)
    left_on = models.DateField(null=True, blank=True)
    returned_on = models.DateField(
        null=True,
        blank=True,
        help_text="Came back after leaving: answers given before do not come back with them.",
    )
    decides = models.CharField(
        max_length=7,
        choices=Decides,
        blank=True,
        help_text="Whose yes is needed, as recorded of this pupil’s capacity (R-150).",
    )
    best_interests = models.BooleanField(
        default=False,
        help_text="At 18 and over: a best-interests or deputy record lets the parent’s yes count.",
    )
    said_in_care = models.BooleanField(
        default=False,
        editable=False,
        help_text="What the last file with such a column said. Holds say what counts.",
    )
    in_care = models.BooleanField(
        default=False,
        editable=False,
        help_text="Looked after: only the authority named in the care plan may say yes (R-154).",
    )
    search_key = models.CharField(max_length=340, editable=False, db_index=True)

    objects = ChildQuerySet.as_manager()

    class Meta:
        ordering = ["surname", "first_name", "pk"]
        verbose_name_plural = "children"
        constraints = [
            models.UniqueConstraint(
                fields=["school", "mis_id"], condition=~Q(mis_id=""), name="child_mis_id_once"
            ),
            models.UniqueConstraint(
                fields=["school", "upn"], condition=~Q(upn=""), name="child_upn_once_a_school"
            ),
            models.CheckConstraint(
                condition=Q(decides__in=["", *Decides.values]), name="child_decides"
            ),
        ]
        indexes = [models.Index(fields=["school", "form", "surname"], name="child_roster")]

    def __str__(self) -> str:
        return self.full_name

    def save(self, *args: object, **kwargs: object) -> None:
        """Keeps the search key in step; bulk writers call `make_search_key` themselves."""
        self.search_key = self.make_search_key()
        super().save(*args, **kwargs)  # type: ignore[arg-type]

    def make_search_key(self) -> str:
        """All names of the child, folded, and the class."""
        return folded(
            " ".join(
                [
                    self.first_name,
                    self.surname,
                    self.preferred_first_name,
                    self.preferred_surname,
                    self.form,
                ]
            )
        )

    @property
    def known_as(self) -> str:
        """The first name the school uses."""
        return self.preferred_first_name or self.first_name

    @property
    def known_surname(self) -> str:
        """The surname the school uses."""
        return self.preferred_surname or self.surname

    @property
    def short_name(self) -> str:
        """ "Amira K.": for staff who need no more."""
        return f"{self.known_as} {self.known_surname[:1]}.".replace(" .", "")

    @property
    def full_name(self) -> str:
        """ "Amira Khan": where two must be told apart."""
        return f"{self.known_as} {self.known_surname}".strip()

    @property
    def birthday(self) -> str:
        """ "born 4 May", without the year: for staff who must tell two of one name in one class
        apart. Empty without a date of birth."""
        return f"born {self.born_on.day} {self.born_on:%B}" if self.born_on else ""

    @property
    def namesake_key(self) -> tuple[str, str, str]:
        """Equal for pupils whom name and class do not tell apart."""
        return folded(self.known_as), folded(self.known_surname), self.form

    def has_left(self, day: date | None = None) -> bool:
        """Has the child left by that day (default today)?"""
        return self.left_on is not None and self.left_on <= (day or timezone.localdate())


class Parent(models.Model):
    """A parent or carer; in education law "parent" includes carers."""

    title = models.CharField(max_length=20, blank=True)
    first_name = models.CharField(max_length=80, blank=True)
    surname = models.CharField(max_length=80)
    email = models.EmailField(blank=True)
    phone = models.CharField(max_length=40, blank=True)
    mis_id = models.CharField(max_length=40, blank=True)

    class Meta:
        ordering = ["surname", "first_name", "pk"]
        indexes = [models.Index(fields=["email"], name="parent_email")]

    def __str__(self) -> str:
        return self.full_name

    @property
    def full_name(self) -> str:
        """ "Fatima Ali"."""
        return f"{self.first_name} {self.surname}".strip()


class Guardianship(models.Model):
    """Who may decide for whom (R-152): parental responsibility, limited by any court order.

    `changed_at` is when the record last changed its mind about that; bulk writers set it.
    """

    DECIDES = ("has_responsibility", "was_responsible", "court_order", "ended_on", "is_authority")

    child = models.ForeignKey(Child, on_delete=models.CASCADE, related_name="guardianships")
    parent = models.ForeignKey(Parent, on_delete=models.CASCADE, related_name="guardianships")
    relationship = models.CharField(max_length=40, blank=True)
    has_responsibility = models.BooleanField(
        "has parental responsibility",
        default=False,
        help_text="Unknown means no. While a pupil is in care, whom the plan names decides.",
    )
    was_responsible = models.BooleanField(
        default=False, help_text="Ever had it: their no still counts."
    )
    court_order = models.BooleanField("a court order limits them", default=False)
    is_authority = models.BooleanField(
        default=False, editable=False, help_text="Decides while the pupil is in care."
    )
    priority = models.PositiveSmallIntegerField(default=1)
    ended_on = models.DateField(null=True, blank=True)
    changed_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering = ["priority", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["child", "parent"], name="guardianship_once"),
            models.CheckConstraint(
                condition=Q(has_responsibility=False) | Q(was_responsible=True),
                name="guardianship_was_responsible",
            ),
        ]
        indexes = [models.Index(fields=["changed_at"], name="guardianship_changed")]

    def __str__(self) -> str:
        return f"{self.parent_id} for {self.child_id}"

    def save(self, *args: object, **kwargs: object) -> None:
        """Remembers that responsibility was once there, and when the record changed."""
        self.was_responsible = self.was_responsible or self.has_responsibility
        before = Guardianship.objects.filter(pk=self.pk).values_list(*self.DECIDES).first()
        if before != tuple(getattr(self, name) for name in self.DECIDES):
            self.changed_at = timezone.now()
        super().save(*args, **kwargs)  # type: ignore[arg-type]

    def is_entitled(self, day: date | None = None) -> bool:
        """May this person give a yes today? Reads `child`, once there is one."""
        ended = self.ended_on is not None and self.ended_on <= (day or timezone.localdate())
        in_care = self.child_id is not None and self.child.in_care
        may = self.is_authority if in_care else self.has_responsibility
        return may and not self.court_order and not ended
