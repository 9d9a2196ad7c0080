"""Reads preset files, and refuses with file, line and reason what is not what it should be.

Pure: nothing here touches the database.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, Literal

from policy.reading import Unreadable, read
from policy.terms import APPROVER, AUTHOR, PLACES, Terms, read_words
from schools.roles import Role

HERE = Path(__file__).parent
# Files that are no trust's policy.
SHARED = ("floor", "platforms", "words")

_HEADER = re.compile(r"^\[+([\w.]+)\]+")
_ENTRY = re.compile(r"^(\w+)\s*=")
_ROW = re.compile(r"^R-\d{3}$")
_DEFAULTS = {"on": True, "rows": [], "shown": []}

RuleMode = Literal["block", "warn", "declare", "record", "remind", "report"]
# How much each weighs: a trust may go up, never down.
WEIGHT: dict[str, int] = {
    "block": 4,
    "warn": 3,
    "declare": 2,
    "record": 1,
    "remind": 1,
    "report": 1,
}


class PresetRefused(ValueError):
    """A preset file is not what it should be. The message names the file, the line and why."""


@dataclass(frozen=True)
class RuleEntry:
    """One `[[rule]]` of a file."""

    key: str
    reference: str
    mode: RuleMode
    on: bool
    roles: tuple[str, ...]
    title: str
    text: str
    rows: tuple[str, ...]
    shown: tuple[str, ...]

    def plain(self) -> dict[str, Any]:
        """The fields of a `Rule`."""
        lists = {name: list(getattr(self, name)) for name in ("roles", "rows", "shown")}
        return {n: getattr(self, n) for n in self.__dataclass_fields__} | lists


@dataclass(frozen=True)
class PurposeEntry:
    """One `[[purpose]]`: what a post can be for."""

    key: str
    name: str
    is_update: bool


@dataclass(frozen=True)
class HistoryEntry:
    """One `[[history]]`: a version as the document's own table lists it (R-005)."""

    number: str
    dated: date
    amendments: str
    author: str
    status: str


@dataclass(frozen=True)
class Floor:
    """What stands under every trust's policy, and from when this edition is."""

    dated: date
    rules: tuple[RuleEntry, ...]


@dataclass(frozen=True)
class Preset:
    """A trust's policy as its file says it; `version` holds fields of `PolicyVersion`."""

    key: str
    version: dict[str, Any]
    rules: tuple[RuleEntry, ...]
    purposes: tuple[PurposeEntry, ...] = ()
    history: tuple[HistoryEntry, ...] = ()
    terms: dict[str, Any] = field(default_factory=dict)
    words: dict[str, Any] = field(default_factory=dict)

    def rows(self) -> Iterator[dict[str, Any]]:
        """The fields of all its rules: its own, then the floor's where it is silent."""
        below = {rule.key: rule for rule in floor().rules}
        for rule in self.rules:
            also = below.pop(rule.key, None)
            yield rule.plain() | {"source": "clause", "floor": also.reference if also else ""}
        for rule in below.values():
            yield rule.plain() | {"source": "floor", "floor": rule.reference}


_VERSION = {
    "title": str,
    "number": str,
    "dated": date,
    "owner_role": str,
    "review_months": int,
    "next_review": date,
    "supersedes": str,
    "circulation": str,
    "standing": str,
}


def keys() -> list[str]:
    """The policies that a trust can choose from."""
    return sorted({path.stem for path in HERE.glob("*.toml")} - set(SHARED))


@cache
def preset(key: str) -> Preset:
    """A trust's policy, checked against the floor; read once in a process, so copy what you change.
    Raises `PresetRefused`."""
    text = (HERE / f"{key}.toml").read_text()
    return parse(key, text, floor())


@cache
def floor() -> Floor:
    """What law and settled practice ask of every trust. Raises `PresetRefused`."""
    return parse_floor((HERE / "floor.toml").read_text())


@cache
def platforms() -> list[dict[str, Any]]:
    """The platforms' rows as they stand in the file."""
    entries: list[dict[str, Any]] = tomllib.loads((HERE / "platforms.toml").read_text())["platform"]
    return entries


@cache
def shipped_words() -> dict[str, tuple[str, ...]]:
    """The short lists that stand in for those a policy leaves empty. Raises `PresetRefused`."""
    text = (HERE / "words.toml").read_text()
    try:
        return read_words(_toml("words", text))
    except Unreadable as error:
        raise _refused("words", text, error) from error


def parse(key: str, text: str, floor: Floor) -> Preset:
    """A preset from its text."""
    plain = _toml(key, text)
    try:
        _only(plain, {"policy", "history", "terms", "words", "purpose", "rule"})
        _version(plain["policy"])
        Terms.read(plain["terms"])
        read_words(plain["words"])
        rules = _rules(plain["rule"])
        for path, why in _weaker(rules, {rule.key: rule for rule in floor.rules}):
            raise Unreadable(path, why)
        purposes = tuple(
            read(PurposeEntry, {"is_update": False} | entry, ("purpose", str(n)))
            for n, entry in enumerate(plain["purpose"], 1)
        )
        history = tuple(
            read(HistoryEntry, entry, ("history", str(n)))
            for n, entry in enumerate(plain["history"], 1)
        )
    except Unreadable as error:
        raise _refused(key, text, error) from error
    return Preset(key, plain["policy"], rules, purposes, history, plain["terms"], plain["words"])


def parse_floor(text: str) -> Floor:
    """The floor from its text."""
    plain = _toml("floor", text)
    try:
        _only(plain, {"floor", "rule"})
        dated = read(date, plain["floor"].get("dated"), ("floor", "dated"))
        rules = _rules(plain["rule"])
        for n, rule in enumerate(rules, 1):
            if not rule.on:
                raise Unreadable(("rule", str(n), "on"), "a rule of the floor cannot be off.")
    except Unreadable as error:
        raise _refused("floor", text, error) from error
    return Floor(dated, rules)


def _toml(key: str, text: str) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise PresetRefused(f"{key}.toml: {error}") from error


def _only(plain: dict[str, Any], wanted: set[str]) -> None:
    for name in plain:
        if name not in wanted:
            raise Unreadable((name,), "this is not known here.")
    for name in sorted(wanted - set(plain)):
        raise Unreadable((name,), "this is missing.")


def _version(entry: dict[str, Any]) -> None:
    for name in entry:
        if name not in _VERSION:
            raise Unreadable(("policy", name), "this is not known here.")
    for name, kind in _VERSION.items():
        if name not in entry:
            raise Unreadable(("policy", name), "this is missing.")
        if type(entry[name]) is not kind:
            raise Unreadable(("policy", name), f"a {kind.__name__} is wanted here.")


def _rules(entries: list[dict[str, Any]]) -> tuple[RuleEntry, ...]:
    found: list[RuleEntry] = []
    for n, entry in enumerate(entries, 1):
        at = ("rule", str(n))
        rule = read(RuleEntry, _DEFAULTS | entry, at)
        for name, why in _faults(rule, {other.key for other in found}):
            raise Unreadable((*at, name), why)
        found.append(rule)
    return tuple(found)


def _faults(rule: RuleEntry, before: set[str]) -> Iterator[tuple[str, str]]:
    """What types cannot say of one rule."""
    if rule.key in before:
        yield "key", f"“{rule.key}” stands here twice."
    for name in ("key", "reference", "title", "text"):
        if not getattr(rule, name).strip():
            yield name, "this is empty."
    for role in rule.roles:
        if role not in {*Role.values, AUTHOR, APPROVER}:
            yield "roles", f"“{role}” is no role."
    for row in rule.rows:
        if not _ROW.match(row):
            yield "rows", f"“{row}” is no row of the catalogue."
    for place in rule.shown:
        if place not in PLACES:
            yield "shown", f"“{place}” is no place; there are {', '.join(PLACES)}."


def _weaker(
    rules: tuple[RuleEntry, ...], floor: dict[str, RuleEntry]
) -> Iterator[tuple[tuple[str, ...], str]]:
    """Where a trust's rule asks less than the floor's of the same key."""
    for n, rule in enumerate(rules, 1):
        below = floor.get(rule.key)
        if below is None:
            continue
        if not rule.on:
            yield ("rule", str(n), "on"), f"the floor asks this ({below.reference}): never off."
        if WEIGHT[rule.mode] < WEIGHT[below.mode]:
            yield ("rule", str(n), "mode"), f"weaker than the floor, which says “{below.mode}”."
        if missing := set(below.roles) - set(rule.roles):
            yield ("rule", str(n), "roles"), f"the floor also names {', '.join(sorted(missing))}."


def _refused(key: str, text: str, error: Unreadable) -> PresetRefused:
    line = line_of(text, error.path)
    return PresetRefused(f"{key}.toml, line {line}: {'.'.join(error.path)}: {error.why}")


def line_of(text: str, path: tuple[str, ...]) -> int:
    """The line on which an entry stands, or the nearest line above it that holds it."""
    best, depth, counted = 1, 0, dict[str, int]()
    header: tuple[str, ...] = ()
    for number, line in enumerate(text.splitlines(), 1):
        here = header
        if found := _HEADER.match(line):
            here = header = tuple(found[1].split("."))
            if line.startswith("[["):
                counted[found[1]] = counted.get(found[1], 0) + 1
                here = header = (*header, str(counted[found[1]]))
        elif found := _ENTRY.match(line):
            here = (*header, found[1])
        if len(here) > depth and path[: len(here)] == here:
            best, depth = number, len(here)
    return best
