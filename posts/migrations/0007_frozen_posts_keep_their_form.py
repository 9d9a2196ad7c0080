"""What was frozen before keeps its form: its digest stays true and no approval is voided."""

from django.db import migrations

_EDITABLE = ["draft", "returned"]


def keep(apps, schema_editor):
    """Posts that wait, are approved or are over were frozen without where photos come from."""
    posts = apps.get_model("posts", "Post").objects
    posts.exclude(state__in=_EDITABLE).update(content_form=1)


class Migration(migrations.Migration):
    dependencies = [("posts", "0006_origins")]

    operations = [migrations.RunPython(keep, migrations.RunPython.noop)]
