"""Is this a photo we can use? By its content, never by its name."""

from __future__ import annotations

import re
import warnings
import zipfile
from pathlib import Path

import pillow_heif
from PIL import Image, UnidentifiedImageError

from posts.photos.errors import PhotoRefused

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
_LAST_BYTES = 65_536
_MARKUP = re.compile(rb"<(!doctype|html|head|body|script|svg|iframe|\?php)", re.IGNORECASE)


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
            raise PhotoRefused(
                "This is not a photo that GoLive can open. Add a JPEG, PNG, WebP, GIF or HEIC."
            ) from error
    if image.width * image.height > (most := _most(image)):
        raise _too_large(most)
    if _hides_something(path):
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


def _hides_something(path: Path) -> bool:
    """Is the photo an archive as well, or does a web page follow its end? What phones put there
    (a short film, a depth map) is neither. A courtesy, not the protection: only new pixels leave.
    """
    with path.open("rb") as file:
        file.seek(max(0, path.stat().st_size - _LAST_BYTES))
        last = file.read()
    tail = last[last.rfind(b"\xff\xd9") + 2 :] if b"\xff\xd9" in last else b""
    return zipfile.is_zipfile(path) or bool(_MARKUP.search(tail))


def _most(image: Image.Image) -> int:
    by_lines = image.format in {"JPEG", "MPO"} and not image.info.get("progressive")
    return MOST_IN_A_JPEG if by_lines else MOST_PIXELS


def _too_large(most: int) -> PhotoRefused:
    return PhotoRefused(
        f"This photo is larger than {most // MEGA} megapixels. On your phone choose a smaller "
        "size, or send it to yourself by mail as “large” rather than “original”, and add that."
    )
