"""What the file says of its device, read before everything is stripped: evidence, not proof.

A place is only ever kept as "was present" (R-157); coordinates are not read.
"""

from __future__ import annotations

import struct
from typing import Any

from PIL import Image
from PIL.ExifTags import IFD, Base

_SERIAL = 0xA431
_TAKEN = 0x9003
_LONGEST = 100


def facts(image: Image.Image) -> dict[str, Any]:
    """make, model, software, serial, taken_at (as written, local), has_gps. Missing: left out."""
    try:
        exif = image.getexif()
        inner = exif.get_ifd(IFD.Exif)
        has_gps = bool(exif.get_ifd(IFD.GPSInfo))
    except (OSError, ValueError, SyntaxError, KeyError, TypeError, AttributeError, struct.error):
        # A broken block of metadata must not cost the photo.
        return {"unreadable": True}
    found = {
        "make": exif.get(Base.Make),
        "model": exif.get(Base.Model),
        "software": exif.get(Base.Software),
        "serial": inner.get(_SERIAL),
        "taken_at": inner.get(_TAKEN),
    }
    kept: dict[str, Any] = {k: _clean(v) for k, v in found.items() if v}
    return kept | {"has_gps": has_gps}


def _clean(value: object) -> str:
    text = str(value).replace("\x00", " ")
    return " ".join("".join(c for c in text if c.isprintable()).split())[:_LONGEST]
