"""The agreement as a whole document, its draft, and the language in which an answer was given."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('consents', '0005_ask_for_lead'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='agreement',
            name='content',
            field=models.JSONField(default=dict),
        ),
        migrations.AddField(
            model_name='agreement',
            name='starts_on',
            field=models.DateField(default=django.utils.timezone.localdate, help_text='Asked from this day.'),
        ),
        migrations.AddField(
            model_name='consentdecision',
            name='language',
            field=models.CharField(blank=True, help_text="In which of the agreement's languages it was read.", max_length=12),
        ),
        migrations.CreateModel(
            name='AgreementDraft',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('content', models.JSONField(default=dict)),
                ('revision', models.PositiveIntegerField(default=1)),
                ('changed_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('changed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('pk', 1)), name='agreementdraft_only_one')],
            },
        ),
    ]
