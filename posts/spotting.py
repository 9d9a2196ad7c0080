"""Looking for faces and writing in the background: one photo at a time, each claimed with a lease.

What is found is a prompt for a person, never a verdict. A photo that could not be looked at stays
"not checked", which holds its post like any finding.
"""

from __future__ import annotations

import time
from datetime import datetime, timedelta
from pathlib import Path

import structlog
from django.db import transaction
from django.utils import timezone

from audit.actions import record
from posts.models import Found, Look, Picture
from posts.models.looks import LookQuerySet
from posts.seeing.boxes import Box
from posts.seeing.found import Seen
from posts.seeing.looking import Looker, NotLooked
from posts.writing import hints

log = structlog.get_logger()
LEASE = timedelta(minutes=6)
MOST_TRIES = 3
# A task begins no further photo after this: with the time one may take it stays within its limit.
BEGIN_WITHIN = 20  # seconds
# One for a process; its child starts with the first photo, so after a worker has forked.
LOOKER = Looker()


def spot_waiting(*, at: datetime | None = None, looker: Looker | None = None) -> int:
    """Look at photos that wait; return at how many. `looker`: another than this process's own."""
    moment, begun, done = at or timezone.now(), time.monotonic(), 0
    for look in Look.objects.waiting(moment).select_related("picture__post")[:20]:
        if time.monotonic() - begun > BEGIN_WITHIN:
            break
        if _claim(look, moment):
            _spot(look, looker or LOOKER)
            done += 1
    return done


def ask(picture: Picture) -> None:
    """A photo has a new working copy: what was found in the one before is gone."""
    picture.found.all().delete()
    Look.objects.update_or_create(
        picture=picture,
        defaults={
            "state": Look.State.WAITING,
            "asked_at": timezone.now(),
            "lease_until": None,
            "tries": 0,
            "looked_at": None,
        },
    )


def _claim(look: Look, at: datetime) -> bool:
    taken = (
        Look.objects.waiting(at)
        .filter(pk=look.pk, tries=look.tries)
        .update(state=Look.State.LOOKING, lease_until=at + LEASE, tries=look.tries + 1)
    )
    look.tries += 1
    return bool(taken)


def _spot(look: Look, looker: Looker) -> None:
    if look.tries > MOST_TRIES:
        _failed(look)
        return
    try:
        seen = looker.look(Path(look.picture.working.path))
    except NotLooked as error:
        # Never shown as fine: tried again, then it says that it is not checked.
        log.warning("picture.not_looked", picture=look.picture_id, why=str(error))
        if look.tries >= MOST_TRIES:
            _failed(look)
        else:
            _mine(look).update(state=Look.State.WAITING, lease_until=None)
        return
    _keep(look, seen)


def _keep(look: Look, seen: Seen) -> None:
    picture = look.picture
    lines = hints(seen.lines, picture.post.school_id)
    with transaction.atomic():
        if not _mine(look).update(
            state=Look.State.DONE, lease_until=None, looked_at=timezone.now()
        ):
            return  # removed, or taken over, while we looked
        picture.found.all().delete()
        faces = sorted(seen.faces, key=lambda face: (face.box.left, face.box.top))
        Found.objects.bulk_create(
            Found(picture=picture, sort=Found.Sort.FACE, sure=face.sure, **_sides(face.box))
            for face in faces
        )
        Found.objects.bulk_create(
            Found(
                picture=picture,
                sort=Found.Sort.WRITING,
                sure=line.sure,
                # What nothing speaks for is not kept: it may be a name all the same.
                text=line.text[:300] if hint else "",
                hint=hint,
                **_sides(line.box),
            )
            for line, hint in lines
        )
        record(
            "picture.checked",
            picture,
            by=None,
            school_id=picture.post.school_id,
            faces=len(faces),
            lines=len(lines),
        )


def _failed(look: Look) -> None:
    with transaction.atomic():
        if _mine(look).update(state=Look.State.FAILED, lease_until=None):
            school = look.picture.post.school_id
            record("picture.not_checked", look.picture, by=None, school_id=school)


def _mine(look: Look) -> LookQuerySet:
    return Look.objects.filter(pk=look.pk, state=Look.State.LOOKING, tries=look.tries)


def _sides(box: Box) -> dict[str, float]:
    return box._asdict()
