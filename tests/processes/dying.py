"""A worker that kills itself with signal 9 at one named step of a delivery.

    python -m tests.processes.dying STEP DELIVERY

It is a process like any other of the installation; only the named function is replaced by one
that never returns.
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable
from typing import Any

import django

# The function whose beginning, or whose end, is the last thing that happens.
STEPS: dict[str, tuple[str, str, str]] = {
    "before it is claimed": ("publishing.sending", "claim", "begins"),
    "claimed, not yet committed": ("publishing.sending", "claim", "ends"),
    "claimed, before the gate": ("publishing.sending", "gate", "begins"),
    "through the gate, before the snapshot": ("publishing.sending", "gate", "ends"),
    "snapshot stored, not yet committed": ("publishing.sending", "keep_snapshot", "ends"),
    "snapshot committed, before the call": ("publishing.sending", "platform_for", "begins"),
    "looked for it, before a photo is uploaded": (
        "publishing.platforms.wordpress",
        "_upload",
        "begins",
    ),
    "photo uploaded, not yet remembered": ("publishing.platforms.wordpress", "_upload", "ends"),
    "photo remembered, before the post": (
        "publishing.platforms.wordpress",
        "_make_public",
        "begins",
    ),
    "the post is there, before the answer is used": (
        "publishing.platforms.wordpress",
        "_make_public",
        "ends",
    ),
    "answer in hand, before it is written down": ("publishing.sending", "sent", "begins"),
    "written down, not yet committed": ("publishing.sending", "sent", "ends"),
    "people are being told, not yet committed": ("publishing.afterwards", "sent", "begins"),
}


def _die(*_: Any, **__: Any) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def _then_die(function: Callable[..., Any]) -> Callable[..., Any]:
    def last(*args: Any, **kwargs: Any) -> None:
        function(*args, **kwargs)
        _die()

    return last


def main(step: str, delivery: str) -> None:
    """Send it, as far as the step."""
    django.setup()
    module_name, name, moment = STEPS[step]
    module = __import__(module_name, fromlist=[name])
    function = getattr(module, name)
    setattr(module, name, _die if moment == "begins" else _then_die(function))
    send = __import__("publishing.sending", fromlist=["send"]).send
    send(int(delivery))


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    main(*sys.argv[1:])
