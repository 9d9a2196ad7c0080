"""What "may we?" costs: our rule over the best hand-written SQL with the same answer."""

from __future__ import annotations

import random
import statistics
import time
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from functools import partial
from typing import Any

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from bench import clock
from consents.imports import tables
from consents.ledger import years_before
from consents.models import (
    Agreement,
    Child,
    ConsentDecision,
    Guardianship,
    Hold,
    Kind,
    Parent,
    SchoolStop,
)
from consents.rules import Triple, permissions
from policy.models import Platform
from policy.presets import load_preset
from schools.models import School, User

PUPILS = 100_000
ASKED = (1, 30, 200)
PLATFORMS = 9
KINDS = (str(Kind.PHOTO), str(Kind.FIRST_NAME))
ROUNDS = 60
# How often each giver's answers were changed; with these some 2 million answers in all.
TIMES = (0, 0, 1, 1, 1, 1, 2, 3)
PURPOSE = "achievement"
ANSWERS = ("yes", "yes", "yes", "yes", "yes", "no", "withdrawn", "unclear")
FIRST_ANSWER = datetime(2024, 9, 1, 9, tzinfo=UTC)

# Who is asked about, what each giver said last, and
# whether that counts: one statement, and nothing left to do but read its rows.
_WHO = """
SELECT id, returned_on, in_care,
       decides = 'pupil' OR (born_on <= {eighteen} AND NOT best_interests) AS own,
       decides <> 'pupil' AND (born_on > {eighteen} OR best_interests) AS by_parents,
       born_on > {eighteen} OR best_interests AS parents_refuse
FROM consents_child
WHERE id {children} AND born_on IS NOT NULL AND (left_on IS NULL OR left_on > {day})
  AND id NOT IN (SELECT child_id FROM consents_hold WHERE lifted_at IS NULL AND child_id {children})
"""
_VERDICT = """
       MAX(CASE WHEN answer = 'yes' AND (until IS NULL OR until >= {day})
                 AND (returned_on IS NULL OR {said_on} >= returned_on)
                 AND CASE WHEN given_by_child THEN own ELSE
                       by_parents AND NOT court_order
                       AND CASE WHEN in_care THEN is_authority ELSE has_responsibility END
                       AND (ended_on IS NULL OR ended_on > {day}) END
                 AND (agreement_id IS NULL OR agreement_id NOT IN ({narrow}))
                THEN d.id END) AS yes_id,
       COUNT(CASE WHEN answer IN ('no', 'withdrawn') AND (given_by_child OR giver_id IS NULL
                 OR (parents_refuse AND (was_responsible OR was_responsible IS NULL)))
                 OR ({pupil}, platform_id, kind) IN (
                   SELECT child_id, platform_id, kind FROM consents_schoolstop
                   WHERE lifted_at IS NULL)
             THEN 1 END) AS refused
"""
_FIELDS = """id, child_id, platform_id, kind, giver_id, given_by_child, given_at, answer, until,
        agreement_id"""
_WHERE = "child_id {children} AND platform_id {platforms} AND kind {kinds}"
_LATEST = {
    "distinct on": f"""SELECT DISTINCT ON (child_id, platform_id, kind, giver_id, given_by_child)
        {_FIELDS} FROM consents_consentdecision WHERE {_WHERE}
        ORDER BY child_id, platform_id, kind, giver_id, given_by_child,
                 given_at DESC, id DESC""",
    "window": f"""SELECT {_FIELDS} FROM (SELECT {_FIELDS}, ROW_NUMBER() OVER (
        PARTITION BY child_id, platform_id, kind, giver_id, given_by_child
        ORDER BY given_at DESC, id DESC) AS place
        FROM consents_consentdecision WHERE {_WHERE}) placed WHERE place = 1""",
}
_FLAT = """
SELECT d.child_id, platform_id, kind, {verdict}
FROM ({latest}) d JOIN ({who}) a ON a.id = d.child_id
LEFT JOIN consents_guardianship g ON g.child_id = d.child_id AND g.parent_id = d.giver_id
GROUP BY d.child_id, platform_id, kind
"""
_LATERAL = """
SELECT a.id, d.platform_id, d.kind, d.yes_id, d.refused FROM ({who}) a CROSS JOIN LATERAL (
  SELECT platform_id, kind, {verdict}
  FROM (SELECT DISTINCT ON (platform_id, kind, giver_id, given_by_child) *
        FROM consents_consentdecision
        WHERE child_id = a.id AND platform_id {platforms} AND kind {kinds}
        ORDER BY platform_id, kind, giver_id, given_by_child, given_at DESC, id DESC) d
  LEFT JOIN consents_guardianship g ON g.child_id = a.id AND g.parent_id = d.giver_id
  GROUP BY platform_id, kind) d
"""
_OUTER = "SELECT * FROM ({inner}) found WHERE refused = 0 AND yes_id IS NOT NULL"


def consents() -> Iterator[tuple[str, float, str]]:
    """`consent_check_ratio` and `consent_check_queries`.

    100,000 pupils with two parents each, and 2 million answers: 0 to 3 for each of 9 platforms × 2
    kinds, on one of two versions of the agreement or from before there were any; some pupils are in
    care, some stopped by their school.
    `consent_check_ratio`: wall time of `consents.rules.permissions` for 200 of them, over
    the fastest of three hand-written statements whose rows are the same answer (distinct on, window
    and lateral; on SQLite the window alone), values written into the text. Medians of interleaved
    rounds; equal answers are asserted first. `consent_check_queries`: most for 1, 30 and 200.
    """
    platforms = _ledger()
    asked = sorted(random.Random(5).sample(range(1, PUPILS + 1), max(ASKED)))
    day = timezone.localdate()
    statements = _statements(asked, platforms, day)
    answer = dict(permissions(asked, platforms, KINDS, purpose=PURPOSE, on=day).allowed)
    for name, statement in statements.items():
        if _answer(statement) != answer:
            raise RuntimeError(f"The statement with {name} gives another answer.")
    ways: dict[str, Callable[[], Any]] = {
        name: partial(_rows, statement) for name, statement in statements.items()
    }
    ways["ours"] = lambda: permissions(asked, platforms, KINDS, purpose=PURPOSE, on=day)
    seconds = _medians(ways)
    ours = seconds.pop("ours")
    yield "consent_check_ratio", ours / min(seconds.values()), "≤ 1.5"
    queries = [_queries(asked[:number], platforms) for number in ASKED]
    yield "consent_check_queries", float(max(queries)), "1"


def _ledger() -> list[int]:
    """A trust's answers; the ids of the platforms."""
    load_preset("sovereign")
    platforms = list(Platform.objects.order_by("pk").values_list("pk", flat=True)[:PLATFORMS])
    school = School.objects.create(name="Bench School", short_name="Bench", slug="bench")
    chance = random.Random(11)
    born = date(2012, 3, 4)
    Child.objects.bulk_create(
        Child(
            pk=n,
            school=school,
            first_name=f"Name{n}",
            surname=f"Surname{n}",
            # From 4 to 20 years old: some decide for themselves.
            born_on=None if n % 97 == 0 else born + timedelta(days=chance.randrange(-2100, 3600)),
            decides="pupil" if n % 41 == 0 else "",
            left_on=date(2025, 7, 20) if n % 61 == 0 else None,
            returned_on=date(2025, 9, 3) if n % 67 == 0 else None,
            in_care=n % 71 == 0,
        )
        for n in range(1, PUPILS + 1)
    )
    Parent.objects.bulk_create(Parent(pk=n, surname=f"S{n}") for n in range(1, 2 * PUPILS + 1))
    Guardianship.objects.bulk_create(
        Guardianship(
            child_id=(n + 1) // 2,
            parent_id=n,
            has_responsibility=n % 23 != 0,
            was_responsible=n % 23 != 0,
            court_order=n % 89 == 0,
            is_authority=(n + 1) // 2 % 71 == 0 and n % 2 == 0,
        )
        for n in range(1, 2 * PUPILS + 1)
    )
    officer = User.objects.create_user("dpo@bench.example", name="Dina Bench")
    SchoolStop.objects.bulk_create(
        SchoolStop(child_id=n, platform_id=platforms[n % PLATFORMS], kind="photo", set_by=officer)
        for n in range(30, PUPILS + 1, 30)
    )
    Hold.objects.bulk_create(Hold(child_id=n, kind="care") for n in range(50, PUPILS + 1, 50))
    for number, purposes in enumerate(([PURPOSE, "update"], ["update"]), start=1):
        Agreement.objects.create(pk=number, number=number, content={"purposes": purposes})
    columns = ["id", "child_id", "platform_id", "kind", "answer", "giver_id", "given_by_child"]
    columns += ["way", "evidence", "language", "given_at", "recorded_at", "until", "agreement_id"]
    tables.insert(ConsentDecision, columns, _decisions(platforms, chance))
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return platforms


def _decisions(platforms: list[int], chance: random.Random) -> Iterator[list[Any]]:
    pk = 0
    for child in range(1, PUPILS + 1):
        for platform in platforms:
            for kind in KINDS:
                for _ in range(chance.choice(TIMES)):
                    pk += 1
                    by_child = chance.random() < 0.1
                    giver = None if by_child else 2 * child - chance.randrange(2)
                    at = FIRST_ANSWER + timedelta(minutes=chance.randrange(1_000_000))
                    until = date(2030, 7, 20) if chance.random() < 0.5 else None
                    said = chance.choice(ANSWERS)
                    row = [pk, child, platform, kind, said, giver, by_child]
                    version = chance.choice((None, 1, 2))
                    yield [*row, "paper", "", "", at, at, until, version]


def _statements(asked: list[int], platforms: list[int], day: date) -> dict[str, str]:
    """Every value here is a number, a day or a word of ours."""
    values = {
        "children": f"IN ({', '.join(map(str, asked))})",
        "platforms": f"IN ({', '.join(map(str, platforms))})",
        "kinds": f"IN ({', '.join(repr(kind) for kind in KINDS)})",
        "day": f"'{day}'",
        "eighteen": f"'{years_before(day, 18)}'",
        "narrow": "2",
        "said_on": clock.said_on("given_at"),
    }
    who = _WHO.format(**values)
    flat, lateral = (_VERDICT.format(pupil=pupil, **values) for pupil in ("d.child_id", "a.id"))
    inner = {
        name: _FLAT.format(who=who, verdict=flat, latest=latest.format(**values))
        for name, latest in _LATEST.items()
    }
    inner["lateral"] = _LATERAL.format(who=who, verdict=lateral, **values)
    if connection.vendor != "postgresql":
        inner = {"window": inner["window"]}
    return {name: _OUTER.format(inner=text) for name, text in inner.items()}


def _rows(statement: str) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return cursor.fetchall()


def _answer(statement: str) -> dict[Triple, int]:
    return {(child, platform, kind): pk for child, platform, kind, pk, _ in _rows(statement)}


def _medians(ways: dict[str, Callable[[], Any]]) -> dict[str, float]:
    taken: dict[str, list[float]] = {name: [] for name in ways}
    for _ in range(ROUNDS):
        for name, way in ways.items():
            begun = time.perf_counter()
            way()
            taken[name].append(time.perf_counter() - begun)
    return {name: statistics.median(seconds) for name, seconds in taken.items()}


def _queries(children: list[int], platforms: list[int]) -> int:
    with CaptureQueriesContext(connection) as captured:
        permissions(children, platforms, KINDS, purpose=PURPOSE)
    return len(captured)
