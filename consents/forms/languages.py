"""What it takes to say the same in one more language, of parents' words and of grown-ups'."""

from __future__ import annotations

from django import forms
from django.core.validators import RegexValidator

from consents.wording import Document, Wording

_CODE = RegexValidator(
    r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*\Z",
    "Write the short code of the language: pl, ur or cy, or with a script, zh-Hant.",
)
_DIRECTIONS = [("ltr", "Left to right"), ("rtl", "Right to left")]


class NewLanguage(forms.Form):
    """Which language it is. `document` is what has languages already."""

    document: Document
    code = forms.CharField(
        max_length=12, validators=[_CODE], label="Its code", help_text="Like pl, ur or cy."
    )
    name = forms.CharField(max_length=40, label="Its own name", help_text="Like Polski.")
    direction = forms.ChoiceField(choices=_DIRECTIONS, label="It is written")

    def clean_code(self) -> str:
        """Each language once."""
        code: str = self.cleaned_data["code"]
        if self.document.wording(code) is not None:
            raise forms.ValidationError("That language is there already.")
        return code

    def named(self) -> Wording:
        """The language, still empty."""
        data = self.cleaned_data
        return Wording(code=data["code"], name=data["name"], direction=data["direction"])


def text_field(label: str, text: str, wording: Wording, *, rows: int = 2) -> forms.CharField:
    """A box for words in that language, spelt and written as it is."""
    attributes = {"rows": rows, "lang": wording.code, "dir": wording.direction}
    return forms.CharField(
        label=label,
        initial=text,
        required=False,
        max_length=6_000,
        widget=forms.Textarea(attrs=attributes),
    )
