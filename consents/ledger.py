"""The one query over the ledger that answers "may we?" (`consents.rules` says why each line is so).

One statement in two shapes, because each giver's latest answer is found differently: PostgreSQL
reads child by child (LATERAL, three quarters of the time of a window over all), SQLite knows no
LATERAL. What is said about yes and no is the same text in both.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

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

# Its version of the agreement asked for the purpose; an answer without one asked for every purpose.
_COVERS = """(d.agreement_id IS NULL OR d.agreement_id NOT IN (
                     SELECT t.id FROM consents_agreement t WHERE {lacks}))"""
_LACKS = {
    "postgresql": "NOT jsonb_exists(t.content -> 'purposes', {purpose})",
    "sqlite": """json_type(t.content, '$.purposes') = 'array' AND {purpose} NOT IN
                       (SELECT value FROM json_each(t.content, '$.purposes'))""",
}

NO = """MAX(CASE WHEN d.answer IN ('no', 'withdrawn')
              AND (d.given_by_child OR d.giver_id IS NULL
                   OR (a.parents_refuse AND COALESCE(g.was_responsible, TRUE)))
            THEN 1 ELSE 0 END)"""

_CHILD_BY_CHILD = """
  SELECT a.id AS child_id, f.* FROM asked a CROSS JOIN LATERAL (
    SELECT d.platform_id, d.kind, {no} AS says_no, {yes}
    FROM (SELECT DISTINCT ON (platform_id, kind, giver_id, given_by_child)
                 id, platform_id, kind, giver_id, given_by_child, given_at, answer, until,
                 agreement_id
          FROM consents_consentdecision
          WHERE child_id = a.id AND platform_id IN ({platforms}) AND kind IN ({kinds})
          ORDER BY platform_id, kind, giver_id, given_by_child, given_at DESC, id DESC) d
    LEFT JOIN consents_guardianship g ON g.child_id = a.id AND g.parent_id = d.giver_id
    GROUP BY d.platform_id, d.kind) f
"""

_ALL_AT_ONCE = """
  SELECT d.child_id, d.platform_id, d.kind, {no} AS says_no, {yes}
  FROM (SELECT id, child_id, platform_id, kind, giver_id, given_by_child, given_at, answer, until,
               agreement_id, ROW_NUMBER() OVER (
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
SELECT child_id, platform_id, kind, says_no, {ids} FROM folded
WHERE (says_no = 0 AND COALESCE({ids}, NULL) IS NOT NULL) OR (says_no = 1 AND kind = 'first_name')
"""


def live(
    children: Sequence[int],
    platforms: Sequence[int],
    kinds: Sequence[str],
    *,
    day: date,
    eighteen: date,
    purposes: Sequence[str | None] = (None,),
    holds: bool = True,
) -> list[tuple[Any, ...]]:
    """(child, platform, kind, is refused, decision relied on for each purpose in turn) wherever a
    permission is live for one of them, or a first name is refused. One query.

    `eighteen`: born on or before it is 18. A purpose of `None` asks for no purpose in particular.
    `holds=False` leaves holds out of account: what the family said, for the office's pages and
    never for a gate.
    """
    sql, parameters = statement(
        children, platforms, kinds, day=day, eighteen=eighteen, purposes=purposes, holds=holds
    )
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
    purposes: Sequence[str | None],
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
    ids = [f"yes_{n}" for n in range(len(purposes))]
    yes = ", ".join(f"{_yes(p, i, parameters)} AS {i}" for p, i in zip(purposes, ids, strict=True))
    folded = shape.format(yes=yes, no=NO, **marks)
    return _ANSWER.format(asked=asked, folded=folded, ids=", ".join(ids)), parameters


def _yes(purpose: str | None, name: str, parameters: Parameters) -> str:
    if purpose is None:
        return YES
    key = f"purpose_{name}"
    parameters[key] = purpose
    covers = _COVERS.format(lacks=_LACKS[connection.vendor].format(purpose=f"%({key})s"))
    return f"MAX(CASE WHEN {LIVE} AND {covers} THEN d.id END)"


def listed(name: str, values: Sequence[int | str], parameters: Parameters) -> str:
    """Placeholders for a list of values, which join the parameters."""
    names = {f"{name}{n}": value for n, value in enumerate(values)}
    parameters.update(names)
    return ", ".join(f"%({key})s" for key in names)
