"""A worker finds out what undoing a file would do."""

from django.db import migrations, models
from django.db.models import Q

STATES = {
    "waiting": "Waiting to be read",
    "checking": "Being read",
    "ready": "Look at it, then bring it in",
    "confirmed": "Waiting to be brought in",
    "applying": "Being brought in",
    "done": "Brought in",
    "refused": "Cannot be read",
    "cancelled": "Not brought in",
    "to_look": "Waiting to be looked through",
    "looking": "Being looked through",
    "to_undo": "Waiting to be undone",
    "undoing": "Being undone",
    "undone": "Undone",
}
TO_WORK_ON = ["waiting", "checking", "confirmed", "applying"]
TO_WORK_ON += ["to_look", "looking", "to_undo", "undoing"]


class Migration(migrations.Migration):
    dependencies = [("consents", "0018_found_by_when")]

    operations = [
        migrations.RemoveConstraint("import", "import_state"),
        migrations.RemoveConstraint("import", "import_confirmed_by_whom"),
        migrations.RemoveIndex("import", "import_to_work_on"),
        migrations.AlterField(
            "import",
            "state",
            models.CharField(choices=list(STATES.items()), default="waiting", max_length=9),
        ),
        migrations.AddConstraint(
            "import",
            models.CheckConstraint(condition=Q(state__in=list(STATES)), name="import_state"),
        ),
        migrations.AddConstraint(
            "import",
            models.CheckConstraint(
                condition=~Q(state__in=["confirmed", "applying", "done", "to_look", "looking"])
                | Q(confirmed_by__isnull=False, confirmed_at__isnull=False),
                name="import_confirmed_by_whom",
            ),
        ),
        migrations.AddIndex(
            "import",
            models.Index(
                fields=["id"], condition=Q(state__in=TO_WORK_ON), name="import_to_work_on"
            ),
        ),
    ]
