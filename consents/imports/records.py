"""What one row says, and which school it must be for. Filled by `rows`, compared by `plan`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from consents.imports.headings import Column
from consents.models.people import folded

Told = tuple[str, str]  # (answer, the words that stood there when it is unclear)


@dataclass(slots=True)
class Contact:
    """A parent or carer as the row names them. `None` and "" mean the file does not say."""

    number: int
    title: str = ""
    first_name: str = ""
    surname: str = ""
    relationship: str = ""
    priority: int | None = None
    pr: bool | None = None
    court_order: bool | None = None
    email: str = ""
    phone: str = ""

    @property
    def key(self) -> str:
        """Folded full name: tells the contacts of one child apart."""
        return folded(f"{self.first_name} {self.surname}")


@dataclass(frozen=True, slots=True)
class Source:
    """What a file tells of who gave an answer and when: whom it names, on whose rows it stands
    (folded names) where rows were joined, and the day, or the two days it may be."""

    said_by: str = ""
    contacts: tuple[str, ...] = ()
    said_on: date | None = None
    other_on: date | None = None


@dataclass(slots=True)
class Row:
    """What a row says. `facts` holds only what is there: an empty cell changes nothing. `unread`:
    its dates that cannot be read, each with its heading and what is wrong. `doubtful`: its dates
    read day first that may have the month first, each with its heading. `other_on`: what `said_on`
    would be then. `left_or`: what its day of leaving may be instead of the earlier one, which is
    taken. `sources`: where rows were joined, what each answer's own rows tell of it."""

    number: int
    cells: list[str]
    facts: dict[str, Any] = field(default_factory=dict)
    upn: str = ""
    mis_id: str = ""
    contacts: list[Contact] = field(default_factory=list)
    answers: dict[tuple[str, str], Told] = field(default_factory=dict)
    sources: dict[tuple[str, str], Source] = field(default_factory=dict)
    lumps: dict[str, Told] = field(default_factory=dict)
    unticked: set[tuple[str, str]] = field(default_factory=set)
    hints: dict[str, str] = field(default_factory=dict)
    in_care: bool | None = None
    said_on: date | None = None
    other_on: date | None = None
    left_or: date | None = None
    said_by: str = ""
    note: str = ""
    has_left: bool = False
    unread: dict[str, tuple[str, str]] = field(default_factory=dict)
    doubtful: dict[str, str] = field(default_factory=dict)
    problems: list[tuple[str, str]] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)

    @property
    def name(self) -> str:
        """The pupil's name for the list on the page."""
        first = self.facts.get("preferred_first_name") or self.facts.get("first_name", "")
        last = self.facts.get("preferred_surname") or self.facts.get("surname", "")
        return f"{first} {last}".strip()

    def problem(self, column: Column | str, sentence: str) -> None:
        """This row goes back to be mended."""
        heading = column if isinstance(column, str) else column.heading
        self.problems.append((heading, sentence))

    def remark(self, column: Column | str, sentence: str) -> None:
        """It goes in; somebody should know."""
        heading = column if isinstance(column, str) else column.heading
        self.remarks.append(f"{heading}: {sentence}." if heading else f"{sentence}.")


@dataclass(frozen=True)
class Place:
    """The school a file is for, and how to notice that a row is for another one."""

    names: frozenset[str]
    number: str
    others: Mapping[str, str]

    def is_wrong(self, said: str) -> str:
        """The name or number of the other school; empty when nothing speaks against ours."""
        if " or " in said:  # a transfer file names the school it comes from and the one it is for
            wrong = [self.is_wrong(part) for part in said.split(" or ")]
            return wrong[-1] if all(wrong) else ""
        digits = "".join(c for c in said if c.isdigit())
        if digits and digits == "".join(said.split("/")).strip():
            return said if len(digits) == 7 and self.number and digits != self.number else ""
        key = folded(said)
        return "" if key in self.names else self.others.get(key, "")
