"""Taking a photo away in full size (R-048): one at a time, with a reason that stays with the post.

What is handed out is as large as the original and has nothing in it but the picture: the original
itself never leaves (P9), nor does the place where it was taken (failure 32).
"""

from __future__ import annotations

import tempfile
from pathlib import Path

from django.db import transaction

from audit.actions import record
from posts.errors import NotPossible
from posts.models import Fetched, Picture
from posts.models.pictures import looking_folder
from posts.photos import Interrupted, PhotoRefused, whole
from schools.models import Trust, User
from schools.roles import Permission

LONGEST = 300
SECONDS = 30
MEMORY_MIB = 1_200


def may_fetch(picture: Picture, by: User) -> bool:
    """Its author, while they are at the school, and who sees all the school's posts."""
    post = picture.post
    if by.may(Permission.POST_SEE_ALL, post.school_id):
        return True
    return post.author_id == by.pk and by.may(Permission.POST_DRAFT, post.school_id)


def fetch(*, picture: Picture, reason: str, is_for_school: bool, by: User) -> bytes:
    """The bytes, once who, when and why are written down."""
    if not may_fetch(picture, by) or not picture.is_ready:
        raise NotPossible("This photo cannot be fetched.")
    reason = " ".join(reason.split())
    if not reason:
        raise NotPossible("Say what you need it for. Everybody who sees the post can read it.")
    if len(reason) > LONGEST:
        raise NotPossible(f"Say it in {LONGEST} characters. Yours has {len(reason)}.")
    if not is_for_school:
        raise NotPossible("Tick that it is for the school’s work. It cannot be fetched otherwise.")
    data = _in_full(picture)
    _write_down(picture, reason, by)
    return data


def _in_full(picture: Picture) -> bytes:
    with tempfile.TemporaryDirectory(dir=looking_folder()) as folder:
        try:
            path = whole(
                Path(picture.original.path),
                Path(folder),
                max_bytes=Trust.load().largest_photo_mib * 2**20,
                seconds=SECONDS,
                memory_mib=MEMORY_MIB,
            )
            return path.read_bytes()
        except (PhotoRefused, Interrupted, OSError) as error:
            raise NotPossible("It could not be made in full size now. Try again later.") from error


@transaction.atomic
def _write_down(picture: Picture, reason: str, by: User) -> None:
    keys = list(picture.post.pictures.values_list("pk", flat=True))
    if picture.pk not in keys:
        raise NotPossible("This photo was taken out meanwhile.")
    kept = Fetched.objects.create(
        post=picture.post,
        photo=picture.pk,
        number=keys.index(picture.pk) + 1,
        sha256=picture.sha256,
        reason=reason,
        by=by,
    )
    school = picture.post.school_id
    record("picture.fetched", picture, by=by, school_id=school, fetched=kept.pk)
