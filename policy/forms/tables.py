"""The parts of a version that are tables: one small form a line, and lines to add at the end."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any, cast

from django import forms
from django.forms import BaseFormSet, formset_factory
from django.utils.text import slugify

from policy.naming import STATUSES

_MORE = 3


class Line(forms.Form):
    """One line. Without its first field it is left out; `has_key`: it keeps a name of its own when
    its words change."""

    first = ""
    has_key = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.has_key:
            self.fields["key"] = forms.CharField(required=False, widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        """Nothing typed is dropped because the first field was forgotten."""
        data = super().clean() or {}
        typed = [n for n in self.data_fields() if isinstance(data.get(n), str) and data[n]]
        if not data.get(self.first) and typed and self.first not in self.errors:
            label = str(self.fields[self.first].label).lower()
            self.add_error(self.first, f"Write {label}, or empty the whole line to leave it out.")
        return data

    def data_fields(self) -> list[str]:
        """The fields that somebody types in."""
        return [
            name
            for name, field in self.fields.items()
            if name != "key" and not isinstance(field, forms.ChoiceField | forms.BooleanField)
        ]


class PlatformLine(Line):
    """A platform as the policy names it (R-011, R-118)."""

    first = "name"
    name = forms.CharField(required=False, max_length=60, label="Name")
    status = forms.ChoiceField(choices=list(STATUSES.items()), label="What it is for")


class DocumentLine(Line):
    """A document to be read with the policy (R-007, R-137)."""

    first = "title"
    title = forms.CharField(required=False, max_length=160, label="Title")
    owner = forms.CharField(required=False, max_length=80, label="Owner")
    address = forms.URLField(required=False, label="Address", assume_scheme="https")


class CategoryLine(Line):
    """What a report of misuse can be about (R-033 to R-043)."""

    first, has_key = "title", True
    letter = forms.CharField(required=False, max_length=3, label="Letter")
    title = forms.CharField(required=False, max_length=120, label="What it is about")


class PointLine(Line):
    """A line of the author's checklist (R-012, R-125)."""

    first, has_key = "text", True
    text = forms.CharField(
        required=False,
        max_length=300,
        label="What the author says",
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class PurposeLine(Line):
    """What a post can be for (R-074, R-075)."""

    first, has_key = "name", True
    name = forms.CharField(required=False, max_length=80, label="What posts are for")
    is_update = forms.BooleanField(
        required=False, label="An update or reminder: it need not be a celebration"
    )


class AudienceLine(Line):
    """Whom a post can be for (R-112)."""

    first, has_key = "name", True
    name = forms.CharField(required=False, max_length=80, label="Whom posts are for")


@dataclass(frozen=True)
class Table:
    """One page of lines: its heading, what it means for posts, and its form."""

    title: str
    note: str
    line: type[Line]


TABLES: dict[str, Table] = {
    "platforms_named": Table(
        "Platforms it names",
        "As the text of the policy names them. Where posts can really go stands under Platforms.",
        PlatformLine,
    ),
    "linked_documents": Table(
        "Linked documents",
        "Everybody is shown them when they read the policy.",
        DocumentLine,
    ),
    "incident_categories": Table(
        "Kinds of misuse",
        "Whoever reports misuse chooses one of these.",
        CategoryLine,
    ),
    "checklist": Table(
        "What an author says before sending on",
        "Each line is ticked before a post is sent on.",
        PointLine,
    ),
    "purposes": Table(
        "What posts are for",
        "Families say yes for a purpose. A new one is asked in the agreement first: until then no "
        "post of that kind shows anybody.",
        PurposeLine,
    ),
    "audiences": Table(
        "Whom posts are for",
        "An author may choose one of these, and posts are counted by it. With none, nobody is "
        "asked.",
        AudienceLine,
    ),
}


def lines(table: Table, given: Any, initial: list[dict[str, Any]]) -> BaseFormSet[Line]:
    """The lines of a table, with some empty ones."""
    made = cast("type[BaseFormSet[Line]]", formset_factory(table.line, extra=_MORE, max_num=100))
    return made(given, initial=initial, prefix="line")


def entries(table: Table, found: BaseFormSet[Line], known: Collection[str]) -> list[dict[str, Any]]:
    """What stands in the lines, in their order. A key that was not `known` is made anew."""
    kept: list[dict[str, Any]] = []
    for form in found.forms:
        data = dict(form.cleaned_data)
        if not data.get(table.line.first):
            continue
        if table.line.has_key:
            taken = {each["key"] for each in kept}
            own = data["key"] if data["key"] in known and data["key"] not in taken else ""
            data["key"] = own or _new_key(data[table.line.first], {*taken, *known})
        kept.append(data)
    return kept


def moved(
    table: Table, found: BaseFormSet[Line], rows: list[dict[str, Any]], pressed: Mapping[str, str]
) -> tuple[list[dict[str, Any]], int]:
    """The entries with the line whose "up" or "down" was pressed one place on, and which line it is
    now, from 1; 0: none was, or it stands at the end already."""
    said = pressed.get("up") or pressed.get("down") or ""
    full = [n for n, form in enumerate(found.forms) if form.cleaned_data.get(table.line.first)]
    if not said.isdecimal() or int(said) not in full:
        return rows, 0
    here = full.index(int(said))
    there = here - 1 if pressed.get("up") else here + 1
    if not 0 <= there < len(rows):
        return rows, 0
    rows = [*rows]
    rows[here], rows[there] = rows[there], rows[here]
    return rows, there + 1


def _new_key(text: str, taken: set[str]) -> str:
    wished = "_".join(slugify(text).split("-")[:4])[:40] or "line"
    key, number = wished, 1
    while key in taken:
        number += 1
        key = f"{wished}_{number}"
    return key
