"""Versions that stand already get the rules that their preset and the floor have now."""

from __future__ import annotations

from typing import Any

from django.db import migrations

from policy.presets import files


def fill(apps: Any, schema_editor: Any) -> None:
    Rule = apps.get_model("policy", "Rule")
    for version in apps.get_model("policy", "PolicyVersion").objects.filter(key__in=files.keys()):
        preset = files.preset(version.key)
        said = {rule.key for rule in preset.rules}
        entries = [(rule, "clause") for rule in preset.rules]
        entries += [(rule, "floor") for rule in files.floor().rules if rule.key not in said]
        for rule, source in entries:
            if not Rule.objects.filter(version=version, key=rule.key).exists():
                Rule.objects.create(version=version, source=source, **rule.plain())


class Migration(migrations.Migration):

    dependencies = [("policy", "0008_people")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
