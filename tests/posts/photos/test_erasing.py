"""A photo that is erased is gone from every place, whatever died on the way (failure 31)."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import transaction
from django.utils import timezone

from approvals import actions as approvals
from posts import picturing
from posts.models import Picture, Post, ToErase
from posts.tasks import tidy_files
from posts.tidying import throw_away_strays
from publishing import taking_down
from publishing.models import NewsPhoto
from schools.private import PrivateStorage
from tests.cast import Trusty
from tests.posts.photos import making, reading
from tests.posts.photos.test_no_trace import submit_and_send
from tests.posts.photos.uploading import added, kept, on_disk, read, show, signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def returned(trust: Trusty) -> Picture:
    """A photo of a post that the Head gave back, so that every derivative was made."""
    submission = trust.submitted(children=[trust.amira], channels=["news", "facebook"])
    approvals.return_to_author(submission=submission, by=trust.hana, reason="Another photo")
    picture = Picture.objects.select_related("post").get()
    assert picture.renditions.count() >= 2
    return picture


def files_of(picture: Picture) -> set[str]:
    """Every file made of it."""
    files = [picture.original, picture.working, picture.medium, picture.thumb]
    return {f.name for f in [*files, *(r.file for r in picture.renditions.all())]}


def anywhere() -> Iterator[Path]:
    """Every file below the data folder: private, public, temporary."""
    return (p for p in Path(settings.GOLIVE_DATA_DIR).rglob("*") if p.is_file())


def test_every_file_made_of_it_is_gone(
    trust: Trusty, returned: Picture, django_capture_on_commit_callbacks: Any
) -> None:
    files = files_of(returned)
    assert all(on_disk(name).exists() for name in files)
    with django_capture_on_commit_callbacks(execute=True):
        picturing.remove(picture=returned, by=trust.tessa)
    assert not [name for name in files if on_disk(name).exists()]
    assert not ToErase.objects.exists()


def test_no_file_anywhere_holds_it_any_more(
    trust: Trusty, django_capture_on_commit_callbacks: Any
) -> None:
    """Found by what is planted in it, not by where we think that it lies."""
    mark = making.MARK.encode()
    before = {p for p in anywhere() if mark in p.read_bytes()}
    picture = added(trust, making.stuffed_jpeg())
    assert {p for p in anywhere() if mark in p.read_bytes()} > before
    with django_capture_on_commit_callbacks(execute=True):
        picturing.remove(picture=picture, by=trust.tessa)
    assert {p for p in anywhere() if mark in p.read_bytes()} == before


def test_a_crash_before_the_files_go_loses_none_of_them(trust: Trusty, returned: Picture) -> None:
    files = files_of(returned)
    for name in files:  # far older than what tidying looks at
        long_ago = (timezone.now() - timedelta(days=60)).timestamp()
        os.utime(on_disk(name), (long_ago, long_ago))
    picturing.remove(picture=returned, by=trust.tessa)  # what follows the commit never comes
    assert all(on_disk(name).exists() for name in files)
    tidy_files()
    assert not [name for name in files if on_disk(name).exists()]
    assert not ToErase.objects.exists()


def test_a_disk_that_refuses_is_asked_again(
    trust: Trusty, returned: Picture, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = files_of(returned)
    picturing.remove(picture=returned, by=trust.tessa)

    def refuse(_storage: PrivateStorage, _name: str) -> None:
        raise PermissionError

    monkeypatch.setattr(PrivateStorage, "delete", refuse)
    tidy_files()
    assert ToErase.objects.count() == len(files)
    monkeypatch.undo()
    tidy_files()
    assert not [name for name in files if on_disk(name).exists()]


def test_a_photo_that_stays_after_all_keeps_its_files(trust: Trusty, returned: Picture) -> None:
    """Taken out in a transaction that did not hold."""
    files = files_of(returned)
    with pytest.raises(ZeroDivisionError):
        _remove_and_fail(trust, returned)
    tidy_files()
    assert all(on_disk(name).exists() for name in files)


def _remove_and_fail(trust: Trusty, picture: Picture) -> None:
    with transaction.atomic():
        picturing.remove(picture=picture, by=trust.tessa)
        raise ZeroDivisionError


def test_taken_down_and_erased_it_is_on_no_page_and_no_disk(
    trust: Trusty, django_capture_on_commit_callbacks: Any
) -> None:
    before = kept()
    post = trust.draft(channels=["news"])
    show(trust, post, making.stuffed_jpeg())
    delivery = _published(trust, post)
    page = f"/posts/photos/{post.pictures.get().pk}/large.jpg"
    assert reading.traces(read(NewsPhoto.objects.get().file)) == []
    with django_capture_on_commit_callbacks(execute=True):
        taking_down.take_down(delivery=delivery, by=trust.hana, reason="A parent asked")
    assert not NewsPhoto.objects.exists()
    assert not [name for name in kept() - before if name.startswith("news")]
    kept_for_answers = signed_in(trust.tessa).get(page)
    assert b"".join(kept_for_answers.streaming_content), "what was sent can still be shown"


def _published(trust: Trusty, post: Post) -> Any:
    submit_and_send(trust, post)
    return trust.delivery(post)


def test_a_crash_while_it_is_taken_down_leaves_no_file_of_the_news_page(
    trust: Trusty, monkeypatch: pytest.MonkeyPatch
) -> None:
    trust.published(children=[trust.amira])
    photo = NewsPhoto.objects.get()
    file = on_disk(photo.file.name)
    long_ago = (timezone.now() - timedelta(days=60)).timestamp()
    os.utime(file, (long_ago, long_ago))
    monkeypatch.setattr("publishing.platforms.news_page.carry_out", lambda _: None)
    taking_down.take_down(
        delivery=trust.delivery(Post.objects.get()), by=trust.hana, reason="A parent asked"
    )
    assert file.exists()
    tidy_files()
    assert not file.exists()


def test_a_file_of_the_news_page_that_no_item_names_is_thrown_away(trust: Trusty) -> None:
    stray = on_disk("news/left-behind.jpg")
    trust.published(children=[trust.amira])
    named = on_disk(NewsPhoto.objects.get().file.name)
    stray.write_bytes(b"left")
    throw_away_strays(at=timezone.now() + timedelta(hours=20))
    assert (stray.exists(), named.exists()) == (False, True)
