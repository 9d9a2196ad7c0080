"""Verbs about what is done to a photo: cover, crop, straighten, a border, take back. Like all
content, each change raises the revision. The original and the working copy stay as they were."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import transaction

from policy.models import Channel
from posts import renditions
from posts.actions import must_be_editable, touch
from posts.errors import NotPossible
from posts.hiding import Sight
from posts.models import Cover, Frame, Picture, ShapeStep
from posts.models.shapes import MOST_DEGREES
from posts.photos.shape import Framing, Patch, patch_over, within
from posts.seeing.boxes import Box
from schools.models import User

MOST_COVERS = 200
MOST_STEPS = 100
# The shorter side of what a crop leaves, in pixels of the working copy.
LEAST_LEFT = 160
_PARTS = ("left", "top", "width", "height")
NOT_KNOWN = (
    "Everyone can be covered once it is known where everyone is: say whose each face is, and mark "
    "who has no box yet."
)


@transaction.atomic
def cover(
    *, picture: Picture, patches: Sequence[Patch], channel: Channel | None, by: User
) -> list[Cover]:
    """Cover these parts, on one channel or (None) on all."""
    before = _begin(picture, by, [channel])
    made = _cover(picture, patches, channel, by)
    _keep(picture, before, by, "covered")
    return made


@transaction.atomic
def change(*, cover: Cover, patch: Patch, by: User) -> None:
    """Move a cover, or make it larger or smaller."""
    before = _begin(cover.picture, by, [])
    _must_touch(patch)
    for name in _PARTS:
        setattr(cover, name, getattr(patch.box, name))
    cover.form = Cover.Form.ELLIPSE if patch.is_round else Cover.Form.BOX
    cover.save(update_fields=[*_PARTS, "form"])
    _keep(cover.picture, before, by, "cover_moved")


@transaction.atomic
def uncover(*, cover: Cover, by: User) -> None:
    """Take a cover away; the checks then speak up if somebody under it may not be shown."""
    picture = cover.picture
    before = _begin(picture, by, [])
    Cover.objects.filter(pk=cover.pk).delete()
    _keep(picture, before, by, "uncovered")


@transaction.atomic
def cover_everyone(*, picture: Picture, channels: Sequence[Channel | None], by: User) -> None:
    """Everybody who can still be seen, in one press; None: on all channels. Only where it is known
    of everybody where they are: `NotPossible` otherwise."""
    before = _begin(picture, by, channels)
    picture = Picture.objects.get(pk=picture.pk)
    for channel in channels:
        sight = Sight.of(picture, channel.pk if channel else None)
        if not sight.can_cover_everyone:
            raise NotPossible(NOT_KNOWN)
        _cover(picture, [patch_over(box) for box in sight.to_cover()], channel, by)
    _keep(picture, before, by, "everyone_covered")


@transaction.atomic
def frame(*, picture: Picture, framing: Framing, channel: Channel | None, by: User) -> Framing:
    """Crop and straighten, on one channel or (None) on all; return it as it was kept: smaller where
    straightening would have left empty corners. `NotPossible` when too little is left."""
    before = _begin(picture, by, [channel])
    if abs(framing.degrees) > MOST_DEGREES:
        raise NotPossible(f"A photo can be straightened by up to {MOST_DEGREES} degrees.")
    kept = within(framing, picture.width / picture.height)
    if min(kept.box.width * picture.width, kept.box.height * picture.height) < LEAST_LEFT:
        raise NotPossible("Too little of the photo would be left. Crop less of it.")
    everywhere = Frame.objects.filter(picture=picture, channel=None).exists()
    if kept == Framing() and (channel is None or not everywhere):
        Frame.objects.filter(picture=picture, channel=channel).delete()
    else:
        _write(picture, kept, channel, by)
    _keep(picture, before, by, "framed")
    return kept


@transaction.atomic
def border(*, picture: Picture, channels: Sequence[Channel], by: User) -> None:
    """A plain border where these channels want it wider or taller: nothing is cut off."""
    before = _begin(picture, by, channels)
    for channel in channels:
        now = Sight.of(Picture.objects.get(pk=picture.pk), channel.pk).shape.framing
        _write(picture, Framing(now.box, now.degrees, has_border=True), channel, by)
    _keep(picture, before, by, "bordered")


@transaction.atomic
def take_back(*, picture: Picture, by: User) -> None:
    """Undo the last change."""
    _begin(picture, by, [])
    last = ShapeStep.objects.filter(picture=picture).last()
    if last is None:
        raise NotPossible("There is nothing to take back.")
    _clear(picture)
    for fields in last.before["covers"]:
        Cover.objects.create(picture=picture, **fields)
    for fields in last.before["frames"]:
        Frame.objects.create(picture=picture, **fields)
    last.delete()
    _changed(picture, by, "shape_taken_back")


@transaction.atomic
def as_it_was(*, picture: Picture, by: User) -> None:
    """No cover, no crop. This too can be taken back."""
    before = _begin(picture, by, [])
    _clear(picture)
    _keep(picture, before, by, "shape_cleared")


def _begin(picture: Picture, by: User, channels: Sequence[Channel | None]) -> dict[str, Any]:
    """May it be changed? Returns how it is now."""
    must_be_editable(picture.post, by=by)
    if not picture.is_ready:
        raise NotPossible("This photo is still being prepared.")
    if any(c is not None and c.school_id != picture.post.school_id for c in channels):
        raise NotPossible("That channel belongs to another school.")
    return _as_it_is(picture)


def _as_it_is(picture: Picture) -> dict[str, Any]:
    shared = ("channel_id", *_PARTS, "added_by_id")
    return {
        "covers": list(Cover.objects.filter(picture=picture).values("form", *shared)),
        "frames": list(
            Frame.objects.filter(picture=picture).values("degrees", "has_border", *shared)
        ),
    }


def _keep(picture: Picture, before: dict[str, Any], by: User, what: str) -> None:
    """A change that changed nothing leaves no trace."""
    if before == _as_it_is(picture):
        return
    ShapeStep.objects.create(picture=picture, before=before, by=by)
    old = ShapeStep.objects.filter(picture=picture).order_by("-pk")[MOST_STEPS:]
    ShapeStep.objects.filter(pk__in=[step.pk for step in old]).delete()
    _changed(picture, by, what)


def _changed(picture: Picture, by: User, what: str) -> None:
    renditions.throw_away(picture)
    touch(picture.post, by=by, what=what, picture=picture.pk)


def _cover(
    picture: Picture, patches: Sequence[Patch], channel: Channel | None, by: User
) -> list[Cover]:
    there = {c.patch for c in Cover.objects.filter(picture=picture, channel=channel)}
    new = [patch for patch in dict.fromkeys(patches) if patch not in there]
    for patch in new:
        _must_touch(patch)
    if Cover.objects.filter(picture=picture).count() + len(new) > MOST_COVERS:
        raise NotPossible(f"A photo takes up to {MOST_COVERS} covers. Crop it instead.")
    return [
        Cover.objects.create(
            picture=picture,
            channel=channel,
            form=Cover.Form.ELLIPSE if patch.is_round else Cover.Form.BOX,
            added_by=by,
            **patch.box._asdict(),
        )
        for patch in new
    ]


def _must_touch(patch: Patch) -> None:
    box: Box = patch.box
    seen = Box.between(box.left, box.top, box.left + box.width, box.top + box.height)
    if not seen.width or not seen.height or max(box.width, box.height) > 4:
        raise NotPossible("The cover must lie on the photo.")


def _write(picture: Picture, framing: Framing, channel: Channel | None, by: User) -> None:
    Frame.objects.update_or_create(
        picture=picture,
        channel=channel,
        defaults={
            **framing.box._asdict(),
            "degrees": framing.degrees,
            "has_border": framing.has_border,
            "added_by": by,
        },
    )


def _clear(picture: Picture) -> None:
    Cover.objects.filter(picture=picture).delete()
    Frame.objects.filter(picture=picture).delete()
