"""Logs carry ids, never names, captions, addresses or tokens. This is where that is made true."""

from __future__ import annotations

import logging as stdlib
import sys
import traceback
from collections.abc import Mapping
from typing import Any

import structlog
from structlog.typing import EventDict, WrappedLogger

WITHHELD = "(withheld)"
# Under these keys a text is one of our own words, not somebody's.
_OWN_WORDS = frozenset(
    {
        "event", "level", "logger", "timestamp", "method", "route", "request_id", "task", "task_id",
        "state", "outcome", "platform", "channel_kind", "kind", "verb", "rule", "error", "code",
        "where", "exception", "digest",
    }
)  # fmt: skip
# Celery says task names and ids in its arguments; its exceptions and results are withheld.
_CELERY_WORDS = frozenset({"name", "id", "runtime", "hostname", "description"})


def only_ids(_: WrappedLogger, __: str, event: EventDict) -> EventDict:
    """structlog processor: numbers pass, text passes only under a key that holds our own words."""
    for key, value in event.items():
        if key in _OWN_WORDS or key.startswith("_"):
            continue
        if not isinstance(value, int | float | None):
            event[key] = WITHHELD
    return event


def exception_without_words(_: WrappedLogger, __: str, event: EventDict) -> EventDict:
    """structlog processor: where it broke and what kind of error, not what the error says.

    An IntegrityError's message quotes the row; a ValueError's the value.
    """
    info = event.pop("exc_info", None)
    if info is True:
        info = sys.exc_info()
    error = info[1] if isinstance(info, tuple) else info
    if isinstance(error, BaseException):
        frames = traceback.extract_tb(error.__traceback__)
        event["error"] = type(error).__name__
        event["where"] = " < ".join(f"{f.name}:{f.lineno}" for f in reversed(frames[-12:]))
    return event


class Withhold(stdlib.Filter):
    """Takes texts out of other libraries' messages: `Not Found: %s` keeps its first half."""

    def filter(self, record: stdlib.LogRecord) -> bool:
        if record.name == "django.request" and not record.exc_info:
            return False  # RequestLog has said so already
        if record.name.startswith(("golive", "structlog")) or not record.args:
            return True
        own = record.name.startswith(("celery", "kombu"))
        if isinstance(record.args, Mapping):
            record.args = {
                k: v if isinstance(v, int | float) or (own and k in _CELERY_WORDS) else WITHHELD
                for k, v in record.args.items()
            }
        else:
            record.args = tuple(a if isinstance(a, int | float) else WITHHELD for a in record.args)
        return True


def _shared() -> list[Any]:
    return [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        exception_without_words,
        only_ids,
    ]


def _configure_structlog() -> None:
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *_shared(),
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )


def _line(*, json: bool) -> dict[str, Any]:
    last: Any = structlog.processors.JSONRenderer()
    if not json:
        last = structlog.processors.LogfmtRenderer(key_order=["timestamp", "level", "event"])
    return {
        "()": structlog.stdlib.ProcessorFormatter,
        "foreign_pre_chain": _shared(),
        "processors": [structlog.stdlib.ProcessorFormatter.remove_processors_meta, last],
    }


def log_settings(*, json: bool, level: str) -> dict[str, Any]:
    """The LOGGING dictionary: one stream, one line an event; JSON in production."""
    _configure_structlog()
    stream = {"class": "logging.StreamHandler", "formatter": "line", "filters": ["withhold"]}
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "filters": {"withhold": {"()": Withhold}},
        "formatters": {"line": _line(json=json)},
        "handlers": {"stream": stream},
        "root": {"handlers": ["stream"], "level": level},
        "loggers": {
            # Replaced by config.middleware.RequestLog, which never prints a path.
            "django.server": {"handlers": [], "level": "CRITICAL", "propagate": False},
            "gunicorn.error": {"handlers": [], "level": "INFO", "propagate": True},
            "gunicorn.access": {"handlers": [], "level": "CRITICAL", "propagate": False},
            # Says the address that was tried; the attempt itself is a row of its own.
            "axes": {"level": "CRITICAL"},
            "django": {"handlers": [], "level": "INFO", "propagate": True},
            "celery.worker.strategy": {"level": "WARNING"},
            "celery.app.trace": {"level": "WARNING"},
            "celery.beat": {"level": "WARNING"},
        },
    }
