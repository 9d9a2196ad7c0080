"""When undoing a file was asked for, and when it was done."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("consents", "0016_said_in_care")]

    operations = [
        migrations.AddField(
            model_name="import",
            name="undo_asked_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="import",
            name="undone_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
    ]
