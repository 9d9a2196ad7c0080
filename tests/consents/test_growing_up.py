"""Age, leaving and coming back: who decides changes with the day."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

import pytest
from django.utils import timezone

from consents.ledger import years_before
from consents.models import Answer, Child
from tests.cast import Trusty
from tests.consents.asking import may

TODAY = date(2026, 6, 10)


def born(trust: Trusty, on: date | None, **fields: object) -> Child:
    """A pupil with that date of birth and a mother's yes for the news page."""
    return trust.child("Ada", "Quill", yes=[trust.platform("news")], born_on=on, **fields)


def test_a_parents_yes_counts_until_the_eve_of_the_eighteenth_birthday(trust: Trusty) -> None:
    assert may(born(trust, date(2008, 6, 11)), on=TODAY)


def test_a_parents_yes_stops_counting_on_the_eighteenth_birthday(trust: Trusty) -> None:
    assert not may(born(trust, date(2008, 6, 10)), on=TODAY)


def test_from_eighteen_the_young_persons_own_yes_counts(trust: Trusty) -> None:
    child = born(trust, date(2008, 6, 10))
    trust.says_own(child, Answer.YES, [trust.platform("news")])
    assert may(child, on=TODAY)


def test_from_eighteen_a_parents_no_does_not_bind_the_young_person(trust: Trusty) -> None:
    child = born(trust, date(2008, 6, 10))
    trust.says(child, Answer.NO, [trust.platform("news")])
    trust.says_own(child, Answer.YES, [trust.platform("news")])
    assert may(child, on=TODAY)


def test_a_best_interests_record_lets_the_parents_yes_count_after_eighteen(trust: Trusty) -> None:
    assert may(born(trust, date(2007, 1, 1), best_interests=True), on=TODAY)


def test_with_a_best_interests_record_the_own_yes_alone_is_not_enough(trust: Trusty) -> None:
    child = trust.child("Ada", "Quill", born_on=date(2007, 1, 1), best_interests=True)
    trust.says_own(child, Answer.YES, [trust.platform("news")])
    assert not may(child, on=TODAY)


def test_with_a_best_interests_record_a_parents_no_counts_after_eighteen(trust: Trusty) -> None:
    child = born(trust, date(2007, 1, 1), best_interests=True)
    father = trust.parent(child, "Father")
    trust.says(child, Answer.NO, [trust.platform("news")], giver=father)
    assert not may(child, on=TODAY)


def test_without_a_date_of_birth_nothing_is_a_yes(trust: Trusty) -> None:
    assert not may(born(trust, None), on=TODAY)


def test_whoever_was_born_on_29_february_is_a_child_until_the_end_of_february(
    trust: Trusty,
) -> None:
    assert may(born(trust, date(2008, 2, 29)), on=date(2026, 2, 28))


def test_whoever_was_born_on_29_february_comes_of_age_on_1_march(trust: Trusty) -> None:
    assert not may(born(trust, date(2008, 2, 29)), on=date(2026, 3, 1))


@pytest.mark.parametrize(
    ("birthday", "grown_up"), [(date(2010, 2, 28), True), (date(2010, 3, 1), False)]
)
def test_on_29_february_those_of_28_february_have_come_of_age(
    birthday: date, grown_up: bool
) -> None:
    assert (birthday <= years_before(date(2028, 2, 29), 18)) is grown_up


def test_a_yes_counts_until_the_eve_of_leaving(trust: Trusty) -> None:
    child = born(trust, date(2017, 1, 1), left_on=TODAY)
    assert may(child, on=TODAY - timedelta(days=1))
    assert not may(child, on=TODAY)


def test_a_yes_does_not_come_back_with_a_child_who_returns(trust: Trusty) -> None:
    tomorrow = timezone.localdate() + timedelta(days=1)
    assert not may(born(trust, date(2017, 1, 1), returned_on=tomorrow), on=tomorrow)


def test_a_yes_given_since_the_return_counts(trust: Trusty) -> None:
    yesterday = timezone.localdate() - timedelta(days=1)
    assert may(born(trust, date(2017, 1, 1), returned_on=yesterday))


def test_a_no_comes_back_with_a_child_who_returns(trust: Trusty) -> None:
    child = born(trust, date(2017, 1, 1), returned_on=timezone.localdate())
    father = trust.parent(child, "Father")
    before = timezone.make_aware(datetime.combine(timezone.localdate(), time())) - timedelta(days=9)
    trust.says(child, Answer.NO, [trust.platform("news")], giver=father, given_at=before)
    assert not may(child)
