"""What the office's first page costs: the whole answer over one statement with the same numbers."""

from __future__ import annotations

import random
import statistics
import time
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

from django.db import connection
from django.test import Client
from django.utils import timezone

from bench import clock
from consents.coverage import SOON, By, Scope, Tally, coverage
from consents.imports import tables
from consents.ledger import years_before
from consents.models import Child, ConsentDecision, Guardianship, Kind, Parent, SchoolStop
from consents.views.reach import asked_platforms
from policy.presets import load_preset
from schools.actions import grant_role
from schools.models import School, User
from schools.roles import Role

SCHOOLS, PUPILS = 20, 20_000
KINDS = (str(Kind.PHOTO), str(Kind.VIDEO))
ROUNDS = 9
ANSWERS = ("yes", "yes", "yes", "yes", "yes", "no", "withdrawn", "unclear")
FIRST_ANSWER = datetime(2024, 9, 1, 9, tzinfo=UTC)

# The latest answer of each giver, whether it counts, and one word for each pupil and platform.
_STATEMENT = """
SELECT school_id, platform_id,
  CASE WHEN stopped = 1 THEN 'no'
       WHEN no = 0 AND yes = 1 AND last_day < '{soon}' THEN 'ending' WHEN no = 0 AND yes = 1
       THEN 'yes' WHEN no = 1 AND yes = 1 THEN 'conflict'
       WHEN no = 1 OR (a_no = 1 AND a_yes = 0) THEN 'no'
       WHEN a_yes = 1 AND ended = 1 THEN 'ended' WHEN a_yes = 1 THEN 'uncounted'
       ELSE 'unclear' END AS tally, COUNT(*)
FROM (
  SELECT school_id, child_id, platform_id, MAX(live) AS yes, MAX(refuses) AS no,
    MAX(stopped) AS stopped,
    MAX(CASE WHEN answer = 'yes' THEN 1 ELSE 0 END) AS a_yes,
    MAX(CASE WHEN answer IN ('no', 'withdrawn') THEN 1 ELSE 0 END) AS a_no,
    MAX(CASE WHEN live = 0 THEN may ELSE 0 END) AS ended,
    MAX(CASE WHEN live = 1 THEN COALESCE(until, '9999-12-31') END) AS last_day
  FROM (SELECT *, CASE WHEN may = 1 AND (until IS NULL OR until >= '{day}')
        AND (returned_on IS NULL OR {said_on} >= returned_on) THEN 1 ELSE 0 END AS live
   FROM (
    SELECT c.school_id, c.returned_on, d.child_id, d.platform_id, d.answer, d.until, d.given_at,
      CASE WHEN d.answer = 'yes' AND c.born_on IS NOT NULL
        AND CASE WHEN d.given_by_child
          THEN c.decides = 'pupil' OR (c.born_on <= '{eighteen}' AND NOT c.best_interests)
          ELSE c.decides <> 'pupil' AND (c.born_on > '{eighteen}' OR c.best_interests)
            AND CASE WHEN c.in_care THEN g.is_authority ELSE g.has_responsibility END
            AND NOT g.court_order
            AND (g.ended_on IS NULL OR g.ended_on > '{day}') END THEN 1 ELSE 0 END AS may,
      CASE WHEN d.answer IN ('no', 'withdrawn') AND (d.given_by_child OR d.giver_id IS NULL
        OR ((c.born_on > '{eighteen}' OR c.best_interests)
            AND (g.was_responsible OR g.was_responsible IS NULL)))
        THEN 1 ELSE 0 END AS refuses,
      CASE WHEN (d.child_id, d.platform_id) IN (SELECT s.child_id, s.platform_id
          FROM consents_schoolstop s WHERE s.lifted_at IS NULL AND s.kind = 'photo')
        THEN 1 ELSE 0 END AS stopped
    FROM ({latest}) d
    JOIN consents_child c ON c.id = d.child_id AND (c.left_on IS NULL OR c.left_on > '{day}')
    LEFT JOIN consents_guardianship g ON g.child_id = d.child_id AND g.parent_id = d.giver_id
   ) heard) said GROUP BY school_id, child_id, platform_id
) told GROUP BY school_id, platform_id, tally
UNION ALL
SELECT school_id, 0, 'pupils', COUNT(*) FROM consents_child
WHERE left_on IS NULL OR left_on > '{day}' GROUP BY school_id
"""
_LATEST = {
    "window": """SELECT * FROM (SELECT child_id, platform_id, answer, until, given_at, giver_id,
        given_by_child, ROW_NUMBER() OVER (PARTITION BY child_id, platform_id, giver_id,
        given_by_child ORDER BY given_at DESC, id DESC) AS place FROM consents_consentdecision
        WHERE kind = 'photo' AND child_id IS NOT NULL) placed WHERE place = 1""",
    "distinct on": """SELECT DISTINCT ON (child_id, platform_id, giver_id, given_by_child) child_id,
        platform_id, answer, until, given_at, giver_id, given_by_child
        FROM consents_consentdecision WHERE kind = 'photo' AND child_id IS NOT NULL
        ORDER BY child_id, platform_id, giver_id, given_by_child, given_at DESC, id DESC""",
}


def coverage_page() -> Iterator[tuple[str, float, str]]:
    """`coverage_page_ms_ratio`: the office's first page for somebody who looks after all of 20
    schools and 20,000 pupils (two parents each, 0 to 3 answers for each of 9 platforms \u00d7 2
    kinds), from the request to the last byte, over the fastest hand-written statement whose rows
    are the same numbers. Medians of interleaved rounds; equal numbers are asserted first."""
    schools = _trust()
    client = Client(headers={"host": "localhost"})
    client.force_login(_officer())
    statements = _statements(timezone.localdate())
    ours = _ours(schools)
    for name, statement in statements.items():
        if _theirs(statement) != ours:
            raise RuntimeError(f"The statement with {name} gives other numbers.")
    ways: dict[str, Callable[[], Any]] = {n: lambda s=s: _rows(s) for n, s in statements.items()}
    ways["ours"] = lambda: _page(client)
    seconds = _medians(ways)
    page = seconds.pop("ours")
    yield "coverage_page_ms", page * 1000, ""
    yield "coverage_page_ms_ratio", page / min(seconds.values()), "\u2264 3"


def _page(client: Client) -> None:
    answer = client.get("/children/")
    if answer.status_code != 200 or b"20,000 pupils" not in answer.content:
        raise RuntimeError(f"The page is {answer.status_code}.")


def _officer() -> User:
    user = User.objects.create_user("dpo@bench.example", name="Dina Bench")
    grant_role(user=user, role=Role.DPO, school=None, by=None)
    return user


def _trust() -> list[int]:
    load_preset("sovereign")
    chance = random.Random(7)
    schools = School.objects.bulk_create(
        School(name=f"Bench School {n}", short_name=f"B{n}", slug=f"b{n}") for n in range(SCHOOLS)
    )
    Child.objects.bulk_create(
        Child(
            pk=n,
            school=schools[n % SCHOOLS],
            first_name=f"Name{n}",
            surname=f"Surname{n}",
            year=str(n % 7),
            form=f"{n % 7}{'AB'[n % 2]}",
            born_on=None if n % 97 == 0 else date(2014, 3, 4) - timedelta(days=n % 1900),
            decides="pupil" if n % 41 == 0 else "",
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
    places = [p.pk for p in asked_platforms()]
    by = User.objects.create_user("office@bench.example", name="Olga Bench")
    SchoolStop.objects.bulk_create(
        SchoolStop(child_id=n, platform_id=places[n % len(places)], kind="photo", set_by=by)
        for n in range(30, PUPILS + 1, 30)
    )
    columns = ["id", "child_id", "platform_id", "kind", "answer", "giver_id", "given_by_child"]
    columns += ["way", "language", "evidence", "given_at", "recorded_at", "until"]
    tables.insert(ConsentDecision, columns, _decisions(chance))
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return [s.pk for s in schools]


def _decisions(chance: random.Random) -> Iterator[list[Any]]:
    pk = 0
    platforms = [p.pk for p in asked_platforms()]
    for child in range(1, PUPILS + 1):
        for platform in platforms:
            for kind in KINDS:
                for _ in range(chance.choice((0, 1, 1, 1, 2, 3))):
                    pk += 1
                    by_child = chance.random() < 0.1
                    giver = None if by_child else 2 * child - chance.randrange(2)
                    at = FIRST_ANSWER + timedelta(minutes=chance.randrange(1_000_000))
                    until = date(2026, 12, 1) + timedelta(days=chance.randrange(-90, 900))
                    row = [pk, child, platform, kind, chance.choice(ANSWERS), giver, by_child]
                    yield [*row, "paper", "", "", at, at, until if chance.random() < 0.5 else None]


def _statements(day: date) -> dict[str, str]:
    """Every value here is a day."""
    values: dict[str, Any] = {"day": day, "eighteen": years_before(day, 18), "soon": day + SOON}
    values |= {"said_on": clock.said_on("given_at")}
    names = ["window", "distinct on"] if connection.vendor == "postgresql" else ["window"]
    return {name: _STATEMENT.format(latest=_LATEST[name], **values) for name in names}


def _ours(schools: list[int]) -> Counter[tuple[int, int, str]]:
    platforms = [p.pk for p in asked_platforms()]
    found = coverage(Scope(schools, platforms), By.SCHOOL)
    numbers: Counter[tuple[int, int, str]] = Counter()
    for (school,), pupils in found.pupils.items():
        numbers[int(school), 0, "pupils"] = pupils
        for platform in platforms:
            for tally, number in found.of((school,), platform).items():
                if tally != Tally.NOT_ASKED:
                    numbers[int(school), platform, tally] = number
    return +numbers


def _theirs(statement: str) -> Counter[tuple[int, int, str]]:
    return Counter({(school, place, word): n for school, place, word, n in _rows(statement)})


def _rows(statement: str) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return cursor.fetchall()


def _medians(ways: dict[str, Callable[[], Any]]) -> dict[str, float]:
    taken: dict[str, list[float]] = {name: [] for name in ways}
    for _ in range(ROUNDS):
        for name, way in ways.items():
            begun = time.perf_counter()
            way()
            taken[name].append(time.perf_counter() - begun)
    return {name: statistics.median(seconds) for name, seconds in taken.items()}
