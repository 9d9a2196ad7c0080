"""Run in a process of its own: verify, read facts, strip, write the copies, print what was found.

`python -m posts.photos.look ORIGINAL FOLDER MAX_BYTES MEMORY_MIB SECONDS [whole]` → one
line of JSON; `whole`: one copy in full size instead.
"""

from __future__ import annotations

import hashlib
import json
import resource
import sys
from pathlib import Path
from typing import Any

from posts.photos.errors import PhotoRefused
from posts.photos.facts import facts
from posts.photos.pattern import pattern
from posts.photos.verify import media_type, opened
from posts.photos.working import SIDES, fitted, jpeg, upright

# Which picture of several the file opens with. The second of an MPO is the camera's own: a depth
# map, or the same once more.
_WHICH = {"GIF": "first", "WEBP": "first", "PNG": "first", "HEIF": "main"}
LARGEST = 8_192
BEST = 90
_LARGEST_COPY = 64 * 2**20


def look(original: Path, folder: Path, max_bytes: int) -> dict[str, Any]:
    """Everything about one photo as plain values; the copies are files in the folder."""
    with opened(original, max_bytes=max_bytes) as image:
        found: dict[str, Any] = {"media_type": media_type(image), "facts": facts(image)}
        which = _WHICH.get(image.format or "") if getattr(image, "is_animated", False) else ""
        found["notes"] = [f"Only its {which} picture is used."] if which else []
        copy = upright(image, SIDES["working"])
    found["pattern"] = pattern(copy)
    for name, side in SIDES.items():
        copy = fitted(copy, side)
        data = jpeg(copy)
        path = folder / f"{name}.jpg"
        path.write_bytes(data)
        found[name] = {
            "path": str(path),
            "sha256": hashlib.sha256(data).hexdigest(),
            "size": len(data),
            "width": copy.width,
            "height": copy.height,
        }
    return found


def whole(original: Path, folder: Path, max_bytes: int) -> str:
    """One clean copy as large as the photo is, up to `LARGEST` pixels a side; where it lies."""
    with opened(original, max_bytes=max_bytes) as image:
        copy = upright(image, LARGEST)
    path = folder / "whole.jpg"
    path.write_bytes(jpeg(copy, BEST))
    return str(path)


def limit(memory_mib: int, seconds: int) -> None:
    """Bound this process: a hostile file costs itself, not the worker."""
    memory = memory_mib * 2**20
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (_LARGEST_COPY, _LARGEST_COPY))


def main() -> None:
    """Print {"photo": …}, {"whole": path} or {"refused": sentence}."""
    original, folder, max_bytes, memory_mib, seconds, *wanted = sys.argv[1:]
    limit(int(memory_mib), int(seconds))
    try:
        verb = whole if wanted == ["whole"] else look
        name = "whole" if wanted == ["whole"] else "photo"
        answer: dict[str, Any] = {name: verb(Path(original), Path(folder), int(max_bytes))}
    except PhotoRefused as error:
        answer = {"refused": str(error)}
    except MemoryError:
        answer = {"refused": "The photo takes too much memory. Save it smaller and add it again."}
    sys.stdout.write(json.dumps(answer))


if __name__ == "__main__":
    main()
