"""Place, serial number, names and thumbnails come out of no door (failure 32, P9)."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from django.test import Client
from PIL import Image

from approvals import actions as approvals
from policy.models import Channel
from posts.models import Picture, Post
from publishing import platforms
from publishing.lifecycle import DeliveryState
from publishing.models import NewsPhoto
from publishing.platforms.shape import Content
from tests.cast import Trusty, declared
from tests.posts.photos import making, reading
from tests.posts.photos.uploading import added, read, show, signed_in
from tests.promise.paths import FarEnd

CHANNELS = ["news", "facebook", "instagram", "x"]
COPIES = ("working", "medium", "thumb")


@dataclass
class Sent:
    """A stuffed photo on its way out: everything that was made of it."""

    trust: Trusty
    post: Post
    picture: Picture
    given: list[Content]

    def news_page(self) -> Iterator[bytes]:
        """The public page, both feeds, and the pages' own photo addresses."""
        public = Client()
        for address in ("/news/oak/", "/news/oak/atom.xml", "/news/oak/feed.json"):
            yield public.get(address).content


@pytest.fixture
def out(trust: Trusty, monkeypatch: pytest.MonkeyPatch) -> Sent:
    """Sent to the news page, to a platform that takes photos, and prepared for two others."""
    far_end = FarEnd()
    monkeypatch.setitem(platforms.PLATFORMS, Channel.Way.WORDPRESS, far_end)
    Channel.objects.filter(platform__key="facebook").update(way=Channel.Way.WORDPRESS)
    post = trust.draft(channels=CHANNELS)
    name = f"{making.MARK} Amira Khan.jpg"
    picture = show(trust, post, making.stuffed_jpeg(), name)
    submit_and_send(trust, post)
    return Sent(trust, post, picture, far_end.published)


def submit_and_send(trust: Trusty, post: Post) -> None:
    submission = approvals.submit(
        post=Post.objects.get(pk=post.pk), by=trust.tessa, declared=declared()
    )
    approvals.approve(submission=submission, by=trust.hana)
    trust.send_all()


@pytest.mark.parametrize("kind", making.STUFFED)
def test_the_planted_words_are_really_in_the_file(kind: str) -> None:
    assert making.MARK.encode() in making.STUFFED[kind]()


# What a camera or a program writes beside the pixels. Packed places cannot be read in the file.
PLANTED = {
    "JPEG": "MAKE MODEL SOFT ARTIST RIGHTS DESCRIPTION MAKERNOTE USERCOMMENT OWNER SERIAL "
    "LENS-SERIAL UNIQUE-ID GPS-METHOD THUMBNAIL XMP LONG-XMP IPTC COMMENT CLAIM JFXX APP10 "
    "FILM TAIL",
    "PNG": "MAKE SERIAL GPS-METHOD MAKERNOTE THUMBNAIL TEXT XMP CLAIM PREVIEW",
    "WebP": "MAKE SERIAL GPS-METHOD MAKERNOTE THUMBNAIL XMP CLAIM",
    "GIF": "COMMENT XMP CLAIM",
    "HEIC": "MAKE SERIAL GPS-METHOD MAKERNOTE THUMBNAIL XMP CLAIM FILM",
}


@pytest.mark.parametrize("kind", making.STUFFED)
def test_every_place_of_it_is_really_in_the_file(kind: str) -> None:
    data = making.STUFFED[kind]()
    missing = [p for p in PLANTED[kind].split() if f"{making.MARK}-{p}".encode() not in data]
    assert missing == []
    if kind == "JPEG":
        assert b"MPF\0" in data
        assert f"{making.MARK}-ICCTX".encode("utf-16-be") in data


def test_the_heic_has_a_second_picture_that_belongs_to_the_first() -> None:
    with Image.open(io.BytesIO(making.stuffed_heic())) as image:
        assert len(image.info["aux"]) == 1


@pytest.mark.failure(32)
@pytest.mark.parametrize("kind", making.STUFFED)
def test_nothing_of_it_comes_out_of_any_door(
    trust: Trusty, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    far_end = FarEnd()
    monkeypatch.setitem(platforms.PLATFORMS, Channel.Way.WORDPRESS, far_end)
    Channel.objects.filter(platform__key="facebook").update(way=Channel.Way.WORDPRESS)
    post = trust.draft(channels=CHANNELS)
    picture = show(trust, post, making.STUFFED[kind](), f"{making.MARK}.jpg")
    submit_and_send(trust, post)
    doors = {name: read(getattr(picture, name)) for name in COPIES}
    doors |= {f"rendition {r.pk}": read(r.file) for r in picture.renditions.all()}
    doors |= {f"news {p.pk}": read(p.file) for p in NewsPhoto.objects.all()}
    doors |= {f"platform {p.file_name}": p.data for p in far_end.published[0].photos}
    assert {name.split()[0] for name in doors} == {*COPIES, "rendition", "news", "platform"}
    assert {name: reading.traces(data) for name, data in doors.items()} == {n: [] for n in doors}


@pytest.mark.parametrize("kind", making.STUFFED)
def test_no_copy_holds_anything_but_pixels(trust: Trusty, kind: str) -> None:
    picture = added(trust, making.STUFFED[kind](), "IMG_1")
    assert picture.is_ready, picture.problem
    found = {name: reading.traces(read(getattr(picture, name))) for name in COPIES}
    assert found == {name: [] for name in COPIES}


@pytest.mark.parametrize("size", ["thumb", "medium", "large"])
def test_what_the_pages_show_holds_nothing_but_pixels(trust: Trusty, size: str) -> None:
    picture = added(trust, making.stuffed_jpeg())
    answer = signed_in(trust.tessa).get(f"/posts/photos/{picture.pk}/{size}.jpg")
    assert reading.traces(b"".join(answer.streaming_content)) == []


def test_the_original_has_no_address(trust: Trusty) -> None:
    picture = added(trust, making.stuffed_jpeg())
    browser = signed_in(trust.tessa)
    tried = [f"/posts/photos/{picture.pk}/original.jpg", f"/media/{picture.original.name}"]
    assert {browser.get(address).status_code for address in tried} == {404}
    with pytest.raises(ValueError, match="has no address"):
        _ = picture.original.url


def test_no_rendition_holds_anything_but_pixels(out: Sent) -> None:
    found = [reading.traces(read(r.file)) for r in out.picture.renditions.all()]
    assert len(found) >= 2
    assert not any(found)


def test_the_news_page_s_file_holds_nothing_but_pixels(out: Sent) -> None:
    assert reading.traces(read(NewsPhoto.objects.get().file)) == []


def test_the_news_page_serves_nothing_but_pixels(out: Sent) -> None:
    photo = NewsPhoto.objects.get()
    answer = Client().get(f"/news/oak/photos/{photo.pk}-{photo.sha256[:16]}.jpg")
    assert reading.traces(b"".join(answer.streaming_content)) == []


def test_a_platform_is_given_nothing_but_pixels(out: Sent) -> None:
    assert [reading.traces(photo.data) for photo in out.given[0].photos] == [[]]


def test_a_platform_is_given_a_file_name_that_tells_nothing(out: Sent) -> None:
    photo = out.given[0].photos[0]
    assert photo.file_name == f"photo-01-{photo.sha256[:6]}.jpg"


def test_neither_page_nor_feeds_say_what_the_file_was_called_or_held(out: Sent) -> None:
    assert not any(making.MARK.encode() in page for page in out.news_page())


def test_the_package_for_posting_by_hand_holds_nothing_but_pixels(out: Sent) -> None:
    trust = out.trust
    delivery = trust.delivery(out.post, "instagram")
    browser = signed_in(trust.uma)
    browser.post(f"/publishing/deliveries/{delivery.pk}/open/")
    delivery.refresh_from_db()
    assert delivery.state == DeliveryState.SENDING
    part = next(
        p for p in delivery.submission.content["channels"] if p["channel"] == delivery.channel_id
    )
    answers: list[Any] = [
        browser.get(f"/posts/renditions/{photo['rendition']}.jpg") for photo in part["photos"]
    ]
    assert [reading.traces(b"".join(a.streaming_content)) for a in answers] == [[]]
