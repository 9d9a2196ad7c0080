"""Before deciding, the Head reads who said yes for each person and platform (R-071)."""

from __future__ import annotations

from datetime import date

import pytest

from approvals.relied import yeses
from consents.actions import Said, record_many, set_hold
from consents.models import Way
from posts.checks import check
from schools.roles import Role
from tests.approvals.pages import words
from tests.cast import Trusty

pytestmark = pytest.mark.django_db
WHO = "Who said yes, when, and until when"


def decide(trust: Trusty, signed_in, submission, who: str = "hana") -> str:
    return words(signed_in(getattr(trust, who)).get(f"/approvals/{submission.pk}/"))


def test_r_071_the_head_reads_who_said_yes_when_and_until(trust, signed_in):
    ada = trust.child("Ada", "Quill", yes=[trust.platform("news")], until=date(2090, 7, 20))
    page = decide(trust, signed_in, trust.submitted(children=[ada]))
    assert WHO in page
    assert "Ada Q. : photo on News page Mother Quill said yes on" in page
    assert "until 20 July 2090" in page


def test_a_yes_of_a_file_is_not_called_the_parents_own_word(trust):
    ada = trust.child("Ada", "Quill")
    record_many(
        said=[Said(trust.platform("news"), "photo", "yes")],
        child=ada,
        giver=trust.mother(ada),
        way=Way.IMPORT,
        by=trust.connie,
    )
    found = yeses(check(trust.submitted(children=[ada]).post), reader=trust.hana)
    assert [yes.said_by for yes in found] == ["the school’s records, in the name of Mother Quill,"]


def test_nothing_tells_a_no_from_a_hold_or_what_the_other_parent_said(trust, signed_in):
    news = trust.platform("news")
    pages = []
    for first in ("Refused", "Protect"):
        child = trust.child(first, "Quill", yes=[news])
        father = trust.parent(child, "Father")
        submission = trust.submitted(children=[child])
        if first == "Refused":
            trust.says(child, "no", [news], giver=father)
        else:
            set_hold(child=child, kind="protected", by=trust.dot)
        page = decide(trust, signed_in, submission)
        assert WHO not in page
        pages.append("Father" in page or "Mother" in page)
    assert pages == [False, False]


def test_where_both_are_needed_both_are_told(trust):
    ada = trust.child("Ada", "Quill", yes=[trust.platform("news")], decides="both")
    trust.says_own(ada, "yes", [trust.platform("news")])
    found = yeses(check(trust.submitted(children=[ada]).post), reader=trust.hana)
    assert [yes.said_by for yes in found] == ["Mother Quill", "the pupil"]


def test_who_may_not_open_the_record_reads_no_parents_name(trust):
    ada = trust.child("Ada", "Quill", yes=[trust.platform("news")])
    verdict = check(trust.submitted(children=[ada]).post)
    somebody = trust.person("Some Body", Role.STAFF, trust.oak)
    assert [yes.said_by for yes in yeses(verdict, reader=somebody)] == ["a parent or carer"]


def test_a_grown_ups_name_says_that_it_is_the_name(trust):
    trust.adult_says(trust.author_visit, "yes", [trust.platform("news")], "full_name")
    submission = trust.submitted(text="Thank you, Ada Visitor, for reading.")
    [found] = yeses(check(submission.post), reader=trust.hana)
    assert (found.person, found.kind, found.said_by) == ("Ada Visitor", "Name", "themself")


def test_many_people_are_one_question(trust, django_assert_num_queries):
    pupils = [trust.child("Ada", f"Quill {n}", yes=[trust.platform("news")]) for n in range(5)]
    verdict = check(trust.submitted(children=pupils).post)
    assert trust.hana.may("consent.see", trust.oak) in {True, False}  # roles are read
    verdict.decisions_relied_on(verdict.case.whole.channels[0])
    with django_assert_num_queries(1):
        assert len(yeses(verdict, reader=trust.hana)) == 5
