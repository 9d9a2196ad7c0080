"""What the public sees of a school's news page, and from when on no longer."""

from __future__ import annotations

from typing import Any

import pytest

from approvals import actions as approvals
from consents.actions import set_hold, withdraw
from policy.models import Channel
from posts.models import Post
from publishing import reviewing, taking_down
from publishing.models import Delivery, NewsItem, NewsPhoto
from publishing.views.news import photo_address
from tests.approvals.pages import queries, words

pytestmark = pytest.mark.django_db

INDEX, ATOM, JSON = "/news/oak/", "/news/oak/atom.xml", "/news/oak/feed.json"


def addresses(post: Post) -> tuple[str, str]:
    """Of the post and of its photo."""
    item = NewsItem.objects.get(key=Delivery.objects.get(post=post).key)
    return f"/news/oak/{item.slug}/", photo_address(NewsPhoto.objects.get(item=item))


def got(client: Any, place: str, tag: str = "") -> Any:
    """The answer, with a photo read to its end, which closes its file."""
    answer = client.get(place, headers={"If-None-Match": tag} if tag else {})
    if answer.streaming:
        b"".join(answer.streaming_content)
    return answer


def seen(client: Any, post: Post, places: tuple[str, str]) -> list[int | bool]:
    """Post, photo, page, Atom and JSON Feed: is it there?"""
    page, photo = (got(client, place).status_code for place in places)
    lists = [post.text in client.get(place).content.decode() for place in (INDEX, ATOM, JSON)]
    return [page, photo, *lists]


@pytest.fixture
def live(trust: Any) -> Post:
    """Amira is in it, and a look has been since."""
    post = trust.published(children=[trust.amira])
    reviewing.review_live()
    return post


def test_what_is_live_is_on_page_and_feeds(live, client):
    assert seen(client, live, addresses(live)) == [200, 200, True, True, True]


def test_a_withdrawal_hides_it_everywhere_before_the_sweep_has_begun(trust, live, client):
    places = addresses(live)
    withdraw(child=trust.amira, giver=trust.mother(trust.amira), by=trust.connie)
    assert Delivery.objects.get(post=live).state == "sent"
    assert seen(client, live, places) == [404, 404, False, False, False]


def test_a_hold_hides_it_in_the_same_moment(trust, live, client):
    places = addresses(live)
    set_hold(child=trust.amira, kind="protected", by=trust.dot)
    assert seen(client, live, places) == [404, 404, False, False, False]


def test_stop_hides_it_in_the_same_moment(trust, live, client):
    places = addresses(live)
    approvals.stop(post=live, by=trust.tessa, reason="Wrong photo")
    assert seen(client, live, places) == [404, 404, False, False, False]


@pytest.mark.parametrize("state", ["taking_down", "cannot_take_down"])
def test_while_it_is_taken_down_it_is_shown_nowhere(live, client, state, monkeypatch):
    places = addresses(live)
    delivery = Delivery.objects.get(post=live)
    monkeypatch.setattr(taking_down, "platform_for", lambda _: _Breaks())
    with pytest.raises(RuntimeError):
        taking_down.take_down(delivery=delivery, by=None, reason="It must go")
    if state == "cannot_take_down":
        taking_down.cannot(delivery, "It did not answer.")
    assert Delivery.objects.get(post=live).state == state
    assert seen(client, live, places) == [404, 404, False, False, False]


class _Breaks:
    """A platform whose take-down never comes back."""

    def take_down(self, *args: Any, **kwargs: Any) -> None:
        raise RuntimeError


def test_a_withdrawal_about_somebody_else_hides_nothing(trust, live, client):
    withdraw(child=trust.tom, giver=trust.mother(trust.tom), by=trust.connie)
    assert seen(client, live, addresses(live)) == [200, 200, True, True, True]


def test_no_cache_shows_it_without_asking(live, client):
    for place in (*addresses(live), INDEX, ATOM, JSON):
        control = got(client, place).headers["Cache-Control"]
        assert "no-cache" in control, place
        assert "max-age" not in control, place


def test_a_cache_that_asks_hears_that_nothing_changed(live, client):
    for place in (*addresses(live), INDEX, ATOM, JSON):
        tag = got(client, place).headers["ETag"]
        assert got(client, place, tag).status_code == 304, place


def test_a_cache_that_asks_after_a_take_down_hears_that_it_is_gone(trust, live, client):
    places = addresses(live)
    tags = {place: got(client, place).headers["ETag"] for place in places}
    withdraw(child=trust.amira, giver=trust.mother(trust.amira), by=trust.connie)
    for place, tag in tags.items():
        assert got(client, place, tag).status_code == 404, place


def test_the_page_asks_as_much_for_many_items_as_for_one(trust, live, client):
    one = queries(client, INDEX)
    for number in range(3):
        trust.published(children=[trust.amira], title=f"Another {number}")
    reviewing.review_live()
    assert queries(client, INDEX) == one


@pytest.mark.parametrize("platform", ["news", "facebook"], ids=["hides_them", "leaves_them"])
def test_it_does_so_too_while_a_withdrawal_waits_for_the_sweep(trust, live, client, platform):
    def while_it_waits() -> int:
        news = trust.platform(platform)
        withdraw(
            child=trust.amira, giver=trust.mother(trust.amira), by=trust.connie, platforms=[news]
        )
        number = queries(client, INDEX)
        trust.says(trust.amira, "yes", [news])
        return number

    trust.published(children=[trust.tom])
    trust.published(children=[trust.tom])
    one = while_it_waits()
    for number in range(3):
        trust.published(children=[trust.amira], title=f"Another {number}")
    assert while_it_waits() == one


# ── without an address ───────────────────────────────────────────────────────────────────────────
def test_without_a_school_the_schools_with_a_news_page_are_listed(trust, client):
    Channel.objects.filter(school=trust.elm, platform__key="news").update(is_active=False)
    page = words(client.get("/news/"))
    assert "Oak Primary School" in page
    assert "Elm Academy" not in page


def test_the_public_is_not_sent_to_a_page_of_its_own(client, trust):
    answer = client.get("/news/oak/not-there/")
    assert answer.status_code == 404
    assert "Go to my page" not in words(answer)


def test_staff_who_lose_their_way_are_led_to_their_page(trust, signed_in):
    assert "Go to my page" in words(signed_in(trust.tessa).get("/posts/4711/"))
