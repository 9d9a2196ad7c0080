"""Approvals that already have deliveries have been released."""

from django.db import migrations


def release(apps, schema_editor):
    delivery = apps.get_model("publishing", "Delivery")
    release = apps.get_model("publishing", "Release")
    submissions = delivery.objects.order_by("submission").values_list("submission", flat=True)
    release.objects.bulk_create(release(submission_id=pk) for pk in submissions.distinct())


class Migration(migrations.Migration):
    dependencies = [("publishing", "0004_released_once")]

    operations = [migrations.RunPython(release, migrations.RunPython.noop)]
