"""What follows where a photo ends. Phones put a short film or a depth map there; others an archive
or a web page. Only lengths are read, nothing is decoded."""

from __future__ import annotations

from pathlib import Path

_MOST = 65_536


def tail(path: Path, kind: str) -> bytes:
    """The last bytes of the file that are no part of the photo; at most 64 KB of them."""
    size = path.stat().st_size
    end = _ENDS[kind](path, size) if kind in _ENDS else _jpeg(path, size)
    with path.open("rb") as file:
        file.seek(max(end, size - _MOST))
        return file.read()


def _jpeg(path: Path, size: int) -> int:
    """After the last end mark among the last bytes: a JPEG within a JPEG has one of its own."""
    with path.open("rb") as file:
        file.seek(start := max(0, size - _MOST))
        at = file.read().rfind(b"\xff\xd9")
    return size if at < 0 else start + at + 2


def _png(path: Path, size: int) -> int:
    """Chunk after chunk: length, name, content, checksum."""
    at = 8
    with path.open("rb") as file:
        while at + 8 <= size:
            file.seek(at)
            head = file.read(8)
            at += 12 + int.from_bytes(head[:4], "big")
            if head[4:] == b"IEND":
                break
    return at


def _webp(path: Path, _size: int) -> int:
    """It says its own length, padded to an even number."""
    with path.open("rb") as file:
        length = int.from_bytes(file.read(8)[4:], "little")
    return 8 + length + length % 2


def _heif(path: Path, size: int) -> int:
    """Box after box: length, name. What is no box is no part of it."""
    at = 0
    with path.open("rb") as file:
        while at + 8 <= size:
            file.seek(at)
            head = file.read(16)
            length = int.from_bytes(head[:4], "big")
            if length == 1:
                length = int.from_bytes(head[8:16], "big")
            if length == 0:
                return size
            if length < 8 or at + length > size or not head[4:8].isalnum():
                break
            at += length
    return at


def _gif(path: Path, size: int) -> int:
    """Block after block, each a chain of pieces of up to 255 bytes, to the closing semicolon."""
    with path.open("rb") as file:
        head = file.read(13)
        at = 13 + _colours(head[10])
        while at < size:
            file.seek(at)
            head = file.read(10)
            if head[:1] == b"!":
                at = _after_pieces(path, at + 2, size)
            elif head[:1] == b"," and len(head) == 10:
                at = _after_pieces(path, at + 11 + _colours(head[9]), size)
            else:
                return at + 1
    return size


def _colours(flags: int) -> int:
    """The bytes of a table of colours, if there is one."""
    return 3 * 2 ** ((flags & 7) + 1) if flags & 0x80 else 0


def _after_pieces(path: Path, at: int, size: int) -> int:
    with path.open("rb") as file:
        file.seek(at)
        while at < size and (length := file.read(1)):
            at += 1 + length[0]
            if not length[0]:
                break
            file.seek(at)
    return at


_ENDS = {"PNG": _png, "WEBP": _webp, "GIF": _gif, "HEIF": _heif}
