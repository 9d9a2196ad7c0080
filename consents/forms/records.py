"""What the office writes down."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, cast

from django import forms
from django.utils import timezone

from consents.agreements import in_force
from consents.days import moment_of
from consents.endings import last_day
from consents.forms.scans import ScanForm
from consents.models import (
    ADULT_KINDS,
    Agreement,
    Answer,
    Child,
    Guardianship,
    Hold,
    Kind,
    Parent,
    Way,
)
from consents.models.holds import LONGEST
from consents.unversioned import beforehand
from consents.wording import Document
from policy.models import Platform
from schools.clock import day

THE_PUPIL = "pupil"
NOBODY_NAMED = "unknown"


def day_field(label: str, help_text: str = "", *, required: bool = False) -> forms.DateField:
    """A day, with the browser's own calendar."""
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, help_text=help_text, required=required, widget=widget)


class HeardForm(forms.Form):
    """How and when answers reached the office."""

    way = forms.ChoiceField(
        choices=[(w.value, w.label) for w in (Way.PAPER, Way.PHONE, Way.IN_PERSON)],
        label="How they reached you",
        required=False,
    )
    given_on = day_field("When they were given")
    until = day_field("Until and including", "Empty: as the agreement says for each pupil.")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["given_on"].help_text = beforehand()

    def clean_given_on(self) -> date | None:
        """An answer was not given tomorrow."""
        given: date | None = self.cleaned_data["given_on"]
        if given and given > timezone.localdate():
            raise forms.ValidationError("That day is still to come. Pick today or earlier.")
        return given

    def heard(self) -> dict[str, Any]:
        """`way` and `given_on` as the action takes them."""
        given = self.cleaned_data["given_on"]
        return {
            "way": self.cleaned_data["way"] or Way.PAPER,
            "given_on": given,
            "until": self.cleaned_data["until"],
            "agreement": in_force(given),
        }


class GivenForm(ScanForm):
    """An answer for some platforms, as it reached the office."""

    platforms = forms.ModelMultipleChoiceField(
        Platform.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Choose at least one platform."},
    )
    answer = forms.ChoiceField(
        choices=[(a.value, a.label) for a in (Answer.YES, Answer.NO, Answer.UNCLEAR)],
        widget=forms.RadioSelect,
    )
    way = forms.ChoiceField(
        choices=[(w.value, w.label) for w in (Way.PAPER, Way.PHONE, Way.IN_PERSON)],
        label="How it reached you",
    )
    given_on = day_field("When they said it", required=True)
    until = day_field("Until and including", "Empty: until they leave.")
    evidence = forms.CharField(
        max_length=300, required=False, label="Where the form or note is kept"
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        platforms = cast("forms.ModelMultipleChoiceField[Platform]", self.fields["platforms"])
        platforms.queryset = Platform.objects.filter(is_asked=True, is_retired=False)

    def clean(self) -> dict[str, Any]:
        """An answer was not given tomorrow, and does not end before it began."""
        data = super().clean() or {}
        given, until = data.get("given_on"), data.get("until")
        if given and given > timezone.localdate():
            self.add_error("given_on", "That day is still to come. Pick today or earlier.")
        if given and until and until < given:
            self.add_error("until", "It would end before it began. Pick a later day.")
        return data

    def given_at(self) -> datetime:
        """When it was said."""
        data = self.cleaned_data
        return moment_of(data["given_on"], data["answer"], data["way"])


class AdultAnswerForm(GivenForm):
    """An adult's answer about themself, for some platforms and kinds."""

    kinds = forms.MultipleChoiceField(
        choices=list(ADULT_KINDS.items()),
        widget=forms.CheckboxSelectMultiple,
        label="For",
        error_messages={"required": "Choose what it is for."},
    )
    field_order = ("platforms", "kinds", "answer", "way", "given_on", "until", "evidence", "scan")


class AnswerForm(GivenForm):
    """One giver's answer for some platforms and kinds: a line of a paper form, or all of it."""

    giver = forms.ChoiceField(label="Who answered")
    kinds = forms.MultipleChoiceField(
        choices=Kind.choices,
        widget=forms.CheckboxSelectMultiple,
        label="For",
        error_messages={"required": "Choose what it is for."},
    )
    agreement = forms.ModelChoiceField(
        Agreement.objects.none(),
        required=False,
        empty_label="The version in force on that day",
        label="Which words they answered",
    )
    field_order = (
        *("giver", "platforms", "kinds", "answer", "way", "given_on", "agreement", "until"),
        *("evidence", "scan"),
    )

    def __init__(self, *args: Any, child: Child, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.child = child
        versions = cast("forms.ModelChoiceField[Agreement]", self.fields["agreement"])
        versions.queryset = Agreement.objects.filter(starts_on__lte=timezone.localdate())
        self.fields["given_on"].help_text = beforehand()
        self._fill_in_the_end()
        self.guardians = list(child.guardianships.select_related("parent"))
        choices = [*_givers(child, self.guardians), (NOBODY_NAMED, "Not known who (never a yes)")]
        cast(forms.ChoiceField, self.fields["giver"]).choices = choices

    def clean(self) -> dict[str, Any]:
        """A yes has a giver."""
        data = super().clean()
        if data.get("giver") == NOBODY_NAMED and data.get("answer") == Answer.YES:
            self.add_error("giver", "A yes needs a name. Choose who said it.")
        chosen, given = data.get("agreement"), data.get("given_on")
        if chosen and given and chosen.starts_on > given:
            self.add_error("agreement", "That version was not there yet. Pick the one of that day.")
            return data
        self._must_not_lengthen(data)
        return data

    def noted(self) -> Agreement | None:
        """The version that is written down with the answer."""
        chosen: Agreement | None = self.cleaned_data.get("agreement")
        return chosen or in_force(self.cleaned_data["given_on"])

    def _fill_in_the_end(self) -> None:
        """The rule's last day for a yes of today; an earlier one may be taken."""
        version, today = in_force(), timezone.localdate()
        end = last_day(Document.read(version.content), self.child, today) if version else None
        if end is None or end < today:
            return
        self.initial["until"] = end
        self.fields["until"].help_text = (
            "Filled in as the agreement says. You may pick an earlier day, never a later one. "
            "A no does not end."
        )

    def _must_not_lengthen(self, data: dict[str, Any]) -> None:
        if "given_on" not in data or data.get("answer") != Answer.YES:
            return
        version = self.noted()
        if version is None:
            return
        document = Document.read(version.content)
        end, wished = last_day(document, self.child, data["given_on"]), data.get("until")
        # What was filled in for a yes of today is nobody's wish: an earlier answer ends earlier.
        own = "until" in self.changed_data
        if own and wished is not None and end is not None and wished > end:
            self.add_error(
                "until", f"A yes of that day ends on {day(end)}. Pick that day or an earlier one."
            )

    def giver_fields(self) -> dict[str, Any]:
        """`giver` and `given_by_child` as the action takes them."""
        return _giver_fields(self.cleaned_data["giver"])


class AskedForm(forms.Form):
    """The answer to one question on the list, as a parent says it at the door."""

    giver = forms.ChoiceField(label="Who answers")
    way = forms.ChoiceField(
        choices=[(w.value, w.label) for w in (Way.IN_PERSON, Way.PHONE, Way.PAPER)],
        label="How",
    )
    answer = forms.ChoiceField(
        choices=[(a.value, a.label) for a in (Answer.YES, Answer.NO, Answer.UNCLEAR)]
    )

    def __init__(self, *args: Any, child: Child, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        guardians = list(child.guardianships.all())
        choices = _givers(child, guardians)
        if sum(g.is_entitled() for g in guardians) != 1:
            choices = [("", "Choose who"), *choices]
        cast(forms.ChoiceField, self.fields["giver"]).choices = choices

    def giver_fields(self) -> dict[str, Any]:
        """`giver` and `given_by_child` as the action takes them."""
        return _giver_fields(self.cleaned_data["giver"])


class HoldForm(forms.Form):
    """A hold, with its reason for the safeguarding lead alone."""

    kind = forms.ChoiceField(choices=Hold.Kind.choices, label="Kind of hold")
    note = forms.CharField(
        max_length=2_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        label="Note, seen by safeguarding leads only",
    )
    review_on = day_field(
        "Look again on", "You and the other leads are reminded. Usually a term.", required=True
    )

    def clean_review_on(self) -> date:
        """A day that comes, so that nobody stays under a hold by being forgotten."""
        return _to_come(self.cleaned_data["review_on"])


class ReviewForm(forms.Form):
    """It stays, and is looked at again on that day."""

    review_on = day_field("It stays; look again on", required=True)

    def clean_review_on(self) -> date:
        """A day that comes."""
        return _to_come(self.cleaned_data["review_on"])


def _to_come(day: date) -> date:
    if not timezone.localdate() < day <= timezone.localdate() + LONGEST:
        raise forms.ValidationError("Choose a day after today, and within a year.")
    return day


def _givers(child: Child, guardians: list[Guardianship]) -> list[tuple[str, str]]:
    """Whoever may decide first, then the others, then the pupil."""
    parents = sorted(guardians, key=lambda g: not g.is_entitled())
    named = [(str(g.parent_id), _named(g)) for g in parents]
    return [*named, (THE_PUPIL, f"{child.known_as} (the pupil)")]


def _giver_fields(chosen: str) -> dict[str, Any]:
    if chosen == THE_PUPIL:
        return {"given_by_child": True}
    if chosen == NOBODY_NAMED:
        return {}
    return {"giver": Parent.objects.get(pk=int(chosen))}


def _named(guardianship: Any) -> str:
    name = f"{guardianship.parent.full_name}, {guardianship.relationship.lower() or 'contact'}"
    return name if guardianship.is_entitled() else f"{name} (may not decide: it would not count)"
