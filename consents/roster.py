"""What a school's pupils are called, and whether that has changed. One question for both.

Whoever keeps an index of names in memory tells what it knows, and is handed the roster only where
that is another by now (`consents.triggers` note every change).
"""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from django.db import connection

# A pupil as this module hands them out: the key, then these.
FIELDS = (
    "first_name",
    "surname",
    "preferred_first_name",
    "preferred_surname",
    "nicknames",
    "form",
)

# `CASE` keeps the pupils unread where nothing has changed: no row has that school.
_ROSTER = """
SELECT v.changes, v.token, c.id, c.first_name, c.surname, c.preferred_first_name,
       c.preferred_surname, c.nicknames, c.form
FROM (SELECT COUNT(*) AS changes, COALESCE(SUM(token), 0) AS token
      FROM consents_rosterchange WHERE school_id = %(school)s) v
LEFT JOIN consents_child c
  ON c.school_id = CASE WHEN v.changes <> %(changes)s OR v.token <> %(token)s
                        THEN %(school)s END
 AND (c.left_on IS NULL OR c.left_on > %(day)s)
"""


class Version(NamedTuple):
    """Equal: the roster is the same. One chance number, or their sum for changes at once."""

    changes: int
    token: int


NOTHING_KNOWN = Version(-1, 0)


def changed_since(
    known: Version, school_id: int, day: date
) -> tuple[Version, dict[int, tuple[str, ...]] | None]:
    """The version now, and who is on the school's roll that day by key, with `FIELDS`; `None` where
    the version known (of the same day) still holds. Always one query, in one moment."""
    asked: dict[str, int | date] = {
        "school": school_id,
        "day": day,
        "changes": known.changes,
        "token": known.token,
    }
    with connection.cursor() as cursor:
        cursor.execute(_ROSTER, asked)
        found = cursor.fetchall()
    version = Version(int(found[0][0]), int(found[0][1]))
    if version == known:
        return version, None
    return version, {row[2]: tuple(row[3:]) for row in found if row[2] is not None}
