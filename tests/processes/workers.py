"""Real Celery workers on the test's own database, data and keys; each can be killed -9."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

from django.conf import settings
from django.db import OperationalError, connection

ROOT = Path(__file__).parents[2]
LEASE = 4  # seconds
_PATIENCE = 15  # seconds for PostgreSQL to notice that its clients are dead


def environment() -> dict[str, str]:
    """What makes another process one of this installation."""
    database = connection.settings_dict
    host, port = database["HOST"] or "/var/run/postgresql", database["PORT"] or 5432
    place = f"/{database['NAME']}?host={host}"
    if not host.startswith("/"):
        place = f"{host}:{port}/{database['NAME']}"
    keys = (k.decode() if isinstance(k, bytes) else k for k in settings.GOLIVE_SECRET_KEYS)
    return os.environ | {
        "DEBUG": "1",
        "DATABASE_URL": f"postgres://{database['USER']}:{database['PASSWORD']}@{place}",
        "SECRET_KEY": settings.SECRET_KEY,
        "GOLIVE_SECRET_KEYS": ",".join(keys),
        "GOLIVE_DATA_DIR": str(settings.GOLIVE_DATA_DIR),
        "GOLIVE_LEASE_SECONDS": str(LEASE),
        "GOLIVE_ALLOW_LOOPBACK_PLATFORMS": "1",
        "LOG_LEVEL": "CRITICAL",
    }


class Workers:
    """Celery workers in process groups of their own, so that kill -9 takes all of one."""

    def __init__(self) -> None:
        self.running: list[subprocess.Popen[bytes]] = []

    def start(self, *, lease: int = LEASE) -> None:
        """One more worker of two processes; `lease`: the seconds it has for one delivery."""
        command = "-m celery -A config worker --concurrency 2 --loglevel CRITICAL"
        self.running.append(
            subprocess.Popen(
                [sys.executable, *command.split(), "--without-gossip", "--without-mingle"],
                cwd=ROOT,
                env=environment() | {"GOLIVE_LEASE_SECONDS": str(lease)},
                start_new_session=True,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
            )
        )

    def kill_one(self) -> None:
        """kill -9 of a whole worker, parent and children."""
        victim = self.running.pop(random.randrange(len(self.running)))
        os.killpg(victim.pid, signal.SIGKILL)
        victim.wait()

    def stop(self) -> None:
        """No mercy at the end either; then wait until the database has noticed."""
        while self.running:
            self.kill_one()
        until = time.monotonic() + _PATIENCE
        while _others() and time.monotonic() < until:
            time.sleep(0.2)


def cut_database_connections() -> None:
    """What a restart of PostgreSQL does to everybody else who is connected."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
            "WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )


def restart_database() -> None:
    """A real restart where CI lends us one, else every connection cut, which clients see alike."""
    command = os.environ.get("POSTGRES_RESTART")
    if command:
        connection.close()
        subprocess.run([command], check=True, stdout=subprocess.DEVNULL)
    else:
        cut_database_connections()


def _others() -> int:
    try:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT count(*) FROM pg_stat_activity "
                "WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
            return int(cursor.fetchone()[0])
    except OperationalError:
        connection.close()
        return 0
