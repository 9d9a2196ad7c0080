"""A parent answers what a colleague waits for: written down from the list itself."""

from __future__ import annotations

import pytest

from consents.models import Ask
from tests.consents.asking import may
from tests.consents.test_asking_parents import asks

pytestmark = pytest.mark.django_db


@pytest.fixture
def line(trust):
    """Tessa waits for Rose on Facebook."""
    asks(trust, trust.rose)
    return Ask.objects.get()


def answer(trust, signed_in, line, who="connie", **form):
    given = {"giver": trust.mother(trust.rose).pk, "way": "in_person", "answer": "yes"} | form
    client = signed_in(getattr(trust, who))
    return client.post(f"/children/asks/{line.pk}/answer/", given, follow=True)


def test_a_yes_at_the_door_counts_at_once(trust, signed_in, line):
    page = answer(trust, signed_in, line).content.decode()
    assert may(trust.rose, "facebook")
    assert "Written down: yes for Rose Green, photo on Facebook." in page


def test_the_line_is_gone_with_the_answer(trust, signed_in, line):
    answer(trust, signed_in, line, answer="no")
    assert not Ask.objects.open().exists()
    said = trust.rose.decisions.get()
    assert (said.answer, said.way, said.giver) == ("no", "in_person", trust.mother(trust.rose))


def test_the_only_one_who_may_decide_is_chosen_already(trust, signed_in, line):
    trust.parent(trust.rose, "Aunt", responsible=False)
    page = signed_in(trust.connie).get("/children/asks/").content.decode()
    assert "Choose who" not in page
    assert page.index("Mother Green") < page.index("Aunt Green")


def test_with_two_who_may_decide_nobody_is_chosen_for_them(trust, signed_in, line):
    trust.parent(trust.rose, "Father")
    page = answer(trust, signed_in, line, giver="").content.decode()
    assert "Choose who answered for Rose Green." in page
    assert not trust.rose.decisions.exists()


def test_taking_a_line_off_says_that_no_answer_was_written_down(trust, signed_in, line):
    client = signed_in(trust.connie)
    page = client.post(f"/children/asks/{line.pk}/close/", follow=True).content.decode()
    assert "Off the list. No answer was written down." in page
    assert not trust.rose.decisions.exists()


@pytest.mark.parametrize("who", ["tessa", "elm_office"])
def test_others_do_not_find_the_line(trust, signed_in, line, who):
    assert answer(trust, signed_in, line, who).status_code == 404


def test_the_head_sees_the_list_and_writes_nothing(trust, signed_in, line):
    page = answer(trust, signed_in, line, "hana").content.decode()
    assert "Only the consent administrator" in page
    assert "They answered" not in page
    assert not trust.rose.decisions.exists()


def test_what_is_on_the_leads_list_is_not_answered_from_the_offices(trust, signed_in):
    asks(trust, trust.jack)
    line = Ask.objects.get()
    assert answer(trust, signed_in, line).status_code == 404


def test_the_list_asks_no_more_questions_for_more_lines(
    trust, signed_in, django_assert_max_num_queries
):
    asks(trust, trust.rose, trust.sam, trust.kwame, trust.zofia, trust.ife)
    client = signed_in(trust.connie)
    with django_assert_max_num_queries(14):
        client.get("/children/asks/")
