"""A photo that is sent again, because nobody knows whether it arrived, is there once."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from posts.models import Picture, Post
from tests.cast import Trusty
from tests.posts.photos import hostile, making
from tests.posts.photos.uploading import kept, looked_at, page, sent, signed_in


def one(trust: Trusty, post: Post, data: bytes, name: str = "IMG_1.jpg", size: int = -1) -> Any:
    """As the page sends one photo by itself."""
    file = SimpleUploadedFile(name, data)
    said = {"photos": file, "size": str(len(data) if size < 0 else size)}
    return signed_in(trust.tessa).post(f"/posts/{post.pk}/photos/add/", said)


def test_a_photo_sent_twice_is_there_once(trust: Trusty) -> None:
    post, data = trust.draft(), making.photo()
    answers = [one(trust, post, data) for _ in range(2)]
    assert [(a.status_code, a.content.decode()) for a in answers] == [
        (200, "arrived"),
        (200, "is here already"),
    ]
    assert post.pictures.count() == 1


def test_the_same_photo_chosen_twice_in_one_go_is_there_once(trust: Trusty) -> None:
    post, data = trust.draft(), making.photo()
    sent(trust, post, ("a.jpg", data), ("b.jpg", data))
    assert post.pictures.count() == 1


def test_a_photo_that_is_there_is_not_counted_as_one_more(trust: Trusty) -> None:
    post = trust.draft()
    many = [(f"{n}.jpg", making.photo_of((96, 64 + n))) for n in range(20)]
    sent(trust, post, *many)
    assert one(trust, post, many[3][1]).status_code == 200
    assert post.pictures.count() == 20


def test_the_page_says_what_was_there_already(trust: Trusty) -> None:
    post, data = trust.draft(), making.photo()
    sent(trust, post, ("a.jpg", data))
    sent(trust, post, ("a.jpg", data))
    browser = signed_in(trust.tessa)
    browser.post(
        f"/posts/{post.pk}/edit/", {"photos": SimpleUploadedFile("a", data), "then": "stay"}
    )
    assert "1 photo is here already." in browser.get(f"/posts/{post.pk}/edit/").content.decode()


def test_a_photo_in_another_draft_is_no_reason_to_leave_it_out(trust: Trusty) -> None:
    data = making.photo()
    posts = [trust.draft(), trust.draft()]
    for post in posts:
        one(trust, post, data)
    assert [post.pictures.count() for post in posts] == [1, 1]


def test_of_half_a_photo_nothing_is_kept(trust: Trusty) -> None:
    before, post, data = kept(), trust.draft(), hostile.good()
    answer = one(trust, post, data[: len(data) // 2], size=len(data))
    assert (answer.status_code, answer.content.decode()) == (400, "Only a part of it arrived.")
    assert not post.pictures.exists()
    assert kept() == before


def test_a_request_without_a_photo_is_asked_for_it_again(trust: Trusty) -> None:
    post = trust.draft()
    answer = signed_in(trust.tessa).post(f"/posts/{post.pk}/photos/add/", {"size": "10"})
    assert answer.status_code == 400


def test_a_photo_that_was_refused_is_tried_once_more(
    trust: Trusty, monkeypatch: pytest.MonkeyPatch
) -> None:
    post, data = trust.draft(), making.photo()
    monkeypatch.setattr("posts.processing.MEMORY_MIB", 60)
    one(trust, post, data)
    looked_at()
    assert post.pictures.get().state == Picture.State.REFUSED
    monkeypatch.undo()
    one(trust, post, data)
    looked_at()
    assert post.pictures.get().is_ready


def test_no_photo_comes_into_a_post_that_is_with_the_head(trust: Trusty) -> None:
    post = trust.submitted().post
    answer = one(trust, post, making.photo())
    assert answer.status_code == 409
    assert "Take it back first" in answer.content.decode()
    assert not post.pictures.exists()


def test_another_school_s_head_can_add_nothing(trust: Trusty) -> None:
    post, data = trust.draft(), making.photo()
    said = {"photos": SimpleUploadedFile("a.jpg", data), "size": str(len(data))}
    answer = signed_in(trust.owen).post(f"/posts/{post.pk}/photos/add/", said)
    assert answer.status_code == 404


def test_a_phone_s_camera_is_offered(trust: Trusty) -> None:
    assert 'accept="image/*" capture="environment"' in page(trust, trust.draft())
