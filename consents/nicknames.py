"""What a pupil is called besides the names of the school's system, so that texts are searched for
it too (R-073)."""

from __future__ import annotations

from django.db import transaction

from audit.actions import record
from consents.asking import must_record
from consents.errors import NotAllowed
from consents.models import Child
from schools.models import User

LONGEST = 80


@transaction.atomic
def set_nicknames(*, child: Child, nicknames: str, by: User) -> None:
    """Keep these, apart by commas, in place of those there were. History says that, and no name."""
    must_record(by, child.school_id)
    each = [" ".join(one.split()) for one in nicknames.split(",")]
    kept = ", ".join(dict.fromkeys(one for one in each if one))
    if len(kept) > LONGEST:
        raise NotAllowed(f"Say it in {LONGEST} characters. These have {len(kept)}.")
    before = Child.objects.select_for_update().get(pk=child.pk)
    if before.nicknames == kept:
        return
    before.nicknames = kept
    before.save(update_fields=["nicknames"])
    child.nicknames = kept
    record("child.nicknames_kept", child, by=by)
