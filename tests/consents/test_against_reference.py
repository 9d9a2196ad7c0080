"""The one query held against a slow and obvious second opinion, for families made up by chance."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

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
from tests.consents.asking import should

DAY = date(2026, 3, 1)
NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
KEYS = ["news", "facebook"]
KINDS = [Kind.PHOTO, Kind.FIRST_NAME]
NOBODY, OWN = -1, -2
PURPOSES = [None, "achievement", "adverts"]
# What each version asked for; the first is from before versions had words of their own.
VERSIONS: list[dict[str, Any]] = [{}, {"purposes": ["achievement"]}, {"purposes": PURPOSES[1:]}]

near = st.integers(-3, 3).map(lambda n: DAY + timedelta(days=n))
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
        date(2005, 1, 1),
    ]
)
links = st.fixed_dictionaries(
    {
        "has_responsibility": st.booleans(),
        "court_order": st.booleans(),
        "ended_on": st.none() | near,
        "was_responsible": st.booleans(),
    }
)


@dataclass(frozen=True)
class Line:
    """One answer: who, where, what, how many hours before the day."""

    giver: int
    key: str
    kind: str
    answer: str
    hours: int
    until: date | None
    version: int | None


lines = st.builds(
    Line,
    giver=st.integers(NOBODY - 1, 2),
    key=st.sampled_from(KEYS),
    kind=st.sampled_from(KINDS),
    answer=st.sampled_from([a.value for a in Answer] + [Answer.YES.value] * 3),
    hours=st.integers(0, 96),
    until=st.none() | near,
    version=st.none() | st.integers(0, len(VERSIONS) - 1),
)
families = st.fixed_dictionaries(
    {
        "born_on": birthdays,
        "decides": st.sampled_from(["", "", *Decides.values]),
        "best_interests": st.booleans(),
        "left_on": st.none() | st.none() | near,
        "returned_on": st.none() | st.none() | near,
        "links": st.lists(links, max_size=3),
        "lines": st.lists(lines, min_size=1, max_size=10),
        "holds": st.sampled_from(["", "", "", "standing", "lifted"]),
    }
)


@given(
    drawn=st.lists(families, min_size=1, max_size=3),
    ahead=st.integers(0, 2),
    own_say_from=st.sampled_from([None, 13]),
)
@settings(max_examples=120, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_the_query_says_what_a_patient_person_would_say(
    trust: Trusty, drawn: list[dict[str, Any]], ahead: int, own_say_from: int | None
) -> None:
    Trust.objects.update(own_say_from=own_say_from)
    platforms = {p.key: p for p in Platform.objects.filter(key__in=KEYS)}
    made = [family(trust, platforms, dict(one)) for one in drawn]
    day = DAY + timedelta(days=ahead)
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
        assert set(found[purpose].allowed) == expected


@given(one=families)
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_what_the_office_sees_of_the_answers_does_not_change_with_a_hold(
    trust: Trusty, one: dict[str, Any]
) -> None:
    platforms = {p.key: p for p in Platform.objects.filter(key__in=KEYS)}
    child = family(trust, platforms, dict(one) | {"holds": ""})
    asked = ([child.pk], [p.pk for p in platforms.values()], KINDS)
    before = said_permissions(*asked, on=DAY)
    hold(child, trust.dot, lifted=False)
    assert said_permissions(*asked, on=DAY) == before


@given(one=families)
@settings(max_examples=120, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_the_offices_matrix_does_not_change_with_a_hold(trust: Trusty, one: dict[str, Any]) -> None:
    platforms = {p.key: p for p in Platform.objects.filter(key__in=KEYS)}
    child = family(trust, platforms, dict(one) | {"holds": ""})
    where = [p.pk for p in platforms.values()]
    before = standings([child], where, KINDS, show_holds=False, on=DAY)
    says_yes = {key for key, cell in before.items() if cell.standing is Standing.YES}
    assert says_yes == {
        (child.pk, platform.pk, str(kind))
        for platform in platforms.values()
        for kind in KINDS
        if should(child, platform, kind, DAY)
    }
    decisions = [before[key].decision for key in says_yes]
    assert all(d is not None and d.answer == Answer.YES for d in decisions)
    hold(child, trust.dot, lifted=False)
    assert standings([child], where, KINDS, show_holds=False, on=DAY) == before
    seen_by_the_lead = standings([child], where, KINDS, show_holds=True, on=DAY)
    assert {cell.standing for cell in seen_by_the_lead.values()} == {Standing.HELD}


def family(trust: Trusty, platforms: dict[str, Platform], drawn: dict[str, Any]) -> Child:
    """One child with parents, answers and holds, in the database."""
    given_links, given_lines, held = drawn.pop("links"), drawn.pop("lines"), drawn.pop("holds")
    child = Child.objects.create(school=trust.oak, first_name="Any", **drawn)
    parents = Parent.objects.bulk_create([Parent(surname="One") for _ in range(3)])
    Guardianship.objects.bulk_create(
        Guardianship(
            child=child,
            parent=parent,
            **link | {"was_responsible": link["was_responsible"] or link["has_responsibility"]},
        )
        for parent, link in zip(parents, given_links, strict=False)
    )
    versions = [
        Agreement.objects.get_or_create(number=900 + n, defaults={"content": content})[0]
        for n, content in enumerate(VERSIONS)
    ]
    ConsentDecision.objects.bulk_create(
        decision(child, parents, platforms, line, versions)
        for line in given_lines
        if line.giver != NOBODY or line.answer != Answer.YES
    )
    if held:
        hold(child, trust.dot, lifted=held == "lifted")
    return child


def decision(
    child: Child,
    parents: list[Parent],
    platforms: dict[str, Platform],
    line: Line,
    versions: list[Agreement],
) -> ConsentDecision:
    return ConsentDecision(
        child=child,
        platform=platforms[line.key],
        kind=line.kind,
        answer=line.answer,
        giver=parents[line.giver] if line.giver >= 0 else None,
        given_by_child=line.giver == OWN,
        way=Way.PAPER,
        given_at=NOON - timedelta(hours=line.hours),
        until=line.until,
        agreement=None if line.version is None else versions[line.version],
    )


def hold(child: Child, by: User, *, lifted: bool) -> None:
    Hold.objects.create(
        child=child,
        kind=Hold.Kind.CARE,
        lifted_at=NOON if lifted else None,
        lifted_by=by if lifted else None,
    )
