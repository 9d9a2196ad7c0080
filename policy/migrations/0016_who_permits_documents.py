"""Who permits internal documents stands in the roles of the rule: in Champion a manager, in Sovereign
the Headteacher, which two roles fill. Versions that were signed keep theirs."""

from __future__ import annotations

from typing import Any

from django.db import migrations

from policy.presets import files

KEY = "internal_material"


def name(apps: Any, schema_editor: Any) -> None:
    Rule = apps.get_model("policy", "Rule")
    for preset in map(files.preset, files.keys()):
        [said] = [rule for rule in preset.rules if rule.key == KEY]
        same = {"key": KEY, "source": "clause", "version__key": preset.key}
        unsigned = Rule.objects.filter(**same, version__formalities=None)
        unsigned.update(roles=list(said.roles), text=said.text)


class Migration(migrations.Migration):

    dependencies = [("policy", "0015_audiences")]

    operations = [migrations.RunPython(name, migrations.RunPython.noop)]
