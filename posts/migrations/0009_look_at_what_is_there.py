"""Photos of posts that may still go out are looked at too. What was frozen before keeps its form: its
digest stays true, and it is not held up by what was not asked then."""

from django.db import migrations

_EDITABLE = ["draft", "returned"]
_MAY_GO_ON = [*_EDITABLE, "submitted", "approved", "expired"]


def ask(apps, schema_editor):
    """A look for every photo that may still be sent, and today's form for every post that may be changed."""
    look, picture = apps.get_model("posts", "Look"), apps.get_model("posts", "Picture")
    apps.get_model("posts", "Post").objects.filter(state__in=_EDITABLE).update(content_form=3)
    ready = picture.objects.filter(state="ready", post__state__in=_MAY_GO_ON)
    look.objects.bulk_create((look(picture_id=pk) for pk in ready.values_list("pk", flat=True).iterator()), batch_size=1_000)


class Migration(migrations.Migration):
    dependencies = [("posts", "0008_looks")]

    operations = [migrations.RunPython(ask, migrations.RunPython.noop)]
