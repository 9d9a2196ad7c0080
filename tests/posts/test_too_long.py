"""What is too long for the field or the channel is kept whole, said by how much, and can be mended
where it stands."""

from __future__ import annotations

import re
from typing import Any

import pytest

from posts.models import Post
from tests.approvals.pages import words
from tests.cast import Trusty
from tests.posts.test_boxes import composer
from tests.posts.test_two_pages import Page

pytestmark = pytest.mark.django_db

LONG = "A title that somebody has pasted. " * 4


def opened(trust: Trusty, signed_in: Any) -> Page:
    return Page(signed_in(trust.tessa), Post.objects.get())


def test_no_field_of_the_composer_cuts_what_is_pasted(trust, signed_in):
    post = trust.draft(children=[trust.amira], channels=["news", "x"])
    assert "maxlength" not in composer(signed_in, post).text


def test_a_title_too_long_comes_back_whole_with_by_how_much(trust, signed_in):
    trust.draft()
    answer = opened(trust, signed_in).type(title=LONG).save()
    assert answer.status_code == 422
    assert LONG in answer.text
    assert "The title is 15 characters too long: 135 of 120." in words(answer)


def test_a_title_of_just_the_longest_length_is_saved(trust, signed_in):
    trust.draft()
    opened(trust, signed_in).type(title="x" * 120).save()
    assert Post.objects.get().title == "x" * 120


@pytest.mark.parametrize(
    ("field", "most", "called"),
    [
        ("text", 10_000, "The text"),
        ("alt", 1_000, "The alt text of photo 1"),
        ("own", 10_000, "The text for X"),
    ],
)
def test_so_does_every_other_field(trust, signed_in, field, most, called):
    post = trust.draft(children=[trust.amira], channels=["news", "x"])
    pks = {"alt": post.pictures.get().pk, "own": trust.channel("x").pk}
    name = f"{field}_{pks[field]}" if field in pks else field
    answer = opened(trust, signed_in).type(**{name: "y" * (most + 7)}).save()
    assert f"{called} is 7 characters too long: {most + 7:,} of {most:,}." in words(answer)
    assert "y" * (most + 7) in answer.text


def test_an_answer_too_long_is_not_cut(trust, signed_in):
    post = trust.draft(text="Amira Khan has won.")
    assert "maxlength" not in composer(signed_in, post).text


# ── a channel's own words ────────────────────────────────────────────────────────────────────────
def fields(page: str) -> dict[str, bool]:
    """Each channel's own words: is the field in sight?"""
    found = re.findall(r'<details class="own-words" id="own-(\d+)"([^>]*)>', page)
    return {pk: "hidden" not in more for pk, more in found}


def test_every_ticked_channel_has_its_field_and_the_others_keep_theirs_out_of_sight(
    trust, signed_in
):
    post = trust.draft(channels=["news", "x"])
    seen = fields(composer(signed_in, post).text)
    ticked = {str(trust.channel(key).pk) for key in ("news", "x")}
    assert {pk for pk, shown in seen.items() if shown} == ticked
    assert len(seen) == 4


def test_after_any_press_without_a_script_a_channel_just_ticked_has_its_field(trust, signed_in):
    trust.draft()
    facebook = trust.channel("facebook").pk
    ticked = [trust.channel("news").pk, facebook]
    answer = opened(trust, signed_in).type(channels=ticked).save(then="stay")
    assert fields(answer.text)[str(facebook)]


def test_too_long_for_x_leads_to_shorter_words_for_x_as_well_as_to_dropping_it(trust, signed_in):
    post = trust.draft(channels=["news", "x"], text="word " * 80)
    page = composer(signed_in, post)
    x = trust.channel("x").pk
    assert f'href="#own-{x}" data-writes>Write shorter words for X<' in page.text
    assert "Drop X" in words(page)
    assert re.search(rf'id="own-{x}" open', page.text)


def test_too_many_photos_are_not_mended_with_words(trust, signed_in):
    post = trust.draft(children=[trust.amira], channels=["news", "x"], photos=5)
    page = composer(signed_in, post)
    assert "X takes 4 photos; 5 are chosen." in words(page)
    assert "Write shorter words" not in page.text
