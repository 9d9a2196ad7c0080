"""The demo's own clock: its history is played through the real verbs at the hour it happened."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from django.apps import apps
from django.db.models import Field
from django.utils import timezone


class Clock:
    """A clock that is set by hand. While it runs, everything in this process goes by it.

    Only for filling an empty demo in one thread, before anything is served.
    """

    def __init__(self, at: datetime) -> None:
        self.at = at

    def now(self) -> datetime:
        """What time it is."""
        return self.at

    @contextmanager
    def running(self) -> Iterator[None]:
        """`timezone.now` and the models' defaults ask this clock, until the block ends."""
        real = timezone.now
        fields = [field for field in _fields() if field.default is real]
        setattr(timezone, "now", self.now)  # noqa: B010 (a module's function, on purpose)
        for field in fields:
            field.__dict__["_get_default"] = self.now
        try:
            yield
        finally:
            setattr(timezone, "now", real)  # noqa: B010
            for field in fields:
                field.__dict__.pop("_get_default", None)


def _fields() -> Iterator[Field]:
    for model in apps.get_models():
        yield from model._meta.concrete_fields
