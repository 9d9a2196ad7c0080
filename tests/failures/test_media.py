"""Photos: the exact ones, all of them, nothing in them, and gone when they are gone (29 to 32)."""

from __future__ import annotations

import hashlib
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.test import Client

from approvals import actions as approvals
from posts import picturing
from posts.models import LeftOut, Picture, Post, Rendition
from publishing import sweeping, taking_down
from publishing.models import Delivery, NewsPhoto
from publishing.sending import send
from tests.cast import declared
from tests.posts.photos import making, reading
from tests.posts.photos.uploading import kept, on_disk, read, show
from tests.publishing.platforms.fake_wordpress import AUTHOR, FakeWordPress
from tests.publishing.platforms.places import photos_on
from tests.publishing.platforms.places import website as oaks_website
from tests.schools.world import patterns

pytestmark = pytest.mark.django_db


def body(answer: Any) -> bytes:
    """What came, however it came."""
    return b"".join(answer.streaming_content) if answer.streaming else answer.content


def approved_hashes(delivery: Delivery) -> list[str]:
    """The photos as the Head approved them."""
    return [photo["sha256"] for photo in delivery.submission.content["channels"][0]["photos"]]


def sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


# ── 29 ───────────────────────────────────────────────────────────────────────────────────────────
def public_photos() -> list[str]:
    """The addresses on Oak's news page, as somebody without an account finds them."""
    return [src for src, _ in photos_on(Client().get("/news/oak/").content.decode())]


@pytest.mark.failure(29)
def test_anybody_gets_the_exact_approved_bytes_from_the_news_page(trust):
    post = trust.published(children=[trust.amira], photos=2)
    got = [body(Client().get(urlsplit(src).path)) for src in public_photos()]
    assert [sha256(data) for data in got] == approved_hashes(trust.delivery(post))


def test_the_address_of_a_photo_ends_with_its_post(trust):
    post = trust.published(children=[trust.amira])
    [address] = public_photos()
    taking_down.take_down(delivery=trust.delivery(post), by=trust.hana, reason="x")
    assert Client().get(address).status_code == 404


@pytest.mark.failure(29)
def test_a_website_is_sent_the_bytes_themselves_and_no_address_of_ours(trust, httpserver):
    fake = FakeWordPress(httpserver)
    delivery = oaks_website(trust, fake.url, AUTHOR).due(children=[trust.amira], photos=2)
    assert send(delivery.pk) == "sent"
    assert [sha256(data) for data in fake.uploads] == approved_hashes(delivery)
    [post] = fake.public(f"golive-{delivery.key}")
    shown = [src for src, _ in photos_on(post["content"]["raw"])]
    assert shown == [photo["source_url"] for photo in fake.media.values()]
    assert urlsplit(settings.PUBLIC_URL).netloc not in post["content"]["raw"]


# ── 30 ───────────────────────────────────────────────────────────────────────────────────────────
def lose_file(post: Post) -> None:
    rendition = Rendition.objects.filter(picture__post=post).last()
    on_disk(rendition.file.name).unlink()


def empty_file(post: Post) -> None:
    rendition = Rendition.objects.filter(picture__post=post).last()
    on_disk(rendition.file.name).write_bytes(b"")


def lose_rendition(post: Post) -> None:
    Rendition.objects.filter(picture=post.pictures.last()).delete()


def lose_picture(post: Post) -> None:
    post.pictures.last().delete()


def leave_one_out(post: Post) -> None:
    channel = post.wordings.get().channel
    LeftOut.objects.create(picture=post.pictures.last(), channel=channel)


@pytest.mark.failure(30)
@pytest.mark.parametrize(
    "lose", [lose_file, empty_file, lose_rendition, lose_picture, leave_one_out]
)
def test_with_fewer_photos_than_approved_nothing_is_published(trust, p, lose):
    post = trust.approved(children=[trust.amira], photos=2)
    sweeping.make_deliveries()
    lose(post)
    delivery = trust.delivery(post)
    assert send(delivery.pk) == "refused"
    assert p.creates == []
    assert trust.delivery(post).problem != ""


@pytest.mark.failure(30)
def test_a_new_alt_text_leaves_the_photo_where_it_was(trust, p):
    post = trust.draft(children=[trust.amira], photos=2)
    picturing.describe(
        picture=post.pictures.first(), alt_text="Another", is_decorative=False, by=trust.tessa
    )
    submission = approvals.submit(
        post=Post.objects.get(pk=post.pk), by=trust.tessa, declared=declared()
    )
    approvals.approve(submission=submission, by=trust.hana)
    trust.send_all()
    assert [photo.alt for photo in p.creates[0].photos] == ["Another", "Pupils beside a model"]


# ── 31 ───────────────────────────────────────────────────────────────────────────────────────────
@pytest.mark.failure(31)
def test_a_photo_taken_out_is_gone_at_every_address_it_had(
    trust, signed_in, django_capture_on_commit_callbacks
):
    before = kept()
    submission = trust.submitted(children=[trust.amira])
    approvals.return_to_author(submission=submission, by=trust.hana, reason="Another photo")
    picture = Picture.objects.get()
    addresses = [f"/posts/photos/{picture.pk}/{size}.jpg" for size in ("thumb", "medium", "large")]
    addresses += [f"/posts/renditions/{r.pk}.jpg" for r in picture.renditions.all()]
    author, head = signed_in(trust.tessa), signed_in(trust.hana)
    assert [len(body(author.get(a))) > 0 for a in addresses] == [True] * 4
    picture.post.refresh_from_db()
    with django_capture_on_commit_callbacks(execute=True):
        picturing.remove(picture=picture, by=trust.tessa)
    assert {who.get(a).status_code for a in addresses for who in (author, head)} == {404}
    assert kept() == before


@pytest.mark.failure(31)
def test_what_was_taken_down_leaves_no_photo_behind_in_public(trust):
    post = trust.published(children=[trust.amira])
    address, file = public_photos()[0], on_disk(NewsPhoto.objects.get().file.name)
    assert file.exists()
    taking_down.take_down(delivery=trust.delivery(post), by=trust.hana, reason="x")
    assert Client().get(address).status_code == 404
    assert not file.exists()


# ── 32 ───────────────────────────────────────────────────────────────────────────────────────────
DOORS = {"posts:photo", "posts:rendition", "posts:shaped", "news:photo"}


@pytest.mark.failure(32)
def test_out_of_every_address_that_serves_a_photo_comes_nothing_but_pixels(trust, signed_in):
    post = trust.draft()
    picture = show(trust, post, making.stuffed_jpeg())
    shaped = f"/posts/photos/{picture.pk}/on/{trust.channel('news').pk}.jpg"
    made_now = body(signed_in(trust.tessa).get(shaped))
    assert reading.traces(made_now) == [], "as it is seen before anything is kept"
    submission = approvals.submit(
        post=Post.objects.get(pk=post.pk), by=trust.tessa, declared=declared()
    )
    approvals.approve(submission=submission, by=trust.hana)
    trust.send_all()
    assert making.MARK.encode() in read(picture.original), "or this test proves nothing"
    sizes = ("thumb", "medium", "large")
    doors = {
        "posts:photo": [f"/posts/photos/{picture.pk}/{size}.jpg" for size in sizes],
        "posts:rendition": [f"/posts/renditions/{r.pk}.jpg" for r in picture.renditions.all()],
        "posts:shaped": [shaped],
        "news:photo": public_photos(),
    }
    assert doors.keys() == DOORS
    for addresses in doors.values():
        for address in addresses:
            assert reading.traces(body(signed_in(trust.hana).get(address))) == [], address


@pytest.mark.failure(32)
def test_there_is_no_other_address_that_serves_a_photo():
    serving = {name for name, entry in patterns() if str(entry.pattern).endswith(".jpg")}
    assert serving == DOORS
