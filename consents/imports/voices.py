"""Whose answers a row holds, and of which day.

* Where the row names who answered, it is theirs. Where the rows of one pupil were joined and one
  contact's row alone says something, it is that contact's.
* Else a yes is put down to the row's first contact, or to the only one who may decide. Never a
  search for somebody whose yes would count, and none where it may be another's yes that the record
  has (`answers`).
* A no that names nobody is nobody's where more than one may decide (`answers` says why).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import NamedTuple

from consents.imports.answers import NOBODY, OWN, Saying
from consents.imports.records import Row, Source
from consents.models import Child, Guardianship
from consents.models.people import folded

_PUPIL = frozenset(["pupil", "student", "self", "child", "young person"])
_TITLES = frozenset(["mr", "mrs", "miss", "ms", "mx", "dr", "prof", "rev"])


class Voice(NamedTuple):
    """Who a yes is put down to and who a no; may the first decide? `is_named`: the file itself says
    that it is theirs, and nobody else's."""

    giver: int = NOBODY
    no_giver: int = NOBODY
    is_entitled: bool = False
    is_named: bool = False


@dataclass
class Voices:
    """The people of one family by folded name; `contacts`: those of the row, in their order."""

    everyone: Mapping[str, Guardianship] = field(default_factory=dict)
    ids: Mapping[str, int] = field(default_factory=dict)
    contacts: Sequence[str] = ()
    entitled: frozenset[str] = frozenset()

    def of(self, source: Source) -> Voice:
        """Whose answer that is."""
        if source.said_by:
            if folded(source.said_by) in _PUPIL:
                return Voice(OWN, OWN, True, True)
            key = _named(source.said_by, self.everyone)
        elif source.contacts:
            key = next((key for key in self.contacts if key in source.contacts), "")
        elif self.contacts:
            key = self.contacts[0]
        else:
            key = next(iter(self.entitled)) if len(self.entitled) == 1 else ""
        if not key:
            return Voice()
        giver, may = self.ids[key], key in self.entitled
        is_told = bool(source.said_by) or len(source.contacts) == 1
        no_giver = giver if may and (is_told or len(self.entitled) == 1) else NOBODY
        return Voice(giver, no_giver, may, is_told)


def voices(
    met: Mapping[str, Guardianship],
    refs: Mapping[str, int],
    known: Sequence[Guardianship],
    today: date,
) -> Voices:
    """Those known for the child and those met in the row, with their ids."""
    everyone = {folded(g.parent.full_name): g for g in known} | dict(met)
    ids = {key: g.parent_id for key, g in everyone.items() if g.parent_id} | dict(refs)
    entitled = frozenset(key for key, g in everyone.items() if g.is_entitled(today))
    return Voices(everyone, ids, list(met), entitled)


def source_of(row: Row, key: tuple[str, str]) -> Source:
    """What a row tells of who gave an answer, and when."""
    return row.sources.get(key) or Source(row.said_by, (), row.said_on, row.other_on)


def saying(voice: Voice, source: Source, child: Child, uploaded_at: datetime) -> Saying:
    """The circumstances of one answer."""
    return Saying(
        giver=voice.giver,
        no_giver=voice.no_giver,
        is_named=voice.is_named,
        uploaded_at=uploaded_at,
        said_on=source.said_on,
        other_on=source.other_on,
        returned_on=child.returned_on,
    )


def _named(said: str, everyone: Mapping[str, Guardianship]) -> str:
    """Whom "Siân O’Brien", "Mrs O’Brien" or "Mother" means, if exactly one."""
    words = folded(said)
    if words in everyone:
        return words
    by_relationship = [k for k, g in everyone.items() if folded(g.relationship) == words]
    by_surname = [k for k in everyone if words.split() and k.endswith(f" {words.split()[-1]}")]
    for found in (by_relationship, by_surname if words.split()[0] in _TITLES else []):
        if len(found) == 1:
            return found[0]
    return ""
