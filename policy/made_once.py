"""The rules of a version: read from the database every time, made into objects once.

A check reads some sixty rules; making the objects (three JSON columns each) took most of its time,
and the rows seldom change. So what is remembered are the rows and what was made of them, never the
answer: rows with one other letter are other rules.
"""

from __future__ import annotations

from collections import OrderedDict
from threading import Lock

from django.db.models import IntegerField

from policy.models import Rule
from schools.statements import Row, Statement, given

_VERSIONS_KEPT = 8
_rules = Statement(lambda: Rule.objects.filter(version=given("version", IntegerField)))

_kept: OrderedDict[int, tuple[list[Row], list[Rule]]] = OrderedDict()
_lock = Lock()


def rules_of(version_id: int) -> list[Rule]:
    """Every rule of a version in its order, to be read and not changed. One query."""
    rows = _rules.rows(version=version_id)
    kept = _kept.get(version_id)
    if kept is not None and kept[0] == rows:
        return list(kept[1])
    made = [_rules.made(row) for row in rows]
    with _lock:
        _kept[version_id] = rows, made
        while len(_kept) > _VERSIONS_KEPT:
            _kept.popitem(last=False)
    return list(made)
