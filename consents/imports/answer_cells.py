"""Cells that hold an answer: for one platform, for many at once, or words beside them."""

from __future__ import annotations

from consents.imports import values
from consents.imports.headings import Column
from consents.imports.records import Row

_NAME_KINDS = {"name": ("first_name", "full_name")}


class AnswerCells:
    """The part of a `Reader` that reads answers."""

    cross_is_yes: bool

    def platform(
        self, row: Row, column: Column, text: str, key: str, kind: str, ticks: bool
    ) -> None:
        """An answer for one platform and one kind; an unticked box is none by itself."""
        if ticks and text.casefold() in values.UNTICKED:
            row.unticked |= {(key, k) for k in _NAME_KINDS.get(kind, (kind,))}
        elif kind == "name":
            self._names(row, text, key)
        elif said := values.answer(text, cross_is_yes=self.cross_is_yes):
            row.answers[key, kind] = (said, text if said == "unclear" else "")

    def _names(self, row: Row, text: str, key: str) -> None:
        """A yes to "name" covers the first name only: the narrower reading (R-073)."""
        said = values.names_allowed(text, cross_is_yes=self.cross_is_yes)
        if said == "full":
            row.answers[key, "full_name"] = ("yes", "")
        elif said in {"first", "yes"}:
            row.answers[key, "first_name"] = ("yes", "")
        elif said:
            told = (said, text if said == "unclear" else "")
            row.answers[key, "first_name"] = row.answers[key, "full_name"] = told

    def general(self, row: Row, column: Column, text: str, topic: str, ticks: bool) -> None:
        """A lump answer: a yes is only a hint; an unticked box says nothing."""
        if ticks and text.casefold() in values.UNTICKED:
            return
        read = values.names_allowed if topic == "names" else values.answer
        said = read(text, cross_is_yes=self.cross_is_yes)
        if said:
            row.lumps[topic] = (said, text)
            row.hints[topic] = f"{column.heading}: {values.name(text)}"[:200]

    def elsewhere(self, row: Row, column: Column, text: str, key: str) -> None:
        """A place GoLive does not publish to."""
        if values.answer(text, cross_is_yes=self.cross_is_yes):
            row.hints[key] = f"{column.heading}: {values.name(text)}"[:200]

    def consented_by(self, row: Row, _column: Column, text: str) -> None:
        """Whose answers these are."""
        if values.answer(text) != values.NOT_ASKED:
            row.said_by = values.name(text)

    def consent_notes(self, row: Row, _column: Column, text: str) -> None:
        """Words beside the answers: a person has to read them."""
        if values.answer(text) != values.NOT_ASKED:
            row.note = values.name(text)
