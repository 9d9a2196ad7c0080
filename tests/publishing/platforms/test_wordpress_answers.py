"""Every answer a website may give, and what WordPress's file makes of it: later, no, or unclear."""

from __future__ import annotations

import dataclasses
import gzip
import hashlib
import json
import time
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest

from publishing.platforms import web, wordpress
from publishing.platforms.shape import (
    Account,
    Content,
    NotSent,
    Photo,
    Published,
    Rejected,
    Unclear,
)
from tests.cast import drawn
from tests.publishing.platforms.fake_wordpress import AUTHOR

LOOK, DRAFT, UPLOAD, SHOW = STEPS = (
    ("GET", "posts"),
    ("POST", "posts"),
    ("POST", "media"),
    ("POST", r"posts/\d+"),
)
SIDELOAD = json.dumps({"code": "rest_upload_sideload_error", "message": "Sorry"})
PHOTO = Photo(
    data=drawn(),
    media_type="image/jpeg",
    file_name="photo-01-abcdef.jpg",
    alt="Pupils beside a model",
    decorative=False,
    sha256=hashlib.sha256(drawn()).hexdigest(),
    width=640,
    height=480,
)
CONTENT = Content("0f0e", "An aqueduct", "We built a working aqueduct.", (PHOTO,))


@pytest.fixture
def tried(fake):
    """Publish to the stand-in: what came of it. What is remembered stays for the next try."""
    known = {}

    def walk(content=CONTENT, url=fake.url):
        try:
            return wordpress.WordPress().publish(
                content,
                account=Account(url, *AUTHOR),
                remember=known.update,
                remembered=dict(known),
            )
        except (NotSent, Rejected, Unclear) as error:
            return error

    return walk


def _public(fake):
    return len(fake.public("golive-0f0e"))


# ── a no ─────────────────────────────────────────────────────────────────────────────────────────
@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize(
    ("status", "said"),
    [
        (401, "no longer accepts our password"),
        (403, "Something in front of the website turns GoLive away"),
        (404, "does not answer as WordPress does"),
        (422, "refused it (422)"),
        (301, "has moved"),
    ],
)
def test_a_no_is_final_at_every_step_and_nothing_is_left(fake, tried, step, status, said):
    fake.answers(*step, status, "<p>No</p>")
    error = tried()
    assert isinstance(error, Rejected)
    assert said in str(error)
    assert (fake.posts, fake.media) == ({}, {})


def test_only_a_refused_password_asks_to_connect_again(fake, tried):
    fake.answers(*DRAFT, 401)
    assert tried().reconnect
    fake.answers(*DRAFT, 403)
    assert not tried().reconnect


def test_a_photo_that_is_refused_with_a_500_is_not_tried_again(fake, tried):
    fake.answers(*UPLOAD, 500, SIDELOAD)
    error = tried()
    assert isinstance(error, Rejected)
    assert str(error) == "The website refuses this photo (rest_upload_sideload_error)."


def test_a_redirect_is_not_followed(fake, tried, httpserver):
    fake.answers(*LOOK, 302, Location=f"{fake.url}/inside")
    tried()
    assert ("GET", "/inside") not in fake.asked


def test_a_draft_that_cannot_be_removed_is_told(fake, tried):
    fake.answers(*SHOW, 422)
    fake.answers("DELETE", ".*", 500, times=0)
    assert str(tried()) == (
        "The website refused it (422). A draft with its photos may be left on the website, "
        "not public. Delete it there."
    )


# ── later ────────────────────────────────────────────────────────────────────────────────────────
@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("status", [429, 503])
def test_asked_to_wait_it_waits_as_long_as_it_was_told(fake, tried, step, status):
    fake.answers(*step, status, Retry_After="120")
    error = tried()
    assert isinstance(error, NotSent)
    assert error.retry_after == timedelta(seconds=120)


def test_asked_to_wait_until_a_date_it_waits_until_then(fake, tried):
    until = datetime.now(UTC) + timedelta(minutes=3)
    fake.answers(*DRAFT, 503, Retry_After=format_datetime(until, usegmt=True))
    assert abs(tried().retry_after - timedelta(minutes=3)) < timedelta(seconds=5)


@pytest.mark.parametrize("said", ["soon", "²", "-5", "Wed, 99 Foo 2026", "9" * 40, ""])
def test_a_wait_that_makes_no_sense_is_an_hour_at_most(fake, tried, said):
    fake.answers(*DRAFT, 429, Retry_After=said)
    error = tried()
    assert isinstance(error, NotSent)
    assert (error.retry_after or timedelta(0)) <= timedelta(hours=1)


@pytest.mark.parametrize("step", [LOOK, DRAFT, UPLOAD])
@pytest.mark.parametrize("status", [500, 502, 503])
def test_a_fault_before_the_last_call_is_tried_again(fake, tried, step, status):
    fake.answers(*step, status, "<h1>Error</h1>")
    assert isinstance(tried(), NotSent)
    assert isinstance(tried(), Published)
    assert _public(fake) == 1


def test_a_second_try_goes_on_with_the_draft_and_uploads_nothing_twice(fake, tried):
    fake.answers(*SHOW, 429)
    assert isinstance(tried(), NotSent)
    assert isinstance(tried(), Published)
    assert fake.asked.count(DRAFT) == 1
    assert fake.asked.count(UPLOAD) == 1


def test_a_second_try_with_other_words_shows_those(fake, tried):
    fake.answers(*SHOW, 429)
    tried()
    other = dataclasses.replace(CONTENT, title="A bridge", text="It holds.", photos=())
    assert isinstance(tried(other), Published)
    (post,) = fake.public("golive-0f0e")
    assert post["title"]["raw"] == "A bridge"
    assert fake.media == {}, "a photo that is no longer part of it is gone"


def test_a_second_try_with_another_alt_text_carries_that(fake, tried):
    fake.answers(*SHOW, 429)
    tried()
    other = dataclasses.replace(PHOTO, alt="Two pupils")
    tried(dataclasses.replace(CONTENT, photos=(other,)))
    assert [photo["alt_text"] for photo in fake.media.values()] == ["Two pupils"]


def test_a_website_where_nobody_listens_is_tried_again(tried):
    error = tried(url="http://127.0.0.1:9")
    assert isinstance(error, NotSent)
    assert str(error) == "The website did not answer."


def test_a_website_that_is_slow_at_every_step_is_left_before_the_last_call(
    fake, tried, monkeypatch
):
    monkeypatch.setattr(wordpress, "TRY_SECONDS", 0.5)
    error = tried()
    assert isinstance(error, NotSent)
    assert str(error) == "The website is too slow."
    assert _public(fake) == 0


# ── unclear ──────────────────────────────────────────────────────────────────────────────────────
@pytest.mark.parametrize("status", [500, 502, 503])
def test_a_fault_at_the_last_call_is_unclear(fake, tried, status):
    fake.answers(*SHOW, status, "<h1>Error</h1>")
    assert isinstance(tried(), Unclear)


def test_a_fault_at_the_last_call_that_did_its_work_is_published(fake, tried):
    fake.answers(*SHOW, 500, "<h1>Error</h1>", afterwards=True)
    assert isinstance(tried(), Published)
    assert _public(fake) == 1


@pytest.mark.failure(30)
def test_a_post_that_lost_a_photo_on_the_way_is_a_matter_for_people(fake, tried):
    bare = {
        "id": 1,
        "status": "publish",
        "link": fake.url,
        "featured_media": 2,
        "content": {"raw": "Words only"},
    }
    fake.answers(*SHOW, 200, json.dumps(bare))
    error = tried()
    assert isinstance(error, Unclear)
    assert str(error) == "The website took the post but not all of its photos."


# ── nonsense ─────────────────────────────────────────────────────────────────────────────────────
@pytest.mark.failure(9)
@pytest.mark.parametrize(
    "body",
    ["", "hello", "<html>", "null", "7", '"yes"', "[]", "{}", '{"id": "x"}', '{"id":', "[" * 9_000],
)
@pytest.mark.parametrize("step", STEPS)
def test_nonsense_is_never_taken_for_a_yes(fake, tried, step, body):
    if (step, body) == (LOOK, "[]"):
        return  # WordPress’s own way to say: not here
    fake.answers(*step, 201 if step in (DRAFT, UPLOAD) else 200, body, times=0)
    assert isinstance(tried(), Unclear if step == SHOW else NotSent)
    assert _public(fake) == 0


def test_an_answer_without_end_is_not_read_to_the_end(fake, tried, monkeypatch):
    monkeypatch.setattr(web, "LONGEST_ANSWER", 100_000)
    fake.answers(*DRAFT, 201, "x" * 1_000_000)
    assert str(tried()) == "The website’s answer is far too long to be WordPress’s."


def test_a_packed_answer_is_not_unpacked(fake, tried):
    packed = gzip.compress(b'{"id": 1, "status": "draft"}')
    fake.answers(*DRAFT, 201, packed, Content_Encoding="gzip")
    assert isinstance(tried(), NotSent)


def test_an_answer_that_drips_has_an_end(fake, tried, monkeypatch):
    monkeypatch.setattr(web, "READ_SECONDS", 0.5)

    def drips():
        for _ in range(60):
            time.sleep(0.1)
            yield b" "

    fake.answers(*DRAFT, 201, drips)
    begun = time.monotonic()
    assert str(tried()) == "The website did not answer in time."
    assert time.monotonic() - begun < 4
