"""The one query over the ledger that answers "may we?" (`consents.rules` says why each line is so).

One statement in two shapes, because each giver's latest answer is found differently: PostgreSQL
reads child by child (LATERAL, three quarters of the time of a window over all), SQLite knows no
LATERAL. What is said about yes and no is the same text in both.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.db import connection

Parameters = dict[str, int | str | date]

# Whom we ask about at all, and whose answers count for them.
_ASKED = """
  SELECT c.id, c.returned_on,
         c.decides_for_self OR (c.born_on <= %(eighteen)s AND NOT c.best_interests) AS own_counts,
         NOT c.decides_for_self AND (c.born_on > %(eighteen)s OR c.best_interests) AS parents_count,
         c.born_on > %(eighteen)s OR c.best_interests AS parents_refuse
  FROM consents_child c
  WHERE c.id IN ({children}) AND c.born_on IS NOT NULL
    AND (c.left_on IS NULL OR c.left_on > %(day)s)
"""

_NOT_HELD = """
    AND NOT EXISTS (SELECT 1 FROM consents_hold h
                    WHERE h.child_id = c.id AND h.lifted_at IS NULL)
"""

# A giver's latest answer `d` about the pupil `a`, as guardian `g`: a yes that counts today.
LIVE = """d.answer = 'yes'
              AND (d.until IS NULL OR d.until >= %(day)s)
              AND (a.returned_on IS NULL OR d.given_at >= a.returned_on)
              AND ((d.given_by_child AND a.own_counts)
                   OR (a.parents_count AND g.has_responsibility AND NOT g.court_order
                       AND (g.ended_on IS NULL OR g.ended_on > %(day)s)))"""
YES = f"MAX(CASE WHEN {LIVE} THEN d.id END)"

NO = """MAX(CASE WHEN d.answer IN ('no', 'withdrawn')
              AND (d.given_by_child OR d.giver_id IS NULL
                   OR (a.parents_refuse AND COALESCE(g.was_responsible, TRUE)))
            THEN 1 ELSE 0 END)"""

_CHILD_BY_CHILD = """
  SELECT a.id AS child_id, f.* FROM asked a CROSS JOIN LATERAL (
    SELECT d.platform_id, d.kind, {yes} AS yes_id, {no} AS says_no
    FROM (SELECT DISTINCT ON (platform_id, kind, giver_id, given_by_child)
                 id, platform_id, kind, giver_id, given_by_child, given_at, answer, until
          FROM consents_consentdecision
          WHERE child_id = a.id AND platform_id IN ({platforms}) AND kind IN ({kinds})
          ORDER BY platform_id, kind, giver_id, given_by_child, given_at DESC, id DESC) d
    LEFT JOIN consents_guardianship g ON g.child_id = a.id AND g.parent_id = d.giver_id
    GROUP BY d.platform_id, d.kind) f
"""

_ALL_AT_ONCE = """
  SELECT d.child_id, d.platform_id, d.kind, {yes} AS yes_id, {no} AS says_no
  FROM (SELECT id, child_id, platform_id, kind, giver_id, given_by_child, given_at, answer, until,
               ROW_NUMBER() OVER (
                 PARTITION BY child_id, platform_id, kind, giver_id, given_by_child
                 ORDER BY given_at DESC, id DESC) AS place
        FROM consents_consentdecision
        WHERE child_id IN ({children}) AND platform_id IN ({platforms}) AND kind IN ({kinds})) d
  JOIN asked a ON a.id = d.child_id
  LEFT JOIN consents_guardianship g ON g.child_id = d.child_id AND g.parent_id = d.giver_id
  WHERE d.place = 1
  GROUP BY d.child_id, d.platform_id, d.kind
"""

# A first name that is refused is told too: a permission for the full name must not cover it.
_ANSWER = """
WITH asked AS ({asked}), folded AS ({folded})
SELECT child_id, platform_id, kind, CASE WHEN says_no = 0 THEN yes_id END
FROM folded
WHERE (says_no = 0 AND yes_id IS NOT NULL) OR (says_no = 1 AND kind = 'first_name')
"""


def live(
    children: Sequence[int],
    platforms: Sequence[int],
    kinds: Sequence[str],
    *,
    day: date,
    eighteen: date,
    holds: bool = True,
) -> list[tuple[int, int, str, int | None]]:
    """(child, platform, kind, decision relied on) wherever a permission is live, and with `None`
    wherever a first name is refused. One query.

    `eighteen`: born on or before it is 18. `holds=False` leaves holds out of account: what the
    family said, for the office's pages and never for a gate.
    """
    sql, parameters = statement(children, platforms, kinds, day=day, eighteen=eighteen, holds=holds)
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return cursor.fetchall()


def statement(
    children: Sequence[int],
    platforms: Sequence[int],
    kinds: Sequence[str],
    *,
    day: date,
    eighteen: date,
    holds: bool,
) -> tuple[str, Parameters]:
    """The text for the database at hand, with named parameters."""
    parameters: Parameters = {"day": day, "eighteen": eighteen}
    marks = {
        "children": listed("child", children, parameters),
        "platforms": listed("platform", platforms, parameters),
        "kinds": listed("kind", kinds, parameters),
    }
    asked = _ASKED.format(**marks) + (_NOT_HELD if holds else "")
    shape = _CHILD_BY_CHILD if connection.vendor == "postgresql" else _ALL_AT_ONCE
    folded = shape.format(yes=YES, no=NO, **marks)
    return _ANSWER.format(asked=asked, folded=folded), parameters


def listed(name: str, values: Sequence[int | str], parameters: Parameters) -> str:
    """Placeholders for a list of values, which join the parameters."""
    names = {f"{name}{n}": value for n, value in enumerate(values)}
    parameters.update(names)
    return ", ".join(f"%({key})s" for key in names)
