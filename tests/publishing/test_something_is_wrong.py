"""Anybody who works at a school finds its posts that are out or going out, and can stop them; it
shows nothing that the public does not read (R-080)."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from approvals import actions as approvals
from approvals.models import Stop
from posts import actions as drafting
from posts.models import Post
from publishing import taking_down
from publishing.models import NewsItem
from schools.models import User
from schools.roles import Role
from tests.approvals.pages import queries, words
from tests.cast import Trusty

pytestmark = pytest.mark.django_db

PAGE = "/publishing/wrong/"


@pytest.fixture
def bilal(trust: Trusty) -> User:
    """A teaching assistant at Oak, who wrote none of it."""
    return trust.person("Bilal Aziz", Role.STAFF, trust.oak, job_title="Teaching assistant")


@pytest.fixture
def assistant(signed_in: Any, bilal: User) -> Client:
    """A browser in which Bilal has signed in."""
    return signed_in(bilal)


def test_a_teaching_assistant_finds_it_in_the_navigation(trust, assistant):
    page = assistant.get("/posts/")
    assert f'<a href="{PAGE}">Something is wrong</a>' in page.text


def test_one_press_with_a_reason_stops_a_colleagues_post(trust, assistant, bilal):
    post = trust.approved(children=[trust.amira])
    page = assistant.get(PAGE)
    assert "An aqueduct" in words(page)
    assert f'action="/approvals/posts/{post.pk}/stop/"' in page.text
    said = assistant.post(f"/approvals/posts/{post.pk}/stop/", {"reason": "My class"}, follow=True)
    assert "Stopped. The Heads have been told" in words(said)
    assert Stop.objects.get().by == bilal
    trust.send_all()
    assert not NewsItem.objects.exists()


def test_after_the_press_one_is_back_on_the_page_with_the_stop_on_it(trust, assistant):
    post = trust.approved()
    said = assistant.post(f"/approvals/posts/{post.pk}/stop/", {"reason": "My class"}, follow=True)
    assert said.redirect_chain == [(PAGE, 302)]
    assert "Ask a Head if it may go on." in words(said)


def test_what_is_stopped_says_so_and_offers_no_second_stop(trust, assistant, bilal):
    approvals.stop(post=trust.approved(), by=bilal, reason="My class")
    page = assistant.get(PAGE)
    assert "Ask a Head if it may go on." in words(page)
    assert "/stop/" not in page.text


def test_what_is_live_is_there_with_its_channel(trust, assistant):
    trust.published()
    assert "News page there since" in words(assistant.get(PAGE))


def test_what_was_approved_for_some_channels_says_only_those(trust, assistant):
    submission = trust.submitted(channels=["news", "facebook"])
    approvals.approve(submission=submission, by=trust.hana, channels=[trust.channel("news")])
    page = words(assistant.get(PAGE))
    assert "News page goes out" in page
    assert "Facebook" not in page


def test_what_was_taken_down_is_gone_from_it(trust, assistant):
    post = trust.published()
    taking_down.take_down(delivery=trust.delivery(post), by=trust.hana, reason="x")
    assert "An aqueduct" not in words(assistant.get(PAGE))


@pytest.mark.parametrize("state", ["draft", "submitted", "withdrawn"])
def test_what_nobody_approved_is_not_there(trust, assistant, state):
    if state == "submitted":
        trust.submitted()
    else:
        post = trust.draft()
        if state == "withdrawn":
            drafting.withdraw(post=post, by=trust.tessa)
    assert "An aqueduct" not in words(assistant.get(PAGE))


def test_nobody_pictured_is_named_on_it(trust, assistant):
    trust.published(children=[trust.amira])
    page = assistant.get(PAGE).text
    assert "Amira" not in page
    assert "<img" not in page


def test_a_post_taken_back_while_live_says_what_is_live_and_not_its_new_words(trust, assistant):
    post = trust.approved(channels=["news", "facebook"])
    trust.send_all()
    approvals.take_back(post=post, by=trust.tessa)
    Post.objects.filter(pk=post.pk).update(title="A secret plan")
    page = words(assistant.get(PAGE))
    assert "An aqueduct" in page
    assert "A secret plan" not in page


def test_staff_of_another_school_see_none_of_it(trust, signed_in):
    trust.published()
    assert "An aqueduct" not in words(signed_in(trust.owen).get(PAGE))


def test_without_a_role_there_is_no_such_page(trust, signed_in):
    assert signed_in(trust.pat).get(PAGE).status_code == 404


def test_its_questions_do_not_grow_with_the_posts(trust, assistant):
    trust.published()
    one = queries(assistant, PAGE)
    for _ in range(3):
        trust.approved(channels=["news", "facebook"])
    assert queries(assistant, PAGE) == one
