"""Writes what undoing an import means, inside the caller's transaction: all of it or nothing."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db import models
from django.utils import timezone

from audit.actions import record
from consents import turns
from consents.imports import tables
from consents.imports.tracing import CHUNK
from consents.imports.undoing import TABLES, Undo
from consents.imports.writing import Overtaken
from consents.models import Ask, Child, ConsentDecision, Hint, Import

_DECISION = [f for f in ConsentDecision._meta.concrete_fields if not f.primary_key]


def write(undo: Undo) -> None:
    """All of it, inside the caller's transaction. Raises `Overtaken`."""
    _write_pupils(undo)
    _update(undo, "Parent")
    # Known from now on, not since it was planned; `publishing.reviewing` counts on it.
    now = timezone.now()
    for row in undo.decisions:
        row.recorded_at = now
    columns = [str(f.column) for f in _DECISION]
    rows = ([getattr(said, f.attname) for f in _DECISION] for said in undo.decisions)
    tables.insert(ConsentDecision, columns, _plain(rows))
    _write_hints(undo)
    turns.alone(undo.source.school_id)
    then = undo.history
    if turns.history(undo.source.school_id) != then._replace(
        decisions=then.decisions + len(undo.decisions)
    ):
        raise Overtaken
    _write_deciders(undo)
    _open_asks(undo)


def _plain(rows: Iterator[list[Any]]) -> Iterator[list[Any]]:
    for row in rows:
        yield [str(value) if isinstance(value, models.TextChoices) else value for value in row]


def _write_pupils(undo: Undo) -> None:
    for item in undo.restored.get("Child", []):
        if isinstance(item, Child):
            item.search_key = item.make_search_key()
    undo.fields.setdefault("Child", set()).add("search_key")
    _update(undo, "Child")
    today = timezone.localdate()
    for start in range(0, len(undo.leaving), CHUNK):
        some = undo.leaving[start : start + CHUNK]
        Child.objects.filter(pk__in=some, left_on=None).update(left_on=today)


def _update(undo: Undo, name: str) -> None:
    rows = undo.restored.get(name, [])
    if rows:
        manager = TABLES[name]._default_manager
        manager.bulk_update(rows, sorted(undo.fields[name]), batch_size=500)


def _write_hints(undo: Undo) -> None:
    for child, topic, before in undo.trace.hints or []:
        ours = Hint.objects.filter(child=child, topic=topic, source=undo.source)
        if before is None:
            ours.delete()
        else:
            said, said_on, source = before
            known = source if Import.objects.filter(pk=source).exists() else None
            ours.update(said=said, said_on=said_on, source=known)


def _write_deciders(undo: Undo) -> None:
    now = timezone.now()
    changed = [*undo.silent, *undo.restored.get("Guardianship", [])]
    for item in changed:
        item.changed_at = now  # type: ignore[attr-defined]
    names = {"has_responsibility", "was_responsible", "changed_at"}
    undo.restored["Guardianship"] = list(changed)
    undo.fields["Guardianship"] = undo.fields.get("Guardianship", set()) | names
    _update(undo, "Guardianship")


def _open_asks(undo: Undo) -> None:
    """What staff waited for, and only this file answered, is waited for again."""
    for ask in Ask.objects.filter(pk__in=undo.trace.asks, closed_at__isnull=False):
        same = {"child": ask.child_id, "platform": ask.platform_id, "kind": ask.kind}
        answered = ConsentDecision.objects.filter(**same).exclude(source_import_id=undo.source.pk)
        since = answered.filter(recorded_at__gt=undo.trace.written_at)
        again = Ask.objects.open().filter(**same, purpose=ask.purpose)
        if since.exists() or again.exists():
            continue
        Ask.objects.filter(pk=ask.pk).update(closed_at=None, closed_by=None)
        record("consent.ask_reopened", ask, by=undo.source.undone_by)
