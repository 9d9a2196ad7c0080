"""Every file of the hostile corpus has its sentence, and the worker lives through all of them."""

from __future__ import annotations

import gc
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from posts import picturing
from posts.models import Picture
from posts.photos import PhotoRefused, process
from posts.processing import MEMORY_MIB
from tests.cast import Trusty
from tests.posts.photos import making
from tests.posts.photos.hostile import FILES, HARMLESS, TOO_LONG
from tests.posts.photos.uploading import added, kept, looked_at

# What the worker itself may grow by on the way, MiB: the children do the work.
GROWTH = 60
AT_ONCE = 20


def sentence(path: Path, folder: Path) -> str:
    """What one is told of this file; nothing of one that opens."""
    try:
        process(path, folder, max_bytes=2**25, seconds=6, memory_mib=MEMORY_MIB)
    except PhotoRefused as error:
        return str(error)
    return ""


def test_the_corpus_has_at_least_sixty_files() -> None:
    assert len(FILES) >= 60


@pytest.mark.parametrize("kind", FILES)
def test_it_is_refused_with_its_own_sentence(kind: str, tmp_path: Path) -> None:
    make, said = FILES[kind]
    (tmp_path / "original").write_bytes(make())
    assert sentence(tmp_path / "original", tmp_path) == said


@pytest.mark.parametrize("kind", HARMLESS)
def test_it_looks_for_trouble_and_finds_none(kind: str, tmp_path: Path) -> None:
    (tmp_path / "original").write_bytes(HARMLESS[kind]())
    assert sentence(tmp_path / "original", tmp_path) == ""


def test_a_refused_file_leaves_no_copy(tmp_path: Path) -> None:
    copies = tmp_path / "copies"
    copies.mkdir()
    for kind in ("a JPEG cut off in the middle", "a PNG of 400 million points", "a ZIP"):
        (tmp_path / "original").write_bytes(FILES[kind][0]())
        sentence(tmp_path / "original", copies)
    assert list(copies.iterdir()) == []


def memory(line: str) -> int:
    """What this process has in memory (VmRSS), or had at most (VmHWM), MiB."""
    status = Path("/proc/self/status").read_text().splitlines()
    return int(next(row for row in status if row.startswith(line)).split()[1]) // 1024


def test_the_worker_lives_through_all_of_them_in_a_row(
    trust: Trusty, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One process, every file, and a good photo at the end; nothing else is left on disk."""
    monkeypatch.setattr("posts.processing.SECONDS", 6)
    names = [*FILES, *HARMLESS]
    for number, make in enumerate([make for make, _ in FILES.values()] + [*HARMLESS.values()]):
        (tmp_path / f"{number}").write_bytes(make())
    # What the first photo brings in (libraries, tables of the database) is no growth.
    assert added(trust, making.photo()).is_ready
    gc.collect()
    before, rss = kept(), memory("VmRSS")
    Path("/proc/self/clear_refs").write_text("5")
    said: dict[str, str] = {}
    for start in range(0, len(names), AT_ONCE):
        some = range(start, min(start + AT_ONCE, len(names)))
        post = trust.draft()
        files = [SimpleUploadedFile("IMG", (tmp_path / f"{n}").read_bytes()) for n in some]
        made = picturing.add(post=post, files=files, by=trust.tessa)
        looked_at()
        for number, picture in zip(some, made, strict=True):
            picture.refresh_from_db()
            said[names[number]] = picture.problem
            if picture.is_ready:
                picturing.remove(picture=picture, by=trust.tessa)
    wanted = {name: words for name, (_, words) in FILES.items()} | dict.fromkeys(HARMLESS, "")
    assert said == wanted
    # Twenty uploads lie in the test's own memory meanwhile.
    assert memory("VmHWM") - rss <= GROWTH
    assert added(trust, making.photo("HEIF")).is_ready
    assert TOO_LONG in said.values()
    assert len(kept()) - len(before) <= 4 * (1 + len(HARMLESS))


@pytest.mark.parametrize("name", ["class.html", "trip.EXE", "IMG_1.jpg.svg", "photo.pdf"])
def test_a_photo_that_is_called_like_something_else_is_refused(trust: Trusty, name: str) -> None:
    picture = added(trust, making.photo(), name)
    ending = name.rpartition(".")[2].lower()
    assert (picture.state, picture.problem) == (
        Picture.State.REFUSED,
        f"Its name ends in .{ending}, and no photo is called so. Save it again as a JPEG and add "
        "that.",
    )


@pytest.mark.parametrize("name", ["IMG_1.webp", "IMG_1", "4.5.2026", "Photo.JPEG_large"])
def test_what_a_phone_calls_a_photo_is_no_reason_to_refuse(trust: Trusty, name: str) -> None:
    assert added(trust, making.photo(), name).is_ready


def test_what_a_file_is_says_more_than_what_it_is_called(trust: Trusty) -> None:
    picture = added(trust, FILES["a PDF"][0](), "letter.pdf")
    assert picture.problem == FILES["a PDF"][1]
