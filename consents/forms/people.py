"""Who may decide for a pupil, and other people who may be pictured."""

from __future__ import annotations

from datetime import date
from typing import Any, cast

from django import forms
from django.utils import timezone

from consents.adult_wording import MOST_YEARS, PARTS
from consents.forms.records import day_field
from consents.models import Adult, Child, Decides, Guardianship
from schools.models import OWN_SAY_AGES, School, User
from schools.roles import Permission

BEST_INTERESTS = "best_interests"
SOMEBODY_ELSE, NOT_IN_CARE = "new", "none"


class GuardianForm(forms.Form):
    """What the record says about one parent or carer."""

    relationship = forms.CharField(max_length=40, required=False, label="Relationship")
    has_responsibility = forms.BooleanField(
        required=False,
        label="Has parental responsibility",
        help_text="Not for whom a care plan names: the safeguarding lead writes that down.",
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


class CapacityForm(forms.Form):
    """Whose yes is needed, and on what ground."""

    who = forms.ChoiceField(
        widget=forms.RadioSelect(attrs={"data-stacked": True}),
        label="Whose yes is needed",
        error_messages={"required": "Choose one."},
    )
    basis = forms.CharField(
        max_length=2_000,
        label="Who judged this, and how",
        help_text="For example: “Ms Hale asked with symbols on 3 May; he understood and said yes.”",
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Write in a few words who judged this, and how."},
    )
    review_on = day_field("Look at it again on", "Empty: no day is set.")

    def __init__(self, data: Any = None, *, child: Child) -> None:
        now = BEST_INTERESTS if child.best_interests else child.decides
        super().__init__(data, initial={"who": now}, prefix="own")
        cast(forms.ChoiceField, self.fields["who"]).choices = [
            (Decides.PARENTS, f"A parent’s or carer’s, and from 18 that of {child.known_as}"),
            (Decides.BOTH, f"Both: a parent’s or carer’s, and that of {child.known_as}"),
            (Decides.PUPIL, f"That of {child.known_as}, who understands what it means"),
            (BEST_INTERESTS, "A parent’s or carer’s, from 18 as well: a best-interests record"),
        ]

    def clean_review_on(self) -> date | None:
        """A day to come."""
        day: date | None = self.cleaned_data["review_on"]
        if day and day <= timezone.localdate():
            raise forms.ValidationError("That day is over. Pick a day to come.")
        return day

    def recorded(self) -> dict[str, Any]:
        """As the action takes it."""
        data = self.cleaned_data
        best = data["who"] == BEST_INTERESTS
        return {
            "decides": Decides.PARENTS if best else data["who"],
            "best_interests": best,
            "basis": data["basis"],
            "review_on": data["review_on"],
        }


class CareForm(forms.Form):
    """Who decides while a pupil is in care, and on what ground."""

    who = forms.ChoiceField(
        widget=forms.RadioSelect(attrs={"data-stacked": True}),
        label="Who decides",
        error_messages={"required": "Choose one."},
    )
    new_name = forms.CharField(
        max_length=80,
        required=False,
        label="Somebody else: name",
        help_text="For example: “Northshire Council, Jo Bell, social worker”.",
    )
    new_relationship = forms.CharField(
        max_length=40, required=False, label="Somebody else: what they are"
    )
    basis = forms.CharField(
        max_length=2_000,
        label="Which plan or order says so, and from when",
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": "Write which plan or order says so, and from when."},
    )

    def __init__(self, data: Any = None, *, child: Child) -> None:
        super().__init__(data)
        self.guardians = {str(g.pk): g for g in child.guardianships.select_related("parent")}
        now = next((key for key, g in self.guardians.items() if g.is_authority), "")
        self.initial["who"] = now if child.in_care else ""
        cast(forms.ChoiceField, self.fields["who"]).choices = [
            *(
                (key, f"{g.parent.full_name}, {g.relationship.lower() or 'contact'}")
                for key, g in self.guardians.items()
            ),
            (SOMEBODY_ELSE, "Somebody else, named below"),
            (NOT_IN_CARE, f"{child.known_as} is not in care: parents decide, as for any pupil"),
        ]

    def clean(self) -> dict[str, Any]:
        """Somebody else has a name."""
        data = super().clean() or {}
        if data.get("who") == SOMEBODY_ELSE and not data.get("new_name", "").strip():
            self.add_error("new_name", "Write the name of whom the plan names.")
        return data

    def recorded(self) -> dict[str, Any]:
        """As the action takes it."""
        data = self.cleaned_data
        is_new = data["who"] == SOMEBODY_ELSE
        return {
            "authority": self.guardians.get(data["who"]),
            "new_name": data["new_name"] if is_new else "",
            "new_relationship": data["new_relationship"],
            "basis": data["basis"],
        }


class OwnSayAgeForm(forms.Form):
    """The age from which a pupil is asked as well, where nothing is recorded."""

    age = forms.TypedChoiceField(
        choices=[("", "No age: only whom somebody recorded")]
        + [(age, f"From {age} years") for age in OWN_SAY_AGES],
        coerce=int,
        empty_value=None,
        required=False,
        label="Pupils are asked beside a parent",
    )


class NewAdultForm(forms.Form):
    """Somebody grown up who may be pictured."""

    school = forms.ModelChoiceField(School.objects.none(), empty_label=None)
    name = forms.CharField(max_length=120)
    kind = forms.ChoiceField(choices=Adult.Kind.choices, label="Who they are")
    email = forms.EmailField(
        required=False, label="E-mail", max_length=254, help_text="To ask them with a link."
    )

    def __init__(self, data: Any = None, *, user: User) -> None:
        super().__init__(data)
        field = cast("forms.ModelChoiceField[School]", self.fields["school"])
        field.queryset = School.objects.where(user, Permission.CONSENT_RECORD)
        if len(field.queryset) == 1:
            field.initial = field.queryset[0]
            field.widget = field.hidden_widget()


class AdultForm(forms.Form):
    """Where mail reaches an adult, and when they leave."""

    email = forms.EmailField(required=False, label="E-mail", max_length=254)
    left_on = day_field("Leaves on", "From this day nothing they said counts. Empty: stays.")

    def __init__(self, data: Any = None, *, adult: Adult) -> None:
        super().__init__(data, initial={"email": adult.email, "left_on": adult.left_on})


class AdultWordingForm(forms.Form):
    """The next version of what grown-ups are asked."""

    years = forms.TypedChoiceField(
        choices=[("", "Until they leave")]
        + [(n, "1 year" if n == 1 else f"{n} years") for n in range(1, MOST_YEARS + 1)],
        coerce=int,
        empty_value=None,
        required=False,
        label="How long a yes lasts",
    )

    def __init__(self, data: Any = None, *, parts: dict[str, str], years: int | None) -> None:
        super().__init__(data, initial={**parts, "years": years or ""})
        for key, about in PARTS.items():
            self.fields[key] = forms.CharField(
                label=about,
                max_length=2_000,
                widget=forms.Textarea(attrs={"rows": 3}),
                error_messages={"required": f"Write this part: “{about}”."},
            )
        self.order_fields([*PARTS, "years"])

    def content(self) -> dict[str, str]:
        """The parts by key."""
        return {key: self.cleaned_data[key] for key in PARTS}
