from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("publishing", "0007_owed_since")]

    operations = [
        migrations.AddConstraint(
            model_name='delivery',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state__in', ['taking_down', 'taken_down', 'cannot_take_down']), _negated=True), ('owed_since__isnull', False), _connector='OR'), name='delivery_down_is_owed'),
        ),
    ]
