"""The one query held against a slow and obvious second opinion, for families made up by chance."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from django.utils import timezone
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from consents import withdrawing
from consents.models import (
    Agreement,
    Answer,
    Child,
    ConsentDecision,
    Decides,
    Guardianship,
    Hold,
    Kind,
    Parent,
    Way,
)
from consents.rules import permissions_by_purpose, said_permissions
from consents.states import Standing, standings
from policy.models import Platform
from schools.models import Trust, User
from tests.cast import Trusty
from tests.consents.asking import says_yes, should

# The day after a leap day that was not, in winter time; and one in summer time, where the school's
# day begins an hour before Greenwich's.
DAYS = [date(2026, 3, 1), date(2026, 9, 1)]
KEYS = ["news", "facebook"]
KINDS = [Kind.PHOTO, Kind.FIRST_NAME, Kind.FULL_NAME]
NOBODY, OWN = -1, -2
PURPOSES = [None, "achievement", "adverts"]
# What each version asked for; the first is from before versions had words of their own.
VERSIONS: list[dict[str, Any]] = [{}, {"purposes": ["achievement"]}, {"purposes": PURPOSES[1:]}]

near = st.integers(-3, 3).map(lambda n: timedelta(days=n))  # from the day
birthdays = st.sampled_from(
    [
        None,
        date(2015, 5, 5),
        date(2013, 2, 28),
        date(2013, 3, 1),
        date(2013, 3, 3),
        date(2008, 2, 28),
        date(2008, 2, 29),
        date(2008, 3, 1),
        date(2008, 9, 1),
        date(2008, 9, 2),
        date(2005, 1, 1),
    ]
)
links = st.fixed_dictionaries(
    {
        "has_responsibility": st.booleans(),
        "is_authority": st.booleans(),
        "court_order": st.booleans(),
        "ended_on": st.none() | near,
        "was_responsible": st.booleans(),
    }
)


@dataclass(frozen=True)
class Line:
    """One answer: who, where, what, how many days before, how long after midnight by the clock."""

    giver: int
    key: str
    kind: str
    answer: str
    days: int
    minutes: int
    until: timedelta | None
    version: int | None


lines = st.builds(
    Line,
    giver=st.integers(NOBODY - 1, 2),
    key=st.sampled_from(KEYS),
    kind=st.sampled_from(KINDS),
    answer=st.sampled_from([a.value for a in Answer] + [Answer.YES.value] * 3),
    days=st.integers(0, 4),
    minutes=st.sampled_from([-61, -1, 0, 30, 59, 60, 720]),
    until=st.none() | near,
    version=st.none() | st.integers(0, len(VERSIONS) - 1),
)
families = st.fixed_dictionaries(
    {
        "born_on": birthdays,
        "decides": st.sampled_from(["", "", *Decides.values]),
        "best_interests": st.booleans(),
        "in_care": st.sampled_from([False, False, True]),
        "left_on": st.none() | st.none() | near,
        "returned_on": st.none() | st.none() | near,
        "links": st.lists(links, max_size=3),
        "lines": st.lists(lines, min_size=1, max_size=10),
        "holds": st.sampled_from(["", "", "", "standing", "lifted"]),
        "stops": st.lists(st.tuples(st.sampled_from(KEYS), st.sampled_from(KINDS)), max_size=3),
        "lifts": st.sampled_from(["", "", *KEYS]),
    }
)


def simple(*said: Line, **more: Any) -> dict[str, Any]:
    """A child with one parent who may decide, and what was said."""
    link = {
        "has_responsibility": True,
        "is_authority": False,
        "court_order": False,
        "ended_on": None,
        "was_responsible": True,
    }
    return {
        "born_on": date(2015, 5, 5),
        "decides": "",
        "best_interests": False,
        "in_care": False,
        "left_on": None,
        "returned_on": None,
        "links": [link],
        "lines": list(said),
        "holds": "",
        "stops": [],
        "lifts": "",
    } | more


def news(kind: str, answer: str, minutes: int = 0) -> Line:
    """The parent, on this very day."""
    return Line(0, KEYS[0], kind, answer, 0, minutes, None, None)


# Back on this very day, and a yes of half an hour after midnight: in Greenwich, of the day before.
EARLY = simple(news(Kind.PHOTO, "yes", 30), returned_on=timedelta())
# Where the first name is refused, the yes to the full name is for neither.
FIRST, FULL = Kind.FIRST_NAME, Kind.FULL_NAME
NAMELESS = simple(news(FULL, "yes"), news(FIRST, "no"))
NOT_FIRST: dict[str, Any] = {"stops": [(KEYS[0], FIRST)]}
STOPPED = simple(news(FIRST, "yes"), news(FULL, "yes"), **NOT_FIRST)
# And a stop stands after the answer it was set for is undone.
UNDONE = simple(news(FIRST, "yes"), news(FULL, "yes"), news(FIRST, "undone", 30), **NOT_FIRST)
# Also where that yes has ended: then it changed nothing that it did.
OVER = simple(Line(0, KEYS[0], FULL, "yes", 4, 0, timedelta(days=-2), None), news(FIRST, "no"))
TOLD = [NAMELESS, STOPPED, UNDONE, OVER]


@example(drawn=TOLD, ahead=0, start=DAYS[0], own_say_from=None)
@example(drawn=[EARLY], ahead=0, start=DAYS[1], own_say_from=None)
@given(
    drawn=st.lists(families, min_size=1, max_size=3),
    ahead=st.integers(0, 2),
    start=st.sampled_from(DAYS),
    own_say_from=st.sampled_from([None, 13]),
)
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_the_query_says_what_a_patient_person_would_say(
    trust: Trusty,
    drawn: list[dict[str, Any]],
    ahead: int,
    start: date,
    own_say_from: int | None,
) -> None:
    Trust.objects.update(own_say_from=own_say_from)
    platforms = {p.key: p for p in Platform.objects.filter(key__in=KEYS)}
    made = [family(trust, platforms, dict(one), start) for one in drawn]
    day = start + timedelta(days=ahead)
    asked = ([c.pk for c in made], [p.pk for p in platforms.values()], KINDS)
    found = permissions_by_purpose(*asked, PURPOSES, on=day)
    for purpose in PURPOSES:
        expected = {
            (child.pk, platform.pk, str(kind))
            for child in made
            for platform in platforms.values()
            for kind in KINDS
            if should(child, platform, kind, day, purpose)
        }
        assert expected == {
            (child.pk, platform.pk, str(kind))
            for child in made
            for platform in platforms.values()
            for kind in KINDS
            if says_yes(found[purpose], child, platform, kind)
        }


@given(one=families, day=st.sampled_from(DAYS))
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_what_the_office_sees_of_the_answers_does_not_change_with_a_hold(
    trust: Trusty, one: dict[str, Any], day: date
) -> None:
    platforms = {p.key: p for p in Platform.objects.filter(key__in=KEYS)}
    child = family(trust, platforms, dict(one) | {"holds": ""}, day)
    asked = ([child.pk], [p.pk for p in platforms.values()], KINDS)
    before = said_permissions(*asked, on=day)
    hold(child, trust.dot, lifted=False)
    assert said_permissions(*asked, on=day) == before


@example(one=NAMELESS, day=DAYS[0])
@example(one=STOPPED, day=DAYS[0])
@example(one=UNDONE, day=DAYS[0])
@given(one=families, day=st.sampled_from(DAYS))
@settings(max_examples=80, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_the_offices_matrix_does_not_change_with_a_hold(
    trust: Trusty, one: dict[str, Any], day: date
) -> None:
    platforms = {p.key: p for p in Platform.objects.filter(key__in=KEYS)}
    child = family(trust, platforms, dict(one) | {"holds": ""}, day)
    where = [p.pk for p in platforms.values()]
    # For no purpose in particular, as `should` is asked.
    before = standings([child], where, KINDS, show_holds=False, on=day, purposes=())
    says_yes = {key for key, cell in before.items() if cell.standing is Standing.YES}
    assert says_yes == {
        (child.pk, platform.pk, str(kind))
        for platform in platforms.values()
        for kind in KINDS
        if should(child, platform, kind, day)
    }
    decisions = [before[key].decision for key in says_yes]
    assert all(d is not None and d.answer == Answer.YES for d in decisions)
    hold(child, trust.dot, lifted=False)
    again = standings([child], where, KINDS, show_holds=False, on=day, purposes=())
    assert again == before
    seen_by_the_lead = standings([child], where, KINDS, show_holds=True, on=day)
    assert {cell.standing for cell in seen_by_the_lead.values()} == {Standing.HELD}


def family(
    trust: Trusty, platforms: dict[str, Platform], drawn: dict[str, Any], day: date
) -> Child:
    """One child with parents, answers, stops and holds around that day, in the database."""
    given_links, given_lines, held = drawn.pop("links"), drawn.pop("lines"), drawn.pop("holds")
    stopped, lifted = drawn.pop("stops"), drawn.pop("lifts")
    drawn |= {name: around(day, drawn[name]) for name in ("left_on", "returned_on")}
    child = Child.objects.create(school=trust.oak, first_name="Any", **drawn)
    parents = Parent.objects.bulk_create([Parent(surname="One") for _ in range(3)])
    Guardianship.objects.bulk_create(
        Guardianship(
            child=child,
            parent=parent,
            **link
            | {
                "was_responsible": link["was_responsible"] or link["has_responsibility"],
                "ended_on": around(day, link["ended_on"]),
            },
        )
        for parent, link in zip(parents, given_links, strict=False)
    )
    versions = [
        Agreement.objects.get_or_create(number=900 + n, defaults={"content": content})[0]
        for n, content in enumerate(VERSIONS)
    ]
    said = [
        decision(child, parents, platforms, line, versions, day)
        for line in given_lines
        if line.giver != NOBODY or line.answer != Answer.YES
    ]
    # What the school stops it stops in between: the family may say more.
    half = len(said) // 2 + 1
    ConsentDecision.objects.bulk_create(said[:half])
    stop(child, [(platforms[key], str(kind)) for key, kind in stopped], lifted, trust.connie)
    ConsentDecision.objects.bulk_create(said[half:])
    if held:
        hold(child, trust.dot, lifted=held == "lifted")
    return child


def stop(child: Child, squares: list[withdrawing.Square], lifted: str, by: User) -> None:
    """The school stops these where somebody has said yes, and lets go of one platform again."""
    yeses = withdrawing.said_yes(child)
    stopped = [square for square in dict.fromkeys(squares) if square in yeses]
    if stopped:
        withdrawing.stop(child=child, squares=stopped, by=by)
    again = {platform for platform, _ in stopped if platform.key == lifted}
    if again:
        withdrawing.lift(child=child, by=by, platforms=again)


def around(day: date, away: timedelta | None) -> date | None:
    return None if away is None else day + away


def decision(
    child: Child,
    parents: list[Parent],
    platforms: dict[str, Platform],
    line: Line,
    versions: list[Agreement],
    day: date,
) -> ConsentDecision:
    midnight = timezone.make_aware(datetime.combine(day - timedelta(days=line.days), time()))
    given_at = midnight + timedelta(minutes=line.minutes)
    return ConsentDecision(
        child=child,
        platform=platforms[line.key],
        kind=line.kind,
        answer=line.answer,
        giver=parents[line.giver] if line.giver >= 0 else None,
        given_by_child=line.giver == OWN,
        way=Way.PAPER,
        given_at=given_at,
        recorded_at=given_at,
        until=around(day, line.until),
        agreement=None if line.version is None else versions[line.version],
    )


def hold(child: Child, by: User, *, lifted: bool) -> None:
    Hold.objects.create(
        child=child,
        kind=Hold.Kind.CARE,
        lifted_at=datetime(2026, 2, 1, tzinfo=UTC) if lifted else None,
        lifted_by=by if lifted else None,
    )
