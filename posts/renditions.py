"""The exact bytes of each picture for each channel: made once, kept by content (design §5)."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import replace

from django.core.files.base import ContentFile
from django.db import IntegrityError, transaction

from policy.models import Channel, Platform
from posts.erasing import erase
from posts.errors import NotPossible
from posts.models import Picture, Rendition
from posts.photos.render import CannotRender, Rendered, RenditionSpec, render
from posts.photos.shape import Shape
from posts.whole import WholePost

# The longer side of what a page shows of each channel's version, in pixels.
SMALL = 480


def spec_for(platform: Platform) -> RenditionSpec:
    """What a platform's limits ask of one photo."""
    return RenditionSpec(
        max_side=platform.limit("photo", "max_side", default=1600),
        max_bytes=platform.limit("photo", "max_bytes", default=3_000_000),
        min_ratio=platform.limit("photo", "min_ratio", default=0.0),
        max_ratio=platform.limit("photo", "max_ratio", default=0.0),
        min_side=platform.limit("photo", "min_side", default=0),
    )


def key_for(whole: WholePost, picture: Picture, channel: Channel) -> str:
    """Names the bytes of this picture for this channel, covered and cropped as it is there."""
    return spec_for(channel.platform).key_of(whole.shape_on(picture, channel))


def prepare(whole: WholePost) -> None:
    """Make what is missing for every picture on every channel that shows it.

    Raises `NotPossible` with a sentence when a photo cannot be made to fit a platform.
    """
    for channel in whole.channels:
        spec = spec_for(channel.platform)
        for number, picture in enumerate(whole.pictures, 1):
            shape = whole.shape_on(picture, channel)
            made = {r.spec for r in whole.renditions_of(picture)}
            if whole.is_shown(picture, channel) and spec.key_of(shape) not in made:
                try:
                    _make(picture, spec, shape)
                except CannotRender as error:
                    name = channel.platform.name
                    raise NotPossible(f"Photo {number} does not fit {name}. {error}") from error


def bytes_for(
    picture: Picture, shape: Shape, spec: RenditionSpec, *, is_small: bool = False
) -> Rendered:
    """Exactly what would be sent, without keeping it; or the same small, for a page with many.
    Raises `CannotRender`."""
    if is_small:
        spec = replace(spec, max_side=min(SMALL, spec.max_side), min_side=0)
    with (picture.medium if is_small else picture.working).open("rb") as file:
        working: bytes = file.read()
    return render(working, spec, shape)


def throw_away(picture: Picture) -> None:
    """Its covers or its crop changed: bytes made before are deleted, unless a later room needs
    them. What is still wanted is made again. Call inside the transaction of the change."""
    needed = set().union(*(asked(picture) for asked in _needed))
    old = picture.renditions.exclude(pk__in=needed)
    erase([one.file for one in old])
    old.delete()


Needed = Callable[[Picture], set[int]]
_needed: list[Needed] = []


def needed_by(asked: Needed) -> Needed:
    """Decorates what a room above knows: which renditions of a picture it still needs."""
    _needed.append(asked)
    return asked


def _make(picture: Picture, spec: RenditionSpec, shape: Shape) -> None:
    made = bytes_for(picture, shape, spec)
    row = Rendition(
        picture=picture,
        spec=spec.key_of(shape),
        sha256=hashlib.sha256(made.data).hexdigest(),
        size=len(made.data),
        width=made.width,
        height=made.height,
    )
    try:
        with transaction.atomic():
            row.file.save("photo.jpg", ContentFile(made.data), save=True)
    except IntegrityError:
        # Somebody else made the same rendition in this moment; theirs is as good.
        row.file.delete(save=False)
