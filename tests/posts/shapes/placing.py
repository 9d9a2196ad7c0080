"""People with a place in a photo, as the machine finds faces and a person says whose they are."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

from PIL import Image

from consents.models import Child
from posts import picturing, settling
from posts.models import Appearance, Found, Picture, Post
from posts.photos.render import COVER
from posts.photos.shape import Patch
from posts.seeing.boxes import Box
from tests.cast import Trusty

# Where the machine finds faces in the tests' photos: two side by side, far from each other.
LEFT, RIGHT = Box(0.15, 0.3, 0.1, 0.15), Box(0.7, 0.3, 0.1, 0.15)


def photo_of(post: Post) -> Picture:
    """Its only photo, fresh."""
    return Picture.objects.select_related("post__school").get(post=post)


def face(picture: Picture, box: Box) -> Found:
    """One more face that the machine found."""
    return Found.objects.create(picture=picture, sort="face", sure=0.99, **box._asdict())


def draft_of(trust: Trusty, children: Sequence[Child], **said: object) -> Post:
    """A draft with one photo, each child's face found and said to be theirs, from left to right;
    everything is declared."""
    post = trust.draft(children=list(children), **said)  # type: ignore[arg-type]
    places = (LEFT, RIGHT)
    for child, box in zip(children, places, strict=False):
        settling.is_child(face=face(photo_of(post), box), child=child, by=trust.tessa)
    return Post.objects.get(pk=post.pk)


def marked(trust: Trusty, picture: Picture, child: Child, box: Box) -> Appearance:
    """A child who was marked by hand."""
    appearance = picturing.show_child(picture=picture, child=child, by=trust.tessa)
    Appearance.objects.filter(pk=appearance.pk).update(**box._asdict())
    return appearance


def over(box: Box, *, more: float = 0.3) -> Patch:
    """A box that lies over this one."""
    return Patch(
        Box(
            box.left - box.width * more,
            box.top - box.height * more,
            box.width * (1 + 2 * more),
            box.height * (1 + 2 * more),
        )
    )


def is_solid(data: bytes, box: Box) -> bool:
    """Is everything in this box of a JPEG the colour of covers, but for what JPEG does to it?"""
    with Image.open(io.BytesIO(data)) as image:
        wide, high = image.size
        part = image.convert("RGB").crop(
            (
                round(box.left * wide),
                round(box.top * high),
                round((box.left + box.width) * wide),
                round((box.top + box.height) * high),
            )
        )
    return all(
        abs(low - wanted) <= 12 and abs(high - wanted) <= 12
        for (low, high), wanted in zip(part.getextrema(), COVER, strict=True)
    )


def read(file: Any) -> bytes:
    """All of a stored file."""
    with file.open("rb") as opened:
        data: bytes = opened.read()
    return data
