"""What stands between a draft and its Head, as its author reads it: one box for the same people in
the same photo, whatever the number of channels, with ways out for all of them or for each."""

from __future__ import annotations

import html
import re
from typing import Any

import pytest

from consents.models import Ask, Child
from policy.models import Rule
from posts import actions as drafting
from posts import mends, picturing
from posts.checks import check
from posts.errors import NotPossible
from posts.models import LeftOut, Picture, Post
from tests.approvals.pages import asked, words
from tests.cast import Trusty
from tests.consents.test_all_refusals_look_alike import STATES, permitted, plain

pytestmark = pytest.mark.django_db

EVERYWHERE = ["news", "facebook", "instagram", "x"]


@pytest.fixture
def tom_everywhere(trust: Trusty) -> Post:
    """Amira and Tom, who may be on the news page only, in one photo for four channels."""
    return trust.draft(children=[trust.amira, trust.tom], channels=EVERYWHERE)


def composer(signed_in: Any, post: Post) -> Any:
    return signed_in(post.author).get(f"/posts/{post.pk}/edit/")


def ways(page: Any) -> dict[str, str]:
    """Each way out offered, by what its button says."""
    found = re.findall(r'name="way" value="([^"]+)">([^<]+)<', page.content.decode())
    return {html.unescape(label): value for value, label in found}


def press(signed_in: Any, post: Post, value: str) -> Any:
    """A way out, with the form as it stands."""
    client = signed_in(post.author)
    form = client.get(f"/posts/{post.pk}/edit/").context["form"]
    said = {name: form[name].value() for name in form.fields if name != "photos"}
    kept = {name: value for name, value in said.items() if value not in (None, False)}
    return client.post(f"/posts/{post.pk}/edit/", kept | {"way": value}, follow=True)


# ── one box ──────────────────────────────────────────────────────────────────────────────────────
def test_one_box_says_every_platform(signed_in, tom_everywhere):
    page = words(composer(signed_in, tom_everywhere))
    assert page.count("Tom R. cannot be shown on") == 1
    assert "Tom R. cannot be shown on Facebook, Instagram and X." in page
    assert "The photo can stay as it is on News page." in page


def test_the_gate_still_finds_one_on_each_channel(tom_everywhere):
    refused = [f for f in check(tom_everywhere).findings if f.rule == "photo_permission"]
    assert [len(f.channels) for f in refused] == [1, 1, 1]


def test_other_children_have_a_box_of_their_own(trust, signed_in):
    post = trust.draft(children=[trust.tom, trust.rose], channels=["news", "facebook"])
    page = words(composer(signed_in, post))
    assert "Rose G. cannot be shown on News page." in page
    assert "Rose G. and Tom R. cannot be shown on Facebook." in page


def test_another_photo_has_a_box_of_its_own(trust, signed_in):
    post = trust.draft(children=[trust.tom], channels=["news", "facebook", "x"], photos=2)
    page = words(composer(signed_in, post))
    assert page.count("Tom R. cannot be shown on Facebook and X.") == 2
    assert "This is about photo 2." in page


def test_a_name_in_the_words_is_one_box_too(trust, signed_in):
    text = "Amira built an aqueduct."
    post = trust.draft(children=[trust.amira], channels=["news", "x"], text=text)
    assert "Amira K. cannot be named on News page and X." in words(composer(signed_in, post))


def test_the_number_of_queries_does_not_grow_with_what_is_refused(trust, signed_in, tom_everywhere):
    client = signed_in(trust.tessa)
    page = f"/posts/{tom_everywhere.pk}/edit/"
    client.get(page)
    before = asked(lambda: client.get(page))
    for child in (trust.rose, trust.ella, trust.sam):
        picturing.show_child(picture=tom_everywhere.pictures.get(), child=child, by=trust.tessa)
    assert asked(lambda: client.get(page)) == before


# ── ways out for all, and for each ───────────────────────────────────────────────────────────────
def test_one_press_drops_every_platform_that_refuses(trust, signed_in, tom_everywhere):
    way = ways(composer(signed_in, tom_everywhere))["Drop Facebook, Instagram and X"]
    page = words(press(signed_in, tom_everywhere, way))
    assert "Facebook, Instagram and X are dropped." in page
    assert [w.channel.platform.key for w in tom_everywhere.wordings.all()] == ["news"]


def test_one_press_leaves_the_photo_out_on_every_platform_that_refuses(
    trust, signed_in, tom_everywhere
):
    trust.add_photos(tom_everywhere, 1)  # Instagram needs one
    way = ways(composer(signed_in, tom_everywhere))
    press(signed_in, tom_everywhere, way["Leave photo 1 out on Facebook, Instagram and X"])
    left = {row.channel.platform.key for row in LeftOut.objects.all()}
    assert left == {"facebook", "x", "instagram"}


def test_each_platform_has_its_own_way_as_well(trust, signed_in, tom_everywhere):
    way = ways(composer(signed_in, tom_everywhere))["Drop X"]
    page = words(press(signed_in, tom_everywhere, way))
    assert "Tom R. cannot be shown on Facebook and Instagram." in page


def test_the_last_channels_are_not_offered_to_be_dropped_together(trust, signed_in):
    post = trust.draft(children=[trust.rose], channels=["news", "x"])
    offered = ways(composer(signed_in, post))
    assert "Drop News page and X" not in offered
    assert "Drop X" in offered


def test_a_way_that_does_not_fit_whole_changes_nothing(trust, tom_everywhere):
    ours, theirs = trust.channel("x"), trust.channel("news", trust.elm)
    with pytest.raises(NotPossible):
        mends.apply(
            f"drop_channel channel={ours.pk} channel={theirs.pk}",
            post=tom_everywhere,
            by=trust.tessa,
        )
    assert tom_everywhere.wordings.count() == 4


def test_left_out_the_only_photo_leaves_the_words_alone(trust, signed_in):
    page = words(composer(signed_in, trust.draft(children=[trust.rose], channels=["news", "x"])))
    assert "The words go out without a photo" in page
    assert "other photos" not in page


def test_a_platform_that_needs_a_photo_is_not_left_without_one(trust, signed_in):
    post = trust.draft(children=[trust.tom], channels=["news", "instagram"])
    assert [label for label in ways(composer(signed_in, post)) if "Leave photo" in label] == []


# ── whom it names ────────────────────────────────────────────────────────────────────────────────
def test_its_author_is_you(trust, signed_in, tom_everywhere):
    page = words(composer(signed_in, tom_everywhere))
    assert "You or the school office can mend it." in page
    assert "the author can mend" not in page.lower()


def test_a_head_who_looks_reads_who_its_author_is(trust, signed_in, tom_everywhere):
    page = words(signed_in(trust.hana).get(f"/posts/{tom_everywhere.pk}/edit/"))
    assert "The author or the school office can mend it." in page


def test_the_head_who_decides_is_named(trust, signed_in):
    assert trust.hana
    assert "Send to Hana Okafor" in words(composer(signed_in, trust.draft()))


def test_of_several_heads_it_is_a_head_of_the_school(trust, signed_in):
    assert all([trust.hana, trust.edith])
    assert "Send to a Head of Oak" in words(composer(signed_in, trust.draft()))


def test_a_head_who_writes_does_not_decide_herself(trust, signed_in):
    assert trust.edith
    page = words(composer(signed_in, trust.draft(by=trust.hana)))
    assert f"Send to {trust.edith.name}" in page


def test_a_school_without_a_head_is_told_so(trust, signed_in):
    assert "Nobody at Oak Primary School could decide" in words(composer(signed_in, trust.draft()))


def test_the_clause_opens_what_the_policy_asks(trust, signed_in, tom_everywhere):
    rule = Rule.objects.get(key="photo_permission")
    page = composer(signed_in, tom_everywhere).text
    assert f"<summary>{rule.reference}, {rule.title}</summary><p>{rule.text}" in html.unescape(page)


# ── photos ───────────────────────────────────────────────────────────────────────────────────────
def test_a_photo_that_cannot_be_used_is_told_by_the_name_of_its_file(trust, signed_in):
    post = trust.draft(photos=1)
    Picture.objects.update(state="refused", problem="It is no photo.", original_name="cup.heic")
    page = composer(signed_in, post)
    assert "The file is called cup.heic." in words(page)
    press(signed_in, post, ways(page)["Take photo 1 out"])
    assert not Picture.objects.exists()


def test_a_photo_that_cannot_be_used_is_one_thing_to_do(trust, signed_in):
    post = trust.draft(photos=1)
    unseen = {"alt_text": "", "people_complete": False, "nothing_readable": False}
    Picture.objects.update(state="refused", problem="It is no photo.", **unseen)
    assert "1 thing for you." in words(composer(signed_in, post))
    assert len(check(post).blockers) == 4, "the gate asks all of it all the same"


def test_a_preview_shows_no_photo_that_may_not_go_there(signed_in, tom_everywhere):
    page = composer(signed_in, tom_everywhere)
    seen = {v["channel"].platform.key: v for v in page.context["desk"].previews()}
    assert [len(seen[key]["pictures"]) for key in ("news", "facebook")] == [1, 0]
    assert "Photo 1 is not here yet Choose a way out" in words(page)
    assert 'href="#f1"' in page.text
    assert 'id="f1"' in page.text


# ── asked already ────────────────────────────────────────────────────────────────────────────────
def test_once_asked_it_says_since_when_and_does_not_ask_again(trust, signed_in, tom_everywhere):
    way = ways(composer(signed_in, tom_everywhere))["Ask Tom’s parents"]
    page = press(signed_in, tom_everywhere, way)
    assert re.search(r"The office was asked on \d+ \w+ \d{4}; no answer yet\.", words(page))
    assert not any("parents" in label for label in ways(page))
    assert Ask.objects.open().count() == 3


def test_asked_about_one_platform_the_others_can_still_be_asked(trust, signed_in, tom_everywhere):
    drafting.drop_channel(post=tom_everywhere, channel=trust.channel("x"), by=trust.tessa)
    way = f"ask_parents child={trust.tom.pk} platform={trust.platform('facebook').pk} kind=photo"
    page = press(signed_in, tom_everywhere, way)
    assert "The office was asked about Facebook on" in words(page)
    value = ways(page)["Ask Tom’s parents"]
    assert value.split()[2:] == [f"platform={trust.platform('instagram').pk}", "kind=photo"]


def test_asked_reads_the_same_whatever_the_reason(trust, signed_in):
    assert all([trust.hana, trust.dot, trust.connie])
    robin: Child = trust.child("Robin", "Vale")
    post = trust.draft(children=[robin], channels=["news", "facebook"])
    seen = set()
    for state in STATES:
        permitted(trust, robin)
        state(trust, robin)
        for way in list(ways(composer(signed_in, post)).values()):
            if way.startswith("ask_parents"):
                press(signed_in, post, way)
        seen.add(plain(composer(signed_in, post)))
        Ask.objects.all().delete()
    assert len(seen) == 1
    assert "no answer yet" in seen.pop()


# ── the name of a photo's file ───────────────────────────────────────────────────────────────────
NOT_HERE = "The pupil with the name of this file is not in the photo."


@pytest.fixture
def named_file(trust: Trusty) -> Picture:
    """Amira's photo, in a file that has Rose's name."""
    picture = trust.draft(children=[trust.amira]).pictures.get()
    assert trust.rose
    Picture.objects.update(original_name="Rose Green.jpg")
    return picture


def test_the_file_is_named_to_its_author_with_what_to_do(signed_in, named_file):
    page = words(composer(signed_in, named_file.post))
    assert "The file is called “Rose Green.jpg”. That name never goes out" in page
    assert "If the pupil is in the photo, say so there." in page


def test_one_press_says_that_the_pupil_is_not_in_the_photo_and_the_head_reads_it(
    trust, signed_in, named_file
):
    post = named_file.post
    press(signed_in, post, ways(composer(signed_in, post))["Not in the photo"])
    assert check(Post.objects.get()).may_go
    assert post.answers.get().words == NOT_HERE
    assert "Not in the photo" not in ways(composer(signed_in, post))


def test_where_no_file_has_a_pupils_name_nobody_says_so(trust, signed_in):
    post = trust.draft(children=[trust.amira])
    with pytest.raises(NotPossible):
        mends.apply(f"not_in_photo picture={post.pictures.get().pk}", post=post, by=trust.tessa)


# ── what a photo needs ───────────────────────────────────────────────────────────────────────────
def test_what_each_photo_needs_stands_under_one_heading(trust, signed_in):
    post = trust.draft()
    trust.add_photos(post, 12)
    page = words(composer(signed_in, post))
    assert "12 things for you." in page
    for number in range(1, 13):
        assert page.count(f"Photo {number}: 3 things") == 1
        assert f"Say who is in photo {number}, or" in page


def test_what_a_photo_needs_can_be_done_from_its_box_and_cites_each_rule(trust, signed_in):
    post = trust.draft()
    trust.add_photos(post, 1)
    answer = composer(signed_in, post)
    box = answer.text.partition('<ol class="findings">')[2].partition("</ol>")[0]
    assert f'value="people:{post.pictures.get().pk}"' in box
    assert "Write alt text" in box
    assert "It is only decoration" in box
    assert box.count('class="clause"') == 3


def test_one_thing_left_of_a_photo_says_what_it_is(trust, signed_in):
    post = trust.draft(children=[trust.amira])
    picture = post.pictures.get()
    picturing.describe(picture=picture, alt_text="", is_decorative=False, by=trust.tessa)
    page = words(composer(signed_in, post))
    assert "1 thing for you." in page
    assert "Photo 1: " not in page
    assert "Describe photo 1 for people who cannot see it." in page
