"""Photo files that no row names: left by a worker or a request that died between disk and database.

A photo that was removed must be gone from the disk too (failure 31), whatever was killed when.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import islice
from pathlib import Path

import structlog
from django.db.models import Model, Q
from django.utils import timezone

from posts.erasing import erase_what_is_left
from posts.models import Picture, Rendition
from posts.models.pictures import looking_folder, private_storage

log = structlog.get_logger()
# A file is written before its row is committed, so a young one is not a stray.
YOUNG = timedelta(hours=6)
# An old one is left alone: files restored beside a database that is not theirs must survive.
OLD = timedelta(days=14)
AT_ONCE = 500
NAMED: dict[str, tuple[type[Model], tuple[str, ...]]] = {
    "originals": (Picture, ("original",)),
    "working": (Picture, ("working", "medium", "thumb")),
    "renditions": (Rendition, ("file",)),
}


def tidies(folder: str, model: type[Model], *fields: str) -> None:
    """A later room keeps photos in this folder; these fields of its rows name them."""
    NAMED[folder] = (model, fields)


def throw_away_strays(*, at: datetime | None = None) -> int:
    """Delete the strays among the originals, copies and renditions; return how many."""
    moment = at or timezone.now()
    gone = erase_what_is_left() + sum(_tidy(folder, moment) for folder in NAMED)
    for folder in looking_folder().iterdir():
        if _age(folder, moment) > YOUNG:
            shutil.rmtree(folder, ignore_errors=True)
            gone += 1
    if gone:
        log.info("pictures.tidied", files=gone)
    return gone


def _tidy(folder: str, at: datetime) -> int:
    gone, found = 0, _to_ask_about(folder, at)
    while names := set(islice(found, AT_ONCE)):
        strays = names - _named(folder, names)
        for name in strays:
            private_storage().delete(name)
        gone += len(strays)
    return gone


def _to_ask_about(folder: str, at: datetime) -> Iterator[str]:
    root = Path(private_storage().path(""))
    for path in (root / folder).rglob("*"):
        if path.is_file() and YOUNG < _age(path, at) < OLD:
            yield path.relative_to(root).as_posix()


def _named(folder: str, names: set[str]) -> set[str]:
    model, fields = NAMED[folder]
    wanted = Q()
    for field in fields:
        wanted |= Q(**{f"{field}__in": names})
    rows = model._default_manager.filter(wanted).values_list(*fields)
    return {name for row in rows for name in row}


def _age(path: Path, at: datetime) -> timedelta:
    try:
        return at - datetime.fromtimestamp(path.stat().st_mtime, UTC)
    except FileNotFoundError:
        # Somebody removed it while we looked.
        return timedelta(0)
