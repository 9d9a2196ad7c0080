"""“Take it out”: one press removes exactly the words that were found, from where they stand."""

from __future__ import annotations

import pytest
from django.urls import reverse

from posts import mends
from posts.checks import check
from posts.checks.cutting import cut
from posts.errors import NotPossible
from posts.models import Picture, Post, WarningAnswer, Wording
from tests.cast import Trusty
from tests.posts.test_boxes import composer, press, ways

pytestmark = pytest.mark.django_db


def text_of(post: Post) -> str:
    return Post.objects.get(pk=post.pk).text


def value_of(post: Post, label: str) -> str:
    found = [way for f in check(post).findings for way in f.ways if way.label == label]
    return mends.encoded(found[0])


@pytest.mark.parametrize(
    ("text", "word", "left"),
    [
        ("Well done Amira Khan!", "Amira Khan", "Well done!"),
        ("Amira Khan won.", "Amira Khan", "won."),
        ("It is Amira’s model.", "Amira", "It is model."),
        ("Ring 0114 496 0123 now", "0114 496 0123", "Ring now"),
        ("Amira", "Amira", ""),
        ("(Amira)", "Amira", "()"),
        ("One\nAmira\ntwo", "Amira", "One\n\ntwo"),
    ],
)
def test_the_words_go_and_the_rest_reads_on(text: str, word: str, left: str) -> None:
    start = text.index(word)
    assert " ".join(cut(text, start, start + len(word)).split(" ")).replace("  ", " ") == left


def test_r_018_a_phone_number_is_taken_out_at_one_press(trust, signed_in):
    post = trust.draft(text="Ring us on 0114 496 0123. We built an aqueduct.")
    press(signed_in, post, ways(composer(signed_in, post))["Take out “0114 496 0123”"])
    assert text_of(post) == "Ring us on. We built an aqueduct."


def test_what_was_taken_out_is_said(trust):
    post = trust.draft(text="Ring us on 0114 496 0123.")
    value = value_of(post, "Take out “0114 496 0123”")
    said = mends.apply(value, post=post, by=trust.tessa)
    assert said.startswith("Taken out: “0114 496 0123”.")


def test_it_goes_from_title_words_and_alt_text_at_once(trust):
    post = trust.draft(children=[trust.amira], text="Thank you 0114 496 0123.")
    Post.objects.update(title="0114 496 0123")
    Picture.objects.update(alt_text="A sign with 0114 496 0123 on it")
    mends.apply(value_of(post, "Take out “0114 496 0123”"), post=post, by=trust.tessa)
    after = Post.objects.get()
    assert (after.title, after.text) == ("", "Thank you.")
    assert Picture.objects.get().alt_text == "A sign with on it"


def test_r_073_a_name_goes_from_the_channel_where_it_may_not_stand(trust):
    platforms = [trust.platform("news")]
    giver = trust.mother(trust.amira)
    trust.says(trust.amira, "yes", platforms, kind="full_name", giver=giver)
    text = "Well done Amira Khan!"
    post = trust.draft(children=[trust.amira], channels=["news", "x"], text=text)
    mends.apply(value_of(post, "Take out “Amira Khan”"), post=post, by=trust.tessa)
    said = {w.channel.platform.key: w.words() for w in Wording.objects.all()}
    assert said == {"news": text, "x": "Well done!"}


def test_r_105_each_listed_word_has_its_own_way_out(trust):
    post = trust.draft(text="What idiots, what morons.")
    [finding] = [f for f in check(post).findings if f.rule == "offence_words"]
    labels = [way.label for way in finding.ways]
    assert labels == ["Take out “idiots”", "Take out “morons”"]


def test_beside_it_stand_somebody_else_and_ask(trust, signed_in):
    trust.tom  # noqa: B018 (on the roll)
    post = trust.draft(text="Well done Tom!")
    page = composer(signed_in, post)
    assert {"Take out “Tom”", "It is somebody else, or no name"} <= set(ways(page))
    assert "Unsure? Hold and ask" in page.content.decode()


def test_somebody_else_at_one_press_is_kept_as_an_answer(trust):
    trust.tom  # noqa: B018 (on the roll)
    post = trust.draft(text="Well done Tom!")
    mends.apply(value_of(post, "It is somebody else, or no name"), post=post, by=trust.tessa)
    assert WarningAnswer.objects.get().words == "No pupil or colleague is meant."
    assert check(post).may_go


def test_where_other_words_stand_by_now_nothing_is_taken_out(trust):
    post = trust.draft(text="Ring us on 0114 496 0123.")
    value = value_of(post, "Take out “0114 496 0123”")
    Post.objects.update(text="We built a working aqueduct from card.")
    with pytest.raises(NotPossible, match="no longer there"):
        mends.apply(value, post=post, by=trust.tessa)
    assert text_of(post) == "We built a working aqueduct from card."


@pytest.mark.parametrize("spot", ["title.0.999", "own-1.0.4", "alt-9.0.4", "body.0.4", "words.a.b"])
def test_a_spot_that_is_none_of_this_post_is_refused(trust, spot):
    post = trust.draft()
    with pytest.raises(NotPossible):
        mends.apply(f"take_out was=0 spot={spot}", post=post, by=trust.tessa)


def test_somebody_else_cannot_take_words_out_of_her_draft(trust):
    post = trust.draft(text="Ring us on 0114 496 0123.")
    value = value_of(post, "Take out “0114 496 0123”")
    with pytest.raises(NotPossible):
        mends.apply(value, post=post, by=trust.owen)


def test_the_press_is_part_of_the_form_and_needs_no_javascript(trust, signed_in):
    post = trust.draft(text="Ring us on 0114 496 0123.")
    page = composer(signed_in, post).content.decode()
    form = page[: page.index('value="take_out')].rpartition("<form")[2]
    assert 'method="post"' in form
    assert reverse("posts:edit", args=[post.pk]) in form


def test_credit_under_the_words_is_not_cut(trust: Trusty) -> None:
    post = trust.draft(children=[trust.amira])
    Picture.objects.update(credit="Jane Roe, 0114 496 0123")
    found = [w.label for f in check(post).findings for w in f.ways if w.verb == "take_out"]
    assert found == []
