"""Questions that only the safeguarding lead may see."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("consents", "0004_guardianship_changed_at")]

    operations = [
        migrations.AddField(
            model_name="ask",
            name="for_lead",
            field=models.BooleanField(default=False, editable=False),
        ),
    ]
