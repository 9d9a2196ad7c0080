"""What was said or changed since a moment is found without reading all of history."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("consents", "0017_when_undone")]

    operations = [
        migrations.AddIndex(
            model_name="consentdecision",
            index=models.Index(fields=["recorded_at"], name="decision_recorded"),
        ),
        migrations.AddIndex(
            model_name="guardianship",
            index=models.Index(fields=["changed_at"], name="guardianship_changed"),
        ),
    ]
