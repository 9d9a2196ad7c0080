"""Platforms the trust adds itself; and versions that came with the program get the rules that their
preset has now. What a trust wrote itself is not touched: its signatures hold for its words."""

from __future__ import annotations

from typing import Any

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from policy.presets import files


def fill(apps: Any, schema_editor: Any) -> None:
    Rule = apps.get_model("policy", "Rule")
    versions = apps.get_model("policy", "PolicyVersion").objects.filter(made_from=None)
    for version in versions.filter(key__in=files.keys()):
        known = set(version.rules.values_list("key", flat=True))
        for fields in files.preset(version.key).rows():
            if fields["key"] not in known:
                Rule.objects.create(version=version, **fields)


class Migration(migrations.Migration):

    dependencies = [
        ("policy", "0009_rules_of_people"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="platform",
            name="added_at",
            field=models.DateTimeField(
                blank=True, help_text="When the trust added it; empty: it ships.", null=True
            ),
        ),
        migrations.AddField(
            model_name="platform",
            name="added_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddConstraint(
            model_name="platform",
            constraint=models.CheckConstraint(
                condition=models.Q(("added_at", None), ("added_by", None))
                | models.Q(("added_at__isnull", False), ("added_by__isnull", False)),
                name="platform_added_by_whom",
            ),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
