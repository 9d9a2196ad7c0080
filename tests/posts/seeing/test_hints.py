"""Which writing in a photo asks to be looked at: what it looks like, and never whose it is."""

from __future__ import annotations

import pytest

from posts import settling
from posts.checks import check
from posts.models import Found, Picture, Post
from tests.cast import Trusty
from tests.plugins.eyes import Eyes

pytestmark = pytest.mark.django_db


def hint(trust: Trusty, eyes: Eyes, text: str, *, sure: float = 0.95) -> str:
    """What the machine makes of this line in a photo at Oak; Amira Khan goes there."""
    assert trust.amira
    eyes.read(text, sure=sure)
    post = trust.draft(photos=1)
    found: str = Found.objects.get(picture__post=post).hint
    return found


@pytest.mark.parametrize(
    "text",
    [
        "Amira Khan",
        "AMIRA KHAN",
        "Star of the week: Amira Khan!",
        "Arnira Khan",
        "Amira Kham",
        "A. Khan",
        "Khan",
        "Amira",
        "Well done Amira",
    ],
)
def test_a_name_of_the_school_is_told_however_it_is_written(trust, eyes, text):
    assert hint(trust, eyes, text) == "name"


@pytest.mark.parametrize(
    "text", ["Our learning wall", "Please wash your hands", "Year 4 Romans", "Way out", "3 + 4 = 7"]
)
def test_what_stands_on_every_wall_is_no_news(trust, eyes, text):
    assert hint(trust, eyes, text) == ""


def test_a_name_that_is_an_ordinary_word_is_told_where_it_stands_alone(trust, eyes):
    assert trust.rose
    assert hint(trust, eyes, "ROSE") == "name"


def test_it_is_no_news_in_a_sentence(trust, eyes):
    assert trust.rose
    assert hint(trust, eyes, "a red rose for love") == ""


def test_a_name_of_another_school_is_no_news(trust, eyes):
    elsewhere = trust.child("Zebedee", "Quillfeather", school=trust.elm)
    assert hint(trust, eyes, elsewhere.full_name) == ""


def test_a_telephone_number_is_a_detail(trust, eyes):
    assert hint(trust, eyes, "Call 07700 900123") == "detail"


def test_what_could_not_be_read_asks_to_be_looked_at(trust, eyes):
    assert hint(trust, eyes, "~~", sure=0.2) == "unread"


def test_a_name_that_was_read_badly_is_still_told(trust, eyes):
    assert hint(trust, eyes, "Amira Khan", sure=0.3) == "name"


def test_a_grown_ups_name_is_told(trust, eyes):
    assert hint(trust, eyes, f"{trust.author_visit.name}") == "name"


@pytest.fixture
def post(trust: Trusty, eyes: Eyes) -> Post:
    """A certificate with Amira's name, and a badge nobody could read."""
    assert trust.amira
    eyes.read("Certificate for Amira Khan", "Way out", "||", sure=0.9)
    eyes.lines[2] = type(eyes.lines[2])(eyes.lines[2].box, "||", 0.1)
    return trust.draft(photos=1)


def said(post: Post) -> list[str]:
    return [f.message for f in check(post).findings if f.subject.startswith("writing:")]


def test_the_post_waits_until_somebody_has_looked(trust, post):
    [message] = said(post)
    assert message.startswith(
        "There is writing in photo 1 that looks like the name of somebody at the school and could "
        "not be read."
    )


def test_it_never_says_whose_name_it_looks_like(trust, post):
    assert "Amira" not in " ".join(f.message for f in check(post).findings)


def test_somebody_says_that_it_tells_nobody(trust, post):
    picture = Picture.objects.get(post=post)
    picture.post = post
    lines = list(Found.objects.filter(picture=picture).exclude(hint=""))
    for line in lines:
        line.picture = picture
    settling.tells_nobody(lines=lines, by=trust.tessa)
    assert said(post) == []


def test_what_it_seemed_to_say_is_kept_only_until_somebody_has_looked(trust, post):
    line = Found.objects.get(picture__post=post, hint="name")
    assert line.text == "Certificate for Amira Khan"
    line.picture.post = post
    settling.tells_nobody(lines=[line], by=trust.tessa)
    line.refresh_from_db()
    assert line.text == ""


def test_what_nothing_speaks_for_is_not_kept(trust, post):
    assert Found.objects.get(picture__post=post, hint="").text == ""
