"""One pupil’s page: what can be withdrawn from it, and the posts the pupil is in."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from consents import states
from consents.actions import set_hold
from consents.models import Kind
from consents.states import Standing
from tests.consents.test_all_refusals_look_alike import looked

pytestmark = pytest.mark.django_db


@pytest.fixture
def page(trust, signed_in):
    """`page(trust.amira)`: as Connie sees it."""

    def seen(child, who: str = "connie") -> str:
        address = f"/children/{child.pk}/"
        return signed_in(getattr(trust, who)).get(address).content.decode()

    return seen


def test_only_a_yes_that_stands_can_be_withdrawn(trust, page):
    news = trust.platform("news").pk
    what = page(trust.tom).split('name="what"')[1].split("</select>")[0]
    offered = set(re.findall(r'<option value="(\d[\d:a-z_]*)"', what))
    assert offered == {f"{news}", f"{news}:photo"}  # the news page whole, and its photo alone
    assert "No yes stands here" in page(trust.rose)


def test_a_first_name_that_the_full_name_covers_is_withdrawn_with_that(trust, page):
    trust.says(trust.rose, "yes", [trust.platform("facebook")], kind=Kind.FULL_NAME)
    facebook = trust.platform("facebook").pk
    assert f'value="{facebook}:full_name"' in page(trust.rose)
    assert f'value="{facebook}:first_name"' not in page(trust.rose)


def test_who_only_looks_is_offered_no_press(trust, page):
    assert "/withdraw/" not in page(trust.amira, "hana")


def test_the_posts_with_the_pupil_are_listed(trust, page):
    post = trust.published(children=[trust.amira])
    seen = page(trust.amira, "hana")
    assert f'href="/posts/{post.pk}/"' in seen
    assert "An aqueduct" in seen
    assert "An aqueduct" not in page(trust.tom, "hana")


def test_the_office_learns_that_there_is_a_post_and_not_what_it_says(trust, page):
    post = trust.published(children=[trust.amira])
    seen = page(trust.amira)
    assert "A post of" in seen
    assert "aqueduct" not in seen
    assert f"/posts/{post.pk}/" not in seen


def test_a_hold_changes_nothing_of_it(trust, signed_in):
    trust.published(children=[trust.amira])
    client, address = signed_in(trust.connie), f"/children/{trust.amira.pk}/"
    before = looked(client, address)
    set_hold(child=trust.amira, kind="protected", by=trust.dot)
    assert looked(client, address) == before


def test_more_posts_are_no_more_questions(trust, signed_in):
    counts = []
    for _ in range(2):
        trust.draft(children=[trust.amira])
        counts.append(looked(signed_in(trust.hana), f"/children/{trust.amira.pk}/")[1])
    assert counts[0] == counts[1]


# ── everything that was said ──────────────────────────────────────────────────────────────────────
def test_a_form_of_many_answers_is_one_line_that_opens(trust, page):
    platforms = [trust.platform(key) for key in ("news", "facebook", "x")]
    trust.says(trust.rose, "yes", platforms)
    seen = page(trust.rose)
    assert "to 3 questions, from Mother Green" in " ".join(re.sub(r"<[^>]+>", "", seen).split())
    assert seen.count("what was agreed") == 3


def test_a_withdrawal_is_for_questions_and_not_to_them(trust, page):
    three = [trust.platform(key) for key in ("news", "facebook", "x")]
    trust.says(trust.rose, "withdrawn", three)
    seen = " ".join(re.sub(r"<[^>]+>", "", page(trust.rose)).split())
    assert "Withdrawn for 3 questions, from Mother Green" in seen


def test_what_differs_stands_on_a_line_of_its_own(trust, page):
    trust.says(trust.rose, "yes", [trust.platform("news")])
    trust.says(trust.rose, "no", [trust.platform("x")])
    seen = " ".join(re.sub(r"<[^>]+>", "", page(trust.rose)).split())
    assert "No: photo on X, from Mother Green" in seen
    assert "Yes: photo on News page, from Mother Green" in seen


@pytest.mark.parametrize(
    ("answer", "expected"), [("yes", Standing.YES), ("withdrawn", Standing.WITHDRAWN)]
)
def test_an_answer_given_while_the_matrix_is_read_does_no_harm(
    trust, monkeypatch, answer, expected
):
    news = trust.platform("news")
    ask = states.said_by_purpose

    def interrupted(*about, **how):
        said = ask(*about, **how)
        trust.says(trust.amira, answer, [news])
        return said

    monkeypatch.setattr(states, "said_by_purpose", interrupted)
    found = states.standings([trust.amira], [news.pk], ["photo"], show_holds=False)
    assert found[trust.amira.pk, news.pk, "photo"].standing is expected


def test_the_time_line_is_in_the_order_in_which_it_was_said(trust, signed_in):
    facebook = trust.platform("facebook")
    trust.says(trust.rose, "no", [facebook])
    month_ago = timezone.now() - timedelta(days=30)
    trust.says(trust.rose, "yes", [facebook], given_at=month_ago)
    page = signed_in(trust.connie).get(f"/children/{trust.rose.pk}/")
    line = [said.answer for [said, *_] in page.context["said"]]
    assert line == ["no", "yes"]
