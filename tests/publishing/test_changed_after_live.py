"""Taken back when a part of it was live, and changed: what was sent is judged as it was sent."""

from __future__ import annotations

import pytest

from approvals import actions as approvals
from consents.actions import set_hold, withdraw
from consents.models import Child
from posts import picturing
from posts.models import Post
from publishing.reviewing import review_live

pytestmark = pytest.mark.django_db


@pytest.fixture
def half_live(trust) -> Post:
    """On the news page; Facebook waits for Uma. Its author has taken it back to change it."""
    post = trust.approved(children=[trust.amira], channels=["news", "facebook"])
    trust.send_all()
    assert trust.delivery(post).state == "sent"
    approvals.take_back(post=Post.objects.get(pk=post.pk), by=trust.tessa)
    return post


def withdrawn(trust, child: Child) -> None:
    withdraw(child=child, giver=trust.mother(child), by=trust.connie)


def test_what_went_out_comes_down_though_the_draft_no_longer_shows_the_pupil(trust, half_live):
    picturing.remove(picture=half_live.pictures.get(), by=trust.tessa)
    withdrawn(trust, trust.amira)
    review_live()
    assert trust.delivery(half_live).state == "taken_down"


def test_a_hold_takes_it_down_just_so(trust, half_live):
    picturing.remove(picture=half_live.pictures.get(), by=trust.tessa)
    set_hold(child=trust.amira, kind="protected", by=trust.dot)
    review_live()
    assert trust.delivery(half_live).state == "taken_down"


def test_it_is_owed_from_the_withdrawal(trust, half_live):
    picturing.remove(picture=half_live.pictures.get(), by=trust.tessa)
    withdrawn(trust, trust.amira)
    said = trust.amira.decisions.filter(answer="withdrawn").earliest("recorded_at").recorded_at
    review_live()
    assert trust.delivery(half_live).owed_since == said


def test_somebody_new_in_the_draft_takes_nothing_down_that_was_sent_rightly(trust, half_live):
    photo = half_live.pictures.get()
    picturing.show_child(picture=photo, child=trust.tom, by=trust.tessa)
    withdrawn(trust, trust.tom)
    review_live()
    assert trust.delivery(half_live).state == "sent"


def test_a_name_that_was_sent_is_judged_by_the_permission_for_names(trust):
    trust.says(trust.amira, "yes", [trust.platform("news")], kind="full_name")
    post = trust.published(children=[trust.amira], text="Amira Khan built an aqueduct.")
    withdraw(
        child=trust.amira,
        giver=trust.mother(trust.amira),
        by=trust.connie,
        kinds=["full_name"],
    )
    review_live()
    assert trust.delivery(post).state == "taken_down"
