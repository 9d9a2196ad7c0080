"""The page of covers and crops, without JavaScript: everything on it is a button or a number."""

from __future__ import annotations

import html
import re
from typing import Any

import pytest

from approvals import actions as approvals
from posts.models import Cover, Frame, Post, Rendition
from posts.photos.shape import Hidden
from posts.whole import WholePost
from tests.approvals.pages import queries
from tests.cast import declared
from tests.posts.shapes.placing import RIGHT, draft_of, face, marked, photo_of
from tests.schools.world import put_away

pytestmark = pytest.mark.django_db
HALF = {"left": "50", "top": "0", "width": "50", "height": "100", "degrees": "0"}


@pytest.fixture
def post(trust) -> Post:
    """Tom, who may be on the news page only, to the left of Amira, who may be everywhere."""
    return draft_of(trust, [trust.tom, trust.amira], channels=["news", "facebook"])


def address(post: Post) -> str:
    return f"/posts/photos/{photo_of(post).pk}/shape/"


def press(signed_in: Any, post: Post, on: str = "", **sent: str) -> str:
    """Something on the page; returns the page that follows."""
    client = signed_in(post.author)
    answer = client.post(address(post), {"on": on} | sent, follow=True)
    assert answer.status_code == 200
    return html.unescape(answer.content.decode())


def shown(signed_in: Any, post: Post, on: str = "") -> str:
    return html.unescape(signed_in(post.author).get(f"{address(post)}?on={on}").content.decode())


def hidden(post: Post, key: str) -> dict[str, str]:
    """Who cannot be seen on that channel, and how."""
    whole = WholePost.load(post)
    [picture] = whole.pictures
    [channel] = [c for c in whole.channels if c.platform.key == key]
    sight = whole.sight(picture, channel)
    names = {a.pk: a.child.first_name for a in sight.people if a.child}
    return {names[pk]: str(how) for pk, how in sight.hidden.items()}


def test_each_face_is_covered_with_one_press(trust, signed_in, post):
    facebook = str(trust.channel("facebook").pk)
    place = re.findall(r'name="place" value="([^"]+)"', shown(signed_in, post))[0]
    page = press(signed_in, post, on=facebook, place=place)
    assert "Face 1 is covered on Facebook." in page
    assert hidden(post, "facebook") == {"Tom": "covered"}
    assert hidden(post, "news") == {}


def test_everyone_is_covered_with_one_press(signed_in, post):
    page = press(signed_in, post, everyone="1")
    assert "Everyone is covered on every channel." in page
    assert hidden(post, "facebook") == {"Tom": "covered", "Amira": "covered"}


def test_the_page_says_what_one_covered_child_gives_away(trust, signed_in, post):
    place = re.findall(r'name="place" value="([^"]+)"', shown(signed_in, post))[0]
    page = press(signed_in, post, on=str(trust.channel("facebook").pk), place=place)
    assert "On Facebook some are covered and others can be seen." in page
    assert "tells everybody that this child may not be shown" in page


def test_with_everyone_covered_it_warns_of_nothing(signed_in, post):
    assert "some are covered" not in press(signed_in, post, everyone="1")


def test_covering_everyone_waits_for_whoever_has_no_place(trust, signed_in, post):
    photo_of(post).appearances.create(kind="unidentifiable", added_by=trust.tessa)
    page = shown(signed_in, post)
    assert 'name="everyone"' not in page
    assert "say whose each face is, and mark who has no box" in page


def test_somebody_marked_by_hand_can_be_covered(trust, signed_in, post):
    marked(trust, photo_of(post), trust.rose, RIGHT)
    assert "Rose G." in shown(signed_in, post)


def test_a_face_nobody_has_settled_can_be_covered_too(trust, signed_in, post):
    face(photo_of(post), RIGHT)
    assert "nobody has said whose it is" in shown(signed_in, post)


def test_a_cover_is_added_moved_and_taken_away_by_numbers(signed_in, post):
    where = {"left": "10", "top": "20", "width": "30", "height": "40"}
    press(signed_in, post, add="1", form="ellipse", **where)
    cover = Cover.objects.get()
    assert (cover.left, cover.form, cover.channel) == (0.1, "ellipse", None)
    press(signed_in, post, move=str(cover.pk), form="box", **where | {"left": "15"})
    cover.refresh_from_db()
    assert (cover.left, cover.form) == (0.15, "box")
    press(signed_in, post, gone=str(cover.pk))
    assert not Cover.objects.exists()


@pytest.mark.parametrize(
    "wrong", [{"left": "x"}, {"width": "0"}, {"left": "nan"}, {"left": "1e9"}, {"left": "120"}]
)
def test_numbers_that_are_no_place_are_refused_in_words(signed_in, post, wrong):
    where = {"left": "10", "top": "20", "width": "30", "height": "40"} | wrong
    page = press(signed_in, post, add="1", form="box", **where)
    assert not Cover.objects.exists()
    assert re.search("four numbers|at least 0.5 percent|must lie on the photo", page)


def test_a_crop_for_one_channel(trust, signed_in, post):
    page = press(signed_in, post, on=str(trust.channel("facebook").pk), crop="1", **HALF)
    assert "The photo is cropped on Facebook." in page
    assert hidden(post, "facebook") == {"Tom": str(Hidden.CROPPED)}
    assert "Cropped, 1 person" in page


def test_straightening_says_that_it_became_smaller(signed_in, post):
    whole = HALF | {"left": "0", "width": "100", "degrees": "5"}
    page = press(signed_in, post, crop="1", **whole)
    assert "It is a little smaller, so that no corner stays empty." in page
    assert Frame.objects.get().degrees == 5


def test_too_small_a_crop_is_said(signed_in, post):
    page = press(signed_in, post, crop="1", **HALF | {"width": "10"})
    assert "Too little of the photo would be left." in page


def test_all_of_it_again(signed_in, post):
    press(signed_in, post, crop="1", **HALF)
    assert "All of the photo is shown on every channel." in press(signed_in, post, whole="1")
    assert not Frame.objects.exists()


def test_the_last_change_is_taken_back(signed_in, post):
    press(signed_in, post, everyone="1")
    press(signed_in, post, back="1")
    assert not Cover.objects.exists()


def test_as_it_was(signed_in, post):
    press(signed_in, post, everyone="1")
    press(signed_in, post, crop="1", **HALF)
    press(signed_in, post, as_it_was="1")
    assert not Cover.objects.exists()
    assert not Frame.objects.exists()


def test_a_platform_it_does_not_fit_says_so(trust, signed_in):
    post = draft_of(trust, [trust.amira], channels=["instagram"])
    narrow = HALF | {"left": "10", "width": "50"}
    page = press(signed_in, post, crop="1", **narrow)
    assert "It does not fit Instagram. It is too tall." in page
    page = press(signed_in, post, crop="1", border="1", **narrow)
    assert "It does not fit" not in page
    assert "Cropped, with a border" in page


def test_the_preview_is_what_is_sent_to_the_byte(trust, signed_in, post):
    press(signed_in, post, everyone="1")
    channel = trust.channel("facebook")
    answer = signed_in(post.author).get(f"/posts/photos/{photo_of(post).pk}/on/{channel.pk}.jpg")
    seen = answer.content
    assert answer["Cache-Control"] == "private, no-store"
    assert not Rendition.objects.exists()
    submission = approvals.submit(
        post=Post.objects.get(pk=post.pk), by=trust.tessa, declared=declared()
    )
    [part] = [p for p in submission.content["channels"] if p["platform"] == "facebook"]
    with Rendition.objects.get(pk=part["photos"][0]["rendition"]).file.open("rb") as file:
        assert file.read() == seen


def test_the_composer_shows_the_photo_as_that_channel_gets_it(trust, signed_in, post):
    press(signed_in, post, on=str(trust.channel("facebook").pk), everyone="1")
    page = signed_in(post.author).get(f"/posts/{post.pk}/edit/").content.decode()
    assert f"/on/{trust.channel('facebook').pk}.jpg" in page
    assert f"/on/{trust.channel('news').pk}.jpg" not in page


def test_a_channel_the_post_does_not_go_to_is_not_found(trust, signed_in, post):
    client = signed_in(post.author)
    for other in (trust.channel("x"), trust.channel("news", trust.elm)):
        assert client.get(f"{address(post)}?on={other.pk}").status_code == 404
        picture = photo_of(post).pk
        assert client.get(f"/posts/photos/{picture}/on/{other.pk}.jpg").status_code == 404


def test_a_cover_of_another_photo_is_not_found(trust, signed_in, post):
    other = draft_of(trust, [trust.amira])
    press(signed_in, other, everyone="1")
    sent = {"on": "", "gone": str(Cover.objects.get().pk)}
    assert signed_in(post.author).post(address(post), sent).status_code == 404
    assert Cover.objects.exists()


def test_what_waits_for_the_head_cannot_be_changed_here(trust, signed_in):
    post = draft_of(trust, [trust.amira])
    approvals.submit(post=post, by=trust.tessa, declared=declared())
    answer = signed_in(trust.tessa).post(address(post), {"everyone": "1"})
    assert answer.status_code == 302
    assert not Cover.objects.exists()


def test_many_covers_cost_no_more_questions(trust, signed_in, post):
    press(signed_in, post, everyone="1")
    client = signed_in(post.author)
    few = queries(client, address(post))
    for n in range(6):
        where = {"left": f"{n * 10}", "top": "80", "width": "8", "height": "8"}
        press(signed_in, post, add="1", form="box", **where)
    assert queries(client, address(post)) == few


def test_an_unshaped_version_is_shown_too(trust, signed_in, post):
    picture, channel = photo_of(post).pk, trust.channel("news").pk
    answer = signed_in(post.author).get(f"/posts/photos/{picture}/on/{channel}.jpg")
    assert answer.status_code == 200
    put_away(answer)
