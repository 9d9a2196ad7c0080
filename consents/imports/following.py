"""Which later file stands in the way of undoing an earlier one.

A later file that found an answer said already wrote nothing: undoing the earlier one would take
away what both say. So a file can be undone beneath a later one only where the two have nothing to
do with each other, which is proven by what is noted of both:

* Of the later one, every pupil it names, changed or not. Of the earlier one, every pupil for whom
  undoing would do anything: answers, facts, who may decide, hints and questions. None is in both.
* No parent of the one's pupils is a parent of the other's: brothers and sisters share an address.
* The earlier one changed no name, number or date of birth of anybody known before. By these a later
  file finds out who is who, and it would have found something else.

One that is going in stands in the way whatever it says, and so does one from before it was noted
whom files name. Two that name one pupil stand in each other's way on whatever platforms: what a row
says of who may decide, and when a pupil leaves, bears on each of that pupil's answers.
"""

from __future__ import annotations

from collections.abc import Collection

from consents.imports.tracing import CHUNK, listed
from consents.models import Ask, ConsentDecision, Guardianship, Import, ImportTrace
from consents.models.imports import ImportQuerySet

GOING_IN = "Another file is going in. Wait for it, and undo that one first."
FOLLOWED = (
    "Another file about some of the same pupils or families was brought in after it. Undo that one "
    "first."
)
_COMING = [Import.State.CONFIRMED, Import.State.APPLYING]
_NAMES = ("first_name", "surname", "preferred_first_name", "preferred_surname", "nicknames")
_IDENTIFY = frozenset([*_NAMES, "born_on", "upn", "mis_id"])


def why_not(source: Import) -> str:
    """Why it cannot be undone beneath later files; empty when it can."""
    later = in_the_way(source)
    if later is None:
        return ""
    return GOING_IN if later.state in _COMING else FOLLOWED


def in_the_way(source: Import) -> Import | None:
    """The file to undo, or to wait for, before this one: the last of those in its way."""
    coming = _later(source).filter(state__in=_COMING).order_by("-confirmed_at").first()
    return coming or written_since(source)


def written_since(source: Import) -> Import | None:
    """The last file in its way that has been written, perhaps since undoing was asked for."""
    later = list(_later(source).filter(state__in=Import.WRITTEN).order_by("-confirmed_at"))
    if not later:
        return None
    trace = ImportTrace.objects.get(source=source)
    if _tells_who_is_who(trace):
        return later[0]
    pupils = _undone_for(trace)
    parents = _parents_of(pupils) | _changed(trace, "Parent")
    return next((one for one in later if not _is_apart(one, pupils, parents)), None)


def _later(source: Import) -> ImportQuerySet:
    return Import.objects.filter(school=source.school_id, confirmed_at__gt=source.confirmed_at)


def _is_apart(later: Import, pupils: set[int], parents: set[int]) -> bool:
    trace = ImportTrace.objects.filter(source=later).first()
    if trace is None or trace.named is None:
        return False
    named = set(listed(trace.named))
    return not (named & pupils or _parents_of(named) & parents)


def _tells_who_is_who(trace: ImportTrace) -> bool:
    """Did it change by what pupils known before are told apart?"""
    changes = (trace.before or {}).get("Child", {})
    return any(_IDENTIFY & changed.keys() for changed in changes.values())


def _undone_for(trace: ImportTrace) -> set[int]:
    """Every pupil for whom undoing it would do anything."""
    said = ConsentDecision.objects.filter(source_import_id=trace.source_id)
    found = set(said.order_by().values_list("child_id", flat=True))
    found |= {*listed(trace.children), *_changed(trace, "Child")}
    found |= {child for child, *_ in trace.hints or []}
    ties = [*listed(trace.guardianships), *_changed(trace, "Guardianship")]
    for some in _pieces(ties):
        found |= set(Guardianship.objects.filter(pk__in=some).values_list("child_id", flat=True))
    for some in _pieces(trace.asks):
        found |= set(Ask.objects.filter(pk__in=some).values_list("child_id", flat=True))
    return {pk for pk in found if pk is not None}


def _changed(trace: ImportTrace, table: str) -> set[int]:
    return {int(pk) for pk in (trace.before or {}).get(table, {})}


def _parents_of(pupils: Collection[int]) -> set[int]:
    found = set[int]()
    for some in _pieces(sorted(pupils)):
        ties = Guardianship.objects.filter(child__in=some)
        found |= set(ties.values_list("parent_id", flat=True))
    return found


def _pieces(ids: list[int]) -> list[list[int]]:
    return [ids[start : start + CHUNK] for start in range(0, len(ids), CHUNK)]
