"""Forms about the next version and about reviews."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone

from policy.models import Formality, PolicyVersion, Review
from policy.naming import plain_words, said_term, said_value
from policy.presets.files import shipped_words
from policy.terms import LINE_MANAGER, WORD_LISTS, route_names
from schools.models import User
from schools.roles import APPROVER_ROLES, TRUST_ROLES, Role

_ROLES = list(Role.choices)
# Whom a route can name: what pages call them, and their key.
_ROUTED = [*Role.labels, said_value(LINE_MANAGER)]
_BY_NAME = dict(zip(map(str.lower, _ROUTED), [*Role.values, LINE_MANAGER], strict=True))
_FOR_THE_TRUST = [(role.value, role.label) for role in Role if role in TRUST_ROLES]
_APPROVERS = [(role.value, role.label) for role in Role if role in APPROVER_ROLES - {Role.DEPUTY}]


def _day(label: str, help_text: str = "") -> forms.DateField:
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, help_text=help_text, widget=widget)


class LinesField(forms.CharField):
    """One entry a line, as a list."""

    widget = forms.Textarea(attrs={"rows": 6})

    def prepare_value(self, value: Any) -> Any:
        """A list stands as lines."""
        return "\n".join(value) if isinstance(value, list | tuple) else value

    def clean(self, value: Any) -> Any:
        """Lines without those that are empty."""
        return [line.strip() for line in (super().clean(value) or "").splitlines() if line.strip()]


class Many(forms.MultipleChoiceField):
    widget = forms.CheckboxSelectMultiple


def in_order(chosen: list[str], before: list[str]) -> list[str]:
    """What was chosen, in the order it had: a page lists it in its own, and that is no change."""
    return [*(v for v in before if v in chosen), *(v for v in chosen if v not in before)]


class ControlForm(forms.ModelForm):
    """The document itself: its number, its review and what changes."""

    class Meta:
        model = PolicyVersion
        fields = (
            "title",
            "number",
            "dated",
            "owner_role",
            "circulation",
            "standing",
            "review_months",
            "next_review",
            "notes",
        )
        labels = {
            "number": "Version",
            "dated": "Date of the document",
            "owner_role": "Owner",
            "standing": "Standing",
            "circulation": "For whom",
            "review_months": "Months between reviews",
            "next_review": "Next review",
            "notes": "What changes",
        }
        widgets = {
            "next_review": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            "dated": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            "owner_role": forms.Select(choices=_ROLES),
        }


class TermsForm(forms.Form):
    """What the version decides besides its rules."""

    approver_roles = Many(choices=_APPROVERS)
    account_use = forms.ChoiceField(
        choices=[
            ("authorised_users", "Authorised users"),
            ("manager_consent", "Whoever has the manager’s consent"),
        ]
    )
    training_gate = forms.ChoiceField(
        choices=[("head_may_require", "A Head can ask for it"), ("off", "Not asked")]
    )
    role_training = forms.BooleanField(required=False)
    device_rule = forms.ChoiceField(
        choices=[
            ("approved_only", "The trust’s own and approved ones"),
            ("record_only", "Any, and its kind is noted"),
        ]
    )
    positive_only = forms.BooleanField(required=False)
    logo_permission = Many(choices=_ROLES, required=False, help_text="Nobody: it is not asked.")
    linkedin_exception = Many(choices=_ROLES, required=False)
    activation_requires = Many(
        choices=[(kind.value, kind.label) for kind in Formality.Kind],
        help_text="The sign-off is always one of them.",
    )
    signs_off = forms.ChoiceField(
        choices=_FOR_THE_TRUST, help_text="Somebody who holds this role for the whole trust."
    )
    change_notice_months = forms.IntegerField(min_value=0, max_value=12)
    suggested_notice_days = forms.IntegerField(min_value=0, max_value=366)
    covered_people = Many(choices=User.Category.choices)
    personal_use = LinesField(help_text="One sentence a line.")
    monitoring_notice = LinesField(help_text="One sentence a line.")
    disparagement_targets = LinesField(help_text="One group of people a line.")
    guidance = LinesField(help_text="One sentence a line.")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.label = said_term(name)

    def clean(self) -> dict[str, Any]:
        """Lists of choices keep the order they had."""
        data = super().clean() or {}
        for name in set(data) & {n for n, f in self.fields.items() if isinstance(f, Many)}:
            data[name] = in_order(data[name], self.initial.get(name, []))
        return data


class RoutesForm(forms.Form):
    """Whom each kind of question goes to: groups in order, each a line of roles."""

    def __init__(self, *args: Any, routes: dict[str, list[list[str]]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in route_names():
            self.fields[name] = LinesField(
                label=said_term(name),
                initial=[", ".join(map(said_value, group)) for group in routes[name]],
                widget=forms.Textarea(attrs={"rows": 3}),
            )
        self.fields["query"].help_text = (
            f"One group a line: {', '.join(_ROUTED)}. The next line is only asked when there is "
            "nobody on the one before."
        )

    def routes(self) -> dict[str, list[list[str]]]:
        """The routes as they are stored; what is no role stays as it was typed, and is refused."""
        return {
            name: [[_routed(who) for who in line.split(",") if who.strip()] for line in lines]
            for name, lines in self.cleaned_data.items()
        }


class MisuseForm(forms.Form):
    """Whom reports of misuse go to, where the policy names nobody (R-143)."""

    first = Many(choices=_ROLES, label="They go to", help_text="All of these are told.")
    then = Many(
        choices=_ROLES,
        required=False,
        label="Where there is nobody, or the report is about them",
    )

    def groups(self) -> list[list[str]]:
        """As the policy keeps it."""
        return [group for group in self.cleaned_data.values() if group]


def _routed(said: str) -> str:
    """The key of a role, from its name on pages."""
    plain = said.strip()
    return _BY_NAME.get(plain.lower(), plain)


class WordsForm(forms.Form):
    """The lists of words. A word of a list only ever warns."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in WORD_LISTS:
            self.fields[name] = LinesField(
                label=said_term(name), required=False, help_text=self._help(name)
            )

    def _help(self, name: str) -> str:
        if self.initial.get(name):
            return "One word or phrase a line."
        some = ", ".join(f"“{word}”" for word in plain_words(shipped_words()[name])[:5])
        return (
            f"One word or phrase a line. The short list that ships stands in while this is empty: "
            f"{some} and so on."
        )


class FormalityForm(forms.Form):
    """What is on paper: the Board's minute, or who was consulted."""

    kind = forms.ChoiceField(
        label="What",
        choices=[c for c in Formality.Kind.choices if c[0] != Formality.Kind.SIGN_OFF],
    )
    on = _day("On which day")
    reference = forms.CharField(
        label="Where it is on record",
        max_length=120,
        help_text="The number of the minute, or the unions.",
    )
    outcome = forms.CharField(
        label="With what outcome", required=False, widget=forms.Textarea(attrs={"rows": 2})
    )


class AnnounceForm(forms.Form):
    """From which day it counts."""

    on = _day("It takes effect on")
    sure = forms.BooleanField(
        label="Sooner than usual is meant", required=False, widget=forms.HiddenInput
    )

    def ask_if_sure(self, warning: str) -> None:
        """A warning that a second press answers (R-142)."""
        self.fields["sure"].widget = forms.CheckboxInput()
        self.fields["sure"].help_text = warning


class ReviewForm(forms.ModelForm):
    """Why the policy is looked at again."""

    # Django would offer a row of dashes besides.
    reason = forms.ChoiceField(label="Why", choices=Review.Reason.choices)

    class Meta:
        model = Review
        fields = ("reason", "words")
        labels = {"words": "In your words"}
        widgets = {"words": forms.Textarea(attrs={"rows": 2})}


class CloseReviewForm(forms.Form):
    """What came of it."""

    outcome = forms.CharField(label="What came of it", widget=forms.Textarea(attrs={"rows": 3}))
    next_review = _day("Next review")

    def clean_next_review(self) -> Any:
        """A day to come."""
        day = self.cleaned_data["next_review"]
        if day <= timezone.localdate():
            raise forms.ValidationError("Pick a day to come.")
        return day
