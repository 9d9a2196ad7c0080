"""Asking many parents at once: campaigns and who was invited by them."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('consents', '0008_parent_links'),
        ('schools', '0002_invitations'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Campaign',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.UUIDField(editable=False, help_text='One for each look before it.', unique=True)),
                ('year', models.CharField(blank=True, max_length=12)),
                ('form', models.CharField(blank=True, max_length=20, verbose_name='class')),
                ('whom', models.CharField(choices=[('not_asked', 'Parents not asked yet'), ('no_answer', 'Parents asked who have not answered'), ('all', 'All parents')], max_length=9)),
                ('remind_after', models.JSONField(default=list, help_text='Days after asking, rising.')),
                ('nobody', models.PositiveIntegerField(default=0, help_text='Children nobody may decide for.')),
                ('made_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('stopped_at', models.DateTimeField(blank=True, null=True)),
                ('agreement', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='consents.agreement')),
                ('made_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('school', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='campaigns', to='schools.school')),
                ('stopped_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['-made_at', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='Invitation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('by_letter', models.BooleanField(default=False, help_text='No e-mail address that works.')),
                ('printed_at', models.DateTimeField(blank=True, null=True)),
                ('reminders', models.PositiveSmallIntegerField(default=0)),
                ('next_reminder_at', models.DateTimeField(blank=True, null=True)),
                ('made_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('campaign', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='invitations', to='consents.campaign')),
                ('children', models.ManyToManyField(related_name='invitations', to='consents.child')),
                ('parent', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='invitations', to='consents.parent')),
            ],
            options={
                'ordering': ['parent__surname', 'parent__first_name', 'pk'],
            },
        ),
        migrations.AddField(
            model_name='parentmail',
            name='invitation',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='mails', to='consents.invitation'),
        ),
        migrations.AddConstraint(
            model_name='campaign',
            constraint=models.CheckConstraint(condition=models.Q(('whom__in', ['not_asked', 'no_answer', 'all'])), name='campaign_whom'),
        ),
        migrations.AddConstraint(
            model_name='campaign',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('stopped_at', None), ('stopped_by', None)), models.Q(('stopped_at__isnull', False), ('stopped_by__isnull', False)), _connector='OR'), name='campaign_stopped_by_whom'),
        ),
        migrations.AddIndex(
            model_name='invitation',
            index=models.Index(condition=models.Q(('next_reminder_at__isnull', False)), fields=['next_reminder_at'], name='invitation_to_remind'),
        ),
        migrations.AddConstraint(
            model_name='invitation',
            constraint=models.UniqueConstraint(fields=('campaign', 'parent'), name='invitation_once'),
        ),
    ]
