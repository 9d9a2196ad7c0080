"""The process that looks: one photo after the other, each asked for in a line of JSON.

`python -m posts.seeing.child THREADS MEMORY_MIB`, with OMP_NUM_THREADS in its environment, reads
{"path": …} and answers {"path": …, "faces": [[left, top, width, height, sure], …], "lines": [[left,
top, width, height, text, sure], …]} or {"path": …, "failed": kind of error}. It holds both sets of
networks, loaded when the first photo comes, and ends when the other end is closed.
"""

from __future__ import annotations

import json
import resource
import sys
from typing import Any

import cv2
from PIL import Image

from posts.seeing.faces import Finder
from posts.seeing.writing import Reader


def main() -> None:
    """Answer until the other end is closed."""
    threads, memory_mib = int(sys.argv[1]), int(sys.argv[2])
    limit(threads, memory_mib)
    out, sys.stdout = sys.stdout, sys.stderr  # whatever a library prints is no answer
    finder, reader = Finder(threads), Reader(threads)
    for line in sys.stdin:
        path = json.loads(line)["path"]
        try:
            with Image.open(path, formats=["JPEG"]) as picture:
                picture.load()
                answer: dict[str, Any] = {
                    "faces": [[*face.box, face.sure] for face in finder.find(picture)],
                    "lines": [[*one.box, one.text, one.sure] for one in reader.read(picture)],
                }
        except Exception as error:  # noqa: BLE001 (whatever it is, the photo is not checked)
            answer = {"failed": type(error).__name__}
        out.write(json.dumps({"path": path, **answer}) + "\n")
        out.flush()


def limit(threads: int, memory_mib: int) -> None:
    """Bound this process before a network is loaded: the memory it writes to, not what it maps."""
    memory = memory_mib * 2**20
    resource.setrlimit(resource.RLIMIT_DATA, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    cv2.setNumThreads(threads)


if __name__ == "__main__":
    main()
