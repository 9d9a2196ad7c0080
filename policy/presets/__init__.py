"""Presets: a trust's written policy as a readable file, and the floor that every trust stands on.

The files hold our own words; clauses are cited, never quoted. Loading is idempotent: the same
preset and number give the same version.
"""

from __future__ import annotations

from copy import deepcopy

from django.db import transaction

from policy.activating import put_in_force
from policy.models import HistoryRow, Platform, PolicyVersion, Purpose, Rule
from policy.presets import files
from policy.presets.files import Preset, PresetRefused
from schools.models import User

__all__ = ["PresetRefused", "load_platforms", "load_preset"]


@transaction.atomic
def load_preset(key: str, *, by: User | None = None) -> PolicyVersion:
    """Make the preset's version the one in force, with its rules, the floor and the platforms.

    A later version of the same policy that the trust wrote itself stays in force, with what the
    floor has asked since.
    """
    preset = files.preset(key)
    version = _version(preset)
    _missing_rules(version, preset)
    own = PolicyVersion.objects.filter(in_force=True, key=key).exclude(pk=version.pk).first()
    if own is not None:
        _missing_rules(own, preset, only="floor")
        load_platforms()
        return own
    if not version.purposes.exists():
        _purposes(version, preset)
    load_platforms()
    put_in_force(version, by=by)
    return version


def load_platforms() -> list[Platform]:
    """Create platforms that are missing. Limits already edited by the trust stay as they are."""
    found = []
    for position, entry in enumerate(files.platforms()):
        values = deepcopy(entry) | {"position": position}
        del values["key"]
        platform, _ = Platform.objects.get_or_create(key=entry["key"], defaults=values)
        found.append(platform)
    return found


def _version(preset: Preset) -> PolicyVersion:
    fields = {k: v for k, v in preset.version.items() if k != "number"}
    fields |= {"terms": deepcopy(preset.terms), "words": deepcopy(preset.words)}
    fields |= {"floor_dated": files.floor().dated}
    number = preset.version["number"]
    version, _ = PolicyVersion.objects.get_or_create(key=preset.key, number=number, defaults=fields)
    for row in preset.history:
        about = {name: getattr(row, name) for name in ("dated", "amendments", "author", "status")}
        HistoryRow.objects.get_or_create(policy=preset.key, number=row.number, defaults=about)
    return version


def _missing_rules(version: PolicyVersion, preset: Preset, only: str = "") -> None:
    known = set(version.rules.values_list("key", flat=True))
    Rule.objects.bulk_create(
        Rule(version=version, **fields)
        for fields in preset.rows()
        if fields["key"] not in known and only in ("", fields["source"])
    )


def _purposes(version: PolicyVersion, preset: Preset) -> None:
    Purpose.objects.bulk_create(
        Purpose(version=version, position=n, key=each.key, name=each.name, is_update=each.is_update)
        for n, each in enumerate(preset.purposes)
    )
