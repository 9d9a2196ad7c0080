"""What is live without permission comes down, and is chased to its end (P6)."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from approvals import actions as approvals
from consents.actions import set_hold, withdraw
from consents.models import Guardianship, Import
from policy.models import Channel
from posts import picturing
from posts.models import Post
from publishing import assisted, looking, platforms, reviewing, sweeping, taking_down
from publishing.models import NewsItem
from publishing.platforms.news_page import NewsPage
from publishing.platforms.shape import Capabilities, NotSent, Unclear
from schools.models import Heartbeat, Notice
from tests.approvals.pages import words
from tests.cast import declared
from tests.failures.far_end import P, breaks

pytestmark = pytest.mark.django_db

LINK = "https://www.facebook.com/oakprimary/posts/1"


def gone(trust, child) -> None:
    """The mother changes her mind."""
    withdraw(child=child, giver=trust.mother(child), by=trust.connie)


def state(trust, post: Post, key: str = "news") -> str:
    return trust.delivery(post, key).state


def test_a_withdrawal_takes_down_what_is_live(trust):
    post = trust.published(children=[trust.amira])
    gone(trust, trust.amira)
    assert reviewing.review_live() == 1
    assert state(trust, post) == "taken_down"


def test_a_hold_takes_down_what_is_live(trust):
    post = trust.published(children=[trust.amira])
    set_hold(child=trust.amira, kind="protected", by=trust.dot)
    reviewing.review_live()
    assert state(trust, post) == "taken_down"


def test_an_answer_that_became_unclear_takes_down_what_is_live(trust):
    post = trust.published(children=[trust.amira])
    trust.says(trust.amira, "unclear", [trust.platform("news")])
    reviewing.review_live()
    assert state(trust, post) == "taken_down"


def test_an_adult_who_withdraws_is_taken_down_too(trust):
    adult = trust.author_visit
    trust.adult_says(adult, "yes", [trust.platform("news")])
    draft = trust.draft(photos=1)
    picture = draft.pictures.get()
    picturing.show_adult(picture=picture, adult=adult, by=trust.tessa)
    picturing.declare(picture=picture, people_complete=True, nothing_readable=True, by=trust.tessa)
    post = send(trust, draft)
    trust.adult_says(adult, "withdrawn", [trust.platform("news")])
    reviewing.review_live()
    assert state(trust, post) == "taken_down"


def test_an_adult_who_is_only_named_in_the_words_is_taken_down_too(trust):
    platforms = [trust.platform("news")]
    trust.adult_says(trust.author_visit, "yes", platforms, "full_name")
    post = trust.published(
        children=[trust.amira], text="Thank you, Ada Visitor, for reading to us."
    )
    assert state(trust, post) == "sent"
    trust.adult_says(trust.author_visit, "withdrawn", platforms, "full_name")
    reviewing.review_live()
    assert state(trust, post) == "taken_down"


def test_a_withdrawal_for_one_platform_leaves_the_others_up(trust):
    post = trust.published(children=[trust.amira])
    facebook = trust.platform("facebook")
    trust.says(trust.amira, "withdrawn", [facebook])
    assert reviewing.review_live() == 0
    assert state(trust, post) == "sent"


def test_a_withdrawal_leaves_up_what_does_not_show_the_child(trust):
    tom = trust.published(children=[trust.tom])
    trust.published(children=[trust.amira])
    gone(trust, trust.amira)
    assert reviewing.review_live() == 1
    assert state(trust, tom) == "sent"


def test_every_post_that_shows_the_child_comes_down(trust):
    posts = [trust.published(children=[trust.amira]) for _ in range(3)]
    gone(trust, trust.amira)
    assert reviewing.review_live() == 3
    assert {state(trust, post) for post in posts} == {"taken_down"}


def test_what_was_posted_by_hand_long_after_the_withdrawal_comes_down(trust):
    post = trust.approved(children=[trust.amira], channels=["facebook"])
    assert trust.uma
    trust.send_all()
    delivery = trust.delivery(post, "facebook")
    assisted.open_package(delivery=delivery, by=trust.uma)
    gone(trust, trust.amira)
    reviewing.review_live()
    Heartbeat.objects.update(at=timezone.now() + reviewing.OVERLAP)
    assisted.posted(delivery=delivery, url=LINK, by=trust.uma)
    reviewing.review_live()
    assert state(trust, post, "facebook") == "cannot_take_down"


def test_what_a_person_found_live_long_after_the_withdrawal_comes_down(trust):
    post = trust.approved(children=[trust.amira], channels=["facebook"])
    assert trust.uma
    trust.send_all()
    assisted.open_package(delivery=trust.delivery(post, "facebook"), by=trust.uma)
    sweeping.sweep_stuck(at=timezone.now() + timedelta(hours=25))
    gone(trust, trust.amira)
    reviewing.review_live()
    Heartbeat.objects.update(at=timezone.now() + reviewing.OVERLAP)
    looking.it_is_there(delivery=trust.delivery(post, "facebook"), url=LINK, by=trust.uma)
    reviewing.review_live()
    assert state(trust, post, "facebook") == "cannot_take_down"


def test_a_withdrawal_while_the_last_look_went_on_is_not_overlooked(trust, monkeypatch):
    slow, post = trust.published(children=[trust.tom]), trust.published(children=[trust.amira])
    gone(trust, trust.tom)

    class Slow(NewsPage):
        def take_down(self, *place, **how):
            gone(trust, trust.amira)
            return super().take_down(*place, **how)

    began = timezone.now() - 2 * reviewing.OVERLAP
    monkeypatch.setitem(platforms.PLATFORMS, "news_page", Slow())
    reviewing.review_live(at=began)
    monkeypatch.setitem(platforms.PLATFORMS, "news_page", NewsPage())
    Heartbeat.objects.filter(at__gt=began).update(at=timezone.now() + reviewing.OVERLAP)
    reviewing.review_live()
    assert {state(trust, slow), state(trust, post)} == {"taken_down"}


# ── taken back ───────────────────────────────────────────────────────────────────────────────────
def test_what_was_on_its_way_when_it_was_taken_back_comes_down_again(trust, monkeypatch):
    class Slow(NewsPage):
        def publish(self, content, **how):
            approvals.take_back(post=Post.objects.get(), by=trust.tessa)
            return super().publish(content, **how)

    monkeypatch.setitem(platforms.PLATFORMS, "news_page", Slow())
    post = trust.published()
    assert (state(trust, post), post.state) == ("sent", "draft")
    reviewing.review_live()
    assert state(trust, post) == "taken_down"


def test_what_was_live_before_stays_when_the_rest_is_taken_back(trust):
    post = trust.approved(channels=["news", "facebook"])
    trust.send_all()
    approvals.take_back(post=post, by=trust.tessa)
    reviewing.review_live()
    assert state(trust, post) == "sent"


# ── who may decide ───────────────────────────────────────────────────────────────────────────────
def test_a_court_order_on_whoever_said_yes_takes_down_what_is_live(trust):
    post = trust.published(children=[trust.amira])
    tie = Guardianship.objects.get(child=trust.amira, parent=trust.mother(trust.amira))
    tie.court_order = True
    tie.save()
    reviewing.review_live()
    assert state(trust, post) == "taken_down"


@pytest.mark.parametrize("undone", [False, True])
def test_a_long_import_that_ended_just_now_is_looked_at_from_its_beginning(trust, undone):
    post = trust.published(children=[trust.amira])
    reviewing.review_live()
    began = timezone.now()
    gone(trust, trust.amira)
    ended = began + timedelta(minutes=9)
    Heartbeat.objects.update(at=ended)
    before = began - timedelta(days=2)
    when = (
        {
            "state": Import.State.UNDONE,
            "confirmed_at": before,
            "finished_at": before,
            "undo_asked_at": began,
            "undone_at": ended,
        }
        if undone
        else {"state": Import.State.DONE, "confirmed_at": began, "finished_at": ended}
    )
    Import.objects.create(
        school=trust.oak, uploaded_by=trust.connie, confirmed_by=trust.connie, size=1, **when
    )
    reviewing.review_live(at=ended + timedelta(seconds=30))
    assert state(trust, post) == "taken_down"


def test_what_was_said_since_the_last_look_is_found_by_an_index(trust):
    """The look is made every few seconds, and whenever a page of our own is asked for."""
    trust.published(children=[trust.amira])
    with CaptureQueriesContext(connection) as asked:
        reviewing.owed([])
    plans = []
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET LOCAL enable_seqscan = off")  # with so few rows it would
        for query in asked.captured_queries:
            words = "EXPLAIN" if connection.vendor == "postgresql" else "EXPLAIN QUERY PLAN"
            cursor.execute(f"{words} {query['sql']}".replace("%", "%%"))
            plans.append(str(cursor.fetchall()))
    for index in ("decision_recorded", "guardianship_changed", "event_verb_at"):
        assert any(index in plan for plan in plans), index


# ── unknown ──────────────────────────────────────────────────────────────────────────────────────
def lost_answer(trust, monkeypatch, **can) -> P:
    """A platform that took the post and whose answer never came."""
    far = P()
    far.answer, far.capabilities = breaks(Unclear("no answer")), Capabilities(**can)
    monkeypatch.setitem(platforms.PLATFORMS, "news_page", far)
    return far


def test_an_unknown_is_looked_for_again_and_again(trust, monkeypatch):
    lost_answer(trust, monkeypatch)
    post = trust.published()
    assert state(trust, post) == "unknown"
    sweeping.sweep_stuck(at=timezone.now() + timedelta(minutes=2))
    assert state(trust, post) == "sent"


def test_a_website_that_cannot_say_is_asked_ever_more_rarely(trust, monkeypatch):
    far = lost_answer(trust, monkeypatch)
    asked = []
    far.find = lambda content, **_: asked.append(content.key)
    trust.published()
    begun = timezone.now()
    for minute in range(1, 60):
        sweeping.sweep_stuck(at=begun + timedelta(minutes=minute, seconds=5))
    assert len(asked) == 6


def test_a_withdrawal_finds_out_and_takes_down_what_was_unknown(trust, monkeypatch):
    lost_answer(trust, monkeypatch)
    post = trust.published(children=[trust.amira])
    gone(trust, trust.amira)
    reviewing.review_live()
    assert state(trust, post) == "taken_down"


def test_where_nobody_can_look_people_are_told_once_to_look_now(trust, monkeypatch):
    assert trust.uma
    lost_answer(trust, monkeypatch, read_back=False)
    post = trust.published(children=[trust.amira])
    gone(trust, trust.amira)
    reviewing.review_live()
    reviewing.review_live()
    assert state(trust, post) == "unknown"
    assert Notice.objects.filter(user=trust.uma, subject__startswith="Look now on").count() == 1


def stopped(trust, post: Post) -> None:
    """Tessa saw something wrong, and two looks went by."""
    approvals.stop(post=post, by=trust.tessa, reason="Wait")
    reviewing.review_live()
    reviewing.review_live()


def test_a_stop_finds_out_and_takes_down_what_was_unknown(trust, monkeypatch):
    lost_answer(trust, monkeypatch)
    post = trust.published(children=[trust.amira])
    stopped(trust, post)
    assert state(trust, post) == "taken_down"


def test_a_stop_of_what_is_not_found_looks_once_and_then_as_for_anything_unknown(
    trust, monkeypatch
):
    assert trust.uma
    far, asked = lost_answer(trust, monkeypatch), []
    far.find = lambda content, **_: asked.append(content.key)
    post = trust.published(children=[trust.amira])
    stopped(trust, post)
    assert (state(trust, post), len(asked)) == ("unknown", 1)
    assert Notice.objects.filter(user=trust.uma, subject__startswith="Look now on").count() == 1


def test_a_stop_where_nobody_can_look_tells_people_once_to_look_now(trust, monkeypatch):
    assert trust.uma
    lost_answer(trust, monkeypatch, read_back=False)
    post = trust.published(children=[trust.amira])
    stopped(trust, post)
    assert state(trust, post) == "unknown"
    assert Notice.objects.filter(user=trust.uma, subject__startswith="Look now on").count() == 1


# ── on the news page ─────────────────────────────────────────────────────────────────────────────
def test_after_a_take_down_item_photo_and_feeds_are_gone(trust, client):
    trust.published(children=[trust.amira])
    item = NewsItem.objects.get()
    photo = item.photos.get()
    there = [f"/news/oak/{item.slug}/", f"/news/oak/photos/{photo.pk}-{photo.sha256[:16]}.jpg"]
    assert [b"".join(client.get(a)) != b"" for a in there] == [True, True]
    gone(trust, trust.amira)
    reviewing.review_live()
    assert [client.get(address).status_code for address in there] == [404, 404]
    for feed in ("", "atom.xml", "feed.json"):
        assert b"aqueduct" not in client.get(f"/news/oak/{feed}").content


def test_after_a_take_down_the_file_of_the_photo_is_deleted(trust):
    trust.published(children=[trust.amira])
    file = NewsItem.objects.get().photos.get().file
    assert file.storage.exists(file.name)
    gone(trust, trust.amira)
    reviewing.review_live()
    assert not file.storage.exists(file.name)


def test_a_head_takes_a_post_down_with_one_press(trust, signed_in):
    post = trust.published(children=[trust.amira])
    address = f"/publishing/deliveries/{trust.delivery(post).pk}/take-down/"
    answer = signed_in(trust.hana).post(address, {"reason": "A parent rang"}, follow=True)
    assert "Taken down" in words(answer)
    assert not NewsItem.objects.live().exists()


def test_what_was_taken_down_is_never_sent_again(trust):
    post = trust.published(children=[trust.amira])
    taking_down.take_down(delivery=trust.delivery(post), by=trust.hana, reason="x")
    trust.send_all(timezone.now() + timedelta(minutes=5))
    assert state(trust, post) == "taken_down"


def test_r_114_one_press_takes_a_post_down_everywhere_and_tells_how_each_ended(trust, signed_in):
    Channel.objects.create(
        school=trust.oak, platform=trust.platform("website"), name="Oak site", way="news_page"
    )
    assert trust.uma, "who posts by hand, and takes down by hand"
    post = trust.published(children=[trust.amira], channels=["news", "website", "facebook"])
    by_hand = trust.delivery(post, "facebook")
    assisted.open_package(delivery=by_hand, by=trust.uma)
    assisted.posted(delivery=by_hand, url=LINK, by=trust.uma)
    approvals.stop(post=post, by=trust.hana, reason="A mistake")
    assert reviewing.review_live() == 3
    states = {key: state(trust, post, key) for key in ("news", "website", "facebook")}
    assert states == {
        "news": "taken_down",
        "website": "taken_down",
        "facebook": "cannot_take_down",
    }
    page = words(signed_in(trust.hana).get("/publishing/take-downs/"))
    assert page.count("An aqueduct") == 3


# ── when the platform does not answer ────────────────────────────────────────────────────────────
@pytest.mark.parametrize("error", [NotSent("busy"), Unclear("no answer")])
def test_a_take_down_that_fails_becomes_a_persons_task(trust, monkeypatch, error):
    class Silent:
        capabilities = Capabilities()

        def take_down(self, *_, **__):
            raise error

    assert trust.uma
    post = trust.published(children=[trust.amira])
    monkeypatch.setitem(platforms.PLATFORMS, "news_page", Silent())
    taking_down.take_down(delivery=trust.delivery(post), by=trust.hana, reason="x")
    assert state(trust, post) == "cannot_take_down"
    assert Notice.objects.filter(user=trust.uma, subject__startswith="Take down by hand").exists()


def test_a_take_down_whose_worker_died_becomes_a_persons_task(trust, monkeypatch):
    class Deadly:
        capabilities = Capabilities()

        def take_down(self, *_, **__):
            raise KeyboardInterrupt

    assert trust.uma
    post = trust.published(children=[trust.amira])
    monkeypatch.setitem(platforms.PLATFORMS, "news_page", Deadly())
    with pytest.raises(KeyboardInterrupt):
        taking_down.take_down(delivery=trust.delivery(post), by=trust.hana, reason="x")
    sweeping.sweep_stuck(at=timezone.now() + timedelta(hours=1))
    assert state(trust, post) == "cannot_take_down"
    assert Notice.objects.filter(user=trust.uma, subject__startswith="Take down by hand").exists()


def test_a_second_press_tries_once_more(trust, monkeypatch):
    class Busy:
        capabilities = Capabilities()

        def take_down(self, *_, **__):
            raise NotSent("busy")

    post = trust.published(children=[trust.amira])
    with monkeypatch.context() as while_busy:
        while_busy.setitem(platforms.PLATFORMS, "news_page", Busy())
        taking_down.take_down(delivery=trust.delivery(post), by=trust.hana, reason="x")
    again = trust.delivery(post)
    assert taking_down.take_down(delivery=again, by=trust.hana, reason="x") == "taken_down"


def send(trust, draft: Post) -> Post:
    """To the Head, approved, sent."""
    submission = approvals.submit(
        post=Post.objects.get(pk=draft.pk), by=trust.tessa, declared=declared()
    )
    approvals.approve(submission=submission, by=trust.hana)
    trust.send_all()
    return Post.objects.get(pk=draft.pk)
