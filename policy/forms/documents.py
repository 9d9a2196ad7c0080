"""Choosing the policy document."""

from __future__ import annotations

from django import forms
from django.core.files.uploadedfile import UploadedFile

from policy import pdf


class DocumentForm(forms.Form):
    """The policy document as PDF; looked at by its content."""

    file = forms.FileField(
        label="The document as PDF",
        help_text="Up to 10 MB. Exactly this file becomes part of what is signed.",
        widget=forms.ClearableFileInput(attrs={"accept": "application/pdf,.pdf"}),
        error_messages={"empty": "The file is empty. Choose another one."},
    )

    def clean_file(self) -> bytes:
        """Its bytes, when they are a PDF that anybody can open."""
        file: UploadedFile = self.cleaned_data["file"]
        # One byte more than allowed tells that it is too large, and no more is read.
        data = file.read(pdf.MOST_BYTES + 1)
        if found := pdf.problems(data):
            raise forms.ValidationError(found)
        return data
