from datetime import timedelta

from django.db import migrations, models
from django.utils import timezone

import consents.models.holds


def give_a_day(apps, schema_editor):
    """A hold without a day would never be looked at again."""
    holds = apps.get_model("consents", "Hold").objects.filter(review_on=None)
    holds.update(review_on=timezone.localdate() + timedelta(weeks=12))


class Migration(migrations.Migration):
    # PostgreSQL changes no column of a table whose rows have just been written in the same step.
    atomic = False
    dependencies = [("consents", "0012_capacity")]
    operations = [
        migrations.RunPython(give_a_day, migrations.RunPython.noop, elidable=True),
        migrations.AlterField(
            "hold",
            "review_on",
            models.DateField(
                default=consents.models.holds.in_a_term, help_text="Looked at again by then."
            ),
        ),
    ]
