"""What the components need to be given: shapes, so that no room to the right is imported."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Protocol


class HasState(Protocol):
    """A post, a delivery, an import: anything with a state and words for it."""

    state: str

    def get_state_display(self) -> str:
        """The words for the state."""


class Place(Protocol):
    """A platform: where people publish."""

    name: str
    letter: str
    colour: str


class Where(Protocol):
    """A channel of one school on a platform."""

    @property
    def platform(self) -> Place: ...


class Mark(Protocol):
    """May somebody be shown on one channel, and are they? (`posts.checks.run.Mark`)"""

    @property
    def shown(self) -> bool: ...

    @property
    def permitted(self) -> bool: ...

    @property
    def channel(self) -> Any: ...


class Person(Protocol):
    """One line of "who is in it" (`posts.checks.run.Person`)."""

    @property
    def label(self) -> str: ...

    @property
    def detail(self) -> str: ...

    @property
    def kind(self) -> str: ...

    @property
    def marks(self) -> Sequence[Mark]: ...


class Box(Protocol):
    """A part of a photo; all four are fractions of its width and height, 0 to 1."""

    left: float
    top: float
    width: float
    height: float


Pairs = Mapping[str, Any] | Iterable[tuple[str, Any]]


def pairs(fields: Pairs | str | None) -> list[tuple[str, Any]]:
    """Hidden fields, given as a mapping or as pairs."""
    if not fields or isinstance(fields, str):
        return []
    return list(fields.items() if isinstance(fields, Mapping) else fields)


def take(thing: Any, name: str, default: Any = "") -> Any:
    """A value of an object or of a dict, as templates read it."""
    if isinstance(thing, Mapping):
        return thing.get(name, default)
    return getattr(thing, name, default)
