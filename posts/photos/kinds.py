"""What a file is when it is no photo: by its first bytes, so that the refusal can say how to mend
it. Nothing is opened or unpacked here."""

from __future__ import annotations

import re
from pathlib import Path

FIRST_BYTES = 4_096
OTHERWISE = "This is not a photo that GoLive can open. Add a JPEG, PNG, WebP, GIF or HEIC."
ARCHIVE = "This is an archive of files, not a photo. Open it on your device and add the photos."
DRAWING = "This is a drawing (SVG), not a photo. Save it as a PNG and add that."
WEB_PAGE = "This is a web page, not a photo. Save the picture itself and add that."
PDF = "This is a PDF, not a photo. Save the page as a picture and add that."
DOCUMENT = "This is a document, not a photo. Save the picture in it as a JPEG and add that."
FILM = "This is a film, not a photo. Take a photo of that moment and add it."
SOUND = "This is a sound recording, not a photo. Add a JPEG, PNG, WebP, GIF or HEIC."
PROGRAM = "This is a program, not a photo. Do not open it, and tell who looks after computers."
OTHER_PICTURE = "This kind of picture cannot be used here. Save it as a JPEG and add that."

_SVG = re.compile(rb"<svg[\s>]", re.IGNORECASE)
_MARKUP = re.compile(rb"<(!doctype html|html|head|body|script|iframe|\?php)", re.IGNORECASE)
_WRITTEN = ((WEB_PAGE, _MARKUP), (DRAWING, _SVG))
_NO_PHOTOS_NAME = re.compile(
    "7z apk app bat bin bz2 cmd com css csv dll dmg doc docm docx eml exe gz hta html? iso jar js "
    "json lnk mhtml mp3 mp4 msi pdf phar php pl pptx? pps ps1? py rar rtf scr sh svgz? tar txt "
    "vbs wav xhtml xls xlsm xlsx xml zip".replace(" ", "|")
)
# What each begins with. An office document is an archive too, so it is asked about first.
_BEGINS: tuple[tuple[str, tuple[bytes, ...]], ...] = (
    (PDF, (b"%PDF",)),
    (DOCUMENT, (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"{\\rtf")),
    (ARCHIVE, (b"PK\x03\x04", b"PK\x05\x06", b"\x1f\x8b", b"7z\xbc\xaf\x27\x1c", b"Rar!", b"BZh")),
    (ARCHIVE, (b"\xfd7zXZ\0", b"\x28\xb5\x2f\xfd", b"!<arch>\n")),
    (PROGRAM, (b"MZ", b"\x7fELF", b"\xca\xfe\xba\xbe", b"\xcf\xfa\xed\xfe", b"#!")),
    (SOUND, (b"ID3", b"fLaC", b"OggS", b"\xff\xfb", b"\xff\xf3")),
    (FILM, (b"\x1a\x45\xdf\xa3", b"\0\0\x01\xba", b"FLV\x01")),
    (OTHER_PICTURE, (b"II*\0", b"MM\0*", b"BM", b"8BPS", b"%!PS", b"\0\0\x01\0", b"gimp xcf")),
    (OTHER_PICTURE, (b"II+\0", b"MM\0+", b"\xff\x0a", b"\0\0\0\x0cJXL ", b"\0\0\0\x0cjP  ")),
    (OTHER_PICTURE, (b"\xff\x4f\xff\x51", b"qoif", b"v/1\x01", b"farbfeld")),
)
_STILL = (b"avif", b"avis", b"heic", b"heix", b"mif1", b"msf1", b"hevc", b"heim", b"heis")


def what_it_is(path: Path) -> str:
    """A sentence about a file that could not be opened as a photo."""
    with path.open("rb") as file:
        head = file.read(FIRST_BYTES)
    for sentence, starts in _BEGINS:
        if head.startswith(starts):
            return DOCUMENT if sentence == ARCHIVE and _is_office(head) else sentence
    if head[4:8] == b"ftyp":
        return OTHER_PICTURE if head[8:12] in _STILL else FILM
    if head[:4] == b"RIFF" and head[8:12] in (b"AVI ", b"WAVE"):
        return FILM if head[8:12] == b"AVI " else SOUND
    if head[257:262] == b"ustar":
        return ARCHIVE
    found = {m.start(): said for said, kind in _WRITTEN if (m := kind.search(head))}
    return found[min(found)] if found else OTHERWISE


def wrong_name(name: str) -> str:
    """A sentence about a photo that is called like something else. One that is called like another
    kind of photo is none: phones do that."""
    ending = name.rpartition(".")[2].lower() if "." in name else ""
    if not _NO_PHOTOS_NAME.fullmatch(ending):
        return ""
    return (
        f"Its name ends in .{ending}, and no photo is called so. Save it again as a JPEG and add "
        "that."
    )


def _is_office(head: bytes) -> bool:
    return any(part in head for part in (b"[Content_Types].xml", b"word/", b"mimetypeapplication/"))
