"""What happened since a moment is found without reading all of history."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_initial")]

    operations = [
        migrations.AddIndex(
            model_name="event",
            index=models.Index(fields=["verb", "at"], name="event_verb_at"),
        ),
    ]
