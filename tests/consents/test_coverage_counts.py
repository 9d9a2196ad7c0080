"""The numbers of coverage are those of the matrix, counted; for families made up by chance."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from consents.coverage import OPEN, By, Scope, Tally, coverage, pupils_who
from consents.models import Child, Kind
from consents.states import Cell, Standing, standings
from policy.models import Platform
from tests.cast import Trusty
from tests.consents.test_against_reference import DAY, KEYS, KINDS, families, family, hold

pytestmark = pytest.mark.django_db
SAME = {
    Standing.NO: Tally.NO,
    Standing.WITHDRAWN: Tally.NO,
    Standing.CONFLICT: Tally.CONFLICT,
    Standing.EXPIRED: Tally.ENDED,
    Standing.UNCLEAR: Tally.UNCLEAR,
    Standing.NOT_ENTITLED: Tally.UNCOUNTED,
    Standing.WAITS: Tally.UNCOUNTED,
    Standing.WAITS_FOR_PARENT: Tally.UNCOUNTED,
}


def tally(cell: Cell) -> Tally:
    """What coverage calls one square of the matrix."""
    if cell.standing is Standing.NOT_ASKED:
        return Tally.UNCOUNTED if cell.decision else Tally.NOT_ASKED
    return Tally.YES if cell.standing is Standing.YES else SAME[cell.standing]


def counted(scope: Scope, platform: int) -> Counter[str]:
    """Tally → number for the whole school; a yes is a yes, however near its end."""
    found = coverage(scope, By.SCHOOL, on=DAY)
    total: Counter[str] = Counter()
    for group in found.pupils:
        total.update(found.of(group, platform))
    total[Tally.YES] += total.pop(Tally.ENDING, 0)
    return +total


@given(drawn=st.lists(families, min_size=1, max_size=4), kind=st.sampled_from(KINDS))
@settings(max_examples=100, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_the_numbers_are_those_of_the_matrix(
    trust: Trusty, drawn: list[dict[str, Any]], kind: Kind
) -> None:
    Child.objects.update(left_on=DAY - timedelta(days=1))  # whom earlier examples left behind
    platforms = {p.key: p for p in Platform.objects.filter(key__in=KEYS)}
    made = [family(trust, platforms, dict(one)) for one in drawn]
    here = [child for child in made if not child.has_left(DAY)]
    where = [p.pk for p in platforms.values()]
    cells = standings(here, where, [kind], show_holds=False, on=DAY)
    scope = Scope([trust.oak.pk], where, kind)
    for platform in where:
        expected = Counter(tally(cells[c.pk, platform, str(kind)]) for c in here)
        assert counted(scope, platform) == expected
        for one in Tally:
            if one not in {Tally.YES, Tally.ENDING}:
                alone = Scope([trust.oak.pk], [platform], kind)
                ids, number = pupils_who(alone, [one], limit=100, on=DAY)
                asked = {c.pk for c in here if tally(cells[c.pk, platform, str(kind)]) is one}
                assert (set(ids), number) == (asked, len(asked))


def test_the_numbers_do_not_change_with_a_hold(trust: Trusty) -> None:
    assert trust.amira
    scope = Scope([trust.oak.pk], [trust.platform("news").pk])
    before = coverage(scope, By.FORM)
    hold(trust.amira, trust.dot, lifted=False)
    assert coverage(scope, By.FORM) == before


def test_a_yes_whose_last_day_is_near_is_counted_by_itself(trust: Trusty) -> None:
    news = trust.platform("news")
    trust.child("Near", "End", yes=[news], until=timezone.localdate() + timedelta(days=20))
    trust.child("Far", "End", yes=[news], until=timezone.localdate() + timedelta(days=200))
    found = coverage(Scope([trust.oak.pk], [news.pk]), By.SCHOOL)
    assert found.of((trust.oak.pk,), news.pk) == {"ending": 1, "yes": 1, "not-asked": 0}


def test_a_full_name_covers_the_first_name_in_the_numbers_too(trust: Trusty) -> None:
    news = trust.platform("news")
    trust.says(trust.rose, "yes", [news], kind=Kind.FULL_NAME)
    found = coverage(Scope([trust.oak.pk], [news.pk], Kind.FIRST_NAME), By.SCHOOL)
    assert found.of((trust.oak.pk,), news.pk) == {"yes": 1, "not-asked": 0}
    trust.says(trust.rose, "no", [news], kind=Kind.FIRST_NAME)
    found = coverage(Scope([trust.oak.pk], [news.pk], Kind.FIRST_NAME), By.SCHOOL)
    assert found.of((trust.oak.pk,), news.pk) == {"no": 1, "not-asked": 0}


def test_other_schools_and_those_who_left_are_not_counted(trust: Trusty) -> None:
    assert all([trust.rose, trust.leo])
    Child.objects.filter(pk=trust.sam.pk).update(left_on=timezone.localdate())
    scope = Scope([trust.oak.pk], [trust.platform("news").pk])
    assert coverage(scope, By.SCHOOL).pupils == {(trust.oak.pk,): 1}
    assert pupils_who(scope, OPEN, limit=9) == ([trust.rose.pk], 1)


def test_no_schools_are_no_pupils(trust: Trusty) -> None:
    assert trust.rose
    scope = Scope([], [trust.platform("news").pk])
    assert coverage(scope, By.SCHOOL).pupils == {}
    assert pupils_who(scope, OPEN, limit=9) == ([], 0)


@pytest.mark.parametrize("number", [1, 40])
def test_two_questions_count_any_number(
    trust: Trusty, number: int, django_assert_num_queries: Any
) -> None:
    for n in range(number):
        trust.child(f"N{n}", "Any", form=f"{n}A")
    scope = Scope([trust.oak.pk], [p.pk for p in Platform.objects.all()])
    with django_assert_num_queries(2):
        coverage(scope, By.FORM)
    with django_assert_num_queries(1):
        pupils_who(scope, OPEN, limit=5)
