"""Files of photos that are erased (failure 31). What is to go is written down in the transaction
that forgets it, so that no crash between database and disk leaves a photo behind."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import Any

import structlog
from django.db import transaction

from posts.models import ToErase
from posts.models.pictures import private_storage

log = structlog.get_logger()
AT_ONCE = 500


def erase(files: Iterable[Any]) -> None:
    """Delete these files as soon as the transaction holds; call inside it. The row that names them
    goes, or names another, in the same transaction."""
    rows = remember(files)
    transaction.on_commit(partial(carry_out, rows), robust=True)


def remember(files: Iterable[Any]) -> list[ToErase]:
    """Only write down what is to go, inside the transaction that forgets it; `carry_out` follows
    when that has ended."""
    return ToErase.objects.bulk_create(ToErase(name=file.name) for file in files if file)


def carry_out(rows: Iterable[ToErase]) -> None:
    """The file first: the row is what remembers it. A disk that refuses is asked again later."""
    for row in rows:
        try:
            private_storage().delete(row.name)
        except OSError:
            log.exception("pictures.not_erased", row=row.pk)
        else:
            row.delete()


def erase_what_is_left() -> int:
    """What a crash kept from being deleted at once; returns how many files."""
    rows = list(ToErase.objects.order_by("pk")[:AT_ONCE])
    carry_out(rows)
    return len(rows)
