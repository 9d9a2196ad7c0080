"""Files that are no photo, or try to hurt, each with the sentence it must be refused with.

Every one is made here when it is asked for; nothing of it lies in the repository.
"""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import struct
import tarfile
import zipfile
import zlib
from collections.abc import Callable

from PIL import Image

from posts.photos import kinds
from posts.photos.errors import DAMAGED
from posts.photos.verify import GROWS
from tests.posts.photos import making
from tests.posts.photos.making import chunk, encoded, photo, quarters, segment

EMPTY = "The file is empty. Add the photo again."
SMALLER = (
    "On your phone choose a smaller size, or send it to yourself by mail as “large” rather than "
    "“original”, and add that."
)
OVER_250 = f"This photo is larger than 250 megapixels. {SMALLER}"
OVER_60 = f"This photo is larger than 60 megapixels. {SMALLER}"
MORE = (
    "This file holds something else besides a photo. Save the photo again as a JPEG and add that."
)
TOO_LONG = "Looking at this photo took too long. Save it smaller and add it again."
HTML = b"<!doctype html><html><script>alert(1)</script></html>"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
SVG_FILE = b'<?xml version="1.0"?>\n<!-- drawn -->\n' + SVG


def good() -> bytes:
    """A JPEG with enough in it to be cut."""
    return encoded(Image.effect_noise((800, 600), 60).convert("RGB"), "JPEG")


def zipped(name: str = "evil.html", content: bytes = HTML, comment: bytes = b"") -> bytes:
    """An archive of one file."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, content)
        archive.comment = comment
    return out.getvalue()


def tarred() -> bytes:
    """The same in the oldest way."""
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as archive:
        info = tarfile.TarInfo("evil.html")
        info.size = len(HTML)
        archive.addfile(info, io.BytesIO(HTML))
    return out.getvalue()


def wide_png(width: int, height: int, bits: int = 8, colour: int = 2) -> bytes:
    """A PNG whose head promises this; there is next to nothing in it."""
    head = struct.pack(">IIBBBBB", width, height, bits, colour, 0, 0, 0)
    lines = zlib.compress(b"\0" * 10_000, 9)
    return PNG + chunk(b"IHDR", head) + chunk(b"IDAT", lines) + chunk(b"IEND", b"")


def wide_jpeg(width: int, height: int) -> bytes:
    """A JPEG whose frame promises this."""
    data = bytearray(photo("JPEG"))
    at = data.index(b"\xff\xc0") + 5
    data[at : at + 4] = struct.pack(">HH", height, width)
    return bytes(data)


def wide_gif(width: int, height: int) -> bytes:
    """A GIF whose screen promises this."""
    data = bytearray(photo("GIF"))
    data[6:10] = struct.pack("<HH", width, height)
    at = data.index(b",\0\0\0\0") + 5
    data[at : at + 4] = struct.pack("<HH", width, height)
    return bytes(data)


def wide_webp() -> bytes:
    """268 million points, all of one colour."""
    body = b"\x2f" + struct.pack("<I", (16_383) | (16_383 << 14)) + bytes(40)
    riff = b"WEBPVP8L" + struct.pack("<I", len(body)) + body + b"\0" * (len(body) % 2)
    return b"RIFF" + struct.pack("<I", len(riff)) + riff


def wide_heic() -> bytes:
    """A HEIC whose property promises a thousand million points."""
    data = bytearray(photo("HEIF"))
    at = data.index(b"ispe") + 8
    data[at : at + 8] = struct.pack(">II", 32_000, 32_000)
    return bytes(data)


def many_scans() -> bytes:
    """A progressive JPEG whose last scan comes again and again: little to send, long to decode."""
    data = encoded(quarters(6_000, 6_000), "JPEG", progressive=True)
    at = data.rindex(b"\xff\xda")
    return data[:at] + data[at:-2] * 20_000 + data[-2:]


def flipped(step: int) -> bytes:
    """A JPEG in which every so many bytes one is turned over, from the middle on."""
    data = bytearray(good())
    for at in range(len(data) // 2, len(data), step):
        data[at] ^= 0xFF
    return bytes(data)


def profile_bomb() -> bytes:
    """A PNG whose colour profile grows to 40 MB."""
    content = b"icc\0\0" + zlib.compress(b"\0" * 40_000_000, 9)
    plain = photo("PNG")
    return plain[:33] + chunk(b"iCCP", content) + plain[33:]


def text_bomb(name: bytes, head: bytes) -> bytes:
    """A PNG whose compressed text grows to 40 MB."""
    plain = photo("PNG")
    content = head + zlib.compress(b"\0" * 40_000_000, 9)
    return plain[:33] + chunk(name, content) + plain[33:]


def many_texts() -> bytes:
    """A PNG with 900 texts that grow to a megabyte each: none is too large, all together are."""
    one = chunk(b"zTXt", b"Comment\0\0" + zlib.compress(b"\0" * 1_000_000, 9))
    plain = photo("PNG")
    return plain[:33] + one * 900 + plain[33:]


def lines_bomb() -> bytes:
    """A GIF whose one picture is promised as large as a GIF can be."""
    return wide_gif(65_535, 65_535)


def riff(kind: bytes) -> bytes:
    """The beginning of a film or sound of Windows."""
    return b"RIFF" + struct.pack("<I", 1_000) + kind + bytes(1_000)


def box(brand: bytes) -> bytes:
    """The beginning of a film or picture of the ISO family."""
    return struct.pack(">I", 24) + b"ftyp" + brand + bytes(4) + brand + b"isom" + bytes(500)


def pdf_in_a_comment() -> bytes:
    """A JPEG that a reader of documents opens as well."""
    data = good()
    return data[:2] + segment(0xFE, b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\n") + data[2:]


def archive_of_php() -> bytes:
    """A JPEG that PHP opens as an archive of programs."""
    data = good()
    return data[:2] + segment(0xFE, b"<?php __HALT_COMPILER(); ?>\r\n") + data[2:]


def archive_in_a_picture() -> bytes:
    """A PNG with an archive in a chunk of its own, before its end."""
    plain = photo("PNG")
    return plain[:33] + chunk(b"zIPa", zipped()) + plain[33:]


def jpeg_in_an_archive() -> bytes:
    """An archive that begins with a whole photo: the first file in it, not packed."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("photo.jpg", good())
    return out.getvalue()


PNG = b"\x89PNG\r\n\x1a\n"
GIF_HTML = b"GIF89a" + HTML
LOCAL = b"PK\x03\x04"

Make = Callable[[], bytes]
FILES: dict[str, tuple[Make, str]] = {
    # ── nothing, or nearly ───────────────────────────────────────────────────────────────────────
    "an empty file": (lambda: b"", EMPTY),
    "one byte": (lambda: b"\xff", kinds.OTHERWISE),
    "a megabyte of nothing": (lambda: bytes(2**20), kinds.OTHERWISE),
    "every byte in turn": (lambda: bytes(range(256)) * 40, kinds.OTHERWISE),
    "a line of words": ("Sports day, 3 May – 4B".encode, kinds.OTHERWISE),
    "a table of a spreadsheet": (lambda: b"name,class\nOne,4B\nTwo,4B\n", kinds.OTHERWISE),
    # ── something else ───────────────────────────────────────────────────────────────────────────
    "a drawing in SVG": (lambda: SVG, kinds.DRAWING),
    "a drawing in SVG with a head": (lambda: SVG_FILE, kinds.DRAWING),
    "a packed drawing": (lambda: gzip.compress(SVG), kinds.ARCHIVE),
    "a web page": (lambda: HTML, kinds.WEB_PAGE),
    "a web page after empty lines": (lambda: b"\n\n  \n" + HTML, kinds.WEB_PAGE),
    "a web page that begins like a GIF": (lambda: GIF_HTML, kinds.WEB_PAGE),
    "a drawing that begins like a GIF": (lambda: b"GIF89a" + SVG, kinds.DRAWING),
    "a script of a web server": (lambda: b"<?php system($_GET['c']); ?>", kinds.WEB_PAGE),
    "a PDF": (lambda: b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n", kinds.PDF),
    "a drawing for printers": (lambda: b"%!PS-Adobe-3.0 EPSF-3.0\n", kinds.OTHER_PICTURE),
    "an old document": (lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), kinds.DOCUMENT),
    "a document": (lambda: zipped("word/document.xml", b"<w/>"), kinds.DOCUMENT),
    "a document of the other kind": (lambda: zipped("[Content_Types].xml"), kinds.DOCUMENT),
    "a document in rich text": (lambda: b"{\\rtf1\\ansi Hello}", kinds.DOCUMENT),
    "a ZIP": (zipped, kinds.ARCHIVE),
    "an empty ZIP": (lambda: b"PK\x05\x06" + bytes(18), kinds.ARCHIVE),
    "a ZIP of a photo": (jpeg_in_an_archive, kinds.ARCHIVE),
    "a ZIP that unpacks to 40 MB": (lambda: zipped("a", bytes(40_000_000)), kinds.ARCHIVE),
    "a packed photo": (lambda: gzip.compress(good()), kinds.ARCHIVE),
    "a file packed in another way": (lambda: bz2.compress(good()), kinds.ARCHIVE),
    "a file packed in a third way": (lambda: lzma.compress(good()), kinds.ARCHIVE),
    "a RAR": (lambda: b"Rar!\x1a\x07\x01\0" + bytes(100), kinds.ARCHIVE),
    "a 7z": (lambda: b"7z\xbc\xaf\x27\x1c\0\x04" + bytes(100), kinds.ARCHIVE),
    "a TAR": (tarred, kinds.ARCHIVE),
    "a program of Windows": (lambda: b"MZ\x90\0" + bytes(500), kinds.PROGRAM),
    "a program of Linux": (lambda: b"\x7fELF\x02\x01\x01" + bytes(500), kinds.PROGRAM),
    "a script of a shell": (lambda: b"#!/bin/sh\nrm -rf ~\n", kinds.PROGRAM),
    "a film of a phone": (lambda: box(b"isom"), kinds.FILM),
    "a film of another phone": (lambda: box(b"qt  "), kinds.FILM),
    "a film of Windows": (lambda: riff(b"AVI "), kinds.FILM),
    "a film of the web": (lambda: b"\x1a\x45\xdf\xa3" + bytes(100), kinds.FILM),
    "a sound": (lambda: b"ID3\x04\0\0\0\0\0\0" + bytes(100), kinds.SOUND),
    "a sound of Windows": (lambda: riff(b"WAVE"), kinds.SOUND),
    "a TIFF": (lambda: photo("TIFF"), kinds.OTHER_PICTURE),
    "a raw photo of a camera": (
        lambda: b"II*\0\x10\0\0\0CR\x02\0" + bytes(99),
        kinds.OTHER_PICTURE,
    ),
    "a BMP": (lambda: photo("BMP"), kinds.OTHER_PICTURE),
    "an icon": (lambda: photo("ICO"), kinds.OTHER_PICTURE),
    "a file of a drawing program": (lambda: b"8BPS\0\x01" + bytes(99), kinds.OTHER_PICTURE),
    "an AVIF": (lambda: box(b"avif"), kinds.OTHER_PICTURE),
    "a JPEG XL": (lambda: b"\xff\x0a" + bytes(99), kinds.OTHER_PICTURE),
    "a JPEG 2000": (lambda: photo("JPEG2000"), kinds.OTHER_PICTURE),
    # ── two things at once ───────────────────────────────────────────────────────────────────────
    "a JPEG that is an archive as well": (lambda: good() + zipped(), MORE),
    "a PNG that is an archive as well": (lambda: photo("PNG") + zipped(), MORE),
    "a GIF that is an archive as well": (lambda: photo("GIF") + zipped(), MORE),
    "a WebP that is an archive as well": (lambda: photo("WEBP") + zipped(), MORE),
    "a HEIC that is an archive as well": (lambda: photo("HEIF") + zipped(), MORE),
    "an archive hidden by its comment": (lambda: good() + zipped(comment=b"x" * 60_000), MORE),
    "an archive within a PNG": (archive_in_a_picture, MORE),
    "a JPEG with a RAR after its end": (lambda: good() + b"Rar!\x1a\x07\x01\0" + bytes(99), MORE),
    "a JPEG with a program after its end": (lambda: good() + b"MZ\x90\0" + bytes(99), MORE),
    "a JPEG with a web page after its end": (lambda: good() + HTML, MORE),
    "a JPEG with a drawing after its end": (lambda: good() + SVG, MORE),
    "a PNG with a web page after its end": (lambda: photo("PNG") + HTML, MORE),
    "a GIF with a web page after its end": (lambda: photo("GIF") + HTML, MORE),
    "a WebP with a web page after its end": (lambda: photo("WEBP") + HTML, MORE),
    "a HEIC with a web page after its end": (lambda: photo("HEIF") + HTML, MORE),
    "a JPEG that is a PDF as well": (pdf_in_a_comment, MORE),
    "a JPEG that a web server runs": (archive_of_php, MORE),
    # ── cut off or damaged ───────────────────────────────────────────────────────────────────────
    "a JPEG of which only the first bytes came": (lambda: good()[:3], DAMAGED),
    "a JPEG cut off in its head": (lambda: good()[:400], DAMAGED),
    "a JPEG cut off in the middle": (lambda: good()[: len(good()) // 2], DAMAGED),
    "a progressive JPEG cut off": (
        lambda: encoded(quarters(900, 900), "JPEG", progressive=True)[:4_000],
        DAMAGED,
    ),
    "a PNG of which only the first bytes came": (lambda: photo("PNG")[:8], DAMAGED),
    "a PNG cut off in the middle": (lambda: encoded(quarters(800, 600), "PNG")[:900], DAMAGED),
    "a GIF cut off in the middle": (
        lambda: encoded(Image.effect_noise((400, 300), 60), "GIF")[:5_000],
        DAMAGED,
    ),
    "a WebP cut off in the middle": (lambda: photo("WEBP")[:-30], DAMAGED),
    "a HEIC cut off in the middle": (lambda: photo("HEIF")[:-200], DAMAGED),
    "a HEIC of which only the head came": (lambda: photo("HEIF")[:40], DAMAGED),
    "a JPEG with bytes turned over": (lambda: flipped(40)[:9_000], DAMAGED),
    # ── bombs ────────────────────────────────────────────────────────────────────────────────────
    "a PNG of 400 million points": (making.bomb, OVER_250),
    "a PNG that promises more than there is": (lambda: wide_png(2**31 - 1, 2**31 - 1), OVER_250),
    "a PNG one line high": (lambda: wide_png(2**30, 1), OVER_250),
    "a JPEG that promises 4,000 million points": (lambda: wide_jpeg(65_500, 65_500), OVER_250),
    "a GIF that promises 4,000 million points": (lines_bomb, OVER_250),
    "a WebP that promises 268 million points": (wide_webp, DAMAGED),
    "a HEIC that promises 1,000 million points": (wide_heic, OVER_250),
    "a PNG of 70 megapixels": (lambda: wide_png(10_000, 7_000), OVER_60),
    "a PNG with a text that grows": (lambda: text_bomb(b"zTXt", b"Comment\0\0"), GROWS),
    "a PNG with a described text that grows": (
        lambda: text_bomb(b"iTXt", b"Comment\0\1\0\0\0"),
        GROWS,
    ),
    "a PNG with a profile that grows": (profile_bomb, GROWS),
    "a PNG with many texts that grow": (many_texts, GROWS),
    "a JPEG in twenty thousand passes": (many_scans, TOO_LONG),
}


# ── files that look for trouble and find none: they open, within bounds ─────────────────────────
def exif_in_a_circle() -> bytes:
    """EXIF whose directories point at themselves."""
    tiff = b"II*\0\x08\0\0\0" + struct.pack("<H", 3)
    for tag in (0x8769, 0x8825, 0xA005):
        tiff += struct.pack("<HHII", tag, 4, 1, 8)
    tiff += struct.pack("<I", 8)
    plain = photo("JPEG", quality=95)
    return plain[:2] + segment(0xE1, b"Exif\0\0" + tiff) + plain[2:]


def exif_that_lies() -> bytes:
    """EXIF that promises four thousand million letters."""
    tiff = b"II*\0\x08\0\0\0" + struct.pack("<H", 2)
    tiff += struct.pack("<HHII", 0x010F, 2, 0xFFFFFFFF, 8)
    tiff += struct.pack("<HHII", 0x0110, 5, 0x7FFFFFFF, 0xFFFFFFF0) + bytes(4)
    plain = photo("JPEG", quality=95)
    return plain[:2] + segment(0xE1, b"Exif\0\0" + tiff) + plain[2:]


def many_chunks() -> bytes:
    """A PNG with 100,000 chunks of nothing."""
    plain = photo("PNG")
    return plain[:33] + chunk(b"teXt", b"") * 100_000 + plain[33:]


def many_comments() -> bytes:
    """A JPEG with 20,000 comments, each a script."""
    plain = photo("JPEG", quality=95)
    return plain[:2] + segment(0xFE, b"<script>alert(1)</script>") * 20_000 + plain[2:]


def long_film() -> bytes:
    """A GIF of 3,000 pictures."""
    frames = [Image.new("P", (96, 64), n % 250) for n in range(3_000)]
    return encoded(quarters(), "GIF", save_all=True, append_images=frames)


HARMLESS: dict[str, Make] = {
    "EXIF that points at itself": exif_in_a_circle,
    "EXIF that promises more than there is": exif_that_lies,
    "a PNG of many chunks": many_chunks,
    "a JPEG of many comments": many_comments,
    "a film of many pictures": long_film,
    "a JPEG that promises as much as is allowed": lambda: wide_jpeg(20_000, 12_000),
}
