"""Versions that stand say whom posts are for (R-112): as their preset does where nobody signed them,
none where somebody did, for what they signed holds."""

from __future__ import annotations

from typing import Any

from django.db import migrations

from policy.presets import files


def fill(apps: Any, schema_editor: Any) -> None:
    for version in apps.get_model("policy", "PolicyVersion").objects.exclude(terms={}):
        unsigned = version.key in files.keys() and not version.formalities.exists()
        asked = files.preset(version.key).terms["audiences"] if unsigned else []
        version.terms = {"audiences": asked} | version.terms
        version.save(update_fields=["terms"])


class Migration(migrations.Migration):

    dependencies = [("policy", "0014_serial_numbers")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
