"""Forms about the people of a school: a training, and what a Head lays down for one of them."""

from __future__ import annotations

from datetime import date
from typing import Any, cast

from django import forms
from django.db.models import QuerySet
from django.utils import timezone

from policy.guiding import extra_approvers, users_of_accounts
from policy.models import Channel, Platform, Purpose, Restriction, Training
from policy.rulebook import Rulebook
from schools.models import School, User


def _day(label: str, *, required: bool = True, help_text: str = "") -> forms.DateField:
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, required=required, widget=widget, help_text=help_text)


class TrainingForm(forms.Form):
    """A training somebody had."""

    kind = forms.ChoiceField(choices=Training.Kind.choices, label="Training")
    provider = forms.CharField(max_length=120, label="Who gave it")
    done_on = _day("Held on")
    expires_on = _day("Counts until and including")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["done_on"].widget.attrs["max"] = timezone.localdate().isoformat()

    def clean(self) -> dict[str, Any]:
        """Held already, and not over before it was held."""
        data = super().clean() or {}
        done, ends = data.get("done_on"), data.get("expires_on")
        if done and done > timezone.localdate():
            self.add_error("done_on", "A training is recorded once it was held.")
        if done and ends and ends < done:
            self.add_error("expires_on", "It cannot end before it was held. Pick a later day.")
        return data


class _Account(forms.ModelChoiceField):
    """An account, with its school."""

    def label_from_instance(self, obj: Channel) -> str:
        """ "Oak: Facebook, Oak Primary School"."""
        return f"{obj.school.short_name}: {obj}"


class AccountUseForm(forms.Form):
    """Who may use which account, until when (R-122)."""

    user = forms.ModelChoiceField(User.objects.none(), label="Who", empty_label="Choose a person")
    channel = _Account(
        Channel.objects.none(), label="Which account", empty_label="Choose an account"
    )
    ends = _day("Until and including", required=False, help_text="Empty: until it is ended.")

    def __init__(self, *args: Any, by: User, channels: QuerySet[Channel], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = cast("forms.ModelChoiceField[User]", self.fields["user"])
        people.queryset = users_of_accounts(by, channels)
        accounts = cast("forms.ModelChoiceField[Channel]", self.fields["channel"])
        accounts.queryset = channels


class RestrictionForm(forms.Form):
    """What stays open to one person at one school. Everything is ticked to begin with."""

    platforms = forms.MultipleChoiceField(
        required=False, widget=forms.CheckboxSelectMultiple, label="May post to"
    )
    purposes = forms.MultipleChoiceField(
        required=False, widget=forms.CheckboxSelectMultiple, label="May write posts of this kind"
    )
    may_schedule = forms.BooleanField(required=False, label="May choose a time")
    extra_approver = forms.ModelChoiceField(
        User.objects.none(),
        required=False,
        label="Who must say yes as well",
        empty_label="Nobody besides the Head",
        widget=forms.Select(attrs={"data-answered": True}),
    )
    until = _day("Until and including", required=False, help_text="Empty: until you lift it.")
    reason = forms.CharField(
        max_length=500,
        label="Why",
        help_text="The person reads this. Nobody else but those who look after staff does.",
    )

    def __init__(
        self,
        *args: Any,
        school: School,
        user: User,
        by: User,
        book: Rulebook,
        now: Restriction | None,
        **kwargs: Any,
    ) -> None:
        platforms = list(
            Platform.objects.filter(channels__school=school, is_retired=False).distinct()
        )
        purposes = book.purposes()
        kwargs["initial"] = _initial(now, platforms, purposes)
        super().__init__(*args, **kwargs)
        self.school = school
        self.every: dict[str, set[str]] = {}
        self._choices("platforms", [(p.key, p.name) for p in platforms])
        self._choices("purposes", [(p.key, p.name) for p in purposes])
        able: QuerySet[User] = extra_approvers(school, user, by)
        cast("forms.ModelChoiceField[User]", self.fields["extra_approver"]).queryset = able

    def _choices(self, name: str, choices: list[tuple[str, str]]) -> None:
        cast("forms.MultipleChoiceField", self.fields[name]).choices = choices
        self.every[name] = {key for key, _ in choices}

    def laid_down(self) -> dict[str, Any]:
        """What was said, as the action takes it: everything ticked is no limit."""
        data: dict[str, Any] = dict(self.cleaned_data)
        for name in ("platforms", "purposes"):
            data[name] = None if set(data[name]) == self.every[name] else data[name]
        return data


def _initial(
    now: Restriction | None, platforms: list[Platform], purposes: list[Purpose]
) -> dict[str, Any]:
    every_place, every_kind = [p.key for p in platforms], [p.key for p in purposes]
    if now is None:
        return {"platforms": every_place, "purposes": every_kind, "may_schedule": True}
    until: date | None = now.until
    return {
        "platforms": every_place if now.platforms is None else now.platforms,
        "purposes": every_kind if now.purposes is None else now.purposes,
        "may_schedule": now.may_schedule,
        "extra_approver": now.extra_approver_id,
        "until": until,
        "reason": now.reason,
    }
