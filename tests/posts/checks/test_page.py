"""The page of checks, and what a check of a large post costs: a fixed number of queries."""

from __future__ import annotations

import pytest
from django.utils.html import escape

from policy.models import PolicyVersion
from posts.checks import check
from posts.checks.wordlists import LISTS
from posts.models import Caught, Post
from tests.approvals.pages import asked, queries, words
from tests.cast import Trusty

pytestmark = pytest.mark.django_db
LOADED = "Ring 07700 900123. Ofsted said 98%. The caterers let us down. Well done Amira Khan of 4B."


def test_the_page_asks_as_much_for_many_catches_as_for_none(trust: Trusty, signed_in):
    client = signed_in(trust.hana)
    before = queries(client, "/posts/checks/")
    for rule in ("offence_words", "unsourced_claim", "confidential_details"):
        for _ in range(5):
            Caught.objects.create(post=trust.draft(), rule=rule, moment="submit")
    assert queries(client, "/posts/checks/") == before
    assert words(client.get("/posts/checks/")).count("5 posts") == 3


def test_a_check_asks_as_much_for_many_photos_and_children_as_for_one(trust: Trusty):
    small = trust.draft(children=[trust.amira], text=LOADED)
    large = trust.draft(children=[trust.amira, trust.tom, trust.rose], photos=4, text=LOADED)
    assert len(large.pictures.all()) == 4
    assert asked(lambda: check(small)) == asked(lambda: check(large))


def test_the_page_is_found_from_the_composer(trust: Trusty, signed_in):
    page = signed_in(trust.tessa).get(f"/posts/{trust.draft().pk}/edit/").content.decode()
    assert 'href="/posts/checks/"' in page


def test_what_speaks_of_every_unfinished_draft_is_not_counted(trust: Trusty, signed_in):
    post = trust.draft(text="98% passed", photos=1)
    Post.objects.filter(pk=post.pk).update(purpose=None)
    form = {"title": "", "text": "98% passed", "revision": post.revision}
    signed_in(trust.tessa).post(f"/posts/{post.pk}/edit/", form, headers={"HX-Request": "true"})
    assert set(Caught.objects.values_list("rule", "moment")) == {("unsourced_claim", "draft")}


def test_a_check_with_the_short_list_that_comes_with_golive_says_so(trust: Trusty, signed_in):
    emptied = {**trust.policy.words, "offence": [], "claims": []}
    PolicyVersion.objects.filter(pk=trust.policy.pk).update(words=emptied)
    page = signed_in(trust.tessa).get("/posts/checks/").content.decode()
    said = {}
    for rule in trust.policy.rules.filter(on=True, key__in=LISTS):
        line = page.partition(f"<strong>{escape(rule.title)}</strong>")[2].partition("</li>")[0]
        said[rule.key] = "the policy names no words" in line
    assert said == {key: not emptied[name] for key, name in LISTS.items()}
    assert set(said.values()) == {True, False}
