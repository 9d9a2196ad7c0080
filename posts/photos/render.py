"""The exact bytes for one kind of channel: fitted, never cropped, under its limit of bytes."""

from __future__ import annotations

import io
from dataclasses import dataclass

from PIL import Image

from posts.photos.working import bare, fitted, jpeg

BEST, WORST = 90, 40


class CannotRender(Exception):
    """The photo cannot be made to fit. `str(error)` says what to do."""


@dataclass(frozen=True)
class RenditionSpec:
    """What a platform asks of one photo. Sides in pixels, ratio is width over height; 0: any."""

    max_side: int
    max_bytes: int
    min_ratio: float = 0.0
    max_ratio: float = 0.0

    @property
    def key(self) -> str:
        """Names the spec: renditions of the same photo and spec are the same bytes."""
        return f"v1:{self.max_side}:{self.max_bytes}:{self.min_ratio}:{self.max_ratio}"


@dataclass(frozen=True)
class Rendered:
    """JPEG bytes with their size in pixels."""

    data: bytes
    width: int
    height: int


def render(working: bytes, spec: RenditionSpec) -> Rendered:
    """From the clean working copy to a channel's bytes; the same input gives the same output."""
    with Image.open(io.BytesIO(working), formats=("JPEG",)) as image:
        _must_fit(image.width / image.height, spec)
        fit = bare(fitted(image.convert("RGB"), spec.max_side))
    data = _under(fit, spec.max_bytes)
    return Rendered(data, fit.width, fit.height)


def neutral_name(position: int, digest: str) -> str:
    """A file name that tells nothing."""
    return f"photo-{position:02}-{digest[:6]}.jpg"


def _must_fit(ratio: float, spec: RenditionSpec) -> None:
    if spec.min_ratio and ratio < spec.min_ratio - 0.005:
        raise CannotRender("It is too tall. Leave it out there, or add one that is wider.")
    if spec.max_ratio and ratio > spec.max_ratio + 0.005:
        raise CannotRender("It is too wide. Leave it out there, or add one that is taller.")


def _under(image: Image.Image, limit: int) -> bytes:
    """The best quality whose bytes stay under the limit."""
    data = jpeg(image, BEST)
    if len(data) <= limit:
        return data
    low, high, best = WORST, BEST - 1, b""
    while low <= high:
        middle = (low + high) // 2
        data = jpeg(image, middle)
        if len(data) <= limit:
            best, low = data, middle + 1
        else:
            high = middle - 1
    if not best:
        raise CannotRender("It cannot be made small enough. Add a simpler or smaller photo.")
    return best
