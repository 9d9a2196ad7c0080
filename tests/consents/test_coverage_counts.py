"""The numbers of coverage are those of the matrix, counted; for families made up by chance."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from consents.actions import Said, record_many
from consents.coverage import OPEN, By, Scope, Tally, coverage, pupils_who
from consents.models import Child, Kind
from consents.purposes import in_question
from consents.states import Cell, Standing, standings
from consents.withdrawing import stop
from policy.models import Platform
from tests.cast import Trusty
from tests.consents.test_against_reference import (
    DAYS,
    KEYS,
    KINDS,
    TOLD,
    families,
    family,
    hold,
)

pytestmark = pytest.mark.django_db
SAME = {
    Standing.SOME: Tally.SOME,
    Standing.NO: Tally.NO,
    Standing.WITHDRAWN: Tally.NO,
    Standing.STOPPED: Tally.NO,
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


def counted(scope: Scope, platform: int, day: date) -> Counter[str]:
    """Tally → number for the whole school; a yes is a yes, however near its end."""
    found = coverage(scope, By.SCHOOL, on=day)
    total: Counter[str] = Counter()
    for group in found.pupils:
        total.update(found.of(group, platform))
    total[Tally.YES] += total.pop(Tally.ENDING, 0)
    return +total


@example(drawn=TOLD, kind=Kind.FULL_NAME, day=DAYS[0])
@example(drawn=TOLD, kind=Kind.FIRST_NAME, day=DAYS[0])
@given(
    drawn=st.lists(families, min_size=1, max_size=4),
    kind=st.sampled_from(KINDS),
    day=st.sampled_from(DAYS),
)
@settings(max_examples=70, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_the_numbers_are_those_of_the_matrix(
    trust: Trusty, drawn: list[dict[str, Any]], kind: Kind, day: date
) -> None:
    Child.objects.update(left_on=day - timedelta(days=1))  # whom earlier examples left behind
    platforms = {p.key: p for p in Platform.objects.filter(key__in=KEYS)}
    made = [family(trust, platforms, dict(one), day) for one in drawn]
    here = [child for child in made if not child.has_left(day)]
    where = [p.pk for p in platforms.values()]
    cells = standings(here, where, [kind], show_holds=False, on=day)
    asked = in_question()
    scope = Scope([trust.oak.pk], where, kind, purposes=asked)
    for platform in where:
        expected = Counter(tally(cells[c.pk, platform, str(kind)]) for c in here)
        assert counted(scope, platform, day) == expected
        for one in Tally:
            if one not in {Tally.YES, Tally.ENDING}:
                alone = Scope([trust.oak.pk], [platform], kind, purposes=asked)
                ids, number = pupils_who(alone, [one], limit=100, on=day)
                these = {c.pk for c in here if tally(cells[c.pk, platform, str(kind)]) is one}
                assert (set(ids), number) == (these, len(these))


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


SOON, LATE = 20, 200


@pytest.mark.parametrize(
    ("own", "mother", "father", "counted"),
    [
        (SOON, LATE, None, Tally.ENDING),
        (LATE, SOON, None, Tally.ENDING),
        (LATE, LATE, None, Tally.YES),
        (LATE, SOON, LATE, Tally.YES),
        (SOON, LATE, LATE, Tally.ENDING),
    ],
)
def test_where_both_are_needed_the_side_that_ends_first_is_the_end(
    trust: Trusty, own: int, mother: int, father: int | None, counted: Tally
) -> None:
    """Of several parents the one that lasts longest counts: either is enough."""
    news, today = trust.platform("news"), timezone.localdate()
    ada = trust.child("Ada", "Quill", decides="both")
    givers: list[tuple[dict[str, Any], int]] = [
        ({"given_by_child": True}, own),
        ({"giver": trust.mother(ada)}, mother),
    ]
    if father is not None:
        givers.append(({"giver": trust.parent(ada, "Father")}, father))
    for giver, days in givers:
        record_many(
            said=[Said(news, Kind.PHOTO, "yes")],
            child=ada,
            way="paper",
            until=today + timedelta(days=days),
            by=trust.connie,
            **giver,
        )
    found = coverage(Scope([trust.oak.pk], [news.pk]), By.SCHOOL)
    assert found.of((trust.oak.pk,), news.pk) == {counted: 1, "not-asked": 0}


def ended_beside(trust: Trusty, child: Child) -> dict[str, int]:
    """The mother's yes ended yesterday; how the pupil is counted now, and stands in the matrix."""
    news, yesterday = trust.platform("news"), timezone.localdate() - timedelta(days=1)
    before = timezone.now() - timedelta(days=3)
    trust.says(child, "yes", [news], until=yesterday, given_at=before)
    stands = standings([child], [news.pk], [Kind.PHOTO], show_holds=False)
    found = coverage(Scope([trust.oak.pk], [news.pk]), By.SCHOOL).of((trust.oak.pk,), news.pk)
    assert found == {tally(stands[child.pk, news.pk, "photo"]): 1, "not-asked": 0}
    return found


def test_a_yes_that_has_ended_and_is_what_is_missing_is_listed(trust: Trusty) -> None:
    assert ended_beside(trust, trust.child("Ada", "Quill"))[Tally.ENDED] == 1


def test_where_another_parents_yes_stands_and_the_pupils_is_missing_nothing_ended(
    trust: Trusty,
) -> None:
    ada = trust.child("Ada", "Quill", decides="both")
    trust.says(ada, "yes", [trust.platform("news")], giver=trust.parent(ada, "Father"))
    assert ended_beside(trust, ada)[Tally.UNCOUNTED] == 1


def test_an_ended_yes_of_somebody_who_may_not_decide_is_not_what_is_missing(trust: Trusty) -> None:
    ada = trust.child("Ada", "Quill")
    ada.guardianships.update(court_order=True)
    assert ended_beside(trust, ada)[Tally.UNCOUNTED] == 1


def test_an_ended_yes_of_a_parent_is_not_what_is_missing_where_the_pupil_decides(
    trust: Trusty,
) -> None:
    assert ended_beside(trust, trust.child("Ada", "Quill", decides="pupil"))[Tally.UNCOUNTED] == 1


def test_a_full_name_covers_the_first_name_in_the_numbers_too(trust: Trusty) -> None:
    news = trust.platform("news")
    trust.says(trust.rose, "yes", [news], kind=Kind.FULL_NAME)
    found = coverage(Scope([trust.oak.pk], [news.pk], Kind.FIRST_NAME), By.SCHOOL)
    assert found.of((trust.oak.pk,), news.pk) == {"yes": 1, "not-asked": 0}
    trust.says(trust.rose, "no", [news], kind=Kind.FIRST_NAME)
    found = coverage(Scope([trust.oak.pk], [news.pk], Kind.FIRST_NAME), By.SCHOOL)
    assert found.of((trust.oak.pk,), news.pk) == {"no": 1, "not-asked": 0}


def in_full(trust: Trusty) -> tuple[dict[str, int], Standing]:
    """How Rose's full name on News is counted, and stands in the matrix."""
    news = trust.platform("news").pk
    found = coverage(Scope([trust.oak.pk], [news], Kind.FULL_NAME), By.SCHOOL)
    cells = standings([trust.rose], [news], [Kind.FULL_NAME], show_holds=False)
    [cell] = cells.values()
    return found.of((trust.oak.pk,), news), cell.standing


def test_a_full_name_is_no_yes_where_the_first_name_is_refused(trust: Trusty) -> None:
    news = trust.platform("news")
    trust.says(trust.rose, "yes", [news], kind=Kind.FULL_NAME)
    trust.says(trust.rose, "no", [news], kind=Kind.FIRST_NAME)
    assert in_full(trust) == ({"no": 1, "not-asked": 0}, Standing.NO)


def test_a_full_name_that_has_ended_is_not_asked_again_where_the_first_name_is_refused(
    trust: Trusty,
) -> None:
    news, today = trust.platform("news"), timezone.localdate()
    before = {"given_at": timezone.now() - timedelta(days=9), "until": today - timedelta(days=2)}
    trust.says(trust.rose, "yes", [news], kind=Kind.FULL_NAME, **before)
    trust.says(trust.rose, "no", [news], kind=Kind.FIRST_NAME)
    assert in_full(trust) == ({"no": 1, "not-asked": 0}, Standing.NO)


def test_where_parents_differ_about_the_first_name_so_they_do_about_the_full(
    trust: Trusty,
) -> None:
    news = trust.platform("news")
    trust.says(trust.rose, "yes", [news], kind=Kind.FULL_NAME)
    trust.says(trust.rose, "yes", [news], kind=Kind.FIRST_NAME)
    father = trust.parent(trust.rose, "Father")
    trust.says(trust.rose, "no", [news], kind=Kind.FIRST_NAME, giver=father)
    assert in_full(trust) == ({"conflict": 1, "not-asked": 0}, Standing.CONFLICT)


def test_where_the_school_stopped_the_first_name_it_stopped_the_full(trust: Trusty) -> None:
    news = trust.platform("news")
    for kind in (Kind.FULL_NAME, Kind.FIRST_NAME):
        trust.says(trust.rose, "yes", [news], kind=kind)
    stop(child=trust.rose, squares=[(news, Kind.FIRST_NAME)], by=trust.connie)
    assert in_full(trust) == ({"no": 1, "not-asked": 0}, Standing.STOPPED)


def test_a_full_name_nobody_was_asked_about_stays_not_asked(trust: Trusty) -> None:
    trust.says(trust.rose, "no", [trust.platform("news")], kind=Kind.FIRST_NAME)
    assert in_full(trust) == ({"not-asked": 1}, Standing.NOT_ASKED)


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
