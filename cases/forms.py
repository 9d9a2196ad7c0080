"""What somebody says is wrong."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.utils import timezone

from cases.actions import Raised
from cases.kinds import Kind
from cases.rules import LONGEST
from schools.models import School, StaffRole, User
from schools.roles import Permission

# As a browser writes it.
_WHEN = "%Y-%m-%dT%T"


class RaiseForm(forms.Form):
    """Two presses from anywhere: “Something is wrong”, and “Send it”."""

    # Nothing is chosen for anybody: a worry must not go to somebody else by mistake.
    kind = forms.ChoiceField(choices=Kind.choices, label="What is it?", widget=forms.RadioSelect)
    school = forms.ModelChoiceField(
        School.objects.none(), label="Which school", empty_label="Choose a school"
    )
    words = forms.CharField(
        max_length=LONGEST,
        label="What happened",
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Only who has to look after it reads this. Never write a password here.",
    )
    link = forms.URLField(max_length=500, required=False, label="A link to it, if there is one")
    began_at = forms.DateTimeField(
        label="When you saw it, or it reached you",
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format=_WHEN),
    )
    about = forms.ModelChoiceField(
        User.objects.none(),
        required=False,
        label="Who of the staff it is about, if it is about somebody",
        empty_label="Nobody",
        help_text="They are never shown it.",
        widget=forms.Select(attrs={"data-answered": True}),
    )

    def __init__(self, *args: Any, by: User, **kwargs: Any) -> None:
        schools = School.objects.where(by, Permission.POST_STOP)
        first = list(schools[:2])
        kwargs["initial"] = {
            "began_at": timezone.localtime().replace(second=0, microsecond=0),
            "school": first[0] if len(first) == 1 else None,
        }
        super().__init__(*args, **kwargs)
        cast("forms.ModelChoiceField[School]", self.fields["school"]).queryset = schools
        if len(first) == 1:
            self.fields["school"].widget = forms.HiddenInput()
        here = StaffRole.objects.in_force().filter(by.school_filter("school"))
        staff = User.objects.here().filter(pk__in=here.values("user")).exclude(pk=by.pk)
        cast("forms.ModelChoiceField[User]", self.fields["about"]).queryset = staff

    def clean(self) -> dict[str, Any]:
        """Conduct is somebody's."""
        data = super().clean() or {}
        if data.get("kind") == Kind.CONDUCT and not data.get("about"):
            self.add_error("about", "Say whom it is about, so that they are never shown it.")
        return data

    def raised(self) -> Raised:
        """What was said, as the verb takes it."""
        data = self.cleaned_data
        return Raised(
            kind=Kind(data["kind"]),
            school=data["school"],
            words=data["words"],
            began_at=data["began_at"],
            link=data["link"],
            about=data["about"],
        )
