"""Writing the next version of the agreement: what is asked, and the words in each language."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils import timezone

from consents.agreements import with_asks
from consents.endings import MOST_WEEKS, MOST_YEARS
from consents.forms.languages import NewLanguage, text_field
from consents.forms.records import day_field
from consents.models import Kind
from consents.wording import (
    ENGLISH,
    FORMS,
    PARTS,
    REQUIRED,
    Document,
    Ends,
    Rule,
    Wording,
    every_word,
)
from policy.models import Platform, Purpose

_RULES = [
    (Rule.LEAVING.value, "Until the child leaves"),
    (Rule.YEARS.value, "For some years"),
    (Rule.STAGE.value, "Until the end of the key stage"),
    (Rule.DAY.value, "Until a fixed day"),
]


class _Kept(forms.Form):
    """What is kept unless somebody kept something else since the page was opened."""

    revision = forms.IntegerField(widget=forms.HiddenInput)

    def again(self, revision: int) -> None:
        """Somebody did: what was typed stays, beside what the draft says now, and a second press
        keeps it."""
        self.add_error(
            None,
            "Somebody else has saved the draft meanwhile. What you typed is still here, and what "
            "the draft says now stands below it where it differs. Press again to keep yours.",
        )
        typed: QueryDict = self.data.copy()  # type: ignore[attr-defined]
        typed["revision"] = str(revision)
        self.data = typed
        for name, field in self.fields.items():
            saved = self.get_initial_for_field(field, name)
            if name != "revision" and _plain(field, saved) != _plain(field, self[name].value()):
                self[name].help_text = f"The draft says now: {_plain(field, saved) or 'nothing'}"


class AskedForm(_Kept):
    """The title, the privacy notice, the purposes, and which kinds are asked for each platform."""

    title = forms.CharField(max_length=120, label="Title")
    privacy_notice = forms.URLField(
        required=False,
        label="Address of your privacy notice",
        help_text="Parents can open it from their page.",
    )
    purposes = forms.MultipleChoiceField(
        widget=forms.CheckboxSelectMultiple,
        label="What pictures are asked for",
        error_messages={"required": "Choose at least one purpose."},
    )
    ends_rule = forms.ChoiceField(
        choices=_RULES,
        widget=forms.RadioSelect,
        label="How long a yes counts",
        help_text="Parents read this on their page and in the letter. Whatever you choose, a yes "
        "ends when the child leaves, and a no never ends.",
    )
    ends_years = forms.TypedChoiceField(
        choices=[(str(n), "1 year" if n == 1 else f"{n} years") for n in range(1, MOST_YEARS + 1)],
        coerce=int,
        required=False,
        label="How many years",
        help_text="Only for “For some years”.",
    )
    ends_day = day_field("The last day", "Only for “Until a fixed day”.")
    ends_weeks = forms.IntegerField(
        min_value=1,
        max_value=MOST_WEEKS,
        label="Ask again so many weeks before",
        help_text="From then on the office is told each week, and parents can renew their yes.",
    )

    def __init__(self, data: Any = None, *, document: Document, revision: int) -> None:
        asks: dict[str, list[str]] = {}
        for key, kind in document.asks:
            asks.setdefault(key, []).append(kind)
        initial = {
            "revision": revision,
            "title": document.title,
            "privacy_notice": document.privacy_notice,
            "purposes": document.purposes,
            "ends_rule": document.ends.rule,
            "ends_years": str(document.ends.years),
            "ends_day": document.ends.day,
            "ends_weeks": document.ends.weeks,
            **{f"asks_{key}": kinds for key, kinds in asks.items()},
        }
        super().__init__(data, initial=initial)
        self.document = document
        here = Purpose.objects.filter(version__in_force=True)
        self.fields["purposes"].choices = [(p.key, p.name) for p in here]  # type: ignore[attr-defined]
        self.platforms = list(Platform.objects.filter(is_asked=True, is_retired=False))
        for platform in self.platforms:
            self.fields[f"asks_{platform.key}"] = forms.MultipleChoiceField(
                choices=Kind.choices,
                widget=forms.CheckboxSelectMultiple,
                required=False,
                label=platform.name,
            )

    def changed(self) -> Document:
        """The document as it was filled in."""
        data = self.cleaned_data
        asks = [(p.key, kind) for p in self.platforms for kind in data[f"asks_{p.key}"]]
        document = with_asks(self.document, asks, data["purposes"])
        return replace(
            document,
            title=data["title"],
            privacy_notice=data["privacy_notice"],
            ends=self._ends(),
        )

    def clean(self) -> dict[str, Any]:
        """A rule has what it needs."""
        data = super().clean() or {}
        rule = data.get("ends_rule")
        if rule == Rule.YEARS and not data.get("ends_years"):
            self.add_error("ends_years", "Choose how many years.")
        if rule == Rule.DAY and not data.get("ends_day") and "ends_day" not in self.errors:
            self.add_error("ends_day", "Write the last day.")
        return data

    def _ends(self) -> Ends:
        """What does not belong to the rule is not kept."""
        data = self.cleaned_data
        found = Ends(rule=data["ends_rule"], weeks=data["ends_weeks"])
        if found.rule == Rule.YEARS:
            return replace(found, years=data["ends_years"])
        if found.rule == Rule.DAY:
            return replace(found, day=data["ends_day"].isoformat())
        return found


class WordingForm(_Kept):
    """The agreement in one language. Whatever is empty is said when it is to be published."""

    def __init__(
        self, data: Any = None, *, document: Document, wording: Wording, revision: int
    ) -> None:
        super().__init__(data, initial={"revision": revision})
        self.document, self.wording = document, wording
        self.pages = _named(Platform.objects.values_list("key", "name"))
        self._add_parts()
        self._add_lists()

    def changed(self) -> Document:
        """The document with this wording as it was filled in."""
        data = self.cleaned_data
        groups: dict[str, Any] = {
            group: {key: data[f"{group}_{key}"].strip() for key in keys}
            for group, keys in self._groups().items()
        }
        forms_of_it = {form: data[form].strip() for form in FORMS}
        mine = replace(self.wording, **groups, **forms_of_it)
        every = tuple(mine if w.code == mine.code else w for w in self.document.wordings)
        return replace(self.document, wordings=every)

    def _groups(self) -> dict[str, list[str]]:
        return {
            "parts": list(PARTS),
            "places": self.document.places(),
            "purposes": list(self.document.purposes),
            "words": list(every_word()),
        }

    def _add_parts(self) -> None:
        for key, label in PARTS.items():
            must = " (must be filled)" if key in REQUIRED else ""
            self._add(f"parts_{key}", label + must, self.wording.parts.get(key, ""), rows=3)
        for form, name in FORMS.items():
            self._add(form, f"{name} (must be filled)", getattr(self.wording, form), rows=9)

    def _add_lists(self) -> None:
        for key in self.document.places():
            label = f"What {self.pages.get(key, key)} is, in plain words"
            self._add(f"places_{key}", label, self.wording.places.get(key, ""))
        names = _named(Purpose.objects.values_list("key", "name"))
        for key in self.document.purposes:
            label = f"“{names.get(key, key)}”, as a parent reads it"
            self._add(f"purposes_{key}", label, self.wording.purposes.get(key, ""))
        for key, english in every_word().items():
            usual = english if self.wording.code == ENGLISH else ""
            self._add(f"words_{key}", english, self.wording.words.get(key, usual))

    def _add(self, name: str, label: str, text: str, rows: int = 2) -> None:
        self.fields[name] = text_field(label, text, self.wording, rows=rows)


class LanguageForm(NewLanguage, _Kept):
    """One more language."""

    def __init__(self, data: Any = None, *, document: Document, revision: int) -> None:
        super().__init__(data, initial={"revision": revision, "direction": "ltr"})
        self.document = document

    def changed(self) -> Document:
        """The document with the new language, still empty."""
        return replace(self.document, wordings=(*self.document.wordings, self.named()))


class PublishForm(forms.Form):
    """From when the new version is asked."""

    revision = forms.IntegerField(widget=forms.HiddenInput)
    starts_on = forms.DateField(
        required=False,
        label="Asked from",
        help_text="Empty: from today.",
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )

    def clean_starts_on(self) -> date | None:
        """Nobody can be asked with it before it is published."""
        day: date | None = self.cleaned_data["starts_on"]
        if day and day < timezone.localdate():
            raise forms.ValidationError("That day is over. Pick today or later.")
        return day


def without_language(document: Document, code: str) -> Document:
    """The document without that language. English stays."""
    kept = tuple(w for w in document.wordings if w.code != code or code == ENGLISH)
    return replace(document, wordings=kept)


def _plain(field: forms.Field, value: Any) -> str:
    """A value as it is read: one line of text, or the names of what is ticked."""
    if isinstance(field, forms.ChoiceField):
        chosen = value if isinstance(value, list | tuple) else [value]
        choices: Any = field.choices
        return ", ".join(str(label) for key, label in choices if key in chosen)
    return " ".join(str(value or "").split())


def _named(pairs: Any) -> dict[str, str]:
    return dict(pairs)
