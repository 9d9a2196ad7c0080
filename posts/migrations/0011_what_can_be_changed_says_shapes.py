"""What may be changed takes today's form. What was frozen before keeps its own: its digest stays
true and no approval is voided."""

from django.db import migrations

_EDITABLE = ["draft", "returned"]


def take_up(apps, schema_editor):
    """Drafts say what is done to their photos, and who can be seen then."""
    posts = apps.get_model("posts", "Post").objects
    posts.filter(state__in=_EDITABLE).update(content_form=4)


class Migration(migrations.Migration):
    dependencies = [("posts", "0010_shapes")]

    operations = [migrations.RunPython(take_up, migrations.RunPython.noop)]
