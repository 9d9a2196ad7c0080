"""What one phone photo costs: CPU over plain Pillow, and memory."""

from __future__ import annotations

import io
import random
import resource
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

from PIL import Image, ImageDraw

from bench.plainly import COPIES, LARGEST, ours, plain
from posts.photos import process
from posts.processing import MEMORY_MIB, SECONDS

ROUNDS = 7
WIDTH, HEIGHT = 4032, 3024
ROOT = Path(__file__).resolve().parents[1]


def photos() -> Iterator[tuple[str, float, str]]:
    """`photo_cpu_ratio`, `photo_child_cpu_ratio`, `photo_peak_mib`, `photo_peak_ratio`.

    A made 12-megapixel JPEG of 4 MB, lying on its side, with a place in it. Measured: from the file
    to the upright, stripped working copy, the medium one, the thumbnail and the one a channel is
    sent, all written. The yardstick writes the same four: plain Pillow, decoded fully, turned, each
    size from the full one. CPU of all threads, median of interleaved rounds.
    `photo_child_cpu_ratio`: the whole process a worker starts to look at a photo, the start of
    Python in it, over the same yardstick.
    `photo_peak_mib`: the highest memory above what is there when all is imported, MiB;
    `photo_peak_ratio`: that over the yardstick's.
    """
    with tempfile.TemporaryDirectory(prefix="golive-bench-") as name:
        original, mine, other = (Path(name) / part for part in ("original", "ours", "plain"))
        original.write_bytes(_phone_photo())
        mine.mkdir()
        other.mkdir()
        _check(original, mine, other)
        cpu = [
            (
                _cpu(lambda: ours(original, mine), resource.RUSAGE_SELF),
                _cpu(lambda: plain(original, other), resource.RUSAGE_SELF),
                _cpu(lambda: _in_a_child(original, mine), resource.RUSAGE_CHILDREN),
            )
            for _ in range(ROUNDS)
        ]
        our_cpu, plain_cpu, child_cpu = (statistics.median(c) for c in zip(*cpu, strict=True))
        our_mib = statistics.median(_peak("ours", original, mine) for _ in range(3))
        plain_mib = statistics.median(_peak("plain", original, other) for _ in range(3))
    yield "photo_cpu_ratio", our_cpu / plain_cpu, "≤ 0.4"
    yield "photo_child_cpu_ratio", child_cpu / plain_cpu, ""
    yield "photo_peak_mib", our_mib, "≤ 100"
    yield "photo_peak_ratio", our_mib / plain_mib, ""


def _phone_photo() -> bytes:
    """Shapes under fine noise, about as large as a real one; always the same."""
    grain = random.Random(12)
    noise = Image.frombytes("RGB", (WIDTH, HEIGHT), grain.randbytes(WIDTH * HEIGHT * 3))
    image = Image.linear_gradient("L").resize((WIDTH, HEIGHT)).convert("RGB")
    draw = ImageDraw.Draw(image)
    for n in range(60):
        x, y, size = grain.randrange(WIDTH), grain.randrange(HEIGHT), grain.randrange(60, 700)
        colour = tuple(grain.randrange(256) for _ in range(3))
        shape = draw.ellipse if n % 2 else draw.rectangle
        shape((x, y, x + size, y + size), fill=colour)
    exif = Image.Exif()
    exif[0x0112] = 6
    exif.get_ifd(0x8825).update({1: "N", 2: (51.0, 30.0, 26.0)})
    out = io.BytesIO()
    Image.blend(image, noise, 0.2).save(out, "JPEG", quality=85, exif=exif)
    return out.getvalue()


def _check(original: Path, mine: Path, other: Path) -> None:
    """Both ways give upright copies of one size, and neither has a word of the camera in it."""
    ours(original, mine)
    plain(original, other)
    for name, (side, _) in COPIES.items():
        sizes = {_clean_size(folder / f"{name}.jpg") for folder in (mine, other)}
        if len(sizes) != 1 or max(*sizes.pop()) != side:
            raise RuntimeError(f"The two ways disagree about {name}.")


def _clean_size(path: Path) -> tuple[int, int]:
    with Image.open(path) as image:
        if image.getexif() or image.width >= image.height:
            raise RuntimeError(f"{path} is not upright and stripped.")
        return image.size


def _in_a_child(original: Path, folder: Path) -> None:
    process(original, folder, max_bytes=LARGEST, seconds=SECONDS, memory_mib=MEMORY_MIB)


def _cpu(run: Callable[[], object], whose: int) -> float:
    begun = resource.getrusage(whose)
    run()
    ended = resource.getrusage(whose)
    return ended.ru_utime + ended.ru_stime - begun.ru_utime - begun.ru_stime


def _peak(way: str, original: Path, folder: Path) -> float:
    command = [sys.executable, "-m", "bench.plainly", way, str(original), str(folder)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, check=True)  # noqa: S603 (our own)
    return float(done.stdout)
