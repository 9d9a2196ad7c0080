"""The exact bytes for one kind of channel: covered, cropped and fitted as its author said, under
its limit of bytes."""

from __future__ import annotations

import io
import math
from dataclasses import dataclass

from PIL import Image, ImageDraw

from posts.photos.shape import WHOLE, Shape
from posts.photos.working import bare, fitted, jpeg

BEST, WORST = 90, 40
# Of a cover: the same in every photo, and never taken from what lies under it.
COVER = (35, 48, 61)
BORDER = (255, 255, 255)
_PLAIN = Shape()


class CannotRender(Exception):
    """The photo cannot be made to fit. `str(error)` says what to do."""


class WrongRatio(CannotRender):
    """It is too tall or too wide there: cropped, or with a border, it can be used."""


@dataclass(frozen=True)
class RenditionSpec:
    """What a platform asks of one photo. Sides in pixels, ratio is width over height; 0: any.
    `min_side`: the least that a crop must leave of the shorter one."""

    max_side: int
    max_bytes: int
    min_ratio: float = 0.0
    max_ratio: float = 0.0
    min_side: int = 0

    @property
    def key(self) -> str:
        """Names the spec: renditions of the same photo and spec are the same bytes."""
        return f"v1:{self.max_side}:{self.max_bytes}:{self.min_ratio}:{self.max_ratio}"

    def key_of(self, shape: Shape) -> str:
        """The same with what is done to the photo: another shape, other bytes."""
        return f"{self.key}:{shape.key}" if shape.key else self.key


@dataclass(frozen=True)
class Rendered:
    """JPEG bytes with their size in pixels."""

    data: bytes
    width: int
    height: int


@dataclass(frozen=True)
class Plan:
    """What becomes of a photo, in pixels: the part that is cut out, and the canvas it stands on,
    larger where there is a border."""

    left: int
    top: int
    right: int
    bottom: int
    canvas: tuple[int, int]

    @property
    def size(self) -> tuple[int, int]:
        """Width and height of the part."""
        return self.right - self.left, self.bottom - self.top


def planned(size: tuple[int, int], shape: Shape, spec: RenditionSpec) -> Plan:
    """What a photo of this size becomes. Raises `CannotRender`, `WrongRatio`."""
    box = shape.framing.box
    # Rounded inwards: nothing outside of a crop comes into it.
    left, right = _inwards(box.left, box.width, size[0])
    top, bottom = _inwards(box.top, box.height, size[1])
    if right <= left or bottom <= top:
        raise CannotRender("So little of it is left that nothing can be seen. Crop less of it.")
    canvas = _canvas(right - left, bottom - top, shape, spec)
    # A small photo is enlarged there; what a crop leaves is its author's doing, and can be mended.
    made = min(canvas) * min(1.0, spec.max_side / max(canvas))
    if made < spec.min_side and box != WHOLE:
        raise CannotRender("It is too small to be shown there. Crop less of it, or leave it out.")
    return Plan(left, top, right, bottom, canvas)


def render(working: bytes, spec: RenditionSpec, shape: Shape = _PLAIN) -> Rendered:
    """From the clean working copy to a channel's bytes; the same input gives the same output."""
    with Image.open(io.BytesIO(working), formats=("JPEG",)) as image:
        plan = planned(image.size, shape, spec)
        photo = image.convert("RGB")
        # An untouched photo gives the bytes it always gave.
        fit = fitted(photo, spec.max_side) if shape == _PLAIN else _shaped(photo, plan, shape, spec)
    fit = bare(fit)
    data = _under(fit, spec.max_bytes)
    return Rendered(data, fit.width, fit.height)


def neutral_name(position: int, digest: str) -> str:
    """A file name that tells nothing."""
    return f"photo-{position:02}-{digest[:6]}.jpg"


def _shaped(photo: Image.Image, plan: Plan, shape: Shape, spec: RenditionSpec) -> Image.Image:
    """Covered first, at full size: whatever is turned, cut or made small after that mixes a cover
    with its neighbours at most, never with what lay under it."""
    _cover(photo, shape)
    if shape.framing.degrees:
        photo = photo.rotate(-shape.framing.degrees, Image.Resampling.BICUBIC, fillcolor=COVER)
    photo = photo.crop((plan.left, plan.top, plan.right, plan.bottom))
    small = min(1.0, spec.max_side / max(plan.canvas))
    if small < 1:
        size = max(1, round(photo.width * small)), max(1, round(photo.height * small))
        photo = photo.resize(size, Image.Resampling.LANCZOS, reducing_gap=2.0)
    return _on_canvas(photo, plan, small)


def _cover(photo: Image.Image, shape: Shape) -> None:
    """Solid, without a soft edge, and one pixel beyond it."""
    draw = ImageDraw.Draw(photo)
    for patch in shape.patches:
        outline = [(x * photo.width, y * photo.height) for x, y in patch.outline()]
        draw.polygon(outline, fill=COVER)
        draw.line([*outline, outline[0], outline[1]], fill=COVER, width=3)


def _on_canvas(photo: Image.Image, plan: Plan, small: float) -> Image.Image:
    if plan.canvas == plan.size:
        return photo
    wide, high = (max(1, round(side * small)) for side in plan.canvas)
    canvas = Image.new("RGB", (max(wide, photo.width), max(high, photo.height)), BORDER)
    canvas.paste(photo, ((canvas.width - photo.width) // 2, (canvas.height - photo.height) // 2))
    return canvas


def _canvas(wide: int, high: int, shape: Shape, spec: RenditionSpec) -> tuple[int, int]:
    ratio = wide / high
    if spec.min_ratio and ratio < spec.min_ratio - 0.005:
        if not shape.framing.has_border:
            raise WrongRatio("It is too tall. Crop it, or give it a plain border there.")
        return math.ceil(high * spec.min_ratio), high
    if spec.max_ratio and ratio > spec.max_ratio + 0.005:
        if not shape.framing.has_border:
            raise WrongRatio("It is too wide. Crop it, or give it a plain border there.")
        return wide, math.ceil(wide / spec.max_ratio)
    return wide, high


def _inwards(start: float, length: float, pixels: int) -> tuple[int, int]:
    """First pixel and end of a part, rounded inwards but for a hair."""
    first = math.ceil(start * pixels - 1e-6)
    return max(first, 0), min(math.floor((start + length) * pixels + 1e-6), pixels)


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
