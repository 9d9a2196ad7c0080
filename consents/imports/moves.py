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
  import tells of it. One that the lead here has lifted is not set again.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import NamedTuple

from django.urls import reverse

from audit.actions import record
from consents.imports.records import Row
from consents.models import Child, Hold, Import
from consents.models.people import folded
from schools.actions import tell
from schools.models import School, User
from schools.roles import Permission

KNOWN = "Known at another school of the trust"
NOT_HERE = f"{KNOWN}. What was answered there does not count here: ask the parents anew."
DOUBT = f"{KNOWN}, with another name or birthday. Say whether this is a pupil of this school"
NOTE = "It stands at another school of the trust. Ask the safeguarding lead there."


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
    """Protection comes along with the pupil, and is told to the safeguarding lead here only."""
    theirs = Hold.objects.filter(lifted_at=None).exclude(child__school=source.school_id)
    standing = set(theirs.exclude(child__upn="").values_list("child__upn", "kind"))
    if not standing:
        return
    ours = {
        child.upn: child
        for child in Child.objects.filter(school=source.school_id, upn__in={u for u, _ in standing})
    }
    had = set(
        Hold.objects.filter(child__in=ours.values()).values_list("child__upn", "kind").distinct()
    )
    missing = sorted((upn, kind) for upn, kind in standing - had if upn in ours)
    for upn, kind in missing:
        hold = Hold.objects.create(child=ours[upn], kind=kind, note=NOTE)
        record("hold.set", hold, by=None, school_id=source.school_id, source_import=source.pk)
    _tell(source.school, missing)


def _tell(school: School, missing: Collection[tuple[str, str]]) -> None:
    if missing:
        tell(
            list(User.objects.who_may(Permission.HOLD_SET, school)),
            subject=f"New holds at {school.short_name}",
            body="A file brought a pupil who is under a hold at another school of the trust. The "
            "hold stands here too until you lift it. Only you see this.",
            path=reverse("consents:holds"),
        )
