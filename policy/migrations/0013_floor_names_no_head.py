"""The floor is every trust’s, so its words name no Head: not every policy has one confirm posts.

Versions that were signed keep their words, for which the signatures hold.
"""

from __future__ import annotations

from typing import Any

from django.db import migrations

from policy.presets import files

KEYS = ("exactly_as_approved", "in_time", "may_draft")


def reword(apps: Any, schema_editor: Any) -> None:
    Rule = apps.get_model("policy", "Rule")
    texts = {rule.key: rule.text for rule in files.floor().rules}
    for key in KEYS:
        unsigned = Rule.objects.filter(key=key, source="floor", version__formalities=None)
        unsigned.update(text=texts[key])


class Migration(migrations.Migration):

    dependencies = [("policy", "0012_mailbox_of_an_account")]

    operations = [migrations.RunPython(reword, migrations.RunPython.noop)]
