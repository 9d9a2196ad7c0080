"""Presets: a trust's written policy as a readable file, and the floor that every trust stands on.

The files hold our own words; clauses are cited, never quoted. Loading is idempotent: the same
preset and number give the same version.
"""

from __future__ import annotations

import tomllib
from datetime import date
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils import timezone

from audit.actions import record
from policy.models import Platform, PolicyVersion, Purpose, Rule
from schools.models import User
from schools.roles import Role

HERE = Path(__file__).parent
_VERSION_KEYS = {
    "title",
    "number",
    "dated",
    "owner_role",
    "review_months",
    "next_review",
    "supersedes",
}
_RULE_KEYS = {"key", "reference", "mode", "roles", "title", "text", "on"}
_PURPOSE_KEYS = {"key", "name", "is_update"}
_PLATFORM_KEYS = {"key", "name", "letter", "colour", "what_it_is", "limits", "is_asked"}


class PresetRefused(ValueError):
    """A preset file is not what it should be. The message names the file, the entry and why."""


@transaction.atomic
def load_preset(key: str, *, by: User | None = None) -> PolicyVersion:
    """Make the preset's version the one in force, with its rules, the floor and the platforms."""
    preset = _read(key)
    floor = _read("floor")
    version = _version(key, preset["policy"])
    if not version.rules.exists():
        _rules(version, preset["rule"], Rule.Source.CLAUSE, key)
        _rules(version, floor["rule"], Rule.Source.FLOOR, "floor")
        _purposes(version, preset["purpose"], key)
    load_platforms()
    PolicyVersion.objects.filter(in_force=True).exclude(pk=version.pk).update(in_force=False)
    if not version.in_force:
        version.in_force, version.in_force_since = True, timezone.now()
        version.signed_off_by = by
        version.save(update_fields=["in_force", "in_force_since", "signed_off_by"])
        record("policy.in_force", version, by=by, policy=version.key, number=version.number)
    return version


def load_platforms() -> list[Platform]:
    """Create platforms that are missing. Limits already edited by the trust stay as they are."""
    found = []
    for position, entry in enumerate(_read("platforms")["platform"]):
        _known(entry, _PLATFORM_KEYS, "platforms")
        values = {k: v for k, v in entry.items() if k != "key"} | {"position": position}
        platform, _ = Platform.objects.get_or_create(key=entry["key"], defaults=values)
        found.append(platform)
    return found


def _read(key: str) -> dict[str, Any]:
    with (HERE / f"{key}.toml").open("rb") as file:
        return tomllib.load(file)


def _version(key: str, entry: dict[str, Any]) -> PolicyVersion:
    _known(entry, _VERSION_KEYS, key)
    fields = {k: v for k, v in entry.items() if k not in {"number"}}
    for name in ("dated", "next_review"):
        if name in fields and not isinstance(fields[name], date):
            raise PresetRefused(f"{key}: {name} is not a date.")
    version, _ = PolicyVersion.objects.get_or_create(
        key=key, number=entry["number"], defaults=fields
    )
    return version


def _rules(version: PolicyVersion, entries: list[dict[str, Any]], source: str, file: str) -> None:
    rows = []
    for entry in entries:
        _known(entry, _RULE_KEYS, file)
        strangers = set(entry["roles"]) - set(Role.values) - {"author"}
        if strangers:
            raise PresetRefused(f"{file}: rule {entry['key']} names an unknown role {strangers}.")
        if source == Rule.Source.FLOOR and not entry.get("on", True):
            raise PresetRefused(f"{file}: floor rule {entry['key']} cannot be off.")
        rows.append(Rule(version=version, source=source, **entry))
    Rule.objects.bulk_create(rows)


def _purposes(version: PolicyVersion, entries: list[dict[str, Any]], file: str) -> None:
    rows = []
    for position, entry in enumerate(entries):
        _known(entry, _PURPOSE_KEYS, file)
        rows.append(Purpose(version=version, position=position, **entry))
    Purpose.objects.bulk_create(rows)


def _known(entry: dict[str, Any], keys: set[str], file: str) -> None:
    strangers = set(entry) - keys
    if strangers:
        name = entry.get("key", entry.get("title", "?"))
        raise PresetRefused(f"{file}: {name} has an unknown entry {', '.join(sorted(strangers))}.")
