"""Forms of the register of devices."""

from __future__ import annotations

from typing import Any, cast

from django import forms

from policy.models import Device
from policy.registering import Described
from schools.models import School, User
from schools.roles import Permission

_DAY = {"type": "date"}


def _day(label: str, *, required: bool = True, help_text: str = "") -> forms.DateField:
    widget = forms.DateInput(attrs=_DAY, format="%Y-%m-%d")
    return forms.DateField(label=label, required=required, widget=widget, help_text=help_text)


class DeviceForm(forms.Form):
    """A device for the register."""

    TRUSTS, OWN = "trust", "own"

    kind = forms.ChoiceField(choices=Device.Kind.choices, label="What it is")
    whose = forms.ChoiceField(
        choices=[(TRUSTS, "The trust’s"), (OWN, "Somebody’s own")],
        label="Whose it is",
        widget=forms.RadioSelect,
        initial=TRUSTS,
    )
    asset_tag = forms.CharField(
        max_length=40, required=False, label="Asset tag", help_text="The trust’s own have one."
    )
    owner = forms.ModelChoiceField(
        User.objects.none(),
        required=False,
        label="Who has it",
        empty_label="Nobody in particular",
        widget=forms.Select(attrs={"data-answered": True}),
    )
    make = forms.CharField(max_length=60, required=False, help_text="For example Apple.")
    model = forms.CharField(max_length=60, required=False, help_text="For example iPad 9.")
    serial = forms.CharField(
        max_length=60,
        required=False,
        label="Serial number",
        help_text="Many cameras write it into each photo; most phones and tablets do not.",
    )
    school = forms.ModelChoiceField(
        School.objects.none(),
        required=False,
        label="Where it is used",
        empty_label="Every school of the trust",
        widget=forms.Select(attrs={"data-answered": True}),
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        schools = School.objects.where(user, Permission.DEVICE_MANAGE)
        field = cast("forms.ModelChoiceField[School]", self.fields["school"])
        field.queryset, field.initial = schools, schools.first()
        people = cast("forms.ModelChoiceField[User]", self.fields["owner"])
        people.queryset = User.objects.filter(is_active=True)

    def described(self) -> Described:
        """As the register takes it."""
        data = dict(self.cleaned_data)
        return Described(is_personal=data.pop("whose") == self.OWN, **data)


class ApprovalForm(forms.Form):
    """Yes to a personal device, with dates."""

    starts = _day("From", required=False, help_text="Leave it empty for now.")
    ends = _day("Until and including", required=False)
    evidence = forms.CharField(
        max_length=200,
        required=False,
        label="Where an earlier approval stands",
        help_text="Only for one from before today: for example the signed form of 3 May.",
    )


class ExceptionForm(forms.Form):
    """Photos taken on these days may be used although the approval came later."""

    taken_from = _day("Photos taken from")
    taken_until = _day("Until and including")
    reason = forms.CharField(
        max_length=300, label="Why", help_text="Whoever asks later reads this."
    )
