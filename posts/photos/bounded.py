"""The door to looking at a file: a child process with limits of memory and time."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from posts.photos.errors import PhotoRefused
from posts.photos.working import SIDES, Copy

ROOT = Path(__file__).resolve().parents[2]
# Somebody stops the machine or takes its memory back: no fault of the photo.
_STOPPED = {-signal.SIGTERM, -signal.SIGINT, -signal.SIGHUP, -signal.SIGKILL}


class Interrupted(RuntimeError):
    """The looking was stopped from outside before it came to an end."""


@dataclass(frozen=True)
class Processed:
    """A photo that can be used: what it was, what its device said, and the clean copies."""

    media_type: str
    facts: dict[str, Any]
    notes: tuple[str, ...]
    working: Copy
    medium: Copy
    thumb: Copy
    pattern: str = ""


def process(
    original: Path, folder: Path, *, max_bytes: int, seconds: int, memory_mib: int
) -> Processed:
    """Look at one file. Copies are written into `folder`, which the caller throws away.

    Raises `PhotoRefused`; whatever the file does to the child process, it ends as a sentence.
    Raises `Interrupted` when the child was stopped by somebody else: worth another try.
    """
    return _processed(_asked(original, folder, max_bytes, seconds, memory_mib)["photo"])


def whole(original: Path, folder: Path, *, max_bytes: int, seconds: int, memory_mib: int) -> Path:
    """The photo in full size, upright and with nothing else in it. Raises as `process` does."""
    answer = _asked(original, folder, max_bytes, seconds, memory_mib, "whole")
    return Path(answer["whole"])


def _asked(
    original: Path, folder: Path, max_bytes: int, seconds: int, memory_mib: int, *wanted: str
) -> dict[str, Any]:
    command = [
        sys.executable,
        "-m",
        "posts.photos.look",
        str(original),
        str(folder),
        str(max_bytes),
        str(memory_mib),
        str(seconds),
        *wanted,
    ]
    try:
        done = subprocess.run(  # noqa: S603 (our own module, no shell, paths of our own making)
            command,
            cwd=ROOT,
            stdout=subprocess.PIPE,
            # What a library has to say of a hostile file can be endless.
            stderr=subprocess.DEVNULL,
            timeout=seconds,
            check=False,
            stdin=subprocess.DEVNULL,
            # Ctrl-C in a terminal is for us, who then end the child ourselves.
            start_new_session=True,
        )
    except subprocess.TimeoutExpired as error:
        raise _took_too_long() from error
    if done.returncode in _STOPPED:
        raise Interrupted(signal.Signals(-done.returncode).name)
    if done.returncode == -signal.SIGXCPU:
        raise _took_too_long()
    try:
        answer: dict[str, Any] = json.loads(done.stdout)
    except ValueError as error:
        raise PhotoRefused(
            "This file cannot be opened safely. Save the photo as a JPEG and add it again."
        ) from error
    if "refused" in answer:
        raise PhotoRefused(answer["refused"])
    return answer


def _took_too_long() -> PhotoRefused:
    return PhotoRefused("Looking at this photo took too long. Save it smaller and add it again.")


def _processed(found: dict[str, Any]) -> Processed:
    copies = {name: Copy(**(found[name] | {"path": Path(found[name]["path"])})) for name in SIDES}
    facts, notes = found["facts"], tuple(found["notes"])
    return Processed(found["media_type"], facts, notes, **copies, pattern=found["pattern"])
