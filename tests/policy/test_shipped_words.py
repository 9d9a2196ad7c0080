"""Where a policy names no words, a short list that ships stands in, and says so."""

from __future__ import annotations

import pytest

from policy import writing
from policy.models import PolicyVersion
from policy.presets import files
from policy.rulebook import Rulebook
from policy.terms import WORD_LISTS
from posts.checks import check
from posts.models import Post
from tests.approvals.pages import words
from tests.policy.walk import put_in_force

pytestmark = pytest.mark.django_db


def found(trust, text: str) -> dict[str, str]:
    """Rule → sentence, for a draft of these words."""
    post = trust.draft(text=text)
    return {f.rule: f.message for f in check(Post.objects.get(pk=post.pk)).findings}


@pytest.mark.parametrize("name", WORD_LISTS)
def test_champion_names_no_words_so_the_shipped_ones_count(trust, name):
    put_in_force(trust, "champion")
    book = Rulebook.in_force()
    assert book.is_shipped(name)
    assert book.words(name) == files.shipped_words()[name] != ()


def test_a_list_of_the_trusts_own_takes_their_place(trust):
    book = Rulebook.in_force()
    assert not book.is_shipped("offence")
    assert "bellend" in book.words("offence")
    assert "bellend" not in files.shipped_words()["offence"]


def test_r_082_and_r_083_under_champion_running_down_a_colleague_is_pointed_out(trust):
    put_in_force(trust, "champion")
    said = found(trust, "Our teacher is lazy and useless.")
    assert "running down staff" in said["disparagement"]


def test_r_125_under_champion_what_is_said_of_somebody_outside_is_asked_about(trust):
    put_in_force(trust, "champion")
    assert "not_defaming" in found(trust, "Thank you to Derek Ashworth for the ladders.")


def test_under_champion_a_post_need_not_be_positive(trust):
    put_in_force(trust, "champion")
    assert "negative_words" not in found(trust, "It was an awful, terrible day.")


def test_the_editor_says_where_the_shipped_list_stands_in(trust, signed_in):
    put_in_force(trust, "champion")
    writing.start(by=trust.cara)
    page = words(signed_in(trust.cara).get("/policy/next/words/"))
    assert page.count("The short list that ships stands in") == len(WORD_LISTS)


def test_the_editor_says_nothing_of_it_where_the_trust_has_its_own(trust, signed_in):
    writing.start(by=trust.cara)
    assert PolicyVersion.objects.get(in_force_since=None).words["offence"]
    assert "stands in" not in words(signed_in(trust.cara).get("/policy/next/words/"))


def test_nothing_but_the_lists_stands_in_the_shipped_file():
    assert set(files.shipped_words()) == set(WORD_LISTS)
