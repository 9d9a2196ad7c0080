"""`./run demo`: the whole program with its demo trust, in one process."""

from __future__ import annotations

import os
import shutil
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connection

from config.demo import server
from config.demo.seed import seed
from schools.models import StaffRole


class Command(BaseCommand):
    """Migrates, fills the demo trust, starts worker and beat, and serves."""

    help = "Run GoLive with its demo trust on this machine."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """--fresh, --look-again and --port."""
        parser.add_argument("--fresh", action="store_true", help="throw the demo away, start over")
        parser.add_argument(
            "--look-again", action="store_true", help="look at every photo of the demo anew"
        )
        parser.add_argument("--port", type=int, default=8000)

    def handle(self, *, fresh: bool, look_again: bool, port: int, **options: Any) -> None:
        """Run until Ctrl-C."""
        if not settings.GOLIVE_DEMO:
            raise CommandError("This is not the demo installation: unset GOLIVE_DEMO=0.")
        if not server.is_free(port):
            raise CommandError(f"Port {port} is taken. Another: ./run demo --port {port + 1}")
        if not os.environ.get("PUBLIC_URL"):
            settings.PUBLIC_URL = f"http://{server.HOST}:{port}"
        if fresh:
            _start_over()
        call_command("migrate", verbosity=0, interactive=False)
        self.stdout.write("Setting up the demo trust ...")
        seed(fresh=fresh, look_again=look_again)
        connection.close()
        server.serve(port, ready=lambda: self._welcome(port))
        self.stdout.write("Stopped.")
        server.leave()

    def _welcome(self, port: int) -> None:
        self.stdout.write(f"\nGoLive is at http://{server.HOST}:{port}/  (Ctrl-C stops it)\n")
        for role in _one_of_each_role():
            self.stdout.write(f"  {role.user.email:<38} {role.user.name}, {role.line()}")
        self.stdout.write("The sign-in page names more people, and the password.\n")


def _start_over() -> None:
    """Remove what the demo made: its SQLite file, photos and mail. Nothing else is touched."""
    if connection.vendor != "sqlite":
        raise CommandError("--fresh starts over only on SQLite; empty this database yourself.")
    connection.close()
    base = Path(str(settings.DATABASES["default"]["NAME"]))
    for suffix in ("", "-wal", "-shm"):
        base.with_name(base.name + suffix).unlink(missing_ok=True)
    for name in ("private", "mail"):
        shutil.rmtree(settings.GOLIVE_DATA_DIR / name, ignore_errors=True)
    settings.GOLIVE_DATA_DIR.mkdir(parents=True, exist_ok=True)


def _one_of_each_role() -> list[StaffRole]:
    found: dict[str, StaffRole] = {}
    for role in StaffRole.objects.in_force().select_related("user", "school").order_by("pk"):
        found.setdefault(role.role, role)
    return list(found.values())
