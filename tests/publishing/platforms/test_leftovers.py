"""What an unfinished try left on a website is removed when nothing will be sent (P9)."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from approvals import actions as approvals
from consents.actions import withdraw
from publishing import reviewing, sweeping
from publishing.models import Delivery
from publishing.platforms.shape import Gone
from publishing.platforms.wordpress import WordPress
from schools.models import Notice
from tests.cast import Trusty, declared
from tests.publishing.platforms.fake_wordpress import FakeWordPress
from tests.publishing.platforms.places import Place

pytestmark = pytest.mark.django_db

SHOW = ("POST", r"posts/\d+")


@pytest.fixture
def refused(trust: Trusty, fake: FakeWordPress, fake_place: Place) -> Delivery:
    """Draft and photo are there, the last call was too much; then a parent withdrew."""
    delivery = fake_place.due(children=[trust.amira])
    fake.answers(*SHOW, 429)
    trust.send_all()
    assert (len(fake.posts), len(fake.media)) == (1, 1)
    withdraw(child=trust.amira, giver=trust.mother(trust.amira), by=trust.connie)
    trust.send_all(at=timezone.now() + timedelta(minutes=2))
    delivery.refresh_from_db()
    assert delivery.state == "refused"
    return delivery


def later(minutes: int) -> None:
    reviewing.review_live(at=timezone.now() + timedelta(minutes=minutes))


def test_the_photo_and_the_draft_are_removed(fake: FakeWordPress, refused: Delivery) -> None:
    later(3)
    assert (fake.posts, fake.media) == ({}, {})
    refused.refresh_from_db()
    assert refused.remembered == {}


def test_a_website_that_does_not_answer_is_asked_again(
    trust: Trusty, fake: FakeWordPress, refused: Delivery
) -> None:
    assert trust.uma
    fake.answers("DELETE", ".*", 503)
    later(3)
    assert fake.media
    later(3)
    assert fake.media, "not again at once"
    later(30)
    assert (fake.posts, fake.media) == ({}, {})


def test_people_are_told_once_that_something_is_left(
    trust: Trusty, fake: FakeWordPress, refused: Delivery
) -> None:
    assert trust.uma
    fake.answers("DELETE", ".*", 503, times=0)
    later(3)
    later(30)
    told = Notice.objects.filter(user=trust.uma, subject__startswith="Remove what is left on")
    assert told.count() == 1
    assert "amira" not in f"{told[0].subject} {told[0].body}".lower()


def test_nothing_is_sent_anew_while_it_is_being_removed(
    trust: Trusty, fake: FakeWordPress, refused: Delivery, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A Head confirms it anew in the very moment in which the rest of the last try is removed."""
    states = []

    def meanwhile() -> None:
        trust.says(trust.amira, "yes", [trust.platform("website")])
        post = refused.post
        post.refresh_from_db()
        submission = approvals.submit(post=post, by=trust.tessa, declared=declared())
        approvals.approve(submission=submission, by=trust.hana)
        states.append(sweeping.sweep(at=timezone.now() + timedelta(minutes=4)))

    real = WordPress.take_down

    def slowly(self: WordPress, remote_id: str, **how: Any) -> Gone:
        meanwhile()
        return real(self, remote_id, **how)

    with monkeypatch.context() as one:
        one.setattr(WordPress, "take_down", slowly)
        later(3)
    assert states == [[]], "handed out while it was being removed"
    trust.send_all(at=timezone.now() + timedelta(minutes=20))
    refused.refresh_from_db()
    assert refused.state == "sent"
    assert len(fake.public(f"golive-{refused.key}")) == len(fake.media) == 1
