"""Whom posts are for (R-112): chosen where the policy asks, counted where a Head looks."""

from __future__ import annotations

from importlib import import_module
from typing import Any

import pytest
from django.apps import apps

from approvals import actions as approvals
from policy import writing
from policy.models import PolicyVersion
from policy.presets import files
from policy.rules import digest
from policy.terms import Terms
from posts.models import Post
from tests.approvals.pages import queries, words
from tests.cast import Trusty, declared
from tests.policy.walk import approver, put_in_force

pytestmark = pytest.mark.django_db

ADDRESS = "/posts/school/"


@pytest.fixture
def champion(trust: Trusty) -> Trusty:
    """Oak under Champion's policy, which asks whom a post is for."""
    put_in_force(trust, "champion")
    return trust


def typed(client: Any, post: Post) -> dict[str, Any]:
    """What the composer would send as it stands."""
    form = client.get(f"/posts/{post.pk}/edit/").context["form"]
    said = {name: form[name].value() for name in form.fields if name != "photos"}
    return {name: value for name, value in said.items() if value not in (None, False)}


def for_whom(post: Post, audience: str) -> Post:
    Post.objects.filter(pk=post.pk).update(audience=audience)
    return post


# ── choosing ─────────────────────────────────────────────────────────────────────────────────────
def test_r_112_an_author_says_whom_a_post_is_for(champion, signed_in):
    post, client = champion.draft(), signed_in(champion.tessa)
    client.post(f"/posts/{post.pk}/edit/", typed(client, post) | {"audience": "partners"})
    assert Post.objects.get(pk=post.pk).audience == "partners"
    assert "For: Partners and other organisations" in words(client.get(f"/posts/{post.pk}/"))


def test_r_112_it_need_not_be_said(champion, signed_in):
    post, client = champion.draft(), signed_in(champion.tessa)
    client.post(f"/posts/{post.pk}/edit/", typed(client, post) | {"audience": ""})
    approvals.submit(post=Post.objects.get(pk=post.pk), by=champion.tessa, declared=declared())
    assert Post.objects.get(pk=post.pk).audience == ""


def test_r_112_where_the_policy_does_not_ask_nobody_is_asked(trust, signed_in):
    page = signed_in(trust.tessa).get(f"/posts/{trust.draft().pk}/edit/")
    assert "audience" not in page.context["form"].fields
    assert "Whom it is for" not in words(page)


def test_r_112_with_the_rule_off_nobody_is_asked(champion, signed_in):
    champion.policy.rules.filter(key="audience").update(on=False)
    page = signed_in(champion.tessa).get(f"/posts/{champion.draft().pk}/edit/")
    assert "Whom it is for" not in words(page)


def test_an_audience_that_the_policy_does_not_name_is_not_kept(champion, signed_in):
    post, client = champion.draft(), signed_in(champion.tessa)
    form = typed(client, post) | {"audience": "everybody"}
    assert client.post(f"/posts/{post.pk}/edit/", form).status_code == 422
    assert Post.objects.get(pk=post.pk).audience == ""


def test_what_an_earlier_policy_named_stays_until_it_is_changed(champion, signed_in):
    post, client = for_whom(champion.draft(), "old_friends"), signed_in(champion.tessa)
    client.post(f"/posts/{post.pk}/edit/", typed(client, post) | {"title": "Another title"})
    kept = Post.objects.get(pk=post.pk)
    assert (kept.title, kept.audience) == ("Another title", "old_friends")


def test_a_page_that_does_not_ask_keeps_what_was_said(champion, signed_in):
    post, client = for_whom(champion.draft(), "pupils"), signed_in(champion.tessa)
    form = typed(client, post) | {"title": "Another title"}
    del form["audience"]
    client.post(f"/posts/{post.pk}/edit/", form)
    assert Post.objects.get(pk=post.pk).audience == "pupils"


# ── counting ─────────────────────────────────────────────────────────────────────────────────────
def told(client: Any, address: str = ADDRESS) -> dict[str, int]:
    return {line.name: line.number for line in client.get(address).context["audiences"]}


def test_r_112_posts_are_counted_by_audience(champion, signed_in):
    for audience in ("parents", "parents", "pupils", "old_friends", ""):
        for_whom(champion.draft(), audience)
    assert told(signed_in(approver(champion, "champion"))) == {
        "Parents and carers": 2,
        "Pupils": 1,
        "The community": 0,
        "Partners and other organisations": 0,
        "People who may come to work here": 0,
        "As an earlier policy said": 1,
        "Nobody in particular": 1,
    }


@pytest.mark.parametrize(
    ("key", "number"), [("parents", 1), ("none", 2), ("earlier", 1), ("", 4), ("pupils", 0)]
)
def test_r_112_each_count_leads_to_its_posts(champion, signed_in, key, number):
    for audience in ("parents", "old_friends", "", ""):
        for_whom(champion.draft(), audience)
    page = signed_in(approver(champion, "champion")).get(f"{ADDRESS}?audience={key}")
    assert len(page.context["page"].object_list) == number


def test_r_112_before_anybody_said_so_the_page_says_how(champion, signed_in):
    champion.draft()
    page = signed_in(approver(champion, "champion")).get(ADDRESS)
    assert "Nobody has said yet whom a post is for." in words(page)


def test_nothing_is_counted_where_the_policy_does_not_ask(trust, signed_in):
    trust.draft()
    assert "Whom posts are for" not in words(signed_in(trust.hana).get(ADDRESS))


def test_posts_of_another_school_are_not_counted(champion, signed_in):
    for_whom(champion.draft(), "parents")
    put_in_force(champion, "champion")
    assert told(signed_in(champion.edith))["Parents and carers"] == 1
    page = signed_in(champion.owen).get(ADDRESS)
    assert {line.number for line in page.context["audiences"]} == {0}


def test_many_posts_ask_the_database_no_more_than_one(champion, signed_in):
    client = signed_in(approver(champion, "champion"))
    for_whom(champion.draft(), "parents")
    before = queries(client, ADDRESS)
    for audience in ("pupils", "old_friends", "community", ""):
        for_whom(champion.draft(), audience)
    assert queries(client, ADDRESS) == before


# ── policy data ──────────────────────────────────────────────────────────────────────────────────
def test_r_112_the_owner_writes_whom_posts_are_for(trust, signed_in):
    draft = writing.start(by=trust.cara)
    empty = {"line-TOTAL_FORMS": "1", "line-INITIAL_FORMS": "0", "line-0-name": "Families"}
    signed_in(trust.cara).post("/policy/next/tables/audiences/", empty)
    draft.refresh_from_db()
    assert draft.terms["audiences"] == [{"key": "families", "name": "Families"}]


def test_versions_from_before_can_be_read_and_what_was_signed_stays_signed(trust):
    fill = import_module("policy.migrations.0015_audiences").fill
    version = PolicyVersion.objects.get(in_force=True)
    terms = {k: v for k, v in version.terms.items() if k != "audiences"}
    PolicyVersion.objects.filter(pk=version.pk).update(terms=terms)
    before = digest(PolicyVersion.objects.get(pk=version.pk))
    fill(apps, None)
    now = PolicyVersion.objects.get(pk=version.pk)
    assert Terms.read(now.terms).audiences == ()
    assert digest(now) == before


def test_champion_as_it_was_shipped_gets_its_audiences(champion):
    fill = import_module("policy.migrations.0015_audiences").fill
    version = PolicyVersion.objects.get(in_force=True)
    terms = {k: v for k, v in version.terms.items() if k != "audiences"}
    PolicyVersion.objects.filter(pk=version.pk).update(terms=terms)
    fill(apps, None)
    asked = files.preset("champion").terms["audiences"]
    assert PolicyVersion.objects.get(pk=version.pk).terms["audiences"] == asked
