"""The one query over the ledger that answers "may we?" (`consents.rules` says why each line is so).

One statement in two shapes, because each giver's latest answer is found differently: PostgreSQL
reads child by child (LATERAL, three quarters of the time of a window over all), SQLite knows no
LATERAL. What is said about yes and no is the same text in both.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.conf import settings
from django.db import connection

from schools.models import OWN_SAY_AGES

Parameters = dict[str, int | str | date]

# Whose yes is needed for a pupil `c` with a date of birth: their own, a parent's, or both; and
# whether a parent's no counts. In Python: `rules.whose_yes`.
WHOSE = """
         c.in_care,
         c.decides IN ('pupil', 'both') OR (c.born_on <= %(eighteen)s AND NOT c.best_interests)
           OR (c.decides = '' AND NOT c.best_interests AND c.born_on <= {grown}) AS own_needed,
         c.decides <> 'pupil' AND (c.born_on > %(eighteen)s OR c.best_interests) AS parents_needed,
         c.born_on > %(eighteen)s OR c.best_interests AS parents_refuse"""

# Born on or before this day: as old as the trust's setting says, where it has one.
# From this birthday on a pupil answers alone.
OWN_SAY_AT_18 = 18
_AGES = " ".join(f"WHEN {age} THEN %(age_{age})s" for age in OWN_SAY_AGES)
_OLD_ENOUGH = "(SELECT CASE own_say_from {ages} END FROM schools_trust WHERE id = 1)"

# Whom we ask about at all, and whose answers count for them.
_ASKED = """
  SELECT c.id, c.returned_on, {whose}
  FROM consents_child c
  WHERE c.id IN ({children}) AND c.born_on IS NOT NULL
    AND (c.left_on IS NULL OR c.left_on > %(day)s)
"""

_NOT_HELD = """
    AND NOT EXISTS (SELECT 1 FROM consents_hold h
                    WHERE h.child_id = c.id AND h.lifted_at IS NULL)
"""

# The day of an answer by the school's clock: a return and a yes of the same early morning are one
# day. In Python: `decisions.is_from_before`.
_SAID_ON = {
    "postgresql": f"(d.given_at AT TIME ZONE '{settings.TIME_ZONE}')::date",
    "sqlite": f"django_datetime_cast_date(d.given_at, '{settings.TIME_ZONE}', 'UTC')",
}[connection.vendor]
# Said before the pupil left and came back.
BEFORE = f"(a.returned_on IS NOT NULL AND {_SAID_ON} < a.returned_on)"

# A giver's latest answer `d` about the pupil `a`, as guardian `g`: a yes that counts today, of the
# pupil's own or of a parent.
_LIVE = f"""d.answer = 'yes' AND (d.until IS NULL OR d.until >= %(day)s)
              AND NOT {BEFORE}"""
OWN = f"d.given_by_child AND a.own_needed AND {_LIVE}"
MAY_GIVE = """CASE WHEN a.in_care THEN g.is_authority ELSE g.has_responsibility END
              AND NOT g.court_order AND a.parents_needed
              AND (g.ended_on IS NULL OR g.ended_on > %(day)s)"""
# What most answers fail first.
THEIRS = f"{_LIVE} AND {MAY_GIVE}"
# With `d` in it, or PostgreSQL takes it for an aggregate of the query around the LATERAL.
NEEDED = """MAX(CASE WHEN d.id IS NOT NULL AND a.own_needed AND a.parents_needed
              THEN 2 ELSE 1 END)"""

# Its version of the agreement asked for the purpose. An answer that notes none is taken to be about
# the first one: nothing is inferred for purposes that came later.
# Where no version was ever published, no purpose was told from another.
_FIRST = """(SELECT f.id FROM consents_agreement f WHERE f.content <> '{}'
                       ORDER BY f.number LIMIT 1)"""
_COVERS = """COALESCE(d.agreement_id, {first}, 0) NOT IN (
                     SELECT t.id FROM consents_agreement t WHERE {lacks})"""
_LACKS = {
    "postgresql": "NOT jsonb_exists(t.content -> 'purposes', {purpose})",
    "sqlite": """json_type(t.content, '$.purposes') = 'array' AND {purpose} NOT IN
                       (SELECT value FROM json_each(t.content, '$.purposes'))""",
}

# What the school itself has stopped, whatever was answered. Not correlated: it is read once.
STOPPED = """(a.id, d.platform_id, d.kind) IN (
                SELECT s.child_id, s.platform_id, s.kind FROM consents_schoolstop s
                WHERE s.lifted_at IS NULL)"""
NO = f"""MAX(CASE WHEN (d.answer IN ('no', 'withdrawn')
              AND (d.given_by_child OR d.giver_id IS NULL
                   OR (a.parents_refuse AND COALESCE(g.was_responsible, TRUE))))
              OR {STOPPED}
            THEN 1 ELSE 0 END)"""

_CHILD_BY_CHILD = """
  SELECT a.id AS child_id, f.* FROM asked a CROSS JOIN LATERAL (
    SELECT d.platform_id, d.kind, {no} AS says_no,
         {needed} AS needed, {yes}
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
  SELECT d.child_id, d.platform_id, d.kind, {no} AS says_no,
         {needed} AS needed, {yes}
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
WHERE (says_no = 0 AND ({any})) OR (says_no = 1 AND kind = 'first_name')
"""
# One purpose: the yes relied on, and where both are needed the pupil's own beside it.
_ENOUGH = "CASE WHEN needed = 1 OR own_{n} + theirs_{n} > 0 THEN COALESCE(theirs_{n}, own_{n}) END"
_BESIDE = "CASE WHEN needed = 2 THEN own_{n} END"


def live(
    children: Sequence[int],
    platforms: Sequence[int],
    kinds: Sequence[str],
    *,
    day: date,
    purposes: Sequence[str | None] = (None,),
    holds: bool = True,
) -> list[tuple[Any, ...]]:
    """(child, platform, kind, is refused) wherever a permission is live, or a first name refused;
    then for each purpose in turn the decision relied on, and the one needed beside it. One query.

    A purpose of `None` asks for no purpose in particular.
    `holds=False` leaves holds out of account: what the family said, for the office's pages and
    never for a gate.
    """
    sql, parameters = statement(children, platforms, kinds, day=day, purposes=purposes, holds=holds)
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return cursor.fetchall()


def statement(
    children: Sequence[int],
    platforms: Sequence[int],
    kinds: Sequence[str],
    *,
    day: date,
    purposes: Sequence[str | None],
    holds: bool,
) -> tuple[str, Parameters]:
    """The text for the database at hand, with named parameters."""
    parameters: Parameters = {"day": day}
    marks = {
        "children": listed("child", children, parameters),
        "platforms": listed("platform", platforms, parameters),
        "kinds": listed("kind", kinds, parameters),
    }
    asked = _ASKED.format(whose=whose(day, parameters), **marks) + (_NOT_HELD if holds else "")
    shape = _CHILD_BY_CHILD if connection.vendor == "postgresql" else _ALL_AT_ONCE
    numbers = range(len(purposes))
    yes = ", ".join(_yes(purpose, n, parameters) for n, purpose in enumerate(purposes))
    folded = shape.format(yes=yes, no=NO, needed=NEEDED, **marks)
    ids = [text.format(n=n) for n in numbers for text in (_ENOUGH, _BESIDE)]
    some = " OR ".join(f"{text} IS NOT NULL" for text in ids[::2])
    return _ANSWER.format(asked=asked, folded=folded, ids=", ".join(ids), any=some), parameters


def whose(day: date, parameters: Parameters) -> str:
    """`WHOSE`, with the trust's age from which a pupil is asked as well, if it has one."""
    parameters["eighteen"] = years_before(day, OWN_SAY_AT_18)
    parameters |= {f"age_{age}": years_before(day, age) for age in OWN_SAY_AGES}
    return WHOSE.format(grown=_OLD_ENOUGH.format(ages=_AGES))


def years_before(day: date, years: int) -> date:
    """Whoever was born on or before this date is so old on `day`. Who was born on 29 February has
    the birthday on 1 March in other years, as in English law."""
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return day.replace(year=day.year - years, day=28)


def _yes(purpose: str | None, n: int, parameters: Parameters) -> str:
    own, theirs = OWN, THEIRS
    if purpose is not None:
        covers = covers_purpose(purpose, n, parameters)
        own, theirs = (f"{text} AND {covers}" for text in (own, theirs))
    return (
        f"MAX(CASE WHEN {own} THEN d.id END) AS own_{n}, "
        f"MAX(CASE WHEN {theirs} THEN d.id END) AS theirs_{n}"
    )


def covers_purpose(purpose: str, n: int, parameters: Parameters) -> str:
    """Is `d` an answer to a version that asked for this purpose? `n` keeps its parameter apart."""
    parameters[f"purpose_{n}"] = purpose
    lacks = _LACKS[connection.vendor].format(purpose=f"%(purpose_{n})s")
    return _COVERS.format(first=_FIRST, lacks=lacks)


def listed(name: str, values: Sequence[int | str], parameters: Parameters) -> str:
    """Placeholders for a list of values, which join the parameters."""
    names = {f"{name}{n}": value for n, value in enumerate(values)}
    parameters.update(names)
    return ", ".join(f"%({key})s" for key in names)
