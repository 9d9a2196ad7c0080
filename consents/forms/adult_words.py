"""The words grown-ups are asked with, in one language besides English."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from django import forms
from django.http import QueryDict

from consents.adult_wording import MEANWHILE, PARTS, every_word
from consents.forms.languages import NewLanguage, text_field
from consents.wording import Document, Wording
from policy.models import Platform


class NewAdultLanguageForm(NewLanguage):
    """One more language, whose words are then filled in."""

    def __init__(self, data: Any = None, *, document: Document) -> None:
        super().__init__(data, initial={"direction": "ltr"}, auto_id="lang_%s")
        self.document = document


class AdultLanguageForm(forms.Form):
    """All its words. `version`: the number of the one in force when the page was opened."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(
        self,
        data: Any = None,
        *,
        wording: Wording,
        english: Wording,
        platforms: Sequence[Platform],
        version: int,
    ) -> None:
        super().__init__(data, initial={"version": version})
        self.wording, self.platforms, self.now = wording, platforms, version
        for key, about in PARTS.items():
            self._add(f"parts_{key}", about, wording.parts.get(key, ""), english.parts[key], rows=4)
        for place in platforms:
            what = place.what_it_is
            self._add(f"places_{place.key}", place.name, wording.places.get(place.key, ""), what)
        for key, said in every_word().items():
            self._add(f"words_{key}", said, wording.words.get(key, ""))

    def clean(self) -> dict[str, Any]:
        """Words are kept beside the version that was looked at; what was typed stays for a second
        press."""
        data = super().clean() or {}
        if data.get("version") != self.now:
            self.add_error(None, MEANWHILE)
            typed: QueryDict = self.data.copy()  # type: ignore[attr-defined]
            typed["version"] = str(self.now)
            self.data = typed
        return data

    def changed(self) -> Wording:
        """The language as it was filled in."""
        places = [place.key for place in self.platforms]
        return replace(
            self.wording,
            parts=self._texts("parts", PARTS),
            places=self._texts("places", places),
            words=self._texts("words", every_word()),
        )

    def _texts(self, group: str, keys: Any) -> dict[str, str]:
        return {key: self.cleaned_data[f"{group}_{key}"].strip() for key in keys}

    def _add(self, name: str, label: str, text: str, english: str = "", rows: int = 2) -> None:
        self.fields[name] = text_field(label, text, self.wording, rows=rows)
        self.fields[name].help_text = english
        self.fields[name].required = True
        self.fields[name].error_messages["required"] = "Write this in the language as well."
