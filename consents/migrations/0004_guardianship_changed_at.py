"""Since when the record says who may decide."""

from datetime import UTC, datetime

import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("consents", "0003_imports")]

    operations = [
        # Families already known: it was not noted when, so it was before anything we could ask about.
        migrations.AddField(
            model_name="guardianship",
            name="changed_at",
            field=models.DateTimeField(
                default=datetime(1970, 1, 1, tzinfo=UTC),
                editable=False,
            ),
        ),
        migrations.AlterField(
            model_name="guardianship",
            name="changed_at",
            field=models.DateTimeField(default=django.utils.timezone.now, editable=False),
        ),
    ]
