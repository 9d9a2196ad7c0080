"""Photo files of every kind, made here: four coloured quarters, and whatever a camera may add."""

from __future__ import annotations

import io
import random
import struct
import zlib
from typing import Any

import pillow_heif
from PIL import Image, ImageCms, ImageDraw, PngImagePlugin
from PIL.TiffImagePlugin import IFDRational

pillow_heif.register_heif_opener()

RED, GREEN, BLUE, WHITE = (255, 0, 0), (0, 255, 0), (0, 0, 255), (255, 255, 255)
QUARTERS = (RED, GREEN, BLUE, WHITE)
ORIENTATION = 0x0112
# Everything planted in a file begins so; no output may hold it in any spelling.
MARK = "PLANTED"


def quarters(width: int = 96, height: int = 64, mode: str = "RGB") -> Image.Image:
    """Red, green over blue, white: upright or not is seen at once."""
    image = Image.new("RGB", (width, height))
    for n, colour in enumerate(QUARTERS):
        x, y = n % 2 * width // 2, n // 2 * height // 2
        image.paste(colour, (x, y, x + width // 2, y + height // 2))
    return image.convert(mode)


def lying(orientation: int) -> Image.Image:
    """The quarters as a camera held that way stores them; turned by its tag they are upright."""
    undo = {
        1: None,
        2: Image.Transpose.FLIP_LEFT_RIGHT,
        3: Image.Transpose.ROTATE_180,
        4: Image.Transpose.FLIP_TOP_BOTTOM,
        5: Image.Transpose.TRANSPOSE,
        6: Image.Transpose.ROTATE_90,
        7: Image.Transpose.TRANSVERSE,
        8: Image.Transpose.ROTATE_270,
    }[orientation]
    return quarters() if undo is None else quarters().transpose(undo)


def encoded(image: Image.Image, kind: str, **options: Any) -> bytes:
    """A file of that kind."""
    out = io.BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def photo(kind: str = "JPEG", **options: Any) -> bytes:
    """A small good photo."""
    return encoded(quarters(), kind, **options)


def photo_of(size: tuple[int, int]) -> bytes:
    """A good JPEG of that size."""
    return encoded(quarters(*size), "JPEG", quality=95)


def scene(seed: int = 1, scale: int = 1, quality: int = 90) -> bytes:
    """Shapes before a sky, others for each seed; smaller and worse if asked for."""
    dice = random.Random(seed)
    image = Image.linear_gradient("L").resize((640, 480)).convert("RGB")
    draw = ImageDraw.Draw(image)
    for n in range(14):
        x, y, side = dice.randrange(600), dice.randrange(440), dice.randrange(40, 260)
        shape = draw.ellipse if n % 2 else draw.rectangle
        shape((x, y, x + side, y + side), fill=tuple(dice.randrange(256) for _ in range(3)))
    return encoded(image.resize((640 // scale, 480 // scale)), "JPEG", quality=quality)


def deep_png() -> bytes:
    """The quarters with sixteen bits for each colour, as a scanner writes them."""
    image = quarters()
    rows = [image.crop((0, y, image.width, y + 1)).tobytes() for y in range(image.height)]
    lines = b"".join(b"\0" + b"".join(bytes((v, v)) for v in row) for row in rows)
    head = struct.pack(">IIBBBBB", image.width, image.height, 16, 2, 0, 0, 0)
    pixels = chunk(b"IDAT", zlib.compress(lines))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + pixels + chunk(b"IEND", b"")


def deep_heic() -> bytes:
    """The quarters with ten bits for each colour, as newer phones write them."""
    image, out = quarters(), io.BytesIO()
    deep = b"".join(bytes((v, v)) for v in image.tobytes())
    file = pillow_heif.from_bytes("RGB;16", image.size, deep)
    file.save(out, quality=95)
    return out.getvalue()


def turned(kind: str, orientation: int) -> bytes:
    """A photo that says which way up it is."""
    exif = Image.Exif()
    exif[ORIENTATION] = orientation
    more: dict[str, Any] = {"lossless": True} if kind == "WEBP" else {}
    return encoded(lying(orientation), kind, exif=exif.tobytes(), **more)


# ── what a camera and a careless program write into a file ──────────────────────────────────────
def full_exif() -> bytes:
    """Camera, serial numbers, owner, place, a maker's note, and a thumbnail with a comment."""
    exif = Image.Exif()
    exif[0x010E] = f"{MARK}-DESCRIPTION"
    exif[0x010F], exif[0x0110] = f"{MARK}-MAKE", f"{MARK}-MODEL"
    exif[0x0131], exif[0x013B], exif[0x8298] = f"{MARK}-SOFT", f"{MARK}-ARTIST", f"{MARK}-RIGHTS"
    exif[0x9C9B] = f"{MARK}-XPTITLE".encode("utf-16-le")
    inner = exif.get_ifd(0x8769)
    inner[0x9003] = "2026:05:04 10:11:12"
    inner[0x927C] = f"{MARK}-MAKERNOTE".encode()
    inner[0x9286] = b"ASCII\0\0\0" + f"{MARK}-USERCOMMENT".encode()
    inner[0xA430], inner[0xA431] = f"{MARK}-OWNER", f"{MARK}-SERIAL"
    inner[0xA435], inner[0xA420] = f"{MARK}-LENS-SERIAL", f"{MARK}-UNIQUE-ID"
    place = exif.get_ifd(0x8825)
    place[1], place[2] = "N", (IFDRational(51), IFDRational(30), IFDRational(26))
    place[3], place[4] = "W", (IFDRational(0), IFDRational(7), IFDRational(39))
    place[27] = f"{MARK}-GPS-METHOD".encode()
    return _with_thumbnail(exif.tobytes())


def _with_thumbnail(exif: bytes) -> bytes:
    """A second directory with a small JPEG, which Pillow does not write itself."""
    head, tiff = exif[:6], bytearray(exif[6:])
    order = "<" if tiff[:2] == b"II" else ">"
    first = struct.unpack_from(order + "I", tiff, 4)[0]
    entries = struct.unpack_from(order + "H", tiff, first)[0]
    struct.pack_into(order + "I", tiff, first + 2 + entries * 12, len(tiff))
    small = encoded(quarters(32, 24), "JPEG", comment=f"{MARK}-THUMBNAIL".encode())
    at = len(tiff) + 2 + 3 * 12 + 4
    tiff += struct.pack(order + "H", 3)
    for tag, kind, value in ((0x0103, 3, 6), (0x0201, 4, at), (0x0202, 4, len(small))):
        tiff += struct.pack(order + "HHI", tag, kind, 1)
        tiff += struct.pack(order + ("HH" if kind == 3 else "I"), *([value, 0][: 5 - kind]))
    return head + bytes(tiff) + struct.pack(order + "I", 0) + small


def xmp() -> bytes:
    """A packet with a name and a place."""
    return (
        '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/'
        f'22-rdf-syntax-ns#"><rdf:Description>{MARK}-XMP</rdf:Description></rdf:RDF></x:xmpmeta>'
    ).encode()


def profile() -> bytes:
    """sRGB, with our text in its description and copyright."""
    plain = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    old = "sRGB built-in".encode("utf-16-be")
    assert old in plain
    return plain.replace(old, f"{MARK}-ICCTX".encode("utf-16-be"))


def swapped_profile() -> bytes:
    """A profile of a device whose red is sRGB's green and the other way round."""
    plain = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    # The table of tags: name, offset, length; twelve bytes each.
    red, green = plain.index(b"rXYZ"), plain.index(b"gXYZ")
    plain[red : red + 4], plain[green : green + 4] = b"gXYZ", b"rXYZ"
    return bytes(plain)


def iptc() -> bytes:
    """A Photoshop block with a caption."""
    caption = f"{MARK}-IPTC".encode()
    record = b"\x1c\x02\x78" + struct.pack(">H", len(caption)) + caption
    record += b"\0" * (len(record) % 2)
    return b"Photoshop 3.0\x008BIM\x04\x04\0\0" + struct.pack(">I", len(record)) + record


def segment(marker: int, content: bytes) -> bytes:
    """One piece of a JPEG."""
    return struct.pack(">BBH", 0xFF, marker, len(content) + 2) + content


def stuffed_jpeg(size: tuple[int, int] = (800, 600)) -> bytes:
    """All of it at once: EXIF, XMP, IPTC, comment, profile, second picture, bytes after the end."""
    second = quarters(64, 48)
    second.encoderinfo = {}
    image = quarters(*size)
    made = encoded(
        image,
        "MPO",
        save_all=True,
        append_images=[second],
        exif=full_exif(),
        icc_profile=profile(),
        comment=f"{MARK}-COMMENT".encode(),
        xmp=xmp(),
    )
    more = segment(0xED, iptc()) + segment(0xEA, f"{MARK}-APP10".encode())
    more += segment(0xEB, b"JP\0\x01\0\0\0\x01" + credentials()) + segment(0xE0, small_jfif())
    long_xmp = b"http://ns.adobe.com/xmp/extension/\0" + bytes(40) + f"{MARK}-LONG-XMP".encode()
    more += segment(0xE1, long_xmp)
    film = b"\0\0\0\x18ftypmp42" + bytes(8) + f"{MARK}-FILM".encode()
    return made[:2] + more + made[2:] + film + f"{MARK}-TAIL".encode()


def credentials() -> bytes:
    """Who made it and with what (C2PA), as a JUMBF box: a superbox with its description."""
    label = b"c2pa\0"
    description = _box(b"jumd", bytes(16) + b"\x03" + label)
    claim = _box(b"json", f'{{"claim": "{MARK}-CLAIM"}}'.encode())
    return _box(b"jumb", description + claim)


def small_jfif() -> bytes:
    """A thumbnail in the oldest way, a JPEG with a comment of its own."""
    small = encoded(quarters(32, 24), "JPEG", comment=f"{MARK}-JFXX".encode())
    return b"JFXX\0\x10" + small


def _box(name: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content) + 8) + name + content


def stuffed_png() -> bytes:
    """Text in each of its three ways, EXIF, XMP, profile."""
    info = PngImagePlugin.PngInfo()
    info.add_text("Author", f"{MARK}-TEXT")
    info.add_text("Comment", f"{MARK}-ZTEXT", zip=True)
    info.add_itxt("XML:com.adobe.xmp", xmp().decode())
    info.add(b"caBX", credentials())
    info.add(b"prVW", f"{MARK}-PREVIEW".encode())
    return photo("PNG", pnginfo=info, exif=full_exif(), icc_profile=profile())


def stuffed_webp() -> bytes:
    """EXIF, XMP and profile chunks."""
    plain = photo("WEBP", exif=full_exif(), xmp=xmp(), icc_profile=profile())
    claim = credentials()
    more = b"C2PA" + struct.pack("<I", len(claim)) + claim + b"\0" * (len(claim) % 2)
    return plain[:4] + struct.pack("<I", len(plain) + len(more) - 8) + plain[8:] + more


def stuffed_gif() -> bytes:
    """A comment, and XMP and credentials in blocks of programs."""
    plain = photo("GIF", comment=f"{MARK}-COMMENT".encode())
    return plain[:-1] + _of_program(b"XMP DataXMP", xmp()) + _of_program(b"C2PA_GIF\x01\0\0") + b";"


def _of_program(name: bytes, content: bytes | None = None) -> bytes:
    content = credentials() if content is None else content
    pieces = [content[n : n + 255] for n in range(0, len(content), 255)]
    body = b"".join(bytes([len(piece)]) + piece for piece in pieces)
    return b"!\xff\x0b" + name + body + b"\0"


def stuffed_heic() -> bytes:
    """EXIF and XMP items, an auxiliary picture, credentials, and a film after the end."""
    plain = photo("HEIF", exif=full_exif(), xmp=xmp(), quality=90, thumbnails=[32])
    # A small picture that belongs to the large one: no thumbnail of it, but what a depth map is.
    plain = plain.replace(b"thmb", b"auxl").replace(b"pixi", b"auxC")
    claim = bytes.fromhex("d8fec3d61b0e483c92975828877ec481") + credentials()
    return plain + _box(b"uuid", claim) + _box(b"mpvd", f"{MARK}-FILM".encode())


STUFFED = {
    "JPEG": stuffed_jpeg,
    "PNG": stuffed_png,
    "WebP": stuffed_webp,
    "GIF": stuffed_gif,
    "HEIC": stuffed_heic,
}


# ── files that are no photo, or try to hurt ─────────────────────────────────────────────────────
def chunk(name: bytes, content: bytes) -> bytes:
    check = zlib.crc32(name + content)
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", check)


def bomb() -> bytes:
    """A PNG of 400 million points in 50 kB."""
    side = 20_000
    head = struct.pack(">IIBBBBB", side, side, 1, 0, 0, 0, 0)
    lines = zlib.compress(b"\0" * (side // 8 + 1) * side, 9)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", lines) + chunk(b"IEND", b"")


def text_bomb() -> bytes:
    """A PNG whose compressed text grows to 200 MB."""
    plain = photo("PNG")
    text = b"Comment\0\0" + zlib.compress(b"\0" * 200_000_000, 9)
    return plain[:33] + chunk(b"zTXt", text) + plain[33:]
