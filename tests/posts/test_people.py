"""The page that says who is in a photo: each person with their marks, and what a press changes."""

from __future__ import annotations

import html
from typing import Any

import pytest

from posts import picturing
from posts.models import Appearance, Post
from tests.approvals.pages import asked, words
from tests.cast import Trusty

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft(trust: Trusty) -> Post:
    """Tessa's draft with a photo of Amira, for two channels."""
    return trust.draft(children=[trust.amira], channels=["news", "facebook"])


def address(post: Post) -> str:
    return f"/posts/photos/{post.pictures.get().pk}/people/"


def pressed(client: Any, post: Post, **what: Any) -> Any:
    """As htmx presses it: only what changes comes back."""
    headers = {"HX-Request": "true", "HX-Target": "in-it"}
    return client.post(address(post), what, headers=headers)


def test_a_press_answers_with_the_list_and_says_who_is_in_it_now(trust, signed_in, draft):
    answer = pressed(signed_in(trust.tessa), draft, child=trust.tom.pk)
    said = words(answer)
    assert "<html" not in answer.text
    assert "Tom Rees is in the list. The list has 2 people." in said
    assert "Amira K." in said
    assert "Tom R. cannot be shown on Facebook." in said


def test_what_cannot_be_done_is_said_in_place(trust, signed_in, draft):
    amira = Appearance.objects.get()
    answer = pressed(signed_in(trust.tessa), draft, mark=amira.pk, left="x")
    assert "Give four numbers" in words(answer)
    assert answer.status_code == 200


def test_whoever_is_taken_out_makes_the_author_look_again(trust, signed_in, draft):
    answer = pressed(signed_in(trust.tessa), draft, gone=Appearance.objects.get().pk)
    assert 'name="people_complete"> I looked' in answer.text
    assert "look at the whole photo once more" in words(answer)


def test_each_person_has_the_way_out_of_the_list_beside_them(trust, signed_in, draft):
    picturing.show_child(picture=draft.pictures.get(), child=trust.tom, by=trust.tessa)
    page = html.unescape(signed_in(trust.tessa).get(address(draft)).text)
    lines = page.split('<ol class="people">')[1].split("</ol>")[0].split("<li><div")[1:]
    assert [("Amira K." in line, "Tom R." in line) for line in lines] == [
        (True, False),
        (False, True),
    ]
    assert all('name="gone"' in line for line in lines)


def test_without_javascript_one_is_back_at_the_field_for_the_next_name(trust, signed_in, draft):
    answer = signed_in(trust.tessa).post(f"{address(draft)}?q=tom", {"child": trust.tom.pk})
    assert answer.url == f"{address(draft)}#q"
    page = signed_in(trust.tessa).get(answer.url)
    assert 'id="q" name="q" value=""' in page.text


def test_without_javascript_what_was_done_is_said_too(trust, signed_in, draft):
    said = signed_in(trust.tessa).post(address(draft), {"child": trust.tom.pk}, follow=True)
    assert "Tom Rees is in the list." in words(said)


def test_without_a_channel_it_says_to_choose_one_first(trust, signed_in):
    post = trust.draft(children=[trust.rose], channels=[])
    page = words(signed_in(trust.tessa).get(address(post)))
    assert "Choose where it goes first" in page
    assert "needs no permission" not in page


def test_the_posts_page_does_not_say_so_either(trust, signed_in):
    post = trust.draft(children=[trust.rose], channels=[])
    page = words(signed_in(trust.tessa).get(f"/posts/{post.pk}/"))
    assert "needs no permission" not in page
    assert "no channel chosen yet" in page


def test_who_cannot_be_identified_needs_no_permission(trust, signed_in, draft):
    picturing.show_somebody(picture=draft.pictures.get(), by=trust.tessa)
    page = words(signed_in(trust.tessa).get(address(draft)))
    assert page.count("needs no permission") == 1


def test_one_refusal_says_every_platform(trust, signed_in):
    post = trust.draft(children=[trust.rose, trust.ella], channels=["news", "facebook", "x"])
    page = words(signed_in(trust.tessa).get(address(post)))
    assert "Ella N. and Rose G. cannot be shown on News page, Facebook and X." in page
    assert page.count("cannot be shown on") == 1


def test_the_clauses_of_what_one_says_open(trust, signed_in, draft):
    page = words(signed_in(trust.tessa).get(address(draft)))
    assert "Protocol 2, Nothing in the photo tells who a child is Certificates are blank" in page


def test_its_questions_do_not_grow_with_the_people(trust, signed_in, draft):
    client, page = signed_in(trust.tessa), address(draft)
    client.get(page)
    before = asked(lambda: client.get(page))
    for child in (trust.tom, trust.rose, trust.ella, trust.sam):
        picturing.show_child(picture=draft.pictures.get(), child=child, by=trust.tessa)
    assert asked(lambda: client.get(page)) == before
