"""One number for everything a plan would write, so that it can be held against what was shown."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from typing import Any

from django.db import models

from consents.imports.plan import Plan

CHUNK = 5_000
_NOT_SAID = {"id", "search_key", "changed_at"}  # not from the file


def digest(plan: Plan) -> str:
    """Equal for equal plans. Holds no name: it is kept longer than the names are."""
    sha = hashlib.sha256()
    for part in _parts(plan):
        sha.update(repr(part).encode("utf-8", "backslashreplace"))
    return sha.hexdigest()


def _parts(plan: Plan) -> Iterator[Any]:
    people = plan.people
    yield [(r.row.number, str(r.outcome), r.child and r.child.pk) for r in plan.results]
    yield from _rows(plan.new_children)
    yield from _rows(plan.changed_children)
    yield from _rows(people.parents)
    yield from _rows(people.changed_parents)
    for child, parent, guardianship in people.guardianships:
        yield child, parent, _facts(guardianship)
    yield from _rows(people.changed_guardianships)
    for start in range(0, len(plan.decisions), CHUNK):
        yield plan.decisions[start : start + CHUNK]
    yield plan.hints
    yield plan.in_care


def _rows(found: Mapping[int, models.Model]) -> Iterator[Any]:
    for ref, row in found.items():
        yield ref, _facts(row)


def _facts(row: models.Model) -> list[Any]:
    fields = row._meta.concrete_fields
    return [getattr(row, f.attname) for f in fields if f.name not in _NOT_SAID]
