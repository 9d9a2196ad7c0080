"""The demo's one process: a Celery worker and beat as threads, and a threaded web server."""

from __future__ import annotations

import os
import signal
import socket
import sys
import threading
import time
from collections.abc import Callable
from typing import Any

from celery import Celery, signals
from celery.beat import EmbeddedService
from celery.worker import WorkController
from django.conf import settings
from django.core.servers.basehttp import run
from django.core.wsgi import get_wsgi_application

from config.celery import app

HOST = "127.0.0.1"
PATIENCE = 5  # seconds a running task gets when the demo stops


class Background:
    """Workers and beat. What they were doing when killed is found again by the sweeps."""

    def __init__(self) -> None:
        # A worker knows the tasks that were there when it was made.
        app.loader.import_default_modules()
        self.workers = [_worker(queue.name) for queue in settings.CELERY_TASK_QUEUES]
        # Celery's own command says this; it makes tasks give their database connections back.
        signals.worker_init.send(sender=self.workers[0])
        self.beat: Any = EmbeddedService(app, thread=True)

    def start(self) -> None:
        """Begin working in the background."""
        for worker in self.workers:
            threading.Thread(target=worker.start, daemon=True).start()
        self.beat.start()

    def stop(self) -> None:
        """Stop asking for work, and wait a little for what is being done."""
        until = time.monotonic() + PATIENCE
        parts = (self.beat, *self.workers)
        stopping = [threading.Thread(target=part.stop, daemon=True) for part in parts]
        for thread in stopping:
            thread.start()
        for thread in stopping:
            thread.join(max(0, until - time.monotonic()))


def leave() -> None:
    """End the process, now. Python itself would wait for the thread of a task that still runs."""
    sys.stdout.flush()
    os._exit(0)


def _worker(queue: str) -> WorkController:
    """A worker of one queue. An application of its own, because Celery keeps the choice of queues
    there and not in the worker."""
    own = Celery(app.main, set_as_current=False)
    own.config_from_object("django.conf:settings", namespace="CELERY")
    return own.WorkController(
        pool="threads",
        concurrency=2,
        queues=[queue],
        hostname=f"{queue}@demo",
        without_gossip=True,
        without_mingle=True,
        without_heartbeat=True,
        quiet=True,
    )


def is_free(port: int) -> bool:
    """May we listen there? Asked before anything is thrown away."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError:
            return False
    return True


def serve(port: int, *, ready: Callable[[], None]) -> None:
    """Serve until Ctrl-C or SIGTERM, with the background working."""
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    background = Background()
    background.start()
    try:
        run(HOST, port, get_wsgi_application(), threading=True, on_bind=lambda _port: ready())
    except KeyboardInterrupt:
        pass
    finally:
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        background.stop()
