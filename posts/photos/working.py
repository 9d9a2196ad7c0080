"""Upright, sRGB, stripped copies. The pixels go into a new image, so nothing else comes along."""

from __future__ import annotations

import io
import struct
from dataclasses import dataclass
from pathlib import Path

from PIL import Image, ImageCms
from PIL.ExifTags import Base

from posts.photos.errors import DAMAGED, PhotoRefused

# libjpeg decodes at half size only if both sides stay at least as large as asked: a 4032-pixel
# phone photo halves to 2016, and asking for more costs four times as much.
SIDES = {"working": 2016, "medium": 1080, "thumb": 400}
# The next best: a 4000-pixel photo halves to 2000, which is as good and as cheap.
LEAST_HALVED = 0.94
QUALITY = 85
_SRGB = ImageCms.createProfile("sRGB")
_TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}


@dataclass(frozen=True)
class Copy:
    """One clean copy on disk."""

    path: Path
    sha256: str
    size: int
    width: int
    height: int


def upright(image: Image.Image, side: int) -> Image.Image:
    """Decoded no larger than needed for that side, upright, in sRGB, on white where it was
    see-through.

    The frame is the one the file opens with: the main picture of a HEIC, the first of a film.
    """
    profile, turn = image.info.get("icc_profile"), _turn(image)
    try:
        image.draft("RGB", _box(image, side))
        image.load()
    except (OSError, ValueError, SyntaxError, EOFError, RuntimeError) as error:
        raise PhotoRefused(DAMAGED) from error
    # Made small first: everything after costs a tenth of the memory.
    copy = _in_srgb(_on_white(fitted(_smooth(image), side)), profile)
    return bare(copy if turn is None else copy.transpose(turn))


def bare(image: Image.Image) -> Image.Image:
    """The pixels alone in a new image: no EXIF, XMP, profile, comment or thumbnail survives."""
    return Image.frombytes("RGB", image.size, image.tobytes())


def jpeg(image: Image.Image, quality: int = QUALITY) -> bytes:
    """JPEG bytes of a bare image; the same pixels give the same bytes."""
    out = io.BytesIO()
    image.save(out, "JPEG", quality=quality, optimize=False, progressive=False)
    return out.getvalue()


def fitted(image: Image.Image, side: int) -> Image.Image:
    """No side longer than `side`; never enlarged."""
    if max(image.size) <= side:
        return image
    ratio = side / max(image.size)
    size = (max(1, round(image.width * ratio)), max(1, round(image.height * ratio)))
    return image.resize(size, Image.Resampling.LANCZOS, reducing_gap=2.0)


def _box(image: Image.Image, side: int) -> tuple[int, int]:
    """What to ask of the decoder: an eighth, a quarter or half of the photo, if that is enough."""
    part = next((n for n in (8, 4, 2) if max(image.size) // n >= side * LEAST_HALVED), 1)
    return max(1, image.width // part), max(1, image.height // part)


def _turn(image: Image.Image) -> Image.Transpose | None:
    """What turns the photo upright. A broken block of metadata must not cost the photo."""
    try:
        return _TURNS.get(image.getexif().get(Base.Orientation, 1))
    except (OSError, ValueError, SyntaxError, KeyError, TypeError, AttributeError, struct.error):
        return None


def _smooth(image: Image.Image) -> Image.Image:
    """In a mode that can be made smaller: no palette, no single bits, eight bits a channel."""
    if image.mode in {"I;16", "I;16B", "I;16L", "I"}:
        return image.point(lambda value: value / 256).convert("L")
    if "transparency" in image.info or image.mode == "PA":
        return image.convert("RGBA")
    if image.mode == "P":
        return image.convert("RGB")
    return image.convert("L") if image.mode == "1" else image


def _on_white(image: Image.Image) -> Image.Image:
    if "A" not in image.getbands():
        return image
    image = image.convert("RGBA")
    white = Image.new("RGB", image.size, "white")
    white.paste(image, mask=image.getchannel("A"))
    return white


def _in_srgb(image: Image.Image, profile: bytes | None) -> Image.Image:
    if profile and image.mode in {"RGB", "CMYK", "L"}:
        try:
            source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            changed = ImageCms.profileToProfile(image, source, _SRGB, outputMode="RGB")
        except (ImageCms.PyCMSError, OSError, ValueError):
            changed = None
        if changed is not None:
            return changed
    return image.convert("RGB")
