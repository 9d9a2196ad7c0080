"""What a Headteacher says of a logo, and the trust of faces."""

from __future__ import annotations

from typing import Any, cast

from django import forms

from policy.models import Platform
from schools.models import School, User
from schools.roles import Permission


class LogoForm(forms.Form):
    """A logo for the brand library, with the written permission to use it."""

    name = forms.CharField(
        max_length=80, label="Which logo", help_text="For example the crest of 2024, in green."
    )
    permission = forms.CharField(
        max_length=500,
        label="What you permit",
        help_text="In your words: this is the written permission. It is dated today.",
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    school = forms.ModelChoiceField(School.objects.none(), required=False, label="Whose it is")

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = cast("forms.ModelChoiceField[School]", self.fields["school"])
        field.queryset = School.objects.where(user, Permission.BRAND_PERMIT)
        trusts = user.may_for_trust(Permission.BRAND_PERMIT)
        field.required = not trusts
        field.empty_label = "The whole trust’s" if trusts else None
        field.widget.attrs["data-answered"] = True


class FacesForm(forms.Form):
    """For each platform: may a face be clearly seen?"""

    def __init__(self, *args: Any, platforms: list[Platform], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.platforms = platforms
        for platform in platforms:
            self.fields[f"faces_{platform.pk}"] = forms.ChoiceField(
                choices=Platform.Faces.choices, label=platform.name, initial=platform.faces
            )

    def levels(self) -> dict[int, str]:
        """What is wanted, by platform."""
        return {p.pk: self.cleaned_data[f"faces_{p.pk}"] for p in self.platforms}
