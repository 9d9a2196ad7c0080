"""An old answer that changes nothing is written down, and the office reads why."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.utils import timezone

from consents.actions import set_hold
from consents.models import Hold
from schools.clock import day
from tests.approvals.pages import words

pytestmark = pytest.mark.django_db
LAST_YEAR = timezone.localdate() - timedelta(days=365)


@pytest.fixture
def writes(trust, signed_in):
    """`writes(answer="no")`: Connie writes down what the mother said a year ago about a photo on
    Facebook; the page that follows."""

    def write(child=None, **more) -> str:
        about = child or trust.rose
        form = {
            "giver": trust.mother(about).pk,
            "platforms": [trust.platform("facebook").pk],
            "kinds": ["photo"],
            "answer": "yes",
            "way": "paper",
            "given_on": LAST_YEAR.isoformat(),
        }
        client = signed_in(trust.connie)
        return words(client.post(f"/children/{about.pk}/", form | more, follow=True))

    return write


def test_a_later_answer_of_the_same_parent_stands(trust, writes):
    trust.says(trust.rose, "no", [trust.platform("facebook")])
    assert "It permits nothing new: Mother Green’s later answer stands." in writes()


def test_an_old_no_changes_nothing_either(trust, writes):
    trust.says(trust.rose, "yes", [trust.platform("facebook")])
    assert "It changes nothing: Mother Green’s later answer stands." in writes(answer="no")


def test_a_yes_whose_last_day_is_over(writes):
    over = date(LAST_YEAR.year, LAST_YEAR.month, 1) + timedelta(days=40)
    page = writes(until=over.isoformat())
    assert f"It permits nothing new: the last day, {day(over)}, is over." in page


def test_where_it_is_only_some_of_it_they_are_named(trust, writes):
    trust.says(trust.rose, "no", [trust.platform("facebook")])
    both = [trust.platform("facebook").pk, trust.platform("x").pk]
    page = writes(platforms=both)
    assert (
        "Nothing changes for photo on Facebook: Mother Green’s later answer stands there." in page
    )


def test_another_parents_later_answer_is_not_theirs(trust, writes):
    father = trust.parent(trust.rose, "Father")
    trust.says(trust.rose, "yes", [trust.platform("facebook")], giver=father)
    assert "nothing new" not in writes()


def test_of_an_answer_that_counts_nothing_is_said(writes):
    assert "nothing new" not in writes(given_on=timezone.localdate().isoformat())


def test_the_pupils_own_word_is_the_pupils(trust, writes):
    trust.says_own(trust.rose, "no", [trust.platform("facebook")])
    assert "It permits nothing new: Rose’s later answer stands." in writes(giver="pupil")


def test_for_a_held_pupil_it_reads_the_same(trust, writes):
    trust.says(trust.rose, "no", [trust.platform("facebook")])
    before = said_in(writes())
    set_hold(child=trust.rose, kind=Hold.Kind.CARE, by=trust.dot)
    assert said_in(writes()) == before


def said_in(page: str) -> str:
    start = page.index("written down for")
    return page[start : start + 120]


def test_an_adults_own_later_answer_stands(trust, signed_in):
    facebook = trust.platform("facebook")
    trust.adult_says(trust.author_visit, "no", [facebook])
    form = {
        "platforms": [facebook.pk],
        "kinds": ["photo"],
        "answer": "yes",
        "way": "paper",
        "given_on": LAST_YEAR.isoformat(),
    }
    address = f"/children/adults/{trust.author_visit.pk}/"
    page = words(signed_in(trust.connie).post(address, form, follow=True))
    assert "It permits nothing new: Ada Visitor’s later answer stands." in page
