"""What the house rules look at: the files that belong to the project."""

from __future__ import annotations

import subprocess
from pathlib import Path

from django.conf import settings

ROOT: Path = settings.BASE_DIR
ROOMS = (
    "audit",
    "schools",
    "policy",
    "consents",
    "posts",
    "approvals",
    "publishing",
    "cases",
    "config",
)


def committed() -> list[Path]:
    """Every file git knows of."""
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True, text=True
    )
    return [ROOT / name for name in listed.stdout.split("\0") if name and (ROOT / name).is_file()]


def modules() -> list[Path]:
    """Every Python module of the program itself: no tests, no migrations."""
    return [
        path
        for room in ROOMS
        for path in sorted((ROOT / room).rglob("*.py"))
        if "migrations" not in path.parts
    ]


def short(path: Path) -> str:
    """A path as people say it."""
    return str(path.relative_to(ROOT))
