"""Reads plain values (TOML, JSON) into frozen dataclasses, and says in words what does not fit.

Understands text, whole numbers, dates, yes and no, choices (`Literal`, `Enum`), tuples, classes.
Nothing may be missing and nothing may be extra: a preset with a slip of the pen is refused.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from enum import Enum
from functools import cache
from typing import Any, Literal, TypeVar, cast, get_args, get_origin, get_type_hints

T = TypeVar("T")

_CALLED = {str: "text", int: "a whole number", bool: "true or false", date: "a date"}


class Unreadable(ValueError):
    """A value that is not what it should be. `path` says where: ("routes", "misuse")."""

    def __init__(self, path: tuple[str, ...], why: str) -> None:
        super().__init__(f"{'.'.join(path)}: {why}")
        self.path = path
        self.why = why


def read(kind: type[T], value: object, path: tuple[str, ...] = ()) -> T:
    """`value` as a `kind`. Raises `Unreadable`."""
    return cast(T, _read(kind, value, path))


def _read(kind: Any, value: object, path: tuple[str, ...]) -> object:
    if is_dataclass(kind):
        return _fields(kind, value, path)
    if get_origin(kind) is tuple:
        if not isinstance(value, list | tuple):
            raise Unreadable(path, "a list is wanted here.")
        inner = get_args(kind)[0]
        return tuple(_read(inner, each, (*path, str(n))) for n, each in enumerate(value, 1))
    if get_origin(kind) is Literal:
        return _one_of(list(get_args(kind)), value, path)
    if issubclass(kind, Enum):
        return kind(_one_of([each.value for each in kind], value, path))
    # True is an int in Python; in a policy it is not a number of months.
    if type(value) is not kind:
        raise Unreadable(path, f"{_CALLED.get(kind, kind.__name__)} is wanted here.")
    return value


@cache
def _hints(kind: Any) -> dict[str, Any]:
    return get_type_hints(kind)


def _one_of(choices: list[Any], value: object, path: tuple[str, ...]) -> object:
    if value not in choices:
        raise Unreadable(path, f"“{value}” is none of {', '.join(map(str, choices))}.")
    return value


def _fields(kind: Any, value: object, path: tuple[str, ...]) -> object:
    if not isinstance(value, Mapping):
        raise Unreadable(path, "named entries are wanted here.")
    known = {field.name for field in fields(kind)}
    for name in value:
        if name not in known:
            raise Unreadable((*path, str(name)), "this is not known here.")
    for name in sorted(known - set(value)):
        raise Unreadable((*path, name), "this is missing.")
    hints = _hints(kind)
    return kind(**{name: _read(hints[name], value[name], (*path, name)) for name in value})
