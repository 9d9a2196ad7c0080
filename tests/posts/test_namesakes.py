"""Two pupils of one name in one class are told apart before one is shown instead of the other."""

from __future__ import annotations

from datetime import date

import pytest

from tests.approvals.pages import words
from tests.cast import Trusty

pytestmark = pytest.mark.django_db


@pytest.fixture
def two(trust: Trusty):  # type: ignore[no-untyped-def]
    """Ilinca Popa of 4B, twice: one may be shown on the news page."""
    news = [trust.platform("news")]
    return (
        trust.child("Ilinca", "Popa", born_on=date(2017, 5, 4), yes=news),
        trust.child("Ilinca", "Popa", born_on=date(2017, 11, 30)),
    )


def picker(trust, signed_in, typed: str) -> str:
    picture = trust.add_photos(trust.draft(), 1)[0]
    return words(signed_in(trust.tessa).get(f"/posts/photos/{picture.pk}/people/?q={typed}"))


def test_the_picker_gives_their_birthdays_without_the_year(trust, signed_in, two):
    page = picker(trust, signed_in, "ilinca")
    assert "Ilinca Popa 4B, year 4, born 4 May" in page
    assert "Ilinca Popa 4B, year 4, born 30 November" in page


def test_nobody_elses_birthday_is_given(trust, signed_in, two):
    assert trust.amira
    assert "born" not in picker(trust, signed_in, "amira")


def test_a_namesake_in_another_class_is_told_by_the_class(trust, signed_in):
    trust.child("Ilinca", "Popa", form="4A")
    trust.child("Ilinca", "Popa", form="4B")
    assert "born" not in picker(trust, signed_in, "ilinca")


def test_who_is_in_the_list_is_told_apart_as_well(trust, signed_in, two):
    post = trust.draft(children=[two[1]])
    picture = post.pictures.get()
    page = words(signed_in(trust.tessa).get(f"/posts/photos/{picture.pk}/people/"))
    assert "Ilinca P. 4B, born 30 November" in page


def test_the_head_reads_it_too(trust, signed_in, two):
    submission = trust.submitted(children=[two[0]])
    page = words(signed_in(trust.hana).get(f"/approvals/{submission.pk}/"))
    assert "Ilinca P. 4B, born 4 May" in page
