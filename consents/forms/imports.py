"""Sending a file, and saying how it is to be read."""

from __future__ import annotations

from typing import Any, cast

from django import forms

from consents.imports import fields as meanings
from consents.imports import known
from consents.imports.reading import ENCODINGS
from consents.models import Import
from schools.models import School, User
from schools.roles import Permission


class UploadForm(forms.Form):
    """Which school, and its file. The content is looked at later, by a worker."""

    school = forms.ModelChoiceField(School.objects.none(), empty_label="Choose the school")
    file = forms.FileField(
        label="The file",
        help_text="CSV, Excel (.xlsx) or a Common Transfer File (.xml), up to 25 MB, as your "
        "school’s system exports it.",
        widget=forms.ClearableFileInput(attrs={"accept": ".csv,.txt,.tsv,.xlsx,.xml"}),
        error_messages={
            "required": "Choose a file.",
            "empty": "This file is empty. Export it again.",
        },
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = cast("forms.ModelChoiceField[School]", self.fields["school"])
        field.queryset = School.objects.where(user, Permission.CHILD_IMPORT)
        if len(field.queryset) == 1:
            field.initial = field.queryset[0]
            field.empty_label = None


class ReadingForm(forms.Form):
    """What each column means, and four questions only a person can answer."""

    encoding = forms.ChoiceField(
        label="Letters of a CSV file",
        required=False,
        choices=[("", "Find out"), *ENCODINGS.items()],
        help_text="If names with accents look wrong, try another.",
    )
    cross_is_yes = forms.BooleanField(
        label="In this file an x means yes", required=False, help_text="Else an x is unclear."
    )
    rows_per_contact = forms.BooleanField(
        label="Each row is one contact: the same pupil stands on several rows", required=False
    )
    join_parents = forms.BooleanField(
        label="Parents with the same name and the same e-mail address are one person",
        required=False,
    )

    def __init__(self, data: Any = None, *, source: Import) -> None:
        super().__init__(data, initial=source.options)
        self.source = source
        choices = meanings.choices(known.platform_names(), _contacts(source))
        for column in source.columns:
            self.fields[f"column_{column['index']}"] = forms.ChoiceField(
                label=column["heading"] or f"Column {column['index'] + 1}",
                choices=choices,
                initial=column["field"],
            )

    def columns(self) -> list[tuple[dict[str, Any], forms.BoundField]]:
        """Each column of the file with the field that says what it means."""
        return [(column, self[f"column_{column['index']}"]) for column in self.source.columns]

    def chosen(self) -> dict[str, str]:
        """Folded heading → field."""
        return {
            column["key"]: self.cleaned_data[f"column_{column['index']}"]
            for column in self.source.columns
        }

    def clean(self) -> dict[str, Any]:
        """Two columns cannot be the same thing."""
        data = super().clean() or {}
        taken: dict[str, str] = {}
        may_repeat = {meanings.LEAVE_OUT, meanings.NOT_PERMISSION, "in_care", "school"}
        for column in self.source.columns:
            name = f"column_{column['index']}"
            field = data.get(name)
            if field and field not in may_repeat and field in taken:
                self.add_error(name, f"“{taken[field]}” means this already. Leave one of them out.")
            elif field:
                taken[field] = column["heading"]
        return data


def _contacts(source: Import) -> range:
    numbers = [
        int(c["field"].split(":")[1]) for c in source.columns if c["field"].startswith("contact:")
    ]
    return range(1, min(max([2, *numbers]) + 2, meanings.MOST_CONTACTS + 1))
