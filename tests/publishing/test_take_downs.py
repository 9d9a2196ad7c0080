"""What had to come down: since when it was owed, whose task it is, how long it took (R-147)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from approvals import actions as approvals
from consents.actions import set_hold, withdraw
from posts.errors import NotPossible, SomebodyWasFaster
from posts.models import Post
from publishing import assisted, reviewing, taking_down
from publishing.models import Delivery
from schools.models import Notice
from schools.roles import Role
from tests.approvals.pages import words
from tests.cast import Trusty

pytestmark = pytest.mark.django_db

LINK = "https://www.facebook.com/oakprimary/posts/1"
ADDRESS = "/publishing/take-downs/"


def withdrawn(trust: Trusty) -> None:
    withdraw(child=trust.amira, giver=trust.mother(trust.amira), by=trust.connie)


def by_hand(trust: Trusty) -> Post:
    """On Facebook, posted by Uma."""
    post = trust.approved(children=[trust.amira], channels=["facebook"])
    assert trust.uma
    trust.send_all()
    delivery = trust.delivery(post, "facebook")
    assisted.open_package(delivery=delivery, by=trust.uma)
    assisted.posted(delivery=delivery, url=LINK, by=trust.uma)
    return post


# ── since when ───────────────────────────────────────────────────────────────────────────────────
def test_it_is_owed_from_the_moment_the_permission_ended(trust):
    post = trust.published(children=[trust.amira])
    withdrawn(trust)
    said = trust.amira.decisions.filter(answer="withdrawn").earliest("recorded_at").recorded_at
    reviewing.review_live()
    assert trust.delivery(post).owed_since == said


def test_a_hold_and_a_withdrawal_read_the_same(trust, signed_in):
    pages = []
    for act in (
        lambda: withdrawn(trust),
        lambda: set_hold(child=trust.tom, kind="care", by=trust.dot),
    ):
        child = trust.tom if pages else trust.amira
        trust.published(children=[child], text="We sang.")
        act()
        reviewing.review_live()
        post = Post.objects.order_by("-pk").first()
        assert post is not None
        pages.append([a.detail for a in trust.delivery(post).attempts.all()])
    assert pages[0] == pages[1]


def test_what_was_posted_after_the_withdrawal_is_owed_from_when_it_was_there(trust):
    post = trust.approved(children=[trust.amira], channels=["facebook"])
    assert trust.uma
    trust.send_all()
    assisted.open_package(delivery=trust.delivery(post, "facebook"), by=trust.uma)
    withdrawn(trust)
    assisted.posted(delivery=trust.delivery(post, "facebook"), url=LINK, by=trust.uma)
    reviewing.review_live()
    delivery = trust.delivery(post, "facebook")
    assert delivery.owed_since == delivery.sent_at


def test_after_a_stop_it_is_owed_from_the_press(trust):
    post = trust.published()
    stop = approvals.stop(post=post, by=trust.tessa, reason="Wrong photo")
    reviewing.review_live()
    assert trust.delivery(post).owed_since == stop.at


def test_a_second_try_does_not_set_the_clock_back(trust):
    post = by_hand(trust)
    withdrawn(trust)
    reviewing.review_live()
    first = trust.delivery(post, "facebook").owed_since
    reviewing.review_live(at=timezone.now() + timedelta(hours=1))
    assert trust.delivery(post, "facebook").owed_since == first


# ── what waits ───────────────────────────────────────────────────────────────────────────────────
def test_author_and_head_are_told_once_that_what_waits_cannot_go_as_it_is(trust):
    tomorrow = timezone.now() + timedelta(days=1)
    post = trust.approved(children=[trust.amira], goes_out_at=tomorrow)
    trust.send_all()
    withdrawn(trust)
    reviewing.review_live()
    reviewing.review_live()
    told = Notice.objects.filter(subject__startswith="Cannot go to News page as it is")
    assert sorted(notice.user.name for notice in told) == ["Hana Okafor", "Tessa Marlow"]
    assert trust.delivery(post).state == "queued"


def test_nobody_is_told_of_a_post_that_does_not_show_the_child(trust):
    trust.approved(children=[trust.tom], goes_out_at=timezone.now() + timedelta(days=1))
    trust.send_all()
    withdrawn(trust)
    reviewing.review_live()
    assert not Notice.objects.filter(subject__startswith="Cannot go").exists()


# ── the page ─────────────────────────────────────────────────────────────────────────────────────
def test_what_is_owed_stands_with_whose_task_it_is(trust, signed_in):
    by_hand(trust)
    withdrawn(trust)
    reviewing.review_live()
    page = words(signed_in(trust.hana).get(ADDRESS))
    assert "1 is still to be taken down." in page
    assert "Uma Reid takes it down" in page


def test_what_is_gone_says_how_long_it_took(trust, signed_in):
    post = trust.published(children=[trust.amira])
    withdrawn(trust)
    reviewing.review_live()
    gone = trust.delivery(post).taken_down_at
    Delivery.objects.update(owed_since=gone - timedelta(seconds=130))
    page = words(signed_in(trust.hana).get(ADDRESS))
    assert "Nothing is left to be taken down." in page
    assert "Of those that are gone, in the last 90 days, half were gone within 2 minutes" in page
    assert "The longest" not in page


def test_the_longest_that_is_still_owed_stands_beside_those_that_are_gone(trust, signed_in):
    trust.published(children=[trust.amira])
    by_hand(trust)
    withdrawn(trust)
    reviewing.review_live()
    owed = Delivery.objects.exclude(state="taken_down")
    owed.update(owed_since=timezone.now() - timedelta(minutes=13, seconds=5))
    page = words(signed_in(trust.hana).get(ADDRESS))
    assert "1 is still to be taken down. The longest has been owed for 13 minutes." in page
    assert "Of those that are gone" in page


def waiting(trust: Trusty) -> Post:
    """Approved for tomorrow."""
    post = trust.approved(children=[trust.amira], goes_out_at=timezone.now() + timedelta(days=1))
    trust.send_all()
    return post


def test_what_was_stopped_before_it_went_out_says_how_long_it_took_to_be_known(trust, signed_in):
    waiting(trust)
    withdrawn(trust)
    reviewing.review_live()
    page = words(signed_in(trust.hana).get(ADDRESS))
    assert "Stopped before they went out" in page
    assert "stopped with the press, told after less than a second" in page


def test_the_time_until_it_was_known_counts_from_the_press(trust):
    post = waiting(trust)
    withdrawn(trust)
    said = trust.amira.decisions.filter(answer="withdrawn").earliest("recorded_at").recorded_at
    reviewing.review_live()
    ended = trust.delivery(post).attempts.get(step="ended")
    assert ended.facts == {"since": said.isoformat()}


def test_what_still_waits_with_its_permission_is_not_listed(trust, signed_in):
    waiting(trust)
    reviewing.review_live()
    assert "Nothing had to be taken down" in words(signed_in(trust.hana).get(ADDRESS))


def test_the_head_of_elm_does_not_see_what_was_stopped_at_oak(trust, signed_in):
    waiting(trust)
    withdrawn(trust)
    reviewing.review_live()
    assert "Stopped before" not in words(signed_in(trust.owen).get(ADDRESS))


@pytest.mark.parametrize("who", ["hana", "uma", "dot"])
def test_who_takes_posts_down_sees_the_list(trust, signed_in, who):
    assert signed_in(getattr(trust, who)).get(ADDRESS).status_code == 200


def test_the_data_protection_officer_sees_the_list(trust, signed_in):
    jo = trust.person("Jo Whitfield", Role.DPO, None)
    assert signed_in(jo).get(ADDRESS).status_code == 200


@pytest.mark.parametrize("who", ["tessa", "connie", "pat"])
def test_nobody_else_finds_the_list(trust, signed_in, who):
    assert signed_in(getattr(trust, who)).get(ADDRESS).status_code == 404


def test_the_head_of_elm_sees_nothing_of_oak(trust, signed_in):
    trust.published(children=[trust.amira])
    withdrawn(trust)
    reviewing.review_live()
    assert "Nothing had to be taken down" in words(signed_in(trust.owen).get(ADDRESS))


@pytest.mark.parametrize("number", [1, 12])
def test_the_list_asks_the_same_number_of_questions_for_one_as_for_many(
    trust, signed_in, number: int, django_assert_max_num_queries: Callable[[int], Any]
):
    for _ in range(number):
        trust.published(children=[trust.amira])
    withdrawn(trust)
    reviewing.review_live()
    page = signed_in(trust.hana)
    page.get(ADDRESS)
    with django_assert_max_num_queries(14):
        page.get(ADDRESS)


# ── closed ───────────────────────────────────────────────────────────────────────────────────────
def on_three(trust) -> Post:
    """Live on the news page, and posted by hand on Facebook and Instagram; to be taken down."""
    assert trust.uma
    post = trust.published(channels=["news", "facebook", "instagram"], children=[trust.amira])
    links = {"facebook": LINK, "instagram": "https://www.instagram.com/p/Oak1/"}
    for key, link in links.items():
        delivery = trust.delivery(post, key)
        assisted.open_package(delivery=delivery, by=trust.uma)
        assisted.posted(delivery=delivery, url=link, by=trust.uma)
    for delivery in post.deliveries.all():
        taking_down.take_down(delivery=delivery, by=trust.hana, reason="A mistake")
    return post


def owed(signed_in, person) -> int:
    return signed_in(person).get("/publishing/take-downs/").context["owed"]


def test_r_163_a_take_down_is_closed_when_each_place_is_gone_or_cannot_and_told(trust, signed_in):
    post = on_three(trust)
    assert owed(signed_in, trust.hana) == 2, "the news page is gone by itself"
    taking_down.confirm_gone(delivery=trust.delivery(post, "facebook"), by=trust.uma)
    assert owed(signed_in, trust.hana) == 1
    how = {"reason": "The account is lost. The office telephoned."}
    delivery = trust.delivery(post, "instagram")
    signed_in(trust.uma).post(f"/publishing/deliveries/{delivery.pk}/stays/", how)
    assert owed(signed_in, trust.hana) == 0
    page = signed_in(trust.hana).get("/publishing/take-downs/")
    assert "it stays there; whoever had to know was told" in words(page)


def test_r_163_how_they_were_told_is_kept_with_who_says_so(trust):
    delivery = trust.delivery(on_three(trust), "facebook")
    taking_down.stays_and_told(delivery=delivery, by=trust.uma, how="The office telephoned.")
    kept = delivery.attempts.get(step="down_told")
    assert (kept.by, kept.detail) == (trust.uma, "The office telephoned.")


def test_r_163_without_saying_how_they_were_told_it_stays_open(trust):
    delivery = trust.delivery(on_three(trust), "facebook")
    with pytest.raises(NotPossible, match="Say what was tried"):
        taking_down.stays_and_told(delivery=delivery, by=trust.uma, how=" ")


@pytest.mark.parametrize("who", ["tessa", "owen", "connie"])
def test_whoever_takes_no_post_down_closes_none(trust, who):
    delivery = trust.delivery(on_three(trust), "facebook")
    with pytest.raises(NotPossible):
        taking_down.stays_and_told(delivery=delivery, by=getattr(trust, who), how="Told")


def test_what_is_gone_is_not_also_said_to_stay(trust):
    delivery = trust.delivery(on_three(trust), "news")
    with pytest.raises(SomebodyWasFaster):
        taking_down.stays_and_told(delivery=delivery, by=trust.uma, how="Told")


def test_what_stays_can_still_be_found_gone(trust):
    delivery = trust.delivery(on_three(trust), "facebook")
    taking_down.stays_and_told(delivery=delivery, by=trust.uma, how="Told")
    taking_down.confirm_gone(delivery=delivery, by=trust.uma)
    assert Delivery.objects.get(pk=delivery.pk).state == "taken_down"
