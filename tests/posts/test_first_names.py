"""A pupil who may not be named in full: one press writes the first name alone, where that is
allowed."""

from __future__ import annotations

import pytest

from consents.models import Kind
from posts import mends
from posts.checks import check
from posts.errors import NotPossible
from posts.models import Picture, Post
from tests.cast import Trusty
from tests.posts.test_boxes import composer, press, ways

pytestmark = pytest.mark.django_db

LABEL = "Write only the first name on News page and X"


def may_be_named(trust: Trusty, *platforms: str, kind: str = Kind.FIRST_NAME) -> None:
    """Amira's mother says yes to this much of her name."""
    found = [trust.platform(key) for key in platforms]
    giver = trust.mother(trust.amira)
    trust.says(trust.amira, "yes", found, kind=kind, giver=giver)


def named(trust: Trusty, text: str = "Well done Amira Khan! It is Amira Khan’s idea.") -> Post:
    return trust.draft(children=[trust.amira], channels=["news", "x"], text=text)


def said(post: Post, trust: Trusty, key: str) -> str:
    return post.wordings.get(channel=trust.channel(key)).words()


def test_one_press_writes_the_first_name_alone_and_the_post_may_go(trust, signed_in):
    may_be_named(trust, "news", "x")
    post = named(trust)
    press(signed_in, post, ways(composer(signed_in, post))[LABEL])
    assert said(post, trust, "x") == "Well done Amira! It is Amira’s idea."
    assert said(post, trust, "news") == "Well done Amira! It is Amira’s idea."
    assert check(Post.objects.get()).may_go


def test_where_the_full_name_may_stand_it_stays(trust, signed_in):
    may_be_named(trust, "x")
    may_be_named(trust, "news", kind=Kind.FULL_NAME)
    post = named(trust)
    offered = ways(composer(signed_in, post))
    press(signed_in, post, offered["Write only the first name on X"])
    assert said(post, trust, "x").startswith("Well done Amira!")
    assert said(post, trust, "news").startswith("Well done Amira Khan!")


def test_title_and_alt_text_are_shortened_too(trust, signed_in):
    may_be_named(trust, "news", "x")
    post = named(trust, text="We built an aqueduct.")
    Post.objects.update(title="Amira Khan builds")
    Picture.objects.update(alt_text="Amira Khan beside a model")
    press(signed_in, post, ways(composer(signed_in, post))[LABEL])
    assert Post.objects.get().title == "Amira builds"
    assert Picture.objects.get().alt_text == "Amira beside a model"
    assert check(Post.objects.get()).may_go


def test_where_the_first_name_may_not_stand_either_it_is_not_offered(trust, signed_in):
    post = named(trust)
    assert not [label for label in ways(composer(signed_in, post)) if "first name" in label]


def test_pressed_where_it_may_not_stand_it_changes_nothing(trust):
    may_be_named(trust, "news")
    post = named(trust)
    before = [(w.channel_id, w.text) for w in post.wordings.all()]
    value = f"first_names channel={trust.channel('news').pk} channel={trust.channel('x').pk}"
    with pytest.raises(NotPossible):
        mends.apply(value, post=post, by=trust.tessa)
    assert [(w.channel_id, w.text) for w in post.wordings.all()] == before


def test_only_who_may_change_the_draft_writes_it(trust):
    may_be_named(trust, "news", "x")
    post = named(trust)
    with pytest.raises(NotPossible):
        mends.apply(f"first_names channel={trust.channel('x').pk}", post=post, by=trust.owen)
    assert "Amira Khan" in said(post, trust, "x")
