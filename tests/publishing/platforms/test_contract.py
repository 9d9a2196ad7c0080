"""What every platform's file promises, tried on each: here, on a stand-in, on a real server."""

from __future__ import annotations

import dataclasses
import html

import pytest

from policy.models import Channel
from publishing.platforms import PLATFORMS
from publishing.platforms.shape import Rejected, Unclear
from tests.publishing.platforms.places import photos_on

pytestmark = pytest.mark.django_db


def test_the_public_reads_the_words_where_the_platform_says(place):
    published = place.publish(place.content(text="Year 4 built an aqueduct.\n\nIt holds water."))
    status, page = place.seen(published.url)
    assert status == 200
    assert "Year 4 built an aqueduct." in page
    assert "It holds water." in page


def test_every_photo_is_on_the_page_with_its_alt_text(place, trust):
    published = place.publish(place.content(children=[trust.amira], photos=3))
    photos = photos_on(place.seen(published.url)[1])
    assert len([alt for _, alt in photos if alt == "Pupils beside a model"]) >= 3
    assert {place.seen(url)[0] for url, _ in photos} == {200}


def test_what_was_never_published_is_not_found(place):
    assert place.find(place.content()) is None


def test_what_was_published_is_found_by_our_own_key(place):
    content = place.content()
    published = place.publish(content)
    found = place.find(content)
    assert (found.remote_id, found.url) == (published.remote_id, published.url)


def test_publishing_again_is_the_same_post(place, trust):
    content = place.content(children=[trust.amira])
    first = place.publish(content)
    again = place.publish(content)
    assert (first.remote_id, first.url) == (again.remote_id, again.url)


def test_publishing_again_without_any_memory_is_the_same_post(place):
    content = place.content()
    first = place.publish(content)
    place.known.clear()
    assert place.publish(content).remote_id == first.remote_id


@pytest.mark.failure(31)
def test_after_a_take_down_the_public_gets_neither_page_nor_photo(place, trust):
    published = place.publish(place.content(children=[trust.amira]))
    photos = photos_on(place.seen(published.url)[1])
    place.take_down(published.remote_id)
    assert place.seen(published.url)[0] == 404
    assert {place.seen(url)[0] for url, _ in photos} == {404}


def test_a_second_take_down_is_harmless(place, trust):
    published = place.publish(place.content(children=[trust.amira]))
    place.take_down(published.remote_id)
    place.take_down(published.remote_id)
    assert place.seen(published.url)[0] == 404


def test_what_was_taken_down_is_not_found(place):
    content = place.content()
    place.take_down(place.publish(content).remote_id)
    assert place.find(content) is None


def test_a_link_that_a_person_gave_leads_to_the_post_to_take_down(place):
    published = place.publish(place.content())
    place.take_down(published.url)
    assert place.seen(published.url)[0] == 404


def test_a_link_that_leads_nowhere_is_not_called_taken_down(place):
    place.publish(place.content())
    place.known.clear()
    with pytest.raises((Rejected, Unclear)):
        place.take_down("https://oak.example/some-other-post/")


def test_words_are_words_and_never_markup_or_commands(place):
    words = "5 < 6 & <b>bold</b>\n[gallery]\n<!-- wp:html --><script>x</script>"
    page = place.seen(place.publish(place.content(text=words)).url)[1]
    assert "<b>bold</b>" not in page
    assert "<script>x</script>" not in page
    assert "[gallery]" in html.unescape(page)


def test_the_connection_can_be_tried_without_publishing(place):
    place.content()
    assert place.platform.test(place.account).ok


def test_a_wrong_password_is_said_and_nothing_is_there(place):
    if not place.signs_in:
        return
    content = place.content()
    wrong = dataclasses.replace(place.account, secret="wrong")
    with pytest.raises(Rejected, match="no longer accepts our password") as raised:
        place.publish(content, account=wrong)
    assert raised.value.reconnect
    assert not place.platform.test(wrong).ok
    assert place.find(content) is None


def test_as_many_photos_as_the_platform_takes_and_as_many_words(place, trust):
    limits = trust.platform(place.key)
    number, length = limits.limit("photos", "max"), limits.limit("text", "max")
    content = place.content(children=[trust.amira], photos=1, text="word " * (length // 5))
    photo = content.photos[0]
    many = tuple(
        dataclasses.replace(photo, sha256=f"{n:064}", file_name=f"photo-{n:02}-abcdef.jpg")
        for n in range(number)
    )
    published = place.publish(dataclasses.replace(content, photos=many))
    page = place.seen(published.url)[1]
    names = {url for url, _ in photos_on(page)}
    assert len(names) >= number
    assert page.count("word ") >= length // 5 - 1


def test_every_automatic_platform_keeps_this_contract():
    tried = {"news_page", "wordpress"}
    assert tried == set(PLATFORMS) - {Channel.Way.ASSISTED}
