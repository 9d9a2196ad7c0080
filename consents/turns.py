"""Writing down answers and bringing in a file take turns at the end of a file's write.

A file is compared with the record before it is written. Whoever records an answer or changes who
may decide holds the school's turn together with others until they commit; a file asks for it alone,
just before its own commit, and looks whether the record is still the one it was compared with.

Words about which entries are one parent take turns in the whole trust: each is checked against all
that were said before it (R-153).
"""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from django.db import connection
from django.db.models import Count, Max

from consents.models import ConsentDecision, Guardianship

# Advisory locks of PostgreSQL share one space. SQLite has one writer at a time anyway, from the
# beginning of its transaction.
OURS, WORDS = 7101, 7102
WHOLE_TRUST = 0


class History(NamedTuple):
    """How far the record of one school had come."""

    decisions: int
    families: int
    families_changed_at: datetime | None


def history(school_id: int) -> History:
    """Counted, because numbers can be given out in one order and committed in another."""
    families = Guardianship.objects.filter(child__school=school_id).aggregate(
        number=Count("pk"), latest=Max("changed_at")
    )
    decisions = ConsentDecision.objects.filter(child__school=school_id).count()
    return History(decisions, families["number"], families["latest"])


def share(school_id: int) -> None:
    """Before writing an answer or a change of who may decide. Held until the transaction ends."""
    _lock("pg_advisory_xact_lock_shared", OURS, school_id)


def alone(school_id: int) -> None:
    """Before a file is committed: waits for those who write now, and lets nobody begin."""
    _lock("pg_advisory_xact_lock", OURS, school_id)


def to_speak_of_parents() -> None:
    """Before it is checked what somebody says of two entries. Held until the transaction ends."""
    _lock("pg_advisory_xact_lock", WORDS, WHOLE_TRUST)


def _lock(function: str, what: int, which: int) -> None:
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT {function}(%s, %s)", [what, which])
