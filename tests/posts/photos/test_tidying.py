"""Files that belong to no photo any more are thrown away; the others stay (failure 31)."""

from __future__ import annotations

import os
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.utils import timezone

from posts import picturing
from posts.models import Picture
from posts.models.pictures import looking_folder, private_storage
from posts.tasks import tidy_files
from posts.tidying import throw_away_strays
from tests.cast import Trusty
from tests.posts.photos.uploading import kept, on_disk

TOMORROW = timedelta(hours=20)


def stray(folder: str) -> Path:
    """A file of that kind which no row names."""
    return on_disk(private_storage().save(f"{folder}/left-behind", ContentFile(b"left")))


@pytest.mark.parametrize("folder", ["originals", "working", "renditions/ab"])
def test_a_file_of_no_photo_is_gone_the_next_day(db: None, folder: str) -> None:
    left = stray(folder)
    throw_away_strays(at=timezone.now() + TOMORROW)
    assert not left.exists()


def test_a_copy_a_dead_worker_had_not_kept_is_gone_the_next_day(db: None) -> None:
    left = looking_folder() / "tmp-dead"
    left.mkdir()
    (left / "working.jpg").write_bytes(b"left")
    throw_away_strays(at=timezone.now() + TOMORROW)
    assert not left.exists()


def test_a_file_just_written_is_left_for_its_row_to_come(db: None) -> None:
    left = stray("originals")
    tidy_files()
    assert left.exists()
    left.unlink()


def test_a_file_older_than_the_fortnight_is_left_for_a_person(db: None) -> None:
    # Files restored beside an older database must not be deleted by a machine.
    left = stray("originals")
    old = (timezone.now() - timedelta(days=30)).timestamp()
    os.utime(left, (old, old))
    tidy_files()
    assert left.exists()
    left.unlink()


def test_every_file_of_a_photo_stays(trust: Trusty) -> None:
    before = kept()
    trust.submitted(children=[trust.amira])
    mine = kept() - before
    throw_away_strays(at=timezone.now() + TOMORROW)
    assert len(mine) >= 5
    assert mine <= kept()


def test_removing_a_photo_deletes_every_file_made_of_it(
    trust: Trusty, django_capture_on_commit_callbacks: object
) -> None:
    before = kept()
    post = trust.draft(children=[trust.amira])
    picture = Picture.objects.get(post=post)
    with django_capture_on_commit_callbacks(execute=True):
        picturing.remove(picture=picture, by=trust.tessa)
    assert kept() == before
