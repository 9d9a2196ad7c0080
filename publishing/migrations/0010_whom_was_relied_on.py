from django.db import migrations


def from_snapshots(apps, schema_editor):
    """Whom what is live relied on stands in the snapshots, and is from now on found by the person."""
    Snapshot = apps.get_model("publishing", "Snapshot")
    ReliedOn = apps.get_model("publishing", "ReliedOn")
    rows = Snapshot.objects.values_list("delivery_id", "permissions")
    found = {
        (delivery, row.get("child"), row.get("adult"))
        for delivery, permissions in rows.iterator(chunk_size=500)
        for row in permissions
    }
    ReliedOn.objects.bulk_create(
        (
            ReliedOn(delivery_id=delivery, child_id=child, adult_id=adult)
            for delivery, child, adult in sorted(found, key=str)
            if (child is None) != (adult is None)
        ),
        batch_size=500,
    )


class Migration(migrations.Migration):
    dependencies = [("publishing", "0009_relied_on")]

    operations = [migrations.RunPython(from_snapshots, migrations.RunPython.noop, elidable=True)]
