"""What looks is a process of its own: bounded, kept from photo to photo, and no worse than gone."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from posts.seeing import looking
from posts.seeing.looking import Looker, NotLooked
from tests.posts.seeing.drawing import card, face, wall


@pytest.fixture(scope="module")
def photo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two faces and a name."""
    picture = wall()
    picture.paste(face(200), (100, 300))
    picture.paste(face(200, 1), (400, 300))
    picture.paste(card("Amira Khan", 24), (700, 200))
    path = tmp_path_factory.mktemp("seeing") / "photo.jpg"
    picture.save(path, quality=90)
    return path


@pytest.fixture(scope="module")
def looker() -> Iterator[Looker]:
    """One for all tests: it is a few seconds until the networks are there."""
    found = Looker()
    yield found
    found.close()


def child(looker: Looker) -> int:
    assert looker._child is not None
    return looker._child.pid


def test_faces_and_writing_of_a_photo(looker, photo):
    seen = looker.look(photo)
    assert len(seen.faces) == 2
    assert [line.text for line in seen.lines] == ["Amira Khan"]


def test_the_next_photo_is_looked_at_by_the_same_process(looker, photo):
    looker.look(photo)
    before = child(looker)
    looker.look(photo)
    assert child(looker) == before


def test_a_file_that_is_no_photo_is_not_checked_and_the_next_one_is(looker, photo, tmp_path):
    broken = tmp_path / "broken.jpg"
    broken.write_bytes(b"no photo at all")
    with pytest.raises(NotLooked):
        looker.look(broken)
    assert len(looker.look(photo).faces) == 2


def test_a_process_that_was_killed_is_started_again(looker, photo):
    looker.look(photo)
    os.kill(child(looker), signal.SIGKILL)
    try:
        seen = looker.look(photo)
    except NotLooked:  # it died while it was asked
        seen = looker.look(photo)
    assert len(seen.faces) == 2


def test_what_takes_too_long_is_not_checked_and_nothing_of_it_is_left(photo, monkeypatch):
    monkeypatch.setattr(looking, "STARTING", 0)
    slow = Looker(seconds=0)
    with pytest.raises(NotLooked, match="too long"):
        slow.look(photo)
    assert slow._child is None


def test_what_takes_too_much_memory_is_not_checked(photo):
    small = Looker(memory_mib=150)
    with pytest.raises(NotLooked):
        small.look(photo)
    small.close()


def test_after_a_number_of_photos_it_is_started_anew(looker, photo, monkeypatch):
    monkeypatch.setattr(looking, "PHOTOS", 1)
    looker.look(photo)
    assert looker._child is None


class OutOfTime(Exception):
    """As Celery's, raised wherever the task happens to be."""


def test_an_answer_nobody_waited_for_is_not_taken_for_the_next_photos(looker, photo, tmp_path):
    """The task's time is over while the first photo is looked at; the next one has nobody in it."""
    empty = tmp_path / "empty.jpg"
    wall().save(empty, quality=90)
    looker.look(photo)

    def end(*_: object) -> None:
        raise OutOfTime

    before = signal.signal(signal.SIGALRM, end)
    signal.setitimer(signal.ITIMER_REAL, 0.2)
    try:
        with pytest.raises(OutOfTime):
            looker.look(photo)
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
    assert looker.look(empty).faces == ()
    assert len(looker.look(photo).faces) == 2
