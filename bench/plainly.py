"""The photo yardstick, and what either way takes of memory: no Django, in a process of its own.

`python -m bench.plainly ours|plain ORIGINAL FOLDER` → MiB above what was there before.
"""

from __future__ import annotations

import sys
from pathlib import Path

from PIL import Image, ImageOps

from posts.photos.look import look
from posts.photos.render import BEST, RenditionSpec, render
from posts.photos.working import QUALITY, SIDES

LARGEST = 2**25
SENT = RenditionSpec(max_side=1600, max_bytes=3_000_000)
# Every file made of a photo that goes to one channel: its longest side and quality.
COPIES = {name: (side, QUALITY) for name, side in SIDES.items()} | {"sent": (SENT.max_side, BEST)}


def ours(original: Path, folder: Path) -> None:
    """Working copy, medium and thumbnail in the background; the channel's own at submission."""
    look(original, folder, LARGEST)
    made = render((folder / "working.jpg").read_bytes(), SENT)
    (folder / "sent.jpg").write_bytes(made.data)


def plain(original: Path, folder: Path) -> None:
    """Plain Pillow: decoded fully, turned upright, each size made from the full photo."""
    with Image.open(original) as image:
        image.load()
        full = ImageOps.exif_transpose(image)
    for name, (side, quality) in COPIES.items():
        copy = ImageOps.contain(full, (side, side), Image.Resampling.LANCZOS)
        copy.save(folder / f"{name}.jpg", "JPEG", quality=quality, exif=b"")


def main() -> None:
    """Do it once; print the highest memory less that before the file was touched."""
    way, original, folder = sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3])
    before = _mib("VmRSS")
    {"ours": ours, "plain": plain}[way](original, folder)
    print(_mib("VmHWM") - before)


def _mib(what: str) -> float:
    status = Path("/proc/self/status").read_text().splitlines()
    line = next(line for line in status if line.startswith(f"{what}:"))
    return int(line.split()[1]) / 1024


if __name__ == "__main__":
    main()
