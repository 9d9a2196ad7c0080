"""Reading a JPEG that left the house, byte by byte: is there anything in it but pixels?"""

from __future__ import annotations

import io
import struct
from collections.abc import Iterator

from PIL import Image

from tests.posts.photos.making import MARK

# Start, JFIF, tables, frame, Huffman tables, scan, end: what pixels need.
PIXELS_ONLY = {0xD8, 0xE0, 0xDB, 0xC0, 0xC4, 0xDA, 0xD9}
SPELLINGS = tuple(MARK.encode(code) for code in ("ascii", "utf-16-le", "utf-16-be"))


def segments(data: bytes) -> Iterator[tuple[int, bytes]]:
    """Marker and content of every segment; whatever follows the end comes with marker 0."""
    assert data[:2] == b"\xff\xd8"
    yield 0xD8, b""
    at = 2
    while data[at + 1] != 0xDA:
        length = struct.unpack_from(">H", data, at + 2)[0]
        yield data[at + 1], data[at + 4 : at + 2 + length]
        at += 2 + length
    yield 0xDA, b""
    end = data.index(b"\xff\xd9", at)
    yield 0xD9, b""
    if data[end + 2 :]:
        yield 0, data[end + 2 :]


def traces(data: bytes) -> list[str]:
    """Everything in a file that is not its pixels; empty for a clean one."""
    found = [f"says {s!r}" for s in SPELLINGS if s in data]
    for marker, content in segments(data):
        if marker not in PIXELS_ONLY:
            found.append(f"segment {marker:02X}: {content[:20]!r}")
        if marker == 0xE0 and not content.startswith(b"JFIF\0"):
            found.append(f"APP0 {content[:20]!r}")
    with Image.open(io.BytesIO(data)) as image:
        extra = set(image.info) - {"jfif", "jfif_version", "jfif_unit", "jfif_density"}
        found += [f"info {name}" for name in extra]
        found += [f"tag {tag}" for tag in image.getexif()]
        found += ["xmp"] if image.getxmp() else []
    return found


def corners(data: bytes) -> list[tuple[int, ...]]:
    """The colours in the middle of the four quarters, rounded to full or nothing."""
    with Image.open(io.BytesIO(data)) as image:
        plain = image.convert("RGB")
    w, h = plain.size
    places = [
        (w // 4, h // 4),
        (w * 3 // 4, h // 4),
        (w // 4, h * 3 // 4),
        (w * 3 // 4, h * 3 // 4),
    ]
    return [tuple(255 if v > 127 else 0 for v in plain.getpixel(p)) for p in places]


def size(data: bytes) -> tuple[int, int]:
    """Width and height."""
    with Image.open(io.BytesIO(data)) as image:
        return image.size
