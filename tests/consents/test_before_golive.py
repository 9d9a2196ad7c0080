"""An answer of a day before any version: the pages say so before, after and where it is read."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from consents.models import ConsentDecision, Way
from schools.clock import day
from tests.approvals.pages import words
from tests.consents.agreements.writing import published

pytestmark = pytest.mark.django_db
KEPT = "so it is kept as one on a form from before GoLive. What they saw is not held here"


@pytest.fixture
def begins(trust) -> date:
    """The day of the first version."""
    return published(trust).starts_on


@pytest.fixture
def writes(trust, signed_in):
    """`writes(days=-3)`: Connie writes down a mother's no for Rose, of a day so far from today."""

    def write(days: int, **more: str):
        form = {
            "giver": trust.mother(trust.rose).pk,
            "platforms": [trust.platform("facebook").pk],
            "kinds": ["photo"],
            "answer": "no",
            "way": "paper",
            "given_on": (timezone.localdate() + timedelta(days=days)).isoformat(),
        }
        address = f"/children/{trust.rose.pk}/"
        return words(signed_in(trust.connie).post(address, form | more, follow=True))

    return write


def opened(trust, signed_in) -> str:
    said = ConsentDecision.objects.get()
    address = reverse("consents:said", args=[trust.rose.pk, said.pk])
    return words(signed_in(trust.connie).get(address))


def test_the_form_says_beforehand_from_which_day_on_a_version_is_noted(trust, signed_in, begins):
    page = words(signed_in(trust.connie).get(f"/children/{trust.rose.pk}/"))
    assert f"Before {day(begins)} no version of the agreement was in force" in page


def test_without_any_version_it_says_that_there_is_none(trust, signed_in):
    page = words(signed_in(trust.connie).get(f"/children/{trust.rose.pk}/"))
    assert "No version of the agreement is in force yet" in page


def test_after_writing_down_an_older_form_it_is_said(trust, begins, writes):
    assert KEPT in writes(days=-3)
    assert ConsentDecision.objects.get().agreement is None


def test_an_answer_of_today_is_on_a_version_and_nothing_is_said(trust, begins, writes):
    assert KEPT not in writes(days=0)
    assert ConsentDecision.objects.get().agreement is not None


def test_the_answer_opens_to_what_is_not_held_and_where_it_is(trust, signed_in, begins, writes):
    writes(days=-3, evidence="Red folder, office")
    page = opened(trust, signed_in)
    assert "A form from before GoLive: what the parent saw is not held here." in page
    assert "Look at the paper form." in page
    assert "Red folder, office" in page


@pytest.mark.parametrize(
    ("way", "says"),
    [
        (Way.PHONE, "The words they heard are not held here"),
        (Way.IMPORT, "The school’s records say it."),
    ],
)
def test_what_was_said_otherwise_opens_to_words_of_its_own(trust, signed_in, begins, way, says):
    ConsentDecision.objects.create(
        child=trust.rose,
        platform=trust.platform("x"),
        kind="photo",
        answer="no",
        giver=trust.mother(trust.rose),
        way=way,
    )
    assert says in opened(trust, signed_in)


@pytest.mark.parametrize(
    ("way", "own", "says"),
    [
        (Way.IMPORT, True, "What the pupil had before them, if anything"),
        (Way.IMPORT, False, "What whoever said it had before them, if anything"),
        (Way.PAPER, True, "what the pupil saw is not held here"),
        (Way.PAPER, False, "what whoever said it saw is not held here"),
    ],
)
def test_what_no_parent_said_is_not_called_a_parents(trust, signed_in, begins, way, own, says):
    ConsentDecision.objects.create(
        child=trust.rose,
        platform=trust.platform("x"),
        kind="photo",
        answer="no",
        given_by_child=own,
        way=way,
    )
    assert says in opened(trust, signed_in)


def test_a_class_list_of_an_older_day_says_it_as_well(trust, signed_in, begins):
    facebook = trust.platform("facebook").pk
    address = f"{reverse('consents:class')}?school=oak&class=4B&platform={facebook}"
    day_before = (begins - timedelta(days=3)).isoformat()
    sent = {f"a_{trust.rose.pk}_{facebook}": "no", "given_on": day_before, "way": "paper"}
    connie = signed_in(trust.connie)
    assert "no version of the agreement was in force" in words(connie.get(address))
    assert KEPT in words(connie.post(address, sent, follow=True))
