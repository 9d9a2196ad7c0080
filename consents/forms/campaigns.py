"""Choosing whom to ask, and the days of the reminders."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django import forms

from consents import listed
from consents.campaigns import FURTHEST, MOST_REMINDERS
from consents.choosing import Choice
from consents.models import Campaign, Child
from schools.models import School, User
from schools.reach import number
from schools.roles import Permission


class ChoiceForm(forms.Form):
    """Whom to ask. Sent by GET: looking changes nothing."""

    school = forms.ModelChoiceField(School.objects.none(), empty_label=None, to_field_name="slug")
    year = forms.ChoiceField(required=False)
    form = forms.ChoiceField(required=False, label="Class")
    whom = forms.ChoiceField(
        choices=Campaign.Whom.choices, label="Whom", initial=Campaign.Whom.NOT_ASKED
    )

    def __init__(self, data: Any = None, *, user: User, initial: Any = None) -> None:
        super().__init__(data, initial=initial)
        named = initial or {}
        self.listed = listed.read(named, form=named.get("in_class"), year=named.get("in_year"))
        for name in listed.NAMES if self.listed else ():
            if name in named:
                self.fields[name] = forms.CharField(required=False, widget=forms.HiddenInput)
        schools = School.objects.where(user, Permission.CONSENT_RECORD)
        here = Child.objects.filter(school__in=schools).on_roll().order_by()
        self.fields["school"].queryset = schools  # type: ignore[attr-defined]
        for name, label in (("year", "Every year"), ("form", "Every class")):
            values = here.exclude(**{name: ""}).values_list(name, flat=True).distinct()
            pairs = [(value, value) for value in sorted(values)]
            self.fields[name].choices = [("", label), *pairs]  # type: ignore[attr-defined]

    def choice(self) -> Choice:
        """What was chosen."""
        school, whom = self.cleaned_data["school"], self.cleaned_data["whom"]
        year, form = self.cleaned_data["year"], self.cleaned_data["form"]
        if self.listed is None:
            return Choice(school, whom, year, form)
        among = tuple(self.listed.pupils([school]))
        return Choice(school, whom, year, form, among, self.listed.words)


class SendForm(forms.Form):
    """The press that sends, with the reminders."""

    key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)
    remind_after = forms.CharField(
        required=False,
        label="Remind after so many days",
        help_text="Filled in as the trust has set it. Reminders stop when a parent answers. Empty: "
        "no reminders.",
    )

    def clean_remind_after(self) -> list[int]:
        """Whole days, rising."""
        return days_of(self.cleaned_data["remind_after"])


class ScheduleForm(forms.Form):
    """When the whole trust reminds parents, and how fast mail leaves."""

    remind_after = forms.CharField(
        required=False,
        label="Remind after so many days",
        help_text="Like 7, 14, 28. Every campaign begins with it. Empty: no reminders.",
    )
    mails_an_hour = forms.IntegerField(
        required=False,
        min_value=10,
        max_value=30_000,
        label="Mails in an hour, at most",
        help_text="What your mail provider takes. Empty: no limit.",
    )

    def clean_remind_after(self) -> list[int]:
        """Whole days, rising."""
        return days_of(self.cleaned_data["remind_after"])


def days_of(text: str) -> list[int]:
    """ "7, 14" as numbers. Raises `ValidationError` with what to write instead."""
    given = text.replace(";", ",").split(",")
    days = [number(part.strip()) for part in given if part.strip()]
    if any(day is None or not 1 <= day <= FURTHEST for day in days):
        raise forms.ValidationError(f"Write days from 1 to {FURTHEST}, like 7, 14, 28.")
    if len(days) > MOST_REMINDERS:
        raise forms.ValidationError(f"At most {MOST_REMINDERS} reminders.")
    return sorted({day for day in days if day is not None})


def written(days: list[int]) -> str:
    """The numbers as the field takes them."""
    return ", ".join(str(day) for day in days)
