"""Undoing an import that was a mistake: what it would do, and doing it, in one transaction.

The choices, once, with their reasons:

* History is not touched. Each answer the file brought that still stands is taken back by a decision
  at the same moment, which says what its giver had said before, or that they had said nothing. What
  anybody said after the file stays, because it came later.
* A file is undone within 30 days, and only while no file stands in its way that was brought in
  later (`following`). That is asked once more when a worker undoes it.
* A pupil the file added leaves the roll, unless somebody has used them since: an answer, a photo, a
  question or a parent that this file did not bring. Such a pupil stays, and is named. Nothing is
  deleted; the right file finds the same pupil by number, and that is no coming back.
* A parent the file added stays listed and decides nothing, unless they have answered since or
  somebody changed the entry by hand.
* What the file changed about pupils, parents and who may decide becomes what it was, where it is
  still what the file wrote.
* A hold stays. Only the safeguarding lead lifts one, file or no file.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.db import models
from django.utils import timezone

from consents import turns, undone
from consents.imports import following
from consents.imports.tracing import CHUNK, listed
from consents.models import (
    Answer,
    Child,
    ConsentDecision,
    Guardianship,
    Hint,
    Hold,
    Import,
    ImportRow,
    ImportTrace,
    Parent,
)
from consents.models.imports import KEPT
from consents.turns import History

OURS: tuple[type[models.Model], ...] = (Guardianship, Hint, Hold, ImportRow, ConsentDecision)
TABLES: dict[str, type[models.Model]] = {m.__name__: m for m in (Child, Parent, Guardianship)}
MOST_NAMED = 60
Change = tuple[str, str]  # the file's answer, what stands again


@dataclass
class Undo:
    """What undoing one import would write. `history` is how far the record had come."""

    source: Import
    trace: ImportTrace
    history: History
    decisions: list[ConsentDecision] = field(default_factory=list)
    answers: Counter[Change] = field(default_factory=Counter)
    later: int = 0
    leaving: list[int] = field(default_factory=list)
    staying: list[int] = field(default_factory=list)
    silent: list[Guardianship] = field(default_factory=list)
    kept_parents: int = 0
    restored: dict[str, list[models.Model]] = field(default_factory=dict)
    fields: dict[str, set[str]] = field(default_factory=dict)

    @property
    def counts(self) -> dict[str, Any]:
        """For the history and for the worker: numbers only, and a fingerprint of all of it."""
        return {
            "answers": {f"{was} → {now}": n for (was, now), n in sorted(self.answers.items())},
            "later": self.later,
            "leaving": len(self.leaving),
            "staying": len(self.staying),
            "parents": len(self.silent),
            "kept_parents": self.kept_parents,
            "restored": {name: len(rows) for name, rows in sorted(self.restored.items())},
            "digest": self._digest(),
        }

    @property
    def shown(self) -> dict[str, Any]:
        """For the page: the counts, and the first pupils by id. No names, for it is kept."""
        return self.counts | {
            "changes": [[was, now, count] for (was, now), count in sorted(self.answers.items())],
            "who_leaves": self.leaving[:MOST_NAMED],
            "who_stays": self.staying[:MOST_NAMED],
        }

    def _digest(self) -> str:
        sha = hashlib.sha256()
        for row in self.decisions:
            sha.update(repr((undone.square(row), row.answer, row.until, row.undoes_id)).encode())
        for name, rows in self.restored.items():
            facts = sorted(self.fields[name])
            sha.update(repr([(r.pk, [getattr(r, f) for f in facts]) for r in rows]).encode())
        sha.update(repr((self.leaving, self.staying, [g.pk for g in self.silent])).encode())
        return sha.hexdigest()


def why_not(source: Import) -> str:
    """Why this import cannot be undone; empty when it can."""
    if source.state != Import.State.DONE:
        return "Only a file that was brought in can be undone."
    if source.finished_at is None or timezone.now() - source.finished_at > KEPT - timedelta(days=1):
        return "A file can be undone for 29 days. After that, write down what is right instead."
    trace = ImportTrace.objects.filter(source=source).first()
    if trace is None or trace.before is None:
        return "What was there before this file is no longer known, so it cannot be undone."
    return following.why_not(source)


def plan(source: Import) -> Undo:
    """The dry run. Reads, never writes."""
    history = turns.history(source.school_id)
    undo = Undo(source, ImportTrace.objects.get(source=source), history)
    _restore(undo)
    _sort_pupils(undo)
    _take_back(undo)
    _silence(undo)
    return undo


def _restore(undo: Undo) -> None:
    """Old values, where the file's are still there."""
    for name, changes in (undo.trace.before or {}).items():
        model = TABLES[name]
        for item in _items(model, [int(pk) for pk in changes]):
            if isinstance(item, Guardianship) and item.changed_at > undo.trace.written_at:
                continue  # a person has looked at it since
            put_back = _put_back(item, changes[str(item.pk)])
            if put_back:
                undo.fields.setdefault(name, set()).update(put_back)
                undo.restored.setdefault(name, []).append(item)


def _items(model: type[models.Model], ids: list[int]) -> Iterator[Any]:
    for start in range(0, len(ids), CHUNK):
        some = model._default_manager.filter(pk__in=ids[start : start + CHUNK])
        yield from some.order_by("pk")


def _put_back(item: models.Model, changes: dict[str, list[Any]]) -> set[str]:
    done = set()
    for name, pair in changes.items():
        before, after = (_field(item, name).to_python(value) for value in pair)
        if getattr(item, name) == after:
            setattr(item, name, before)
            done.add(name)
    return done


def _field(item: models.Model, name: str) -> Any:
    return item._meta.get_field(name)


def _sort_pupils(undo: Undo) -> None:
    """Who was added and leaves the roll again, and who is in use by now."""
    added = listed(undo.trace.children)
    used: set[int] = set()
    for start in range(0, len(added), CHUNK):
        used |= _in_use(added[start : start + CHUNK], undo)
    undo.leaving = [pk for pk in added if pk not in used]
    undo.staying = sorted(used)


def _in_use(ids: Collection[int], undo: Undo) -> set[int]:
    said = ConsentDecision.objects.filter(child__in=ids)
    found = set(said.exclude(source_import_id=undo.source.pk).values_list("child_id", flat=True))
    brought = set(listed(undo.trace.guardianships))
    for pk, child in Guardianship.objects.filter(child__in=ids).values_list("pk", "child_id"):
        if pk not in brought:
            found.add(child)
    # Whatever else points at a pupil, in this room or in any to the right of it.
    for relation in Child._meta.related_objects:
        if relation.related_model in OURS:
            continue
        name = relation.field.name
        rows = relation.related_model._default_manager.filter(**{f"{name}__in": ids})
        found |= set(rows.values_list(name, flat=True))
    return {pk for pk in found if pk is not None}


def _take_back(undo: Undo) -> None:
    """A decision for each of the file's that still stands."""
    brought = ConsentDecision.objects.filter(source_import_id=undo.source.pk)
    children = sorted(set(brought.order_by().values_list("child_id", flat=True)))
    returned = _returned(undo)
    by = undo.source.undone_by_id
    for start in range(0, len(children), 1_000):
        rows = ConsentDecision.objects.filter(child__in=children[start : start + 1_000])
        history: dict[undone.Square, list[ConsentDecision]] = {}
        for row in rows.order_by("child_id", "platform_id", "kind", "given_at", "pk"):
            history.setdefault(undone.square(row), []).append(row)
        for said in history.values():
            _answer(said, undo, returned, by)


def _answer(
    said: list[ConsentDecision], undo: Undo, returned: dict[int, Any], by: int | None
) -> None:
    ours = [row for row in said if row.source_import_id == undo.source.pk]
    if not ours:
        return
    last = said[-1]
    if last is not ours[-1]:
        undo.later += 1
        return
    others = [row for row in undone.real(said) if row.source_import_id != undo.source.pk]
    before = undone.stands_again(others, returned.get(last.child_id or 0))
    row = ConsentDecision(**undone.facts(last, before, by))
    undo.decisions.append(row)
    undo.answers[str(last.answer), str(row.answer)] += 1


def _returned(undo: Undo) -> dict[int, Any]:
    """Pupils who came back after leaving, as they will stand once the file is undone."""
    school = Child.objects.filter(school=undo.source.school_id, returned_on__isnull=False)
    found = dict(school.values_list("pk", "returned_on"))
    for item in undo.restored.get("Child", []):
        found[item.pk] = item.returned_on  # type: ignore[attr-defined]
    return found


def _silence(undo: Undo) -> None:
    """Parents the file added decide nothing from now on, unless they have spoken since."""
    ids = listed(undo.trace.guardianships)
    spoken = ConsentDecision.objects.filter(giver__isnull=False, child__school=undo.source.school)
    since = set(
        spoken.exclude(source_import_id=undo.source.pk)
        .filter(recorded_at__gt=undo.trace.written_at)
        .values_list("child_id", "giver_id")
    )
    for g in _items(Guardianship, ids):
        if g.changed_at > undo.trace.written_at or (g.child_id, g.parent_id) in since:
            undo.kept_parents += 1
        elif g.has_responsibility or g.was_responsible:
            g.has_responsibility = g.was_responsible = False
            undo.silent.append(g)


def said_by(answer: str) -> str:
    """For pages: "Yes", or "not asked" for what was taken back altogether."""
    return "not asked" if answer == Answer.UNDONE else str(Answer(answer).label).lower()
