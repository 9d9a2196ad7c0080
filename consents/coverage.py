"""How far asking has come: what the families of many pupils answered about one kind, counted.

Nothing here knows of holds: it counts answers, so that no number tells who is held. The matrix of
one child (`consents.states`) says the same in words, and the gate asks `consents.rules`.
One statement counts all, whatever the number of schools, classes and platforms.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

from django.db import connection
from django.utils import timezone

from consents import for_names, for_purposes
from consents.ledger import (
    BEFORE,
    MAY_GIVE,
    NEEDED,
    NO,
    OWN,
    STOPPED,
    THEIRS,
    Parameters,
    listed,
    whose,
)
from consents.models import NAME_KINDS, Child, Kind

MOST = 100_000  # more pupils than a trust has
SOON = timedelta(weeks=6)  # where no version of the agreement says it


class Tally(StrEnum):
    """How one pupil stands with one platform, as coverage counts it."""

    YES = "yes"
    SOME = "some-purposes"  # a yes, and not for all of the purposes asked about
    ENDING = "ending"  # a yes whose last day is near
    NO = "no"  # withdrawn, and stopped by the school, as well
    CONFLICT = "conflict"
    UNCLEAR = "unclear"
    ENDED = "ended"  # and with it what is missing now
    UNCOUNTED = "uncounted"  # a yes of somebody who may not decide, or before the pupil's own
    NOT_ASKED = "not-asked"


SETTLED = frozenset({Tally.YES, Tally.ENDING, Tally.NO})
OPEN = tuple(t for t in Tally if t not in SETTLED)

_PUPILS = """
  SELECT c.id, c.school_id, c.year, c.form, c.surname, c.first_name, c.returned_on,
         c.born_on IS NOT NULL AS has_birthday, {whose}
  FROM consents_child c
  WHERE c.school_id IN ({schools}) AND (c.left_on IS NULL OR c.left_on > %(day)s){narrower}
"""

# Each giver's latest answer, as in the ledger. What the school stopped stays stopped where the
# answer was undone.
_LATEST = """
  SELECT d.* FROM (
    SELECT id, child_id, platform_id, kind, giver_id, given_by_child, given_at, answer, until,
           agreement_id,
           ROW_NUMBER() OVER (PARTITION BY child_id, platform_id, kind, giver_id, given_by_child
                              ORDER BY given_at DESC, id DESC) AS place
    FROM consents_consentdecision
    WHERE kind IN ({kinds}) AND platform_id IN ({platforms})
      AND child_id IN (SELECT id FROM asked)) d
  JOIN asked a ON a.id = d.child_id
  WHERE d.place = 1 AND (d.answer <> 'undone' OR {stopped})
"""

# Without a date of birth nobody's yes counts. Where both are needed, the earlier end is the end.
_OWN = f"a.has_birthday AND {OWN}"
_THEIRS = f"a.has_birthday AND {THEIRS}"
_OWN_YES = f"MAX(CASE WHEN {_OWN} THEN d.id END)"
_THEIR_YES = f"MAX(CASE WHEN {_THEIRS} THEN d.id END)"
_A_LIVE = f"CASE WHEN COALESCE({_THEIR_YES}, {_OWN_YES}) IS NULL THEN 0 ELSE 1 END"
YES = f"""CASE WHEN {NEEDED} = 1 OR {_OWN_YES} + {_THEIR_YES} > 0
              THEN COALESCE({_THEIR_YES}, {_OWN_YES}) END"""
OWN_END = f"MAX(CASE WHEN {_OWN} THEN COALESCE(d.until, '9999-12-31') END)"
THEIR_END = f"MAX(CASE WHEN {_THEIRS} THEN COALESCE(d.until, '9999-12-31') END)"
LAST_DAY = f"""CASE WHEN {OWN_END} < {THEIR_END} THEN {OWN_END}
              ELSE COALESCE({THEIR_END}, {OWN_END}) END"""

# A yes of somebody who may give it that has ended: its day is over, or it was said before the pupil
# left and came back.
OVER = f"d.answer = 'yes' AND a.has_birthday AND (d.until < %(day)s OR {BEFORE})"
OWN_OVER = f"d.given_by_child AND a.own_needed AND {OVER}"
THEIRS_OVER = f"{MAY_GIVE} AND {OVER}"
# And it is what is missing now: nobody's yes of the same side still counts.
_ENDED = f"""CASE WHEN ({OWN_END} IS NULL AND MAX(CASE WHEN {OWN_OVER} THEN 1 END) = 1)
                 OR ({THEIR_END} IS NULL AND MAX(CASE WHEN {THEIRS_OVER} THEN 1 END) = 1)
              THEN 1 ELSE 0 END"""

_FOLDED = """
  SELECT d.child_id, d.platform_id, d.kind, {yes} AS yes_id, {no} AS says_no,
         MAX(CASE WHEN d.answer = 'yes' THEN 1 ELSE 0 END) AS a_yes,
         MAX(CASE WHEN d.answer IN ('no', 'withdrawn') THEN 1 ELSE 0 END) AS a_no,
         {live} AS a_live, {ended} AS ended,
         MAX(CASE WHEN {stopped} THEN 1 ELSE 0 END) AS stopped, {last_day} AS last_day{covered}
  FROM latest d
  JOIN asked a ON a.id = d.child_id
  LEFT JOIN consents_guardianship g ON g.child_id = d.child_id AND g.parent_id = d.giver_id
  GROUP BY d.child_id, d.platform_id, d.kind
"""

_TOLD = """
  SELECT child_id, platform_id,
         CASE {some}WHEN says_no = 0 AND yes_id IS NOT NULL AND last_day < %(soon)s THEN 'ending'
              WHEN says_no = 0 AND yes_id IS NOT NULL THEN 'yes'
              WHEN stopped = 1 THEN 'no'
              WHEN says_no = 1 AND a_live = 1 THEN 'conflict'
              WHEN says_no = 1 OR (a_no = 1 AND a_yes = 0) THEN 'no'
              WHEN a_yes = 1 AND ended = 1 THEN 'ended'
              WHEN a_yes = 1 THEN 'uncounted'
              ELSE 'unclear' END AS tally
  FROM {folded}
"""

_COUNTED = """
WITH asked AS ({asked}), latest AS ({latest}), folded AS ({folded}), told AS ({told})
SELECT {groups}, t.platform_id, t.tally, COUNT(*)
FROM told t JOIN asked a ON a.id = t.child_id
GROUP BY {groups}, t.platform_id, t.tally
UNION ALL
SELECT {nothing}, NULL, t.tally, COUNT(DISTINCT t.child_id)
FROM told t WHERE t.tally IN ({open}) GROUP BY t.tally
"""

_PUPILS_IN = """
SELECT {groups}, COUNT(*) FROM ({asked}) a GROUP BY {groups}
"""

_NAMED = """
WITH asked AS ({asked}), latest AS ({latest}), folded AS ({folded}), told AS ({told}),
     places AS (SELECT id AS platform_id FROM policy_platform WHERE id IN ({platforms})),
     found AS (
       SELECT DISTINCT a.id, a.surname, a.first_name
       FROM asked a CROSS JOIN places p
       LEFT JOIN told t ON t.child_id = a.id AND t.platform_id = p.platform_id
       WHERE COALESCE(t.tally, 'not-asked') IN ({tallies}))
SELECT id, COUNT(*) OVER () FROM found ORDER BY surname, first_name, id
LIMIT %(limit)s OFFSET %(offset)s
"""


class By(StrEnum):
    """What a line of the picture is."""

    SCHOOL = "school"
    YEAR = "year"
    FORM = "class"


_GROUPS = {By.SCHOOL: ("school_id",), By.YEAR: ("year",), By.FORM: ("year", "form")}
Group = tuple[int | str, ...]


@dataclass(frozen=True)
class Scope:
    """Which pupils on roll, and what about. `form` and `year` narrow it where they are given. A yes
    is near its end within `soon`, and is one only where it is for all of the `purposes` (keys of
    the policy; none: for any, `consents.purposes.in_question`)."""

    schools: Sequence[int]
    platforms: Sequence[int]
    kind: str = Kind.PHOTO
    form: str | None = None
    year: str | None = None
    soon: timedelta = SOON
    purposes: Sequence[str] = ()


@dataclass(frozen=True)
class Coverage:
    """Pupils of each group, and how many of them stand how with each platform; `people`: how many
    pupils of all groups stand so anywhere, of what needs somebody."""

    pupils: dict[Group, int]
    counts: dict[tuple[Group, int], dict[str, int]]
    people: dict[str, int]

    def of(self, group: Group, platform: int) -> dict[str, int]:
        """Tally → number, those without any answer among them; always adds up to the pupils."""
        told = self.counts.get((group, platform), {})
        told = {tally: number for tally, number in told.items() if tally != Tally.NOT_ASKED}
        return told | {Tally.NOT_ASKED.value: self.pupils[group] - sum(told.values())}


def coverage(scope: Scope, by: By, *, on: date | None = None) -> Coverage:
    """Two queries, whatever the numbers: the pupils of each group, and their answers."""
    parameters, parts = parts_of(scope, on or timezone.localdate())
    names = _GROUPS[by]
    groups = ", ".join(f"a.{name}" for name in names)
    width = len(names)
    pupils = rows_of(_PUPILS_IN.format(groups=groups, **parts), parameters)
    told = listed("open", [*OPEN, Tally.ENDING], parameters)
    nothing = ", ".join(["NULL"] * width)
    counted = _COUNTED.format(groups=groups, nothing=nothing, open=told, **parts)
    counts: dict[tuple[Group, int], dict[str, int]] = {}
    people: dict[str, int] = {}
    for row in rows_of(counted, parameters):
        where, platform, tally, number = row[:width], *row[width:]
        if platform is None:
            people[tally] = number
        else:
            counts.setdefault((where, platform), {})[tally] = number
    return Coverage({row[:width]: row[width] for row in pupils}, counts, people)


def pupils_who(
    scope: Scope, tallies: Collection[str], *, limit: int, offset: int = 0, on: date | None = None
) -> tuple[list[int], int]:
    """The pupils who stand so on any of the platforms, by name: one page of ids, and how many in
    all (0 beyond the last page). One query."""
    parameters, parts = parts_of(scope, on or timezone.localdate())
    parameters |= {"limit": limit, "offset": offset}
    wanted = listed("tally", [str(t) for t in tallies], parameters)
    rows = rows_of(_NAMED.format(tallies=wanted, **parts), parameters)
    return [row[0] for row in rows], rows[0][1] if rows else 0


def pupils_of_any_kind(
    scope: Scope, tallies: Collection[str], kinds: Sequence[str], *, on: date | None = None
) -> list[int]:
    """The pupils who stand so for one of these kinds, by name. A query for each kind."""
    each = [pupils_who(replace(scope, kind=kind), tallies, limit=MOST, on=on)[0] for kind in kinds]
    if len(each) == 1:
        return each[0]
    found = Child.objects.filter(pk__in={pk for ids in each for pk in ids})
    return list(found.order_by("surname", "first_name", "pk").values_list("pk", flat=True))


def parts_of(
    scope: Scope, day: date, kinds: Sequence[str] = ()
) -> tuple[Parameters, dict[str, str]]:
    """The pieces of a statement, and what stands in them: of the scope's kind, or of several."""
    # Neither name is told without the other.
    read = sorted(kinds or (NAME_KINDS if scope.kind in NAME_KINDS else {str(scope.kind)}))
    parameters: Parameters = {
        "day": day,
        "soon": day + scope.soon,
    }
    # A list of nothing is no SQL; nobody has the number 0.
    marks = {
        "schools": listed("school", list(scope.schools) or [0], parameters),
        "platforms": listed("platform", list(scope.platforms) or [0], parameters),
        "kinds": listed("kind", read, parameters),
    }
    covered = for_purposes.pieces(scope.purposes, _OWN, _THEIRS, parameters)
    parts = {
        "asked": _PUPILS.format(
            whose=whose(day, parameters), narrower=_narrower(scope, parameters), **marks
        ),
        "latest": _LATEST.format(stopped=STOPPED, **marks),
        "folded": _FOLDED.format(
            yes=YES,
            no=NO,
            live=_A_LIVE,
            ended=_ENDED,
            stopped=STOPPED,
            last_day=LAST_DAY,
            covered=covered.each,
        ),
        "told": _TOLD.format(
            folded=for_names.told_from(scope.kind, covered.by_name), some=covered.some
        ),
        "platforms": marks["platforms"],
    }
    return parameters, parts


def _narrower(scope: Scope, parameters: Parameters) -> str:
    text = ""
    for name in ("form", "year"):
        value = getattr(scope, name)
        if value is not None:
            parameters[name] = value
            text += f" AND c.{name} = %({name})s"
    return text


def rows_of(sql: str, parameters: Parameters) -> list[tuple]:
    """All that a statement answers."""
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return cursor.fetchall()
