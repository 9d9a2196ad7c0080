"""Which row holds the names of the columns, and what each column is taken for."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from consents.imports import fields, values
from consents.imports.errors import Unreadable, no_table
from consents.imports.reading import Sheet

LOOK_AT = 20  # rows beyond which no header is looked for
SAMPLE = 400  # cells that say whether a column holds answers

_GROUP = re.compile(r"(?:contact|parent|carer|guardian|priority)\s*\d*")
_CONTACT = re.compile(
    r"(?:(?:parental )?contact|parent ?carer|parent|carer|guardian|priority)"
    r"\s*(?P<before>\d?)\s*(?:contact\s*)?(?P<rest>.*?)\s*(?P<after>\d?)"
)
_FILLER = re.compile(
    r"\b(?:consents?|permissions?|parental|allowed|for|on|in|to|use|of|the|agree(?:ment)?|"
    r"social media|publish(?:ed)?|and)\b"
)


@dataclass(frozen=True)
class Column:
    """One column of the file. `note` says in words why it is not simply used."""

    index: int
    heading: str
    field: str
    note: str = ""
    remembered_as: str = ""

    @property
    def is_used(self) -> bool:
        """Is anything of this column kept?"""
        return self.field not in {fields.LEAVE_OUT, fields.NOT_PERMISSION}


@dataclass(frozen=True)
class Layout:
    """Where the header stands (from 0) and what its columns are."""

    header: int
    columns: tuple[Column, ...]

    def column(self, field: str) -> Column | None:
        """The column that holds this field."""
        return next((c for c in self.columns if c.field == field), None)

    @property
    def is_to_mend(self) -> bool:
        """Did we hand this file out ourselves, for mending?"""
        return any(c.heading == fields.TO_MEND for c in self.columns)


def fold(heading: str, *, gap: str = "") -> str:
    """No byte-order mark, no case, no punctuation (or `gap` in its place), single spaces."""
    plain = heading.replace("\ufeff", "").casefold()
    kept = "".join(gap if unicodedata.category(c)[0] in "PS" else c for c in plain)
    return " ".join(kept.split())


@dataclass(frozen=True)
class Dictionary:
    """Headings this installation knows: the fixed ones and the trust's platforms."""

    known: Mapping[str, str]
    platforms: Mapping[str, str]
    labels: Mapping[str, str]

    @classmethod
    def of(cls, platforms: Mapping[str, str]) -> Dictionary:
        """`platforms`: key → name, as in the policy in force."""
        known = {w: f for f, (_, words) in fields.PUPIL.items() for w in words}
        known |= {w: f"contact:1:{f}" for f, words in fields.CONTACT_ALONE.items() for w in words}
        known |= {w: f"general:{g}" for g, (_, words, _) in fields.GENERAL.items() for w in words}
        aliases = {word: key for key, words in fields.PLATFORMS.items() for word in words}
        aliases |= {fold(key, gap=" "): key for key in platforms}
        aliases |= {fold(name, gap=" "): key for key, name in platforms.items()}
        return cls(known, aliases, _labels(platforms))

    def field(self, heading: str, own: Mapping[str, str]) -> str:
        """The field of a heading; empty when nobody knows it. `own`: platforms that exist."""
        for folded in (fold(heading), fold(heading, gap=" ")):
            if found := self._field(folded, own):
                return found
        return ""

    def _field(self, folded: str, own: Mapping[str, str]) -> str:
        if not folded:
            return ""
        if folded in self.labels:
            return self.labels[folded]
        if fields.is_other_permission(folded):
            return fields.NOT_PERMISSION
        if folded in self.known:
            return self.known[folded]
        if folded in fields.DOUBTFUL:
            return fields.DOUBTFUL[folded][0]
        if folded in fields.UNWANTED or folded == fold(fields.TO_MEND):
            return fields.LEAVE_OUT
        return self._answer(folded, own) or _contact(folded)

    def _answer(self, folded: str, own: Mapping[str, str]) -> str:
        """ "Facebook", "Consent: photo on the website", "Instagram first name"."""
        for words in (folded, " ".join(_FILLER.sub(" ", folded).split())):
            for alias in sorted(self.platforms, key=len, reverse=True):
                rest = _without(words, alias)
                kind = None if rest is None else _kind(rest)
                if kind:
                    return _place(self.platforms[alias], kind, own)
            if words in self.known and self.known[words].startswith("general:"):
                return self.known[words]
        return ""


def _labels(platforms: Mapping[str, str]) -> dict[str, str]:
    """What our own pages call the fields. "Full name" stays doubtful: answers may stand below."""
    own = fields.choices(platforms, range(1, fields.MOST_CONTACTS + 1))
    found: dict[str, str] = {}
    for field, label in (pair for _, group in own for pair in group):
        for folded in (fold(label), fold(label, gap=" ")):
            found.setdefault(folded, field)
    return {words: field for words, field in found.items() if words not in fields.DOUBTFUL}


def _without(words: str, alias: str) -> str | None:
    padded = f" {words} "
    if f" {alias} " not in padded:
        return None
    return " ".join(padded.replace(f" {alias} ", " ", 1).split())


def _kind(words: str) -> str:
    return next((kind for kind, names in fields.KINDS.items() if words in names), "")


def _place(key: str, kind: str, own: Mapping[str, str]) -> str:
    return f"platform:{key}:{kind}" if key in own else f"elsewhere:{key}"


def _contact(folded: str) -> str:
    found = _CONTACT.fullmatch(folded)
    if not found:
        return ""
    number = int(found["before"] or found["after"] or 1)
    for field, (_, words) in fields.CONTACT.items():
        if found["rest"] in words and 1 <= number <= fields.MOST_CONTACTS:
            return f"contact:{number}:{field}"
    return ""


def find(
    sheets: Iterable[Sheet], platforms: Mapping[str, str], remembered: Mapping[str, str]
) -> tuple[Sheet, Layout]:
    """The sheet and row whose cells look most like the names of columns. Raises `Unreadable`."""
    book = Dictionary.of(platforms)
    best: tuple[int, Sheet, int] | None = None
    tried = list(sheets)
    for sheet in tried:
        for number, row in enumerate(sheet.rows[:LOOK_AT]):
            score = _score(row, book, platforms, remembered)
            if score and (best is None or score > best[0]):
                best = (score, sheet, number)
    if best is None and not any(_has_columns(sheet) for sheet in tried):
        raise no_table("a text without columns")
    if best is None:
        raise Unreadable(
            "We could not find the names of the columns in the first 20 rows. The file needs a "
            "row with words such as UPN, Surname, Forename and Date of birth."
        )
    _, sheet, number = best
    return sheet, Layout(number, _columns(sheet, number, book, platforms, remembered))


def _has_columns(sheet: Sheet) -> bool:
    """Are most of its rows of one width? Sentences with commas in them are not."""
    widths = [len(row) for row in sheet.rows if any(row)]
    most = max(set(widths), key=widths.count, default=0)
    return most > 1 and widths.count(most) * 2 > len(widths)


def _score(
    row: Sequence[str],
    book: Dictionary,
    platforms: Mapping[str, str],
    remembered: Mapping[str, str],
) -> int:
    """How many columns it names; 0 unless it could tell one pupil from another."""
    found = {remembered.get(fold(cell)) or book.field(cell, platforms) for cell in row} - {""}
    named = {"first_name", "full_name", "preferred_first_name"} & found
    return len(found) if len(found) >= 2 and (named or {"upn", "mis_id"} & found) else 0


def _columns(
    sheet: Sheet,
    header: int,
    book: Dictionary,
    platforms: Mapping[str, str],
    remembered: Mapping[str, str],
) -> tuple[Column, ...]:
    titles = _titles(sheet.rows, header)
    below = sheet.rows[header + 1 : header + 1 + SAMPLE]
    columns: list[Column] = []
    seen: dict[str, int] = {}
    for index, title in enumerate(titles):
        key = fold(title)
        if not key:
            continue
        seen[key] = seen.get(key, 0) + 1
        key += f"#{seen[key]}" if seen[key] > 1 else ""
        chosen = remembered.get(key)
        field = chosen or book.field(title, platforms) or fields.LEAVE_OUT
        note = "" if chosen else _why(field, title)
        if not chosen and fold(title) in fields.DOUBTFUL and _holds_answers(below, index):
            field = fields.DOUBTFUL[fold(title)][1]
        columns.append(Column(index, title.strip(), field, note, key[:140]))
    return tuple(_once_each(columns))


def _titles(rows: Sequence[Sequence[str]], header: int) -> list[str]:
    """The header's cells; under a merged "Contact 1" they are called "Contact 1 Forename" …"""
    titles = list(rows[header])
    above = rows[header - 1] if header else []
    if not any(_GROUP.fullmatch(fold(cell)) for cell in above):
        return titles
    group = ""
    for index, title in enumerate(titles):
        cell = above[index] if index < len(above) else ""
        if cell.strip():
            group = cell.strip() if _GROUP.fullmatch(fold(cell)) else ""
        if group and title.strip() and not _contact(fold(title)):
            titles[index] = f"{group} {title.strip()}"
    return titles


def _holds_answers(below: Sequence[Sequence[str]], index: int) -> bool:
    cells = [row[index] for row in below if index < len(row) and row[index].strip()]
    return bool(cells) and sum(map(values.is_answer, cells)) >= 0.8 * len(cells)


def _why(field: str, title: str) -> str:
    if field == fields.NOT_PERMISSION:
        return "This is not a permission to publish photos, names or work. It is left out."
    if field.startswith("general:"):
        return "A yes that names no platform permits none. It is kept as a hint whom to ask."
    if field.startswith("elsewhere:"):
        return "GoLive does not publish there. It is kept as a hint."
    if field == fields.LEAVE_OUT and title != fields.TO_MEND:
        return "Left out; nothing of it is kept."
    return ""


def _once_each(columns: Sequence[Column]) -> list[Column]:
    """A second column for the same thing is left out until a person says what it is."""
    taken: dict[str, str] = {}
    kept = []
    for column in columns:
        field = column.field
        if column.is_used and field in taken and field not in {"in_care", "school"}:
            note = f"“{taken[field]}” was taken for this. Say what this column is, if you need it."
            kept.append(replace(column, field=fields.LEAVE_OUT, note=note))
        else:
            taken.setdefault(field, column.heading)
            kept.append(column)
    return kept
