"""The scan of a form, where an answer is written down."""

from __future__ import annotations

from django import forms

from consents.errors import NotAllowed
from consents.scans import MOST_BYTES, Scan, checked


class ScanForm(forms.Form):
    """A photo or a PDF of the form, if there is one: proof for what is written down with it."""

    scan = forms.FileField(
        required=False,
        label="Scan of the form",
        help_text="A photo or a PDF, up to 10 MB. Kept privately as proof; every opening is noted.",
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp,application/pdf"}),
    )

    def clean_scan(self) -> Scan | None:
        """A photo or PDF by its content."""
        file = self.cleaned_data["scan"]
        if not file:
            return None
        if file.size > MOST_BYTES:
            raise forms.ValidationError("The file is larger than 10 MB. Scan it at a smaller size.")
        try:
            return checked(file.read())
        except NotAllowed as error:
            raise forms.ValidationError(str(error)) from error
