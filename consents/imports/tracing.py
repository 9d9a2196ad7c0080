"""What an import writes over or adds, noted while it writes, so that it can be undone."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

from django.db import models
from django.utils import timezone

from consents.models import Hint, Import, ImportTrace
from consents.models.imports import ImportQuerySet
from schools.models import School

CHUNK = 5_000
Range = tuple[int, int]


@dataclass
class Before:
    """The old values of one import's changes. `values`: table → id → field → before and after."""

    values: dict[str, dict[str, dict[str, list[Any]]]] = field(default_factory=dict)
    hints: list[list[Any]] = field(default_factory=list)
    asks: list[int] = field(default_factory=list)

    def keep(self, changed: Sequence[models.Model], names: Collection[str]) -> None:
        """What the table holds now where these objects say something else."""
        if not changed:
            return
        model = type(changed[0])
        kept = self.values.setdefault(model.__name__, {})
        for start in range(0, len(changed), CHUNK):
            some = {item.pk: item for item in changed[start : start + CHUNK]}
            rows = model._default_manager.filter(pk__in=some).values("pk", *names)
            for row in rows:
                item = some[row["pk"]]
                pairs = {name: [row[name], getattr(item, name)] for name in names}
                kept[str(item.pk)] = {n: pair for n, pair in pairs.items() if pair[0] != pair[1]}

    def keep_hints(self, wanted: Collection[tuple[int, str]]) -> None:
        """Each hint the file writes, with what it said until now, or nothing."""
        children = {child for child, _ in wanted}
        known: dict[tuple[int, str], list[Any]] = {}
        if children:
            for hint in Hint.objects.filter(child__in=children):
                known[hint.child_id, hint.topic] = [hint.said, hint.said_on, hint.source_id]
        self.hints = [[child, topic, known.get((child, topic))] for child, topic in wanted]

    def save(
        self,
        source: Import,
        *,
        children: Collection[int],
        guardianships: Iterable[int],
        present: Collection[int],
    ) -> None:
        """With the import, in its transaction. `present`: those it names who were known before."""
        ImportTrace.objects.create(
            source=source,
            written_at=timezone.now(),
            children=ranges(children),
            guardianships=ranges(guardianships),
            named=ranges({*present, *children}),
            before=self.values,
            hints=self.hints,
            asks=self.asks,
        )


def ranges(ids: Iterable[int]) -> list[Range]:
    """[1, 2, 3, 7] → [(1, 3), (7, 7)]: keys of one import mostly follow each other."""
    found = []
    for _, some in groupby(enumerate(sorted(ids)), key=lambda pair: pair[1] - pair[0]):
        run = [pk for _, pk in some]
        found.append((run[0], run[-1]))
    return found


def listed(found: Iterable[Sequence[int]]) -> list[int]:
    """The ids of such ranges."""
    return [pk for first, last in found for pk in range(first, last + 1)]


def never_here(school: School) -> frozenset[int]:
    """Pupils whom an undone file brought by mistake: coming in rightly is no coming back."""
    undone = ImportTrace.objects.filter(source__school=school, source__state=Import.State.UNDONE)
    added = undone.values_list("children", flat=True)
    return frozenset(pk for some in added for pk in listed(some))


def forget(old: ImportQuerySet) -> None:
    """The names and addresses of long ago, and with them the way back."""
    ImportTrace.objects.filter(source__in=old, before__isnull=False).update(before=None, hints=None)
