"""Who may be shown: each line of the docstring of `consents.rules`, as families live it."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from consents.actions import lift_hold, set_hold, withdraw
from consents.models import Answer, Guardianship, Hold, Kind, Way
from consents.rules import adult_permissions, permissions
from tests.cast import Trusty
from tests.consents.asking import may


def days(number: int) -> datetime:
    """So many days before or after now."""
    return timezone.now() + timedelta(days=number)


def test_a_childs_yes_counts_on_the_platform_it_was_given_for(trust: Trusty) -> None:
    assert may(trust.amira, "instagram")


def test_a_yes_for_one_platform_says_nothing_of_another(trust: Trusty) -> None:
    assert may(trust.tom, "news")
    assert not may(trust.tom, "facebook")


def test_a_yes_for_photos_says_nothing_of_videos_names_or_work(trust: Trusty) -> None:
    others = [Kind.VIDEO, Kind.FIRST_NAME, Kind.FULL_NAME, Kind.WORK]
    assert not any(may(trust.amira, "news", kind) for kind in others)


@pytest.mark.parametrize("who", ["rose", "zofia", "ife", "jack", "ella", "sam", "kwame", "maya"])
def test_whoever_has_no_live_entitled_yes_cannot_be_shown(trust: Trusty, who: str) -> None:
    assert not may(getattr(trust, who))


def test_the_latest_answer_of_a_giver_is_their_answer(trust: Trusty) -> None:
    news = [trust.platform("news")]
    trust.says(trust.rose, Answer.NO, news, given_at=days(-3))
    trust.says(trust.rose, Answer.YES, news, given_at=days(-2))
    assert may(trust.rose)


def test_an_old_form_found_later_does_not_undo_a_withdrawal(trust: Trusty) -> None:
    trust.says(trust.zofia, Answer.YES, [trust.platform("news")], given_at=days(-30))
    assert not may(trust.zofia)


def test_a_yes_after_a_withdrawal_counts_again(trust: Trusty) -> None:
    trust.says(trust.zofia, Answer.YES, [trust.platform("news")])
    assert may(trust.zofia, "news")
    assert not may(trust.zofia, "facebook")


def test_an_unclear_answer_ends_a_yes(trust: Trusty) -> None:
    trust.says(trust.amira, Answer.UNCLEAR, [trust.platform("news")])
    assert not may(trust.amira, "news")


def test_a_no_of_one_parent_beats_a_later_yes_of_the_other(trust: Trusty) -> None:
    trust.says(trust.ife, Answer.YES, [trust.platform("news")])
    assert not may(trust.ife)


def test_a_parent_who_lost_responsibility_can_no_longer_permit(trust: Trusty) -> None:
    Guardianship.objects.filter(child=trust.amira).update(has_responsibility=False)
    assert not may(trust.amira)


def test_a_parent_limited_by_a_court_order_cannot_permit(trust: Trusty) -> None:
    Guardianship.objects.filter(child=trust.amira).update(court_order=True)
    assert not may(trust.amira)


def test_a_yes_ends_with_the_tie_of_whoever_gave_it(trust: Trusty) -> None:
    Guardianship.objects.filter(child=trust.amira).update(ended_on=timezone.localdate())
    assert not may(trust.amira)


def test_the_no_of_a_parent_who_lost_responsibility_still_counts(trust: Trusty) -> None:
    fathers = Guardianship.objects.filter(child=trust.ife, relationship="Father")
    fathers.update(has_responsibility=False, ended_on=timezone.localdate())
    assert not may(trust.ife)


def test_the_no_of_somebody_no_longer_linked_still_counts(trust: Trusty) -> None:
    Guardianship.objects.filter(child=trust.ife, relationship="Father").delete()
    assert not may(trust.ife)


def test_the_no_of_somebody_who_never_could_decide_does_not_count(trust: Trusty) -> None:
    aunt = trust.parent(trust.amira, "Aunt", responsible=False)
    trust.says(trust.amira, Answer.NO, [trust.platform("news")], giver=aunt)
    assert may(trust.amira)


def test_the_childs_own_no_beats_every_parent(trust: Trusty) -> None:
    withdraw(child=trust.amira, given_by_child=True, by=trust.connie)
    assert not may(trust.amira)


def test_the_own_yes_of_a_child_who_does_not_decide_is_not_enough(trust: Trusty) -> None:
    trust.says_own(trust.rose, Answer.YES, [trust.platform("news")])
    assert not may(trust.rose)


def test_a_child_who_decides_needs_only_their_own_yes(trust: Trusty) -> None:
    trust.says_own(trust.maya, Answer.YES, [trust.platform("news")])
    assert may(trust.maya, "news")
    assert not may(trust.maya, "facebook")


def test_a_parents_no_stops_a_child_who_decides(trust: Trusty) -> None:
    news = [trust.platform("news")]
    trust.says_own(trust.maya, Answer.YES, news)
    trust.says(trust.maya, Answer.NO, news)
    assert not may(trust.maya, "news")


def test_a_no_without_a_name_counts_until_it_is_recorded_as_unclear(trust: Trusty) -> None:
    news = trust.platform("news")
    trust.says_unnamed(trust.amira, Answer.NO, [news])
    before = may(trust.amira)
    trust.says_unnamed(trust.amira, Answer.UNCLEAR, [news])
    assert (before, may(trust.amira)) == (False, True)


def test_a_yes_counts_on_its_last_day_and_not_after(trust: Trusty) -> None:
    today = timezone.localdate()
    trust.says(trust.rose, Answer.YES, [trust.platform("news")], until=today)
    assert may(trust.rose)
    assert not may(trust.rose, on=today + timedelta(days=1))


def test_an_expired_no_is_still_a_no(trust: Trusty) -> None:
    long_ago = timezone.localdate() - timedelta(days=9)
    father = trust.parent(trust.amira, "Father")
    trust.says(trust.amira, Answer.NO, [trust.platform("news")], giver=father, until=long_ago)
    assert not may(trust.amira)


@pytest.mark.parametrize("kind", list(Hold.Kind))
def test_a_hold_of_any_kind_beats_every_yes(trust: Trusty, kind: Hold.Kind) -> None:
    set_hold(child=trust.amira, kind=kind, by=trust.dot)
    assert not any(may(trust.amira, key) for key in ["news", "facebook", "x"])


def test_a_lifted_hold_leaves_the_answers_as_they_were(trust: Trusty) -> None:
    lift_hold(hold=trust.jack.holds.get(), by=trust.dot)
    assert may(trust.jack)


def test_one_of_two_holds_is_enough(trust: Trusty) -> None:
    set_hold(child=trust.jack, kind=Hold.Kind.CARE, by=trust.dot)
    lift_hold(hold=trust.jack.holds.get(kind=Hold.Kind.PROTECTED), by=trust.dot)
    assert not may(trust.jack)


def test_a_permission_for_the_full_name_covers_the_first_name(trust: Trusty) -> None:
    news = trust.platform("news")
    trust.says(trust.rose, Answer.YES, [news], kind=Kind.FULL_NAME)
    found = permissions([trust.rose.pk], [news.pk], [Kind.FIRST_NAME, Kind.FULL_NAME])
    assert found.permits_name(trust.rose.pk, news.pk, Kind.FIRST_NAME)


def test_a_permission_for_the_first_name_does_not_cover_the_full_name(trust: Trusty) -> None:
    news = trust.platform("news")
    trust.says(trust.rose, Answer.YES, [news], kind=Kind.FIRST_NAME)
    found = permissions([trust.rose.pk], [news.pk], [Kind.FIRST_NAME, Kind.FULL_NAME])
    assert not found.permits_name(trust.rose.pk, news.pk, Kind.FULL_NAME)


def test_where_the_first_name_is_refused_a_yes_for_the_full_name_permits_neither(
    trust: Trusty,
) -> None:
    news = trust.platform("news")
    trust.says(trust.rose, Answer.YES, [news], kind=Kind.FULL_NAME)
    trust.says(trust.rose, Answer.NO, [news], kind=Kind.FIRST_NAME)
    found = permissions([trust.rose.pk], [news.pk], [Kind.FIRST_NAME, Kind.FULL_NAME])
    assert not found.permits_name(trust.rose.pk, news.pk, Kind.FIRST_NAME)
    assert not found.permits_name(trust.rose.pk, news.pk, Kind.FULL_NAME)


def test_the_decision_relied_on_is_the_yes_that_stands(trust: Trusty) -> None:
    news = trust.platform("news")
    found = permissions([trust.tom.pk], [news.pk])
    assert found.relied_on(trust.tom.pk, news.pk, Kind.PHOTO) == [trust.tom.decisions.get().pk]


def test_an_adult_answers_for_themself(trust: Trusty) -> None:
    adult, news = trust.author_visit, trust.platform("news")
    before = adult_permissions([adult.pk], [news.pk])
    trust.adult_says(adult, Answer.YES, [news])
    after = adult_permissions([adult.pk], [news.pk])
    assert not before.permits(adult.pk, news.pk, Kind.PHOTO)
    assert after.permits(adult.pk, news.pk, Kind.PHOTO)


def test_an_adult_who_withdraws_cannot_be_shown(trust: Trusty) -> None:
    adult, news = trust.author_visit, trust.platform("news")
    trust.adult_says(adult, Answer.YES, [news])
    trust.adult_says(adult, Answer.WITHDRAWN, [news], way=Way.PHONE)
    assert not adult_permissions([adult.pk], [news.pk]).allowed
