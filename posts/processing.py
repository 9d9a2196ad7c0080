"""Looking at uploaded photos in the background: verify, read facts, strip, upright, make copies.

Each photo is claimed by a conditional UPDATE with a lease, so that any number of workers share the
work and a dead one loses nothing.
"""

from __future__ import annotations

import tempfile
import time
from datetime import datetime, timedelta
from pathlib import Path

import structlog
from django.core.files import File
from django.db import transaction
from django.utils import timezone

from audit.actions import record
from posts import reuse
from posts.erasing import carry_out, remember
from posts.models import Picture, ToErase
from posts.models.pictures import looking_folder
from posts.photos import Interrupted, PhotoRefused, Processed, process
from posts.photos.kinds import wrong_name
from posts.spotting import ask
from schools.models import Trust

log = structlog.get_logger()
LEASE = timedelta(minutes=3)
SECONDS = 60
MEMORY_MIB = 1_200
MOST_TRIES = 3
AT_ONCE = 4
# One task begins no further photo after this: with SECONDS it stays within a task's time limit.
BEGIN_WITHIN = 25
COPIES = ("working", "medium", "thumb")


def process_waiting(*, at: datetime | None = None) -> int:
    """Look at photos that wait; return how many were finished, ready or refused."""
    moment = at or timezone.now()
    done, begun = 0, time.monotonic()
    for picture in Picture.objects.waiting(moment)[:AT_ONCE]:
        if time.monotonic() - begun > BEGIN_WITHIN:
            break
        if _claim(picture, moment):
            _look_at(picture)
            done += 1
    return done


def _claim(picture: Picture, at: datetime) -> bool:
    taken = (
        Picture.objects.waiting(at)
        .filter(pk=picture.pk, tries=picture.tries)
        .update(state=Picture.State.WORKING, lease_until=at + LEASE, tries=picture.tries + 1)
    )
    picture.tries += 1
    return bool(taken)


def _look_at(picture: Picture) -> None:
    if picture.tries > MOST_TRIES:
        _refuse(picture, "It could not be looked at. Save it as a JPEG and add it again.")
        return
    limit = Trust.load().largest_photo_mib * 2**20
    with tempfile.TemporaryDirectory(dir=looking_folder()) as folder:
        try:
            made = process(
                Path(picture.original.path),
                Path(folder),
                max_bytes=limit,
                seconds=SECONDS,
                memory_mib=MEMORY_MIB,
            )
            # After its content: that a web page is a web page says more than what it is called.
            if sentence := wrong_name(picture.original_name):
                raise PhotoRefused(sentence)
            _keep(picture, made)
        except PhotoRefused as error:
            _refuse(picture, str(error))
        except Interrupted:
            _put_back(picture)
        except Exception:
            # Left to its lease: tried again, then refused with a sentence. Never shown as fine.
            log.exception("picture.failed", picture=picture.pk)


def _keep(picture: Picture, made: Processed) -> None:
    _write(picture, made)
    fields = {
        "state": Picture.State.READY,
        "lease_until": None,
        "facts": made.facts,
        "pattern": made.pattern,
        "note": " ".join(made.notes)[:200],
        "width": made.working.width,
        "height": made.working.height,
        "working_sha256": made.working.sha256,
        **{name: getattr(picture, name).name for name in COPIES},
    }
    with transaction.atomic():
        kept = Picture.objects.filter(
            pk=picture.pk, state=Picture.State.WORKING, tries=picture.tries
        ).update(**fields)
        if kept:
            ask(picture)
            picture.pattern = made.pattern
            reuse.note(picture)
            record(
                "picture.ready",
                picture,
                by=None,
                school_id=picture.post.school_id,
                sha256=made.working.sha256,
            )
    if not kept:
        _throw_away(picture)


def _write(picture: Picture, made: Processed) -> None:
    """All copies or none."""
    try:
        for name in COPIES:
            copy = getattr(made, name)
            with copy.path.open("rb") as file:
                getattr(picture, name).save("copy.jpg", File(file), save=False)
    except BaseException:
        _throw_away(picture)
        raise


def _put_back(picture: Picture) -> None:
    """The machine stopped the looking: somebody else takes it up, at once."""
    log.warning("picture.interrupted", picture=picture.pk)
    Picture.objects.filter(pk=picture.pk, state=Picture.State.WORKING, tries=picture.tries).update(
        state=Picture.State.WAITING, lease_until=None
    )


def _refuse(picture: Picture, sentence: str) -> None:
    """It cannot be used. The original is deleted: nothing hostile is left behind."""
    rows: list[ToErase] = []
    with transaction.atomic():
        refused = Picture.objects.filter(
            pk=picture.pk, state=Picture.State.WORKING, tries=picture.tries
        ).update(state=Picture.State.REFUSED, lease_until=None, problem=sentence[:300], original="")
        if refused:
            rows = remember([picture.original])
            record("picture.refused", picture, by=None, school_id=picture.post.school_id)
    carry_out(rows)


def _throw_away(picture: Picture) -> None:
    """The photo was removed, or finished by another worker, while this one looked at it."""
    for name in COPIES:
        file = getattr(picture, name)
        if file:
            file.storage.delete(file.name)
