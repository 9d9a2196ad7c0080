"""A channel is paused with one press, by its Head or by whoever looks after channels (R-120)."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from publishing import sweeping
from tests.approvals.pages import words

pytestmark = pytest.mark.django_db


def press(page, trust, verb: str, key: str = "news"):
    address = f"/publishing/channels/{trust.channel(key).pk}/pause/"
    return page.post(address, {"verb": verb}, follow=True)


@pytest.mark.parametrize("who", ["hana", "edith", "cara"])
def test_a_head_and_the_cio_pause_a_channel(trust, signed_in, who):
    page = words(press(signed_in(getattr(trust, who)), trust, "pause"))
    assert "is paused. Nothing goes there" in page
    assert trust.channel("news").paused_by == getattr(trust, who)


@pytest.mark.parametrize("who", ["tessa", "uma", "connie", "dot", "owen"])
def test_nobody_else_finds_the_button(trust, signed_in, who):
    answer = press(signed_in(getattr(trust, who)), trust, "pause")
    assert answer.status_code == 404
    assert trust.channel("news").paused_at is None


def test_the_head_of_elm_sees_no_channel_of_oak(trust, signed_in):
    page = words(signed_in(trust.owen).get("/publishing/channels/"))
    assert "Elm" in page
    assert "Oak" not in page


def test_a_head_connects_nothing(trust, signed_in):
    page = signed_in(trust.hana)
    assert "Add a channel" not in words(page.get("/publishing/channels/"))
    assert page.get(f"/publishing/channels/{trust.channel('news').pk}/").status_code == 404


def test_what_is_due_waits_while_the_channel_is_paused(trust, signed_in):
    press(signed_in(trust.hana), trust, "pause")
    post = trust.approved()
    trust.send_all()
    assert trust.delivery(post).state == "queued"
    press(signed_in(trust.hana), trust, "go_on")
    trust.send_all()
    assert trust.delivery(post).state == "sent"


def test_what_waited_too_long_goes_back_to_the_head(trust, signed_in):
    press(signed_in(trust.hana), trust, "pause")
    post = trust.approved()
    trust.send_all()
    sweeping.sweep_stuck(at=timezone.now() + timedelta(hours=2))
    assert trust.delivery(post).state == "refused"


def test_pausing_twice_tells_who_was_faster(trust, signed_in):
    press(signed_in(trust.hana), trust, "pause")
    assert "paused already" in words(press(signed_in(trust.edith), trust, "pause"))
