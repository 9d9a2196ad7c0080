"""The exact bytes of each picture for each channel: made once, kept by content (design §5)."""

from __future__ import annotations

import hashlib

from django.core.files.base import ContentFile
from django.db import IntegrityError, transaction

from policy.models import Platform
from posts.errors import NotPossible
from posts.models import Picture, Rendition
from posts.photos.render import CannotRender, RenditionSpec, render
from posts.whole import WholePost


def spec_for(platform: Platform) -> RenditionSpec:
    """What a platform's limits ask of one photo."""
    return RenditionSpec(
        max_side=platform.limit("photo", "max_side", default=1600),
        max_bytes=platform.limit("photo", "max_bytes", default=3_000_000),
        min_ratio=platform.limit("photo", "min_ratio", default=0.0),
        max_ratio=platform.limit("photo", "max_ratio", default=0.0),
    )


def prepare(whole: WholePost) -> None:
    """Make what is missing for every picture on every channel that shows it.

    Raises `NotPossible` with a sentence when a photo cannot be made to fit a platform.
    """
    for channel in whole.channels:
        spec = spec_for(channel.platform)
        for number, picture in enumerate(whole.pictures, 1):
            if (picture.pk, channel.pk) in whole.left_out:
                continue
            if not any(r.spec == spec.key for r in whole.renditions_of(picture)):
                _make(picture, spec, number, channel.platform.name)


def _make(picture: Picture, spec: RenditionSpec, number: int, platform: str) -> None:
    with picture.working.open("rb") as file:
        working = file.read()
    try:
        made = render(working, spec)
    except CannotRender as error:
        raise NotPossible(f"Photo {number} does not fit {platform}. {error}") from error
    row = Rendition(
        picture=picture,
        spec=spec.key,
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
