"""A whole class at once: one press writes all of it or nothing, and says truly what it did."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from audit.models import Event
from consents.class_lists import Heard, record_class
from consents.errors import NotAllowed
from consents.models import Ask, Child, ConsentDecision
from tests.cast import Trusty
from tests.consents.asking import may
from tests.consents.test_asking_parents import asks

pytestmark = pytest.mark.django_db
PAGE = "/children/class/?class=4B&kind=photo"


def chosen(trust: Trusty, **said: str) -> dict[str, str]:
    """What the office chose for Facebook: `chosen(trust, rose="yes")`."""
    facebook = trust.platform("facebook").pk
    return {f"a_{getattr(trust, who).pk}_{facebook}": answer for who, answer in said.items()}


def test_every_answer_chosen_is_written_as_that_of_the_person_named(trust, signed_in):
    form = chosen(trust, rose="yes", tom="no")
    page = signed_in(trust.connie).post(PAGE, form, follow=True).content.decode()
    assert "2 answers are written down" in page
    assert may(trust.rose, "facebook")
    decision = trust.tom.decisions.get(answer="no")
    assert (decision.giver, decision.recorded_by) == (trust.mother(trust.tom), trust.connie)


def test_one_that_cannot_be_keeps_all_from_being_written(trust, signed_in):
    trust.rose.guardianships.update(has_responsibility=False)
    form = chosen(trust, tom="no", rose="yes")
    before = ConsentDecision.objects.count()
    page = signed_in(trust.connie).post(PAGE, form, follow=True).content.decode()
    assert "Nothing is written down yet" in page
    assert "Rose Green" in page
    assert "answers are written down" not in page
    assert ConsentDecision.objects.count() == before


def on_facebook(trust: Trusty) -> str:
    """The page on which answers for Facebook are written down."""
    return f"{PAGE}&platform={trust.platform('facebook').pk}"


def test_what_was_chosen_is_still_chosen_after_an_error(trust, signed_in):
    trust.rose.guardianships.update(has_responsibility=False)
    form = chosen(trust, tom="no", rose="yes")
    page = signed_in(trust.connie).post(on_facebook(trust), form).content.decode()
    assert page.count('value="no" selected') == 1
    assert page.count('value="yes" selected') == 1


@pytest.mark.parametrize(
    ("change", "said"), [({"form": "5A"}, "now 5A"), ({"left_on": "2020-01-01"}, "has left")]
)
def test_who_changed_class_meanwhile_is_named_and_nothing_is_dropped(
    trust, signed_in, change, said
):
    form = chosen(trust, rose="yes", tom="no")
    Child.objects.filter(pk=trust.tom.pk).update(**change)
    before = ConsentDecision.objects.count()
    page = signed_in(trust.connie).post(on_facebook(trust), form).content.decode()
    assert f"{trust.tom.full_name} ({said})" in page
    assert ConsentDecision.objects.count() == before
    assert page.count('value="yes" selected') == 1


def test_nothing_chosen_is_no_success(trust, signed_in):
    assert trust.rose
    answer = signed_in(trust.connie).post(PAGE, {}, follow=True)
    [message] = answer.context["messages"]
    assert str(message) == "Nothing was chosen, so nothing is written down."
    assert message.level_tag != "success"


def test_a_class_of_any_name_is_found_again_after_the_press(trust, signed_in):
    Child.objects.filter(pk=trust.rose.pk).update(form="R&B #1")
    form = chosen(trust, rose="yes")
    address = "/children/class/?class=R%26B%20%231"
    page = signed_in(trust.connie).post(address, form, follow=True).content.decode()
    assert "1 answer is written down" in page
    assert "Rose Green" in page


def test_the_press_leaves_one_event_with_every_decision(trust, signed_in):
    form = chosen(trust, rose="yes", tom="no")
    signed_in(trust.connie).post(PAGE, form)
    event = Event.objects.get(verb="consent.class_recorded")
    written = ConsentDecision.objects.filter(evidence="class list")
    assert event.facts["decisions"] == sorted(d.pk for d in written)
    assert sorted(event.facts["children"]) == sorted([trust.rose.pk, trust.tom.pk])


def test_an_answer_in_the_grid_takes_the_question_off_the_list(trust, signed_in):
    asks(trust, trust.rose)
    signed_in(trust.connie).post(PAGE, chosen(trust, rose="no"))
    assert not Ask.objects.open().exists()


def test_thirty_pupils_are_no_more_questions_than_one(trust, signed_in):
    facebook, office, counts = trust.platform("facebook").pk, signed_in(trust.connie), []
    for number in (1, 30):
        for n in range(number):
            trust.child(f"Any {n}", f"Of {number}")
        pupils = Child.objects.filter(surname=f"Of {number}")
        form = {f"a_{child.pk}_{facebook}": "yes" for child in pupils}
        with CaptureQueriesContext(connection) as asked:
            office.post(PAGE, form)
        counts.append(len(asked))
    assert counts[0] == counts[1] <= 25


@pytest.mark.parametrize("who", ["hana", "elm_office"])
def test_others_write_nothing(trust, signed_in, who):
    form = chosen(trust, rose="yes")
    signed_in(getattr(trust, who)).post(f"{PAGE}&school=oak", form)
    assert not may(trust.rose, "facebook")


def test_a_grid_for_another_school_is_refused_by_the_verb(trust):
    said = [Heard(trust.leo, trust.platform("facebook"), "no", None)]
    with pytest.raises(NotAllowed):
        record_class(school=trust.oak, kind="photo", heard=said, by=trust.connie)
    assert not ConsentDecision.objects.exists()


@pytest.mark.parametrize("answer", ["yes", "no", "unclear", "withdrawn"])
def test_every_kind_of_answer_can_be_written_down(trust, signed_in, answer):
    assert trust.rose
    page = signed_in(trust.connie).get(on_facebook(trust)).content.decode()
    assert f'<option value="{answer}">' in page
    signed_in(trust.connie).post(on_facebook(trust), chosen(trust, rose=answer))
    assert [d.answer for d in trust.rose.decisions.all()] == [answer]


def test_the_way_and_the_day_are_written_with_them(trust, signed_in):
    day = timezone.localdate() - timedelta(days=9)
    form = chosen(trust, rose="no") | {"way": "phone", "given_on": day.isoformat()}
    signed_in(trust.connie).post(on_facebook(trust), form)
    said = trust.rose.decisions.get()
    assert (said.way, timezone.localdate(said.given_at)) == ("phone", day)


def test_an_answer_is_not_given_tomorrow(trust, signed_in):
    day = timezone.localdate() + timedelta(days=1)
    form = chosen(trust, rose="no") | {"given_on": day.isoformat()}
    page = signed_in(trust.connie).post(on_facebook(trust), form).content.decode()
    assert "That day is still to come" in page
    assert not trust.rose.decisions.exists()


def test_the_verb_takes_no_answer_of_tomorrow_either(trust):
    said = [Heard(trust.rose, trust.platform("facebook"), "no", None)]
    tomorrow = timezone.localdate() + timedelta(days=1)
    with pytest.raises(NotAllowed):
        record_class(school=trust.oak, kind="photo", heard=said, by=trust.connie, given_on=tomorrow)


def test_a_class_that_is_none_is_not_shown_as_another(trust, signed_in):
    assert trust.rose
    answer = signed_in(trust.connie).get("/children/class/?class=zzz")
    assert answer.status_code == 404
    assert "There is no such class" in answer.content.decode()
    assert "Rose" not in answer.content.decode()


@pytest.mark.parametrize("platform", ["abc", "0", "999999"])
def test_a_platform_that_is_none_is_not_found(trust, signed_in, platform):
    assert signed_in(trust.connie).get(f"{PAGE}&platform={platform}").status_code == 404


def many(trust: Trusty, number: int) -> None:
    Child.objects.bulk_create(
        Child(school=trust.oak, first_name=f"N{n:04}", surname="Many", form="4B")
        for n in range(number)
    )


def test_a_class_of_thousands_comes_a_page_at_a_time(trust, signed_in):
    many(trust, 6_000)
    page = signed_in(trust.connie).get(PAGE)
    assert page.status_code == 200
    assert page.content.decode().count('<th scope="row">') == 60
    assert "Page 1 of 100" in page.content.decode()


def test_the_questions_asked_do_not_grow_with_the_class(trust, signed_in):
    office, counts = signed_in(trust.connie), []
    for number in (1, 200):
        many(trust, number)
        with CaptureQueriesContext(connection) as asked:
            office.get(PAGE)
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_what_is_written_on_the_second_page_leads_back_to_it(trust, signed_in):
    many(trust, 61)
    last = Child.objects.get(first_name="N0060")
    form = {f"a_{last.pk}_{trust.platform('facebook').pk}": "no"}
    answer = signed_in(trust.connie).post(f"{on_facebook(trust)}&page=2", form)
    assert "page=2" in answer["Location"]
    assert last.decisions.get().answer == "no"


# ── two who may decide ───────────────────────────────────────────────────────────────────────────
def father(trust: Trusty):
    return trust.ife.guardianships.get(relationship="Father").parent


def gives(trust: Trusty, giver) -> dict[str, str]:
    """Ife’s father or mother is chosen in Ife’s row."""
    return {f"g_{trust.ife.pk}": str(giver.pk)}


def test_where_two_may_decide_nobody_is_chosen_beforehand(trust, signed_in):
    assert trust.ife
    page = signed_in(trust.connie).get(on_facebook(trust)).content.decode()
    [row] = re.findall(rf'<select[^>]*name="g_{trust.ife.pk}".*?</select>', page)
    assert "Father Adeyemi" in row
    assert "Mother Adeyemi" in row
    assert "selected" not in row


def test_the_answer_is_that_of_whoever_was_chosen(trust, signed_in):
    form = chosen(trust, ife="unclear") | gives(trust, father(trust))
    signed_in(trust.connie).post(on_facebook(trust), form)
    assert trust.ife.decisions.get(answer="unclear").giver == father(trust)


@pytest.mark.parametrize("giver", ["", "abc", "999999"])
def test_without_whose_answer_it_is_nothing_is_written_and_the_row_says_so(trust, signed_in, giver):
    form = chosen(trust, ife="unclear", tom="no") | {f"g_{trust.ife.pk}": giver}
    before = ConsentDecision.objects.count()
    page = signed_in(trust.connie).post(on_facebook(trust), form).content.decode()
    assert ConsentDecision.objects.count() == before
    assert "Say whose answer it is for Ife Adeyemi, and press" in page
    assert page.count("Choose whose answer it is.") == 1
    assert 'value="unclear" selected' in page


def test_whose_answer_it_is_stays_chosen_after_an_error(trust, signed_in):
    trust.rose.guardianships.update(has_responsibility=False)
    form = chosen(trust, ife="no", rose="yes") | gives(trust, father(trust))
    page = signed_in(trust.connie).post(on_facebook(trust), form).content.decode()
    assert f'value="{father(trust).pk}" selected' in page


def test_the_only_one_who_may_decide_is_not_swapped_for_another_meanwhile(trust, signed_in):
    gone = trust.mother(trust.rose)
    trust.parent(trust.rose, "Father")
    trust.rose.guardianships.filter(parent=gone).update(has_responsibility=False)
    form = chosen(trust, rose="no") | {f"g_{trust.rose.pk}": str(gone.pk)}
    page = signed_in(trust.connie).post(on_facebook(trust), form).content.decode()
    assert "Say whose answer it is for Rose Green" in page
    assert not trust.rose.decisions.exists()


def test_a_parent_chosen_for_nothing_writes_nothing(trust, signed_in):
    form = gives(trust, father(trust))
    page = signed_in(trust.connie).post(on_facebook(trust), form, follow=True).content.decode()
    assert "Nothing was chosen, so nothing is written down." in page


def test_rows_with_two_parents_are_no_more_questions(trust, signed_in):
    office, counts = signed_in(trust.connie), []
    for number in (1, 20):
        for n in range(number):
            trust.parent(trust.child(f"Two {n}", f"Of {number}"), "Father")
        with CaptureQueriesContext(connection) as asked:
            office.get(on_facebook(trust))
        counts.append(len(asked))
    assert counts[0] == counts[1]
