"""Parents and carers of a row beside those already known for the child.

* A contact is known by full name within one child's family; siblings' contacts are joined only
  where a person said so, and then by name and e-mail together.
* Unknown responsibility means none (R-152). A file may say that somebody has it or lost it, and
  that there is a court order; that a court order is over waits for a person.
* A contact missing from the file stays as they are.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from consents.imports.records import Contact, Row
from consents.imports.voices import Voices, voices
from consents.models import Guardianship, Parent
from consents.models.people import folded

FIRST_NEW = -100  # ids of people not yet written: this and below


@dataclass
class People:
    """New and changed parents and guardianships of one file.

    Somebody new has an id of `FIRST_NEW` or below until written.
    """

    join: bool = False
    parents: dict[int, Parent] = field(default_factory=dict)
    guardianships: list[tuple[int, int, Guardianship]] = field(default_factory=list)
    changed_parents: dict[int, Parent] = field(default_factory=dict)
    changed_guardianships: dict[int, Guardianship] = field(default_factory=dict)
    deciding: set[int] = field(default_factory=set)  # guardianships that now decide differently
    shared: dict[tuple[str, str], int] = field(default_factory=dict)
    joinable: int = 0

    def add(self, contact: Contact) -> int:
        """The id of a parent nobody knew; the same one for siblings, where a person said so."""
        key = (contact.key, contact.email.casefold())
        if contact.email and key in self.shared:
            self.joinable += 1
            if self.join:
                return self.shared[key]
        pk = FIRST_NEW - len(self.parents)
        self.parents[pk] = Parent(
            title=contact.title,
            first_name=contact.first_name,
            surname=contact.surname,
            email=contact.email,
            phone=contact.phone,
        )
        if contact.email:
            self.shared.setdefault(key, pk)
        return pk


@dataclass
class Family:
    """What a row makes of one child's family, and whose its answers may be."""

    voices: Voices = field(default_factory=Voices)
    changes: list[str] = field(default_factory=list)
    waits: list[str] = field(default_factory=list)


def compare(
    row: Row, child_ref: int, known: Sequence[Guardianship], people: People, today: date
) -> Family:
    """Fold the row's contacts into the family and find out whose its answers may be."""
    family = Family()
    by_key = {folded(g.parent.full_name): g for g in known}
    met: dict[str, Guardianship] = {}
    refs: dict[str, int] = {}
    for contact in sorted(row.contacts, key=lambda c: (c.priority or c.number, c.number)):
        key = contact.key
        if key in met:
            row.remark("", f"Contact {contact.number} has the name of another and is left out")
        elif key in by_key:
            met[key], refs[key] = by_key[key], by_key[key].parent_id
            _update(contact, by_key[key], people, family)
        else:
            refs[key], met[key] = _add(contact, child_ref, people)
            family.changes.append("A parent or carer is new")
    family.voices = voices(met, refs, known, today)
    return family


def _add(contact: Contact, child_ref: int, people: People) -> tuple[int, Guardianship]:
    parent_ref = people.add(contact)
    guardianship = Guardianship(
        relationship=contact.relationship,
        has_responsibility=contact.pr is True,
        was_responsible=contact.pr is True,
        court_order=contact.court_order is True,
        priority=min(contact.priority or contact.number, 999),
    )
    people.guardianships.append((child_ref, parent_ref, guardianship))
    return parent_ref, guardianship


def _update(contact: Contact, guardianship: Guardianship, people: People, family: Family) -> None:
    parent = guardianship.parent
    for name in ("title", "email", "phone"):
        said = getattr(contact, name)
        if said and said != getattr(parent, name):
            setattr(parent, name, said)
            people.changed_parents[parent.pk] = parent
            whose = parent.full_name if name == "email" else "A parent"
            family.changes.append(f"{whose}’s {_WORDS[name]} changes")
    if contact.court_order is False and guardianship.court_order:
        family.waits.append(
            "The file says that a court order has ended. It stays until you say so on the pupil’s "
            "page, under “Who may decide”"
        )
    wanted = {
        "relationship": contact.relationship or guardianship.relationship,
        "has_responsibility": _said(contact.pr, guardianship.has_responsibility),
        "court_order": guardianship.court_order or contact.court_order is True,
        "priority": min(contact.priority or guardianship.priority, 999),
    }
    for name, value in wanted.items():
        if value != getattr(guardianship, name):
            setattr(guardianship, name, value)
            people.changed_guardianships[guardianship.pk] = guardianship
            if name in Guardianship.DECIDES:
                people.deciding.add(guardianship.pk)
            family.changes.append(f"A parent’s {_WORDS[name]} changes")
    guardianship.was_responsible |= guardianship.has_responsibility


_WORDS: Mapping[str, str] = {
    "title": "title",
    "email": "e-mail address",
    "phone": "telephone",
    "relationship": "relationship",
    "has_responsibility": "parental responsibility",
    "court_order": "court order",
    "priority": "place in the order",
}


def _said(file: bool | None, record: bool) -> bool:
    return record if file is None else file
