"""A mistake in a live post: it is down, and the record of the breach stands with its 72 hours."""

from __future__ import annotations

from datetime import timedelta

import pytest

from approvals.models import Stop
from cases.kinds import Kind
from cases.mistakes import report_mistake
from cases.models import Case
from publishing.models import NewsItem
from schools.errors import NotAllowed
from tests.approvals.pages import words
from tests.cases.walk import dpo

pytestmark = pytest.mark.django_db


@pytest.fixture
def post(trust):
    return trust.published(children=[trust.amira], title="An aqueduct")


def press(client, post, said="That is not Amira"):
    return client.post(f"/cases/posts/{post.pk}/mistake/", {"words": said}, follow=True)


def test_r_162_a_teacher_reports_a_mistake_and_it_is_down(trust, post, signed_in):
    assert NewsItem.objects.public().exists()
    press(signed_in(trust.tessa), post)
    assert not NewsItem.objects.public().exists()
    assert trust.delivery(post).state == "taken_down"


def test_r_162_a_breach_with_72_hours_stands_with_the_head_and_the_dpo(trust, post, signed_in):
    dana = dpo(trust)
    press(signed_in(trust.tessa), post)
    case = Case.objects.get(kind=Kind.BREACH, post=post)
    assert case.due_at - case.began_at == timedelta(hours=72)
    for user in (dana, trust.hana):
        assert "71 hours left" in words(signed_in(user).get("/cases/"))


def test_r_162_who_was_shown_is_kept_with_it(trust, post):
    case = report_mistake(post=post, words="Wrong child", by=trust.tessa)
    assert [c.child for c in case.concerned.all()] == [trust.amira]


def test_one_press_only_asks(trust, post, signed_in):
    page = signed_in(trust.tessa).get(f"/cases/posts/{post.pk}/mistake/")
    assert "Take it down and report it" in words(page)
    assert not Case.objects.exists()
    assert NewsItem.objects.public().exists()


def test_the_second_who_reports_it_opens_no_second_record(trust, post):
    report_mistake(post=post, words="Wrong child", by=trust.tessa)
    with pytest.raises(NotAllowed, match="already"):
        report_mistake(post=post, words="Wrong child", by=trust.uma)
    assert Case.objects.count() == 1


def test_what_was_stopped_already_is_not_stopped_twice(trust, post):
    report_mistake(post=post, words="Wrong child", by=trust.tessa)
    assert Stop.objects.filter(post=post).count() == 1


def test_without_words_nothing_happens(trust, post, signed_in):
    page = press(signed_in(trust.tessa), post, " ")
    assert page.status_code == 422
    assert NewsItem.objects.public().exists()


def test_what_is_not_out_has_no_such_press(trust, signed_in):
    draft = trust.draft()
    assert signed_in(trust.tessa).get(f"/cases/posts/{draft.pk}/mistake/").status_code == 404


def test_the_post_and_something_is_wrong_lead_there(trust, post, signed_in):
    way = f"/cases/posts/{post.pk}/mistake/"
    for page in (f"/posts/{post.pk}/", "/publishing/wrong/"):
        assert way in signed_in(trust.tessa).get(page).content.decode()


def test_another_schools_post_is_not_found(trust, post, signed_in):
    assert signed_in(trust.owen).post(f"/cases/posts/{post.pk}/mistake/").status_code == 404
    assert NewsItem.objects.public().exists()
