"""A pupil whose UPN another school of the trust knows: moved there and here, or registered at both.

The choice, made here once, with its reasons:

* Each school keeps a record of its own. Parents answered one school, about its own accounts and
  pages; that says nothing about another's. So a pupil who moves goes in as new, nobody has been
  asked here, and no yes comes along. The other record stays with its school until that school
  says that the pupil has left: a file of one school changes nothing at another.
* Whoever brings the file in is told "Known at another school of the trust" and no more: not which
  school, not what was answered there, not whether anything stands in the way.
* A UPN alone is not enough. Where the birthday or the name differs, a person first says whether
  the number is right; a number mistyped must not tie two children together.
* What does come along is protection (R-155): a hold that stands at the other school is set here in
  the same transaction, for this school's safeguarding lead alone. No word, row or count of the
  import tells of it. One that the lead here has lifted since it was set is not set again. A hold
  that is set later comes along at once (`actions.set_hold`), with no file.
"""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from django.db.models import Q

from consents import holding
from consents.imports.records import Row
from consents.models import Child, Hold, Import
from consents.models.people import folded
from schools.models import School

KNOWN = "Known at another school of the trust"
NOT_HERE = f"{KNOWN}. What was answered there does not count here: ask the parents anew."
DOUBT = f"{KNOWN}, with another name or birthday. Say whether this is a pupil of this school"


class Likeness(NamedTuple):
    """What two records of one pupil have in common."""

    first_names: frozenset[str]
    surnames: frozenset[str]
    born_on: date | None


def elsewhere(school: School) -> dict[str, Likeness]:
    """UPN → whom the trust's other schools know by it. One query."""
    found: dict[str, Likeness] = {}
    for child in Child.objects.exclude(school=school).exclude(upn=""):
        found[child.upn] = Likeness(
            frozenset({folded(child.first_name), folded(child.preferred_first_name)} - {""}),
            frozenset({folded(child.surname), folded(child.preferred_surname)} - {""}),
            child.born_on,
        )
    return found


def agrees(row: Row, known: Likeness) -> bool:
    """Is the pupil of this row, beyond the number, the one known there? A changed surname or first
    name is no doubt where the birthday agrees."""
    first = folded(row.facts.get("first_name", "")) in known.first_names
    last = folded(row.facts.get("surname", "")) in known.surnames
    born = row.facts.get("born_on")
    if born is None or known.born_on is None:
        return first and last
    return born == known.born_on and (first or last)


def carry_holds(source: Import) -> None:
    """Protection comes along with the pupil, and is told to the safeguarding lead here only. Where
    the file is the first to give a held pupil a number, it goes to the other school as well."""
    standing = Hold.objects.standing().exclude(child__upn="").select_related("child")
    ours, here = Q(child__school=source.school_id), Q(school=source.school_id)
    came = holding.carry(
        holding.of(standing.exclude(ours)), Child.objects.filter(here), source_import=source.pk
    )
    came += holding.carry(holding.of(standing.filter(ours)), Child.objects.exclude(here))
    holding.tell_carried(came)
