"""A parent answers what a colleague waits for: written down from the list itself."""

from __future__ import annotations

import pytest

from consents.actions import set_hold
from consents.class_lists import Heard, record_class
from consents.deciding import record_capacity, set_guardianship
from consents.models import Ask
from consents.withdrawing import stop
from schools.actions import grant_role
from schools.roles import Role
from tests.approvals.pages import words
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


def test_who_writes_for_one_school_only_answers_no_line_of_another(trust, signed_in, line):
    """Edith reads both schools; at Elm she keeps permissions as well."""
    grant_role(user=trust.edith, role=Role.CONSENT_ADMIN, school=trust.elm, by=None)
    page = signed_in(trust.edith).get("/children/asks/").content.decode()
    assert "Rose Green" in page
    assert f"/children/asks/{line.pk}/answer/" not in page


def test_what_is_on_the_leads_list_is_not_answered_from_the_offices(trust, signed_in):
    asks(trust, trust.jack)
    line = Ask.objects.get()
    assert answer(trust, signed_in, line).status_code == 404


def test_the_list_asks_no_more_questions_for_more_lines(
    trust, signed_in, django_assert_max_num_queries
):
    asks(trust, trust.rose, trust.sam, trust.kwame, trust.zofia, trust.ife)
    client = signed_in(trust.connie)
    with django_assert_max_num_queries(16):
        client.get("/children/asks/")


# ── a yes that is not enough ─────────────────────────────────────────────────────────────────────
@pytest.fixture
def both(trust, line):
    """Rose's own yes is needed beside her mother's."""
    record_capacity(
        child=trust.rose, decides="both", best_interests=False, basis="Asked.", by=trust.connie
    )
    return line


def still_waits(line):
    return Ask.objects.open().filter(pk=line.pk).exists()


def test_a_parents_yes_leaves_the_line_where_the_pupils_own_is_needed(trust, signed_in, both):
    page = words(answer(trust, signed_in, both))
    assert still_waits(both)
    assert "That alone is not enough, so the line stays" in page
    assert "Waits for the pupil" in page


def test_the_pupils_yes_then_takes_it_off(trust, signed_in, both):
    answer(trust, signed_in, both)
    answer(trust, signed_in, both, giver="pupil")
    assert not still_waits(both)
    assert may(trust.rose, "facebook")


def test_a_parents_no_takes_it_off_although_the_pupil_was_not_asked(trust, signed_in, both):
    answer(trust, signed_in, both, answer="no")
    assert not still_waits(both)


def test_a_yes_of_somebody_who_may_not_decide_leaves_it(trust, signed_in, line):
    aunt = trust.parent(trust.rose, "Aunt", responsible=False)
    answer(trust, signed_in, line, giver=aunt.pk)
    assert still_waits(line)
    assert "Yes does not count" in words(signed_in(trust.connie).get("/children/asks/"))


def test_it_goes_once_a_person_records_that_they_may(trust, line):
    aunt = trust.parent(trust.rose, "Aunt", responsible=False)
    trust.says(trust.rose, "yes", [trust.platform("facebook")], giver=aunt)
    assert still_waits(line)
    set_guardianship(
        guardianship=trust.rose.guardianships.get(parent=aunt),
        has_responsibility=True,
        court_order=False,
        ended_on=None,
        relationship="Aunt",
        by=trust.connie,
    )
    assert not still_waits(line)


def test_and_once_it_is_recorded_that_the_parents_yes_is_enough(trust, both):
    trust.says(trust.rose, "yes", [trust.platform("facebook")])
    assert still_waits(both)
    record_capacity(
        child=trust.rose, decides="parents", best_interests=False, basis="Again.", by=trust.connie
    )
    assert not still_waits(both)


def test_an_unclear_word_leaves_it(trust, signed_in, line):
    answer(trust, signed_in, line, answer="unclear")
    assert still_waits(line)


def test_a_class_list_leaves_it_where_the_pupils_own_yes_is_needed(trust, both):
    heard = [Heard(trust.rose, trust.platform("facebook"), "yes", trust.mother(trust.rose))]
    record_class(school=trust.oak, kind="photo", heard=heard, by=trust.connie)
    assert still_waits(both)


def test_a_hold_changes_nothing_about_when_a_line_goes(trust, both):
    set_hold(child=trust.rose, kind="protected", by=trust.dot)
    trust.says(trust.rose, "yes", [trust.platform("facebook")])
    assert still_waits(both)
    trust.says_own(trust.rose, "yes", [trust.platform("facebook")])
    assert not still_waits(both)


def test_a_yes_to_the_full_name_answers_the_question_for_the_first(trust):
    asks(trust, trust.rose, kind="first_name")
    line = Ask.objects.get()
    trust.says(trust.rose, "yes", [trust.platform("facebook")], kind="full_name")
    assert not still_waits(line)


# ── the full name, where the first is refused ────────────────────────────────────────────────────
@pytest.fixture
def nameless(trust):
    """Tessa waits for Rose's full name on Facebook, whose first name her mother has refused."""
    trust.says(trust.rose, "no", [trust.platform("facebook")], kind="first_name")
    asks(trust, trust.rose, kind="full_name")
    return Ask.objects.get()


def test_a_yes_to_the_full_name_leaves_it_and_the_list_says_why(trust, signed_in, nameless):
    page = words(answer(trust, signed_in, nameless))
    assert still_waits(nameless)
    assert "That alone is not enough, so the line stays" in page
    assert "First name refused" in page


def test_so_does_an_answer_about_something_else(trust, signed_in, nameless):
    answer(trust, signed_in, nameless)
    trust.says(trust.rose, "yes", [trust.platform("facebook")])
    assert still_waits(nameless)


def test_a_yes_to_the_first_name_then_takes_it_off(trust, signed_in, nameless):
    answer(trust, signed_in, nameless)
    trust.says(trust.rose, "yes", [trust.platform("facebook")], kind="first_name")
    assert not still_waits(nameless)


def test_what_the_school_stopped_waits_and_the_list_says_so(trust, signed_in):
    facebook = trust.platform("facebook")
    trust.says(trust.rose, "yes", [facebook])
    stop(child=trust.rose, squares=[(facebook, "photo")], by=trust.connie)
    asks(trust, trust.rose)
    assert "Stopped by the school" in words(signed_in(trust.connie).get("/children/asks/"))
