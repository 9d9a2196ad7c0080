"""Is this a photo we can use? By its content, never by its name."""

from __future__ import annotations

import re
import warnings
import zipfile
from pathlib import Path

import pillow_heif
from PIL import Image, UnidentifiedImageError

from posts.photos.ends import tail
from posts.photos.errors import DAMAGED, PhotoRefused
from posts.photos.kinds import what_it_is

pillow_heif.register_heif_opener(thumbnails=False)

FORMATS = ("JPEG", "PNG", "WEBP", "GIF", "HEIF")
MEDIA_TYPES = {
    "JPEG": "image/jpeg",
    "PNG": "image/png",
    "WEBP": "image/webp",
    "GIF": "image/gif",
    "HEIF": "image/heic",
    "MPO": "image/jpeg",
}
MEGA = 1_000_000
MOST_PIXELS = 60 * MEGA
# Phones make JPEGs of 108 and 200. Such a one is decoded line by line, at a quarter or an eighth of
# its size; one that comes in several passes is held whole, so it is no exception.
MOST_IN_A_JPEG = 250 * MEGA
Image.MAX_IMAGE_PIXELS = MOST_IN_A_JPEG
_MARKUP = re.compile(rb"<(!doctype|html|head|body|script|svg|iframe|\?php)", re.IGNORECASE)
_ARCHIVES = (b"Rar!", b"7z\xbc\xaf", b"PK\x03\x04", b"\x1f\x8b\x08", b"\x7fELF", b"MZ\x90")
# A reader of documents looks for its mark within so many bytes; so does one that runs archives.
_FIRST_BYTES = 1_024
# What Pillow says of compressed text and profiles that grow past its limits.
_GROWN = ("decompressed data too large", "too much memory used in text")
GROWS = "This file grows too large when it is opened. Save the photo again and add that."


def opened(path: Path, *, max_bytes: int) -> Image.Image:
    """The image, its header read and judged, nothing decoded yet. Raises `PhotoRefused`."""
    size = path.stat().st_size
    if size == 0:
        raise PhotoRefused("The file is empty. Add the photo again.")
    if size > max_bytes:
        raise PhotoRefused(larger_than(max_bytes))
    with warnings.catch_warnings():
        warnings.simplefilter("error", Image.DecompressionBombWarning)
        try:
            image = Image.open(path, formats=FORMATS)
        except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
            raise _too_large(MOST_IN_A_JPEG) from error
        except (UnidentifiedImageError, OSError, ValueError, SyntaxError, RuntimeError) as error:
            raise _unopened(path, error) from error
    if image.width * image.height > (most := _most(image)):
        raise _too_large(most)
    if _hides_something(path, image):
        raise PhotoRefused(
            "This file holds something else besides a photo. Save the photo again as a JPEG and "
            "add that."
        )
    return image


def larger_than(max_bytes: int) -> str:
    """The sentence about a file of too many bytes."""
    return f"The file is larger than {max_bytes // 2**20} MB. Save it smaller and add it again."


def media_type(image: Image.Image) -> str:
    """By content."""
    return MEDIA_TYPES.get(image.format or "", "application/octet-stream")


def _unopened(path: Path, error: Exception) -> PhotoRefused:
    """It is something else, or it only begins like a photo."""
    if any(said in str(error).lower() for said in _GROWN):
        return PhotoRefused(GROWS)
    begins = _begins_like_a_photo(path)
    return PhotoRefused(DAMAGED if begins else what_it_is(path))


def _begins_like_a_photo(path: Path) -> bool:
    with path.open("rb") as file:
        head = file.read(16)
    if head[:4] == b"RIFF":
        return head[8:12] == b"WEBP"
    if head[4:8] == b"ftyp":
        return head[8:12] in {b"heic", b"heix", b"mif1"}
    return head.startswith((b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n"))


def _hides_something(path: Path, image: Image.Image) -> bool:
    """Is the photo an archive or a document as well, or does a web page follow its end? What phones
    put there (a short film, a depth map) is neither. A courtesy, not the protection: only new
    pixels leave.
    """
    with path.open("rb") as file:
        head = file.read(_FIRST_BYTES)
    if b"%PDF-" in head or b"__HALT_COMPILER" in head or zipfile.is_zipfile(path):
        return True
    after = tail(path, image.format or "")
    return after.lstrip(b"\0").startswith(_ARCHIVES) or bool(_MARKUP.search(after))


def _most(image: Image.Image) -> int:
    by_lines = image.format in {"JPEG", "MPO"} and not image.info.get("progressive")
    return MOST_IN_A_JPEG if by_lines else MOST_PIXELS


def _too_large(most: int) -> PhotoRefused:
    return PhotoRefused(
        f"This photo is larger than {most // MEGA} megapixels. On your phone choose a smaller "
        "size, or send it to yourself by mail as “large” rather than “original”, and add that."
    )
