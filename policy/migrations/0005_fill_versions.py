"""Versions that stand already get what their preset now says: terms, word lists, missing rules,
and who confirms posts. Nothing that is there is changed."""

from __future__ import annotations

from typing import Any

from django.db import migrations

from policy.presets import files


def fill(apps: Any, schema_editor: Any) -> None:
    Version = apps.get_model("policy", "PolicyVersion")
    for version in Version.objects.filter(key__in=files.keys()):
        preset = files.preset(version.key)
        for name in ("circulation", "standing"):
            setattr(version, name, preset.version[name])
        version.terms, version.words = preset.terms, preset.words
        version.floor_dated = files.floor().dated
        version.save()
        _rules(apps.get_model("policy", "Rule"), version, preset)
        _history(apps.get_model("policy", "HistoryRow"), preset)
        if version.in_force:
            _approvers(apps.get_model("schools", "ApproverRole"), version.terms["approver_roles"])


def _rules(Rule: Any, version: Any, preset: files.Preset) -> None:
    for fields in preset.rows():
        more = {name: fields[name] for name in ("rows", "shown", "floor")}
        same = Rule.objects.filter(version=version, key=fields["key"])
        if not same.update(**more):
            Rule.objects.create(version=version, **fields)


def _history(HistoryRow: Any, preset: files.Preset) -> None:
    for row in preset.history:
        HistoryRow.objects.get_or_create(
            policy=preset.key,
            number=row.number,
            defaults={n: getattr(row, n) for n in ("dated", "amendments", "author", "status")},
        )


def _approvers(ApproverRole: Any, roles: list[str]) -> None:
    for role in {*roles, "deputy"}:
        ApproverRole.objects.get_or_create(role=role)


class Migration(migrations.Migration):

    dependencies = [
        ("policy", "0004_policy_as_data"),
        ("schools", "0004_approver_roles"),
    ]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
