"""What a website's answer becomes in the program: tried again, told to somebody, looked up."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from django.utils import timezone

from publishing.lifecycle import DeliveryState
from publishing.models import Connection
from publishing.taking_down import take_down

pytestmark = pytest.mark.django_db

D = DeliveryState
SHOW = ("POST", r"posts/\d+")


@pytest.fixture
def delivery(trust, fake_place):
    """Amira's photo, approved and due on Oak's website."""
    return fake_place.due(children=[trust.amira])


@pytest.fixture
def sent(trust, delivery):
    """Send it; the delivery as it stands then."""

    def walk(at=None):
        trust.send_all(at=at)
        delivery.refresh_from_db()
        return delivery

    return walk


def _public(fake, delivery):
    return len(fake.public(f"golive-{delivery.key}"))


def test_asked_to_wait_it_is_due_again_when_it_was_told(fake, sent):
    fake.answers("POST", "posts", 429, Retry_After="120")
    delivery = sent()
    assert delivery.state == D.QUEUED
    pause = delivery.next_try_at - timezone.now()
    assert timedelta(seconds=110) < pause <= timedelta(seconds=120)


def test_a_fault_at_the_last_call_is_left_to_people_and_asked_once(fake, sent):
    fake.answers(*SHOW, 500, "<h1>Error</h1>")
    assert sent().state == D.UNKNOWN
    assert sent(at=timezone.now() + timedelta(minutes=2)).state == D.UNKNOWN
    assert fake.asked.count(("POST", "posts/1")) == 1


def test_too_many_requests_without_a_time_is_tried_again_by_itself(fake, sent):
    fake.answers(*SHOW, 429)
    assert sent().state == D.QUEUED
    assert sent(at=timezone.now() + timedelta(minutes=2)).state == D.SENT
    assert _public(fake, sent()) == 1


@pytest.mark.failure(3)
def test_too_many_requests_although_it_was_posted_is_one_post(fake, sent):
    """Failure 3: the platform takes it and answers that it is too busy."""
    fake.answers(*SHOW, 429, afterwards=True)
    assert sent().state == D.QUEUED
    delivery = sent(at=timezone.now() + timedelta(minutes=2))
    assert delivery.state == D.SENT
    assert _public(fake, delivery) == 1


def test_neither_password_nor_words_of_the_post_come_back_in_a_problem(fake, sent, caplog):
    secret = Connection.objects.get().secret
    told = {"code": "no", "message": f"{secret} We built a working aqueduct."}
    fake.answers(*SHOW, 400, json.dumps(told))
    delivery = sent()
    said = delivery.problem + caplog.text + str(list(delivery.attempts.values()))
    assert secret not in said
    assert "aqueduct" not in said


def test_a_take_down_is_not_believed_where_the_interface_is_switched_off(trust, fake, sent):
    delivery = sent()
    off = json.dumps({"code": "rest_no_route"})
    for method in ("GET", "DELETE"):
        fake.answers(method, "(posts|media).*", 404, off, times=0)
    take_down(delivery=delivery, by=trust.hana, reason="Wrong photo")
    assert delivery.state == D.CANNOT_TAKE_DOWN


def test_a_photo_that_the_public_still_gets_is_not_called_taken_down(trust, fake, sent):
    delivery = sent()
    (photo,) = fake.media.values()
    path = photo["source_url"].removeprefix(fake.url)
    fake.answers("GET", path, 200, "a cache in front", times=0)
    take_down(delivery=delivery, by=trust.hana, reason="Wrong photo")
    assert delivery.state == D.CANNOT_TAKE_DOWN
    assert delivery.problem == "The website still shows it after it was deleted."
