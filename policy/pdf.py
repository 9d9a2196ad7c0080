"""Is this a PDF that anybody can open without risk? Told by its content, never by its name.

A document of a policy is words on pages. What runs something, carries further files or is locked is
refused with what to do about it; nothing in it is ever run or rendered here.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator

MOST_BYTES = 10 * 2**20
# However little a stream takes, it is not unpacked further than this.
_MOST_UNPACKED = 8 * 2**20
_STREAM = re.compile(rb"stream\r?\n(.*?)endstream", re.DOTALL)
_ESCAPED = re.compile(rb"#([0-9A-Fa-f]{2})")
_ACTIVE = re.compile(rb"/(JavaScript|JS|Launch|EmbeddedFiles?|RichMedia|SubmitForm|ImportData)\b")


def problems(data: bytes) -> list[str]:
    """What is wrong with it, in sentences that say how to mend it; an empty list means go."""
    if len(data) > MOST_BYTES:
        return ["It is larger than 10 MB. Save it as PDF once more, with smaller pictures."]
    if b"%PDF-" not in data[:1024]:
        return ["This is no PDF. In Word: File, Save as, PDF. Then choose that file."]
    if b"%%EOF" not in data[-2048:]:
        return ["The end of it is missing. Save it as PDF once more, and choose that file."]
    texts = list(_texts(data))
    if any(b"/Encrypt" in text for text in texts):
        return ["It is locked with a password. Save it without one, and choose that file."]
    if any(_ACTIVE.search(text) for text in texts):
        return [
            "It holds a script, a form that sends something, or another file. Print it to PDF, and "
            "choose that file."
        ]
    return []


def _texts(data: bytes) -> Iterator[bytes]:
    """The objects of the file: those that stand open, and those packed together."""
    yield _plain(_STREAM.sub(b"", data))
    left = _MOST_UNPACKED
    for found in _STREAM.finditer(data):
        about = data[max(0, found.start() - 400) : found.start()]
        if b"/ObjStm" in about and left > 0:
            unpacked = _unpacked(found[1], left)
            left -= len(unpacked)
            yield _plain(unpacked)


def _unpacked(packed: bytes, most: int) -> bytes:
    try:
        return zlib.decompressobj().decompress(packed, most)
    except zlib.error:
        return b""


def _plain(text: bytes) -> bytes:
    """Names without their escapes: “/J#61vaScript” is one too."""
    return _ESCAPED.sub(lambda mark: bytes([int(mark[1], 16)]), text)
