"""The door to looking for faces and writing: one child process, kept from photo to photo.

The worker that asks holds no network itself: what a photo does to the child costs the child. It
is started when the first photo comes, so after the worker has forked, and anew after a number of
photos, a photo that took too long, or its own end.
"""

from __future__ import annotations

import json
import os
import selectors
import subprocess
import sys
from pathlib import Path
from threading import Lock
from typing import Any

from posts.seeing.boxes import Box
from posts.seeing.found import Face, Line, Seen

ROOT = Path(__file__).resolve().parents[2]
SECONDS, STARTING = 60, 60
THREADS, MEMORY_MIB = 2, 1_200
PHOTOS = 200


class NotLooked(RuntimeError):
    """It could not be looked at: too long, too large, or what looks is missing. Never "fine"."""


class Looker:
    """Looks at photos, one at a time; threads of one process take turns."""

    def __init__(self, *, seconds: int = SECONDS, memory_mib: int = MEMORY_MIB) -> None:
        self._seconds, self._memory_mib = seconds, memory_mib
        self._child: subprocess.Popen[bytes] | None = None
        self._photos = 0
        self._turn = Lock()

    def look(self, photo: Path) -> Seen:
        """Faces and writing of an upright JPEG. Raises `NotLooked`."""
        with self._turn:
            try:
                answer = self._ask(photo)
            except BaseException:
                # Also the end of a task's time: an answer that nobody waits for must not be taken
                # for the next photo's.
                self.close()
                raise
            self._photos += 1
            if self._photos >= PHOTOS:
                self.close()
        if "failed" in answer:
            raise NotLooked(str(answer["failed"]))
        return Seen(
            tuple(Face(Box(*row[:4]), row[4]) for row in answer["faces"]),
            tuple(Line(Box(*row[:4]), row[4], row[5]) for row in answer["lines"]),
        )

    def close(self) -> None:
        """End the child, if there is one."""
        child, self._child, self._photos = self._child, None, 0
        if child is not None:
            child.kill()
            child.wait()
            for pipe in (child.stdin, child.stdout):
                if pipe is not None:
                    pipe.close()

    def _ask(self, photo: Path) -> dict[str, Any]:
        child = self._started()
        if child.stdin is None or child.stdout is None:
            raise NotLooked("no pipe")
        try:
            child.stdin.write(json.dumps({"path": str(photo)}).encode() + b"\n")
            child.stdin.flush()
        except OSError as error:
            raise NotLooked("it ended") from error
        line = _line(child.stdout.fileno(), self._seconds + (0 if self._photos else STARTING))
        try:
            answer: dict[str, Any] = json.loads(line)
        except ValueError as error:
            raise NotLooked("it ended") from error
        if answer.get("path") != str(photo):
            raise NotLooked("it answered for another photo")
        return answer

    def _started(self) -> subprocess.Popen[bytes]:
        if self._child is not None and self._child.poll() is not None:
            self.close()
        if self._child is None:
            self._child = subprocess.Popen(  # noqa: S603 (our own module, no shell)
                [
                    sys.executable,
                    "-m",
                    "posts.seeing.child",
                    str(THREADS),
                    str(self._memory_mib),
                ],
                cwd=ROOT,
                env=os.environ | {"OMP_NUM_THREADS": str(THREADS)},
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,  # a library's words could hold what was read
                start_new_session=True,
            )
        return self._child


def _line(pipe: int, seconds: int) -> bytes:
    """What comes until the end of the line; raises `NotLooked` when it takes too long."""
    found = b""
    with selectors.DefaultSelector() as waiting:
        waiting.register(pipe, selectors.EVENT_READ)
        while not found.endswith(b"\n"):
            if not waiting.select(seconds):
                raise NotLooked("it took too long")
            some = os.read(pipe, 65_536)
            if not some:
                raise NotLooked("it ended")
            found += some
    return found
