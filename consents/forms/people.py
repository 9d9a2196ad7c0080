"""Who may decide for a pupil, and other people who may be pictured."""

from __future__ import annotations

from typing import Any, cast

from django import forms

from consents.forms.records import day_field
from consents.models import Adult, Child, Guardianship
from schools.models import School, User
from schools.roles import Permission

PARENTS, PUPIL, BEST_INTERESTS = "parents", "pupil", "best_interests"


class GuardianForm(forms.Form):
    """What the record says about one parent or carer."""

    relationship = forms.CharField(max_length=40, required=False, label="Relationship")
    has_responsibility = forms.BooleanField(
        required=False,
        label="Has parental responsibility",
        help_text="Or is the authority named in the care plan.",
    )
    court_order = forms.BooleanField(
        required=False,
        label="A court order limits them",
        help_text="While this is ticked their yes does not count. Their no does.",
    )
    ended_on = day_field("No longer responsible from", "Empty: still is.")

    def __init__(self, data: Any = None, *, guardianship: Guardianship) -> None:
        names = ("relationship", "has_responsibility", "court_order", "ended_on")
        initial = {name: getattr(guardianship, name) for name in names}
        super().__init__(data, initial=initial, prefix=f"g{guardianship.pk}")
        self.guardianship = guardianship


class NewParentForm(forms.Form):
    """A parent or carer whom no file has brought."""

    first_name = forms.CharField(max_length=80, required=False, label="First name")
    surname = forms.CharField(max_length=80, label="Surname")
    relationship = forms.CharField(max_length=40, required=False, label="Relationship")
    email = forms.EmailField(required=False, label="E-mail", max_length=254)
    phone = forms.CharField(max_length=40, required=False, label="Telephone")
    has_responsibility = forms.BooleanField(
        required=False,
        label="Has parental responsibility",
        help_text="Tick it only if you know. Without it their yes does not count.",
    )


class OwnSayForm(forms.Form):
    """Whose yes is needed."""

    who = forms.ChoiceField(widget=forms.RadioSelect, label="Whose yes is needed")

    def __init__(self, data: Any = None, *, child: Child) -> None:
        now = PUPIL if child.decides_for_self else PARENTS
        now = BEST_INTERESTS if child.best_interests and now == PARENTS else now
        super().__init__(data, initial={"who": now}, prefix="own")
        cast(forms.ChoiceField, self.fields["who"]).choices = [
            (PARENTS, f"A parent’s or carer’s, and from 18 that of {child.known_as}"),
            (PUPIL, f"That of {child.known_as}, who understands what it means"),
            (BEST_INTERESTS, "A parent’s or carer’s, from 18 as well: a best-interests record"),
        ]

    def flags(self) -> dict[str, bool]:
        """As the action takes them."""
        who = self.cleaned_data["who"]
        return {"decides_for_self": who == PUPIL, "best_interests": who == BEST_INTERESTS}


class NewAdultForm(forms.Form):
    """Somebody grown up who may be pictured."""

    school = forms.ModelChoiceField(School.objects.none(), empty_label=None)
    name = forms.CharField(max_length=120)
    kind = forms.ChoiceField(choices=Adult.Kind.choices, label="Who they are")

    def __init__(self, data: Any = None, *, user: User) -> None:
        super().__init__(data)
        field = cast("forms.ModelChoiceField[School]", self.fields["school"])
        field.queryset = School.objects.where(user, Permission.CONSENT_RECORD)
        if len(field.queryset) == 1:
            field.initial = field.queryset[0]
            field.widget = field.hidden_widget()
