"""What the last file said of a pupil's care. Until now a hold, lifted or not, stood for it."""

from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def from_holds(apps: Apps, _schema: BaseDatabaseSchemaEditor) -> None:
    """Whoever ever was under such a hold was said to be in care."""
    care = apps.get_model("consents", "Hold").objects.filter(kind="care")
    pupils = apps.get_model("consents", "Child").objects.filter(pk__in=care.values("child"))
    pupils.update(said_in_care=True)


class Migration(migrations.Migration):
    dependencies = [("consents", "0015_nicknames_and_roster_changes")]

    operations = [
        migrations.AddField(
            model_name="child",
            name="said_in_care",
            field=models.BooleanField(
                default=False,
                editable=False,
                help_text="What the last file with such a column said. Holds say what counts.",
            ),
        ),
        migrations.RunPython(from_holds, migrations.RunPython.noop),
    ]
