"""From the cells of one row to what it says: pupil, parents, answers, and what is wrong with it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from consents.imports import dates, upn, values
from consents.imports.answer_cells import AnswerCells
from consents.imports.cells import filled_cells, holds_ticks, is_no_row, unescaped
from consents.imports.headings import Column, Layout, fold
from consents.imports.reading import Sheet
from consents.imports.records import Contact, Place, Row

LONGEST = {"form": 20, "mis_id": 40}
AGES = range(2, 26)  # years; anything else is a slip of the keyboard


@dataclass(frozen=True)
class Reader(AnswerCells):
    """Reads the rows of one sheet. `cross_is_yes`: a person said that x means yes here."""

    layout: Layout
    today: date
    place: Place
    cross_is_yes: bool = False

    def rows(self, sheet: Sheet) -> Iterator[Row | None]:
        """Every row below the header; `None` for rows that are none: blank, total, repeated."""
        header = filled_cells(sheet.rows[self.layout.header])
        plan = self._plan(sheet)
        for number, cells in enumerate(sheet.rows, start=1):
            if number <= self.layout.header + 1:
                continue
            yield None if is_no_row(cells, header) else self._read(number, cells, plan)

    def _plan(self, sheet: Sheet) -> list[tuple[Column, Any, tuple[Any, ...]]]:
        """Columns in the order in which they are read, each with what reads it."""
        below = sheet.rows[self.layout.header + 1 :]
        steps: list[tuple[Column, Any, tuple[Any, ...]]] = []
        for column in self.layout.columns:
            if not column.is_used:
                continue
            kind, *rest = column.field.split(":")
            extra: tuple[Any, ...] = tuple(rest)
            if column.field in DATES:
                cells = (row[column.index] for row in below if column.index < len(row))
                extra = (column.field, dates.order_of(cells, outweighs=column.field in OUTWEIGHED))
            elif kind == "general":
                extra = (rest[0], holds_ticks(column, below))
            elif kind == "platform":
                extra = (rest[0], rest[1], holds_ticks(column, below))
            elif kind in _NAMES:
                extra = (column.field,)
            steps.append((column, getattr(self, _HANDLERS[kind]), extra))
        return steps

    def _read(
        self, number: int, cells: list[str], plan: list[tuple[Column, Any, tuple[Any, ...]]]
    ) -> Row:
        row = Row(number, cells)
        width = len(cells)
        for column, read, rest in plan:
            if column.index >= width:
                continue
            text = cells[column.index]
            if text and (text := unescaped(text.strip())):
                read(row, column, text, *rest)
            elif column.field == "in_care":
                row.in_care = bool(row.in_care)
        row.contacts = [c for c in row.contacts if _is_somebody(c, row)]
        self._must_have_a_name(row)
        return row

    def _must_have_a_name(self, row: Row) -> None:
        if not row.facts.get("first_name") and not row.facts.get("surname"):
            if not row.problems:
                row.problem("", "There is no name in this row")
        elif not row.facts.get("first_name"):
            self._one_name_only(row)

    def _one_name_only(self, row: Row) -> None:
        """A surname alone is a cell left empty. A pupil who has one name only is known by a dash
        where the first name would be, or by the one name standing there."""
        if known_as := row.facts.get("preferred_first_name"):
            row.facts["first_name"] = known_as
        elif self._is_dashed(row):
            row.facts["first_name"] = row.facts.pop("surname")
            row.remark("", values.ONE_NAME)
        else:
            column = self.layout.column("first_name") or ""
            row.problem(
                column, "there is no first name. For a pupil with one name only, write it here"
            )

    def _is_dashed(self, row: Row) -> bool:
        column = self.layout.column("first_name")
        cell = "" if column is None else "".join(row.cells[column.index : column.index + 1])
        return cell.strip() in values.NO_NAME

    # ── the pupil ────────────────────────────────────────────────────────────────────────────────
    def upn(self, row: Row, column: Column, text: str) -> None:
        """Kept only when it can tell who somebody is."""
        number = upn.tidy(text)
        if doubt := upn.doubt(number):
            row.remark(column, f"{doubt}")
        else:
            row.upn = number

    def mis_id(self, row: Row, column: Column, text: str) -> None:
        """As given, noughts in front included."""
        if "e+" in text.casefold() and text[0].isdigit():
            row.remark(column, "the spreadsheet has spoiled this number; it is left out")
        elif len(text) > LONGEST["mis_id"]:
            row.problem(column, "this number is longer than 40 characters")
        else:
            row.mis_id = text

    def a_name(self, row: Row, column: Column, text: str, fact: str) -> None:
        """A part of the pupil's name, as given."""
        name = values.name(text)
        if not name or name in values.NO_NAME:
            return
        if wrong := values.spoiled(text.replace("\n", " ")):
            row.problem(column, wrong)
        elif len(name) > 80:
            row.problem(column, "this name is longer than 80 letters")
        else:
            row.facts[fact] = name
            if values.looks_misread(name):
                row.remark(column, "this name looks as if its letters were misread")
            elif values.looks_odd(name):
                row.remark(column, values.ODD)

    def full_name(self, row: Row, column: Column, text: str) -> None:
        """ "SMITH, John" or "John Smith"; columns of their own for the parts go before it."""
        first, surname, sure = values.split_name(text)
        for part, fact in ((first, "first_name"), (surname, "surname")):
            if part and fact not in row.facts:
                self.a_name(row, column, part, fact)
        if not sure:
            row.remark(column, f"read as first name “{first}” and surname “{surname}”")

    def year(self, row: Row, column: Column, text: str) -> None:
        """Year 7, Y7, 7 …; anything else is kept as it is and said."""
        year = values.year_group(text)
        if year is None:
            row.remark(column, f"“{text[:20]}” is not a year group we know; it is left out")
        elif year:
            row.facts["year"] = year

    def form(self, row: Row, column: Column, text: str) -> None:
        """The class, as given."""
        if len(text) > LONGEST["form"]:
            row.problem(column, "this class is longer than 20 letters")
        else:
            row.facts["form"] = values.name(text)

    def a_date(self, row: Row, column: Column, text: str, fact: str, order: dates.Order) -> None:
        """A day; the day of birth must give an age schools know. One that cannot be read does not
        refuse the row: what becomes of it depends on whether the pupil is known (`unread`)."""
        try:
            day = dates.day(text, order=order, this_year=self.today.year)
        except dates.NotADate as error:
            row.unread[fact] = (column.heading, f"“{text[:30]}”: {error}")
            return
        if day is None:
            return
        if fact == "born_on" and self._age(day) not in AGES:
            sentence = f"born on {text[:30]}, this pupil would be {self._age(day)} years old"
            row.unread[fact] = (column.heading, sentence)
            return
        if fact == "consent_date" and day > self.today:
            row.unread[fact] = (column.heading, "this day has not come yet")
            return
        other = dates.the_other(text, order=order, this_year=self.today.year)
        if fact == "consent_date":
            # A day that has not come cannot be the one that is meant.
            row.said_on, row.other_on = day, other if other and other <= self.today else None
            return
        if fact == "left_on" and other and max(day, other) > self.today:
            day, row.left_or = sorted([day, other])
            row.doubtful[fact] = column.heading
        row.facts[fact] = day
        if other and order is dates.Order.MOSTLY:
            row.doubtful[fact] = column.heading

    def _age(self, born: date) -> int:
        before = (self.today.month, self.today.day) < (born.month, born.day)
        return self.today.year - born.year - before

    def school(self, row: Row, column: Column, text: str) -> None:
        """A row for another school of the trust never goes in here."""
        if other := self.place.is_wrong(text):
            row.problem(column, f"this row is for {other}, not for the school you chose")

    def status(self, row: Row, column: Column, text: str) -> None:
        """C, M, S and G are on roll in some way; only a plain word makes a leaver."""
        word = text.casefold()
        if word in {"left", "leaver", "former", "l"} or (
            fold(column.heading) == "on roll" and values.flag(text) is False
        ):
            row.has_left = True
        elif word in {"s", "subsidiary", "g", "guest"}:
            row.remark(column, "this pupil is also registered elsewhere")

    def in_care(self, row: Row, column: Column, text: str) -> None:
        """Any of several care columns is enough for a hold (R-154); in all of them an empty cell
        means no longer, for many systems mark no other children."""
        said = values.in_care(text)
        if said is not None:
            row.in_care = bool(row.in_care) or said

    # ── parents and carers ───────────────────────────────────────────────────────────────────────
    def contact(self, row: Row, column: Column, text: str, number: str, fact: str) -> None:
        """One cell about one parent or carer."""
        who = _contact_of(row, int(number))
        if fact in {"title", "first_name", "surname", "name"} and (
            wrong := values.spoiled(text.replace("\n", " "))
        ):
            row.problem(column, wrong)
        elif fact == "name":
            who.first_name, who.surname, _ = values.split_name(text)
        elif fact in {"pr", "court_order"}:
            self._right(row, column, text, who, fact)
        elif fact == "priority":
            who.priority = int(text) if text.isdecimal() and len(text) < 4 else None
        else:
            longest = {"title": 20, "relationship": 40, "phone": 40, "email": 254}.get(fact, 80)
            setattr(who, fact, values.name(text)[:longest])
            self._doubt(row, column, text, fact)

    def _right(self, row: Row, column: Column, text: str, who: Contact, fact: str) -> None:
        said = values.flag(text)
        if said is None and fact == "court_order" and values.answer(text) == "unclear":
            said = True  # words in a court order column: there is one
        elif said is None and values.answer(text) != values.NOT_ASKED:
            row.remark(column, f"“{text[:20]}” is neither yes nor no; taken as not known")
        setattr(who, fact, said)

    def _doubt(self, row: Row, column: Column, text: str, fact: str) -> None:
        if fact == "phone" and text.isdigit() and not text.startswith("0"):
            row.remark(column, "this number may have lost its first 0; it is kept as it is")
        if fact == "email" and ("@" not in text or " " in text):
            _contact_of(row, int(column.field.split(":")[1])).email = ""
            row.remark(column, "this is not an e-mail address; it is left out")


_NAMES = {"first_name", "surname", "preferred_first_name", "preferred_surname", "nicknames"}
DATES = {"born_on", "joined_on", "left_on", "consent_date"}
OUTWEIGHED = {"born_on", "joined_on"}  # neither ends a yes nor orders the answers
_HANDLERS = {
    **dict.fromkeys(_NAMES, "a_name"),
    **dict.fromkeys(DATES, "a_date"),
    **{k: k for k in ("upn", "mis_id", "full_name", "year", "form", "school", "status")},
    **{k: k for k in ("in_care", "contact", "platform", "general", "elsewhere")},
    **{k: k for k in ("consented_by", "consent_notes")},
}


def _contact_of(row: Row, number: int) -> Contact:
    for contact in row.contacts:
        if contact.number == number:
            return contact
    row.contacts.append(Contact(number))
    return row.contacts[-1]


def _is_somebody(contact: Contact, row: Row) -> bool:
    """A contact needs a name. With one name only, that is the surname: a parent must have one."""
    if not contact.surname:
        contact.first_name, contact.surname = "", contact.first_name
    if not contact.surname and (contact.email or contact.phone or contact.pr):
        row.remark("", f"Contact {contact.number} has no name and is left out")
    return bool(contact.surname)
