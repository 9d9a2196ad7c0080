"""The office’s first page: who has answered, what is missing, and who that is."""

from __future__ import annotations

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from consents.actions import set_hold
from consents.models import Child, Kind
from consents.withdrawing import stop
from tests.approvals.pages import words
from tests.cast import Trusty

pytestmark = pytest.mark.django_db


@pytest.fixture
def seen(trust, signed_in):
    """`seen("?kind=video")`: the page as Connie sees it, in words alone."""
    client = signed_in(trust.connie)

    def words(query: str = "", who: str = "") -> str:
        browser = signed_in(getattr(trust, who)) if who else client
        page = browser.get(f"/children/{query}").content.decode()
        return " ".join(re.sub(r"<[^>]+>", " ", page.split("<main")[1]).split())

    return words


def everybody(trust: Trusty) -> None:
    assert all([trust.amira, trust.tom, trust.rose, trust.sam, trust.ella, trust.ife, trust.kwame])


def test_a_square_says_how_many_have_a_clear_answer(trust, seen):
    everybody(trust)
    page = seen("?by=class")
    assert "1 of 7 6 missing , 1 said yes. Facebook, 4B" in page
    assert "2 of 7 5 missing , 2 said yes. News page, 4B" in page


def test_every_reason_has_its_line_with_a_way_to_mend_it(trust, seen):
    everybody(trust)
    page = seen()
    for sentence in ("differ", "unclear", "have ended", "do not count yet", "no answer about"):
        assert sentence in page


@pytest.mark.parametrize(
    ("which", "names"),
    [
        ("not-asked", ["Rose Green", "Tom Rees"]),
        ("conflict", ["Ife Adeyemi"]),
        ("unclear", ["Sam Ocean"]),
        ("ended", ["Ella Novak"]),
        ("uncounted", ["Kwame Boateng"]),
        ("all", ["Amira Khan", "Rose Green"]),
    ],
)
def test_each_list_names_the_pupils_it_counts(trust, seen, which, names):
    everybody(trust)
    page = seen(f"?list={which}&platform={trust.platform('facebook').pk}&class=4B")
    assert [name for name in names if name not in page] == []
    assert "Amira Khan" not in page or which == "all"


def test_a_list_that_is_none_is_not_found(trust, signed_in):
    client = signed_in(trust.connie)
    for query in ("?list=zzz", "?list=all&platform=zzz", "?list=all&school=zzz", "?school=elm"):
        assert client.get(f"/children/{query}").status_code == 404


def test_another_kind_has_its_own_numbers(trust, seen):
    trust.says(trust.rose, "yes", [trust.platform("facebook")], kind=Kind.VIDEO)
    assert "1 of 1 all answered , 1 said yes. Facebook" in seen("?kind=video")
    assert "0 of 1 1 missing , 0 said yes. Facebook" in seen()


def test_who_looks_after_two_schools_sees_a_line_for_each(trust, seen):
    assert all([trust.rose, trust.leo])
    page = seen(who="edith")
    assert "Facebook, Oak" in page
    assert "Facebook, Elm" in page


def test_one_school_sees_nothing_of_the_other(trust, seen):
    assert all([trust.rose, trust.leo])
    assert "Elm" not in seen()
    assert "Leo" not in seen("?list=all")


@pytest.mark.parametrize("who", ["tessa", "uma", "pat"])
def test_for_others_there_is_no_such_page(trust, signed_in, who):
    assert signed_in(getattr(trust, who)).get("/children/").status_code == 404


@pytest.mark.parametrize("query", ["", "?by=year", "?list=missing", "?list=all", "?q=jack"])
def test_no_number_changes_with_a_hold(trust, seen, query):
    assert all([trust.amira, trust.dot])
    child = trust.child("Jack", "Vale", yes=[trust.platform("news")])
    before = seen(query)
    set_hold(child=child, kind="protected", by=trust.dot)
    assert seen(query) == before


def test_a_line_says_what_needs_a_person(trust, seen):
    assert all([trust.ife, trust.sam])
    page = seen("?list=all")
    assert "The family differs on 9" in page
    assert "Unclear: 9" in page
    assert "Photo: 0 of 9 settled (0 yes, 0 no)" in page


def test_what_the_school_stopped_is_settled_on_the_list_as_in_the_picture(trust, seen):
    news = trust.platform("news")
    trust.says(trust.rose, "yes", [news])
    stop(child=trust.rose, squares=[(news, str(Kind.PHOTO))], by=trust.connie)
    assert "1 of 1 all answered , 0 said yes. News page, 4B" in seen("?by=class")
    assert "Photo: 1 of 9 settled (0 yes, 1 no)" in seen("?list=all")


def test_more_pupils_and_classes_are_no_more_questions(trust, signed_in):
    client, counts = signed_in(trust.connie), []
    for number in (1, 60):
        Child.objects.bulk_create(
            Child(school=trust.oak, first_name=f"N{n}", form=f"{n}{number}") for n in range(number)
        )
        with CaptureQueriesContext(connection) as asked:
            client.get("/children/")
            client.get("/children/?list=missing")
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_a_school_without_pupils_is_told_how_to_begin(trust, seen):
    assert "No pupils yet" in seen()


def test_records_to_keep_are_offered_to_whoever_may_take_one(trust, seen):
    everybody(trust)
    assert "Records, to keep" in seen()
    assert "Records, to keep" not in seen(who="hana")


def test_a_list_that_no_mail_mends_says_what_does(trust, signed_in):
    assert trust.ife
    page = words(signed_in(trust.connie).get("/children/?list=conflict"))
    assert "Talk to the parents, each alone" in page
    assert "Ask their parents" not in page
    assert "Ask their parents" in words(signed_in(trust.connie).get("/children/?list=missing"))


def test_what_needs_somebody_is_told_in_pupils_and_in_answers(trust, seen):
    assert all([trust.ife, trust.sam])
    two = [trust.platform("facebook"), trust.platform("x")]
    trust.says(trust.tom, "unclear", two)
    page = seen()
    assert "2 pupils, 11 answers are unclear" in page
    assert "1 pupil, 9 answers on which the family differs" in page
