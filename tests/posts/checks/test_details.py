"""Personal details in a post are asked about, with their clause, wherever they stand."""

from __future__ import annotations

import pytest

from policy.models import Rule
from posts.actions import answer_warning
from posts.checks import check
from posts.models import Picture, Post, WarningAnswer
from tests.cast import Trusty

pytestmark = pytest.mark.django_db
RULE = "confidential_details"


def asked(post: Post) -> list[str]:
    return [f.message for f in check(post).findings if f.rule == RULE]


def test_r_018_a_postcode_in_the_words_is_named_with_its_clause(trust: Trusty):
    [finding] = [f for f in check(trust.draft(text="Coats to S10 2TN")).findings if f.rule == RULE]
    assert "“S10 2TN”" in finding.message
    assert "the words" in finding.message
    assert finding.clause == "Purpose, bullet 5"
    assert finding.asks


def test_r_018_a_detail_is_seen_in_the_title_and_the_alt_text(trust: Trusty):
    post = trust.draft(children=[trust.amira], title="Ring 07700 900123")
    Picture.objects.update(alt_text="A board that says sue@example.org")
    assert ["the title" in asked(post)[0], "the alt text of photo 1" in asked(post)[1]] == [
        True
    ] * 2


def test_one_detail_on_many_channels_is_asked_about_once(trust: Trusty):
    post = trust.draft(text="Ring 07700 900123", channels=["news", "facebook", "x"])
    assert len(asked(post)) == 1


def test_r_127_an_answer_in_words_lets_it_go_on(trust: Trusty):
    post = trust.draft(text="Ring 07700 900123")
    [finding] = check(post).unanswered
    answer_warning(
        post=post, rule=RULE, subject=finding.subject, words="The fair’s own", by=trust.tessa
    )
    assert check(post).may_go


def test_the_detail_itself_is_not_kept_with_the_answer(trust: Trusty):
    post = trust.draft(text="Ring 07700 900123")
    [finding] = check(post).unanswered
    answer_warning(post=post, rule=RULE, subject=finding.subject, words="Fine", by=trust.tessa)
    assert "07700" not in WarningAnswer.objects.get().subject


def test_what_the_school_publishes_of_itself_is_no_news(trust: Trusty):
    trust.oak.phone, trust.oak.address = "0114 496 0123", "14 Elm Grove, Sheffield S10 2TN"
    trust.oak.save()
    assert asked(trust.draft(text="Ring 0114 4960123 or come to 14 Elm Grove, S10 2TN")) == []


def test_a_club_s_time_is_asked_about_only_where_a_child_is_shown_or_named(trust: Trusty):
    words = "Chess meets every Tuesday at 4 in the library."
    assert asked(trust.draft(text=words)) == []
    assert len(asked(trust.draft(text=words, children=[trust.amira]))) == 1


def test_r_018_a_full_name_with_its_class_is_asked_about(trust: Trusty):
    post = trust.draft(text="Well done Amira Khan of 4B", children=[trust.amira])
    assert any("a class together with a full name" in said for said in asked(post))


def test_a_first_name_with_its_class_is_not(trust: Trusty):
    assert asked(trust.draft(text="Well done Amira of 4B", children=[trust.amira])) == []


def test_r_116_a_policy_without_the_rule_asks_nothing(trust: Trusty):
    Rule.objects.filter(key=RULE).update(on=False)
    assert asked(trust.draft(text="Ring 07700 900123")) == []
