"""A worker that dies in the middle costs seconds, never a photo, and never lets one through."""

from __future__ import annotations

import os
import signal
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone

from approvals import actions as approvals
from approvals.models import Submission
from posts.checks import check
from posts.errors import NotPossible, Refused
from posts.models import Picture, Post
from posts.photos import Interrupted, PhotoRefused, process
from posts.processing import LEASE, MEMORY_MIB, MOST_TRIES, SECONDS, process_waiting
from tests.cast import Trusty, declared
from tests.posts.photos import making
from tests.posts.photos.uploading import kept, looked_at, on_disk, page, sent, show

TRY_AGAIN = "It could not be looked at. Save it as a JPEG and add it again."


@pytest.fixture
def waiting(trust: Trusty) -> Picture:
    """A good photo nobody has looked at."""
    post = trust.draft()
    sent(trust, post, ("IMG_1.jpg", making.photo()))
    return post.pictures.get()


def died_with(picture: Picture, *, tries: int = 1) -> None:
    """What a worker leaves when the power goes: the claim, and nothing else."""
    Picture.objects.filter(pk=picture.pk).update(
        state=Picture.State.WORKING, tries=tries, lease_until=timezone.now() + LEASE
    )


def later() -> None:
    """The worker, once every lease has run out."""
    while process_waiting(at=timezone.now() + LEASE + timedelta(seconds=1)):
        pass


def test_a_waiting_photo_says_that_it_is_being_prepared(trust: Trusty, waiting: Picture) -> None:
    shown = page(trust, waiting.post)
    assert "Being prepared" in shown
    assert "0 of 1 done" in shown


def test_the_page_asks_again_until_all_photos_are_done(trust: Trusty, waiting: Picture) -> None:
    asks = f'hx-get="/posts/{waiting.post_id}/photos/"'
    assert asks in page(trust, waiting.post)
    looked_at()
    assert asks not in page(trust, waiting.post)


def test_a_post_with_an_unprepared_photo_is_told_to_wait(trust: Trusty, waiting: Picture) -> None:
    verdict = check(waiting.post)
    assert not verdict.may_go
    assert "Photo 1 is still being prepared." in [f.message for f in verdict.findings]


def test_a_post_with_an_unprepared_photo_cannot_be_submitted(trust: Trusty) -> None:
    post = trust.draft()
    picture = show(trust, post, making.photo())
    died_with(picture)
    with pytest.raises((Refused, NotPossible)):
        approvals.submit(post=Post.objects.get(pk=post.pk), by=trust.tessa, declared=declared())
    assert not Submission.objects.exists()


def test_nobody_takes_a_photo_whose_worker_still_has_time(waiting: Picture) -> None:
    died_with(waiting)
    assert process_waiting() == 0


def test_a_photo_whose_worker_died_is_taken_up_by_the_next(waiting: Picture) -> None:
    died_with(waiting)
    later()
    waiting.refresh_from_db()
    assert waiting.is_ready


def test_a_photo_that_kills_every_worker_is_given_up_with_a_sentence(
    trust: Trusty, waiting: Picture
) -> None:
    died_with(waiting, tries=MOST_TRIES)
    later()
    assert TRY_AGAIN in page(trust, waiting.post)
    waiting.refresh_from_db()
    assert waiting.state == Picture.State.REFUSED


def test_a_photo_given_up_leaves_no_file(trust: Trusty) -> None:
    before, post = kept(), trust.draft()
    sent(trust, post, ("IMG_1.jpg", making.photo()))
    died_with(post.pictures.get(), tries=MOST_TRIES)
    later()
    assert kept() == before


def test_a_disk_that_refuses_leaves_the_photo_for_another_try(waiting: Picture) -> None:
    with no_room_for("working"):
        assert process_waiting() == 1
    later()
    waiting.refresh_from_db()
    assert waiting.is_ready


@contextmanager
def no_room_for(folder: str) -> Iterator[None]:
    """Nothing can be written there in this block: a file stands in the folder's place."""
    place = on_disk(folder)
    place.parent.mkdir(parents=True, exist_ok=True)
    away = place.with_name("away")
    if place.exists():
        place.rename(away)
    place.write_bytes(b"")
    yield
    place.unlink()
    if away.exists():
        away.rename(place)


# ── the process that looks ───────────────────────────────────────────────────────────────────────
@pytest.fixture(scope="module")
def slow(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A photo that takes a second or two."""
    path = tmp_path_factory.mktemp("slow") / "slow.png"
    path.write_bytes(making.encoded(making.quarters(9_000, 6_000), "PNG", compress_level=1))
    return path


def children() -> list[int]:
    """The processes of ours that look at a photo now."""
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            parent = int(stat.read_text().rpartition(")")[2].split()[1])
            command = (stat.parent / "cmdline").read_bytes()
        except (OSError, ValueError, IndexError):
            continue
        if parent == os.getpid() and b"posts.photos.look" in command:
            found.append(int(stat.parent.name))
    return found


@contextmanager
def stopped(with_signal: signal.Signals) -> Iterator[None]:
    """Whoever begins to look at a photo in this block is stopped, once."""

    def stop() -> None:
        deadline = time.monotonic() + 20
        while time.monotonic() < deadline:
            for child in children():
                os.kill(child, with_signal)
                return
            time.sleep(0.005)

    thread = threading.Thread(target=stop)
    thread.start()
    yield
    thread.join()


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGKILL])
def test_looking_that_is_stopped_from_outside_is_no_verdict(
    slow: Path, tmp_path: Path, how: signal.Signals
) -> None:
    with stopped(how), pytest.raises(Interrupted):
        process(slow, tmp_path, max_bytes=2**26, seconds=60, memory_mib=1_200)


def test_a_photo_whose_looking_was_stopped_is_good_at_the_next_try(waiting: Picture) -> None:
    with stopped(signal.SIGKILL):
        process_waiting()
    waiting.refresh_from_db()
    assert (waiting.state, waiting.tries) == (Picture.State.WAITING, 1)
    looked_at()
    waiting.refresh_from_db()
    assert waiting.is_ready


def test_a_photo_that_takes_too_long_is_refused_with_a_sentence(slow: Path, tmp_path: Path) -> None:
    """Held still, not only slow: no machine is fast enough to come through."""
    with stopped(signal.SIGSTOP), pytest.raises(PhotoRefused, match="took too long"):
        process(slow, tmp_path, max_bytes=2**26, seconds=3, memory_mib=1_200)


def test_a_photo_that_takes_too_much_memory_is_refused_with_a_sentence(
    slow: Path, tmp_path: Path
) -> None:
    with pytest.raises(PhotoRefused, match="too much memory"):
        process(slow, tmp_path, max_bytes=2**26, seconds=60, memory_mib=300)


def test_the_largest_photo_allowed_fits_into_the_memory_allowed(tmp_path: Path) -> None:
    clear = making.quarters(10_000, 6_000, mode="RGBA")
    path = tmp_path / "largest.png"
    path.write_bytes(making.encoded(clear, "PNG", compress_level=1, icc_profile=making.profile()))
    made = process(path, tmp_path, max_bytes=2**26, seconds=SECONDS, memory_mib=MEMORY_MIB)
    assert (made.working.width, made.working.height) == (2016, 1210)
