"""Several people, or several workers, at the very same moment."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

from django.db import connection

from consents.errors import NotAllowed
from posts.errors import NotPossible, Refused


def at_once(*calls: Callable[[], Any]) -> list[str]:
    """Run each in a thread and a connection of its own, begun together. What each came to: its
    answer's type, or the error's."""
    ready = threading.Barrier(len(calls))
    came: list[str] = [""] * len(calls)

    def run(place: int, call: Callable[[], Any]) -> None:
        try:
            ready.wait(timeout=10)
            call()
            came[place] = "done"
        except (NotAllowed, NotPossible, Refused) as error:
            came[place] = type(error).__name__
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(n, call)) for n, call in enumerate(calls)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    return came
