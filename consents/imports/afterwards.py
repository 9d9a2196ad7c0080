"""What follows an import: who is told, what is counted, and when files and names are deleted."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.urls import reverse

from audit.actions import record
from consents.imports import tracing
from consents.models import Import, ImportRow
from consents.models.imports import KEPT
from schools.actions import tell
from schools.clock import noun
from schools.models import User
from schools.roles import Permission


def counts(source: Import) -> dict[str, Any]:
    """For the audit: numbers only."""
    kept = ("outcomes", "answers", "in_care", "hints", "parents", "parents_changed", "absent")
    return {"sha256": source.sha256, **{key: source.summary.get(key) for key in kept}}


def tell_people(source: Import) -> None:
    """Whoever brought it in."""
    path = reverse("consents:import", args=[source.pk])
    if source.confirmed_by is not None:
        tell(
            [source.confirmed_by],
            subject=f"Brought in: the file for {source.school.short_name}",
            body=_body(source),
            path=path,
        )


def tell_leads(source: Import) -> None:
    """The safeguarding leads, of children in care whom a file has put under a hold."""
    tell(
        list(User.objects.who_may(Permission.HOLD_SET, source.school)),
        subject=f"New holds at {source.school.short_name}",
        body="A file from the school’s system says that children are in care. They are on hold "
        "until you record who decides for them.",
        path=reverse("consents:holds"),
    )


def tell_undone(source: Import) -> None:
    """Whoever undid it, and whoever brought it in."""
    tell(
        [user for user in {source.undone_by, source.confirmed_by} if user is not None],
        subject=f"Undone: the file for {source.school.short_name}",
        body="What it brought is taken back. What anybody said since stays.",
        path=reverse("consents:import", args=[source.pk]),
    )


def _body(source: Import) -> str:
    found = source.summary["outcomes"]
    said = (
        f"{noun(found['new'], 'pupil is', 'pupils are')} new, {found['changed']:,} changed. "
        f"{noun(found['problem'], 'row waits', 'rows wait')} to be mended and {found['person']:,} "
        "for a person."
    )
    return said[0].upper() + said[1:]


def delete_file(source: Import) -> None:
    """The original goes as soon as it is not needed."""
    name = source.file.name
    if name and Import.objects.filter(pk=source.pk, file=name).update(file=""):
        source.file.storage.delete(name)


def tidy(*, at: datetime) -> None:
    """Delete files that are over, and after 30 days every name that an import holds."""
    for source in Import.objects.with_file_to_delete(at):
        delete_file(source)
    old = Import.objects.filter(uploaded_at__lt=at - KEPT)
    ImportRow.objects.filter(source__in=old).delete()
    tracing.forget(old)
    state = Import.State
    for source in old.filter(state__in=[state.READY, state.WAITING, state.CONFIRMED]):
        Import.objects.filter(pk=source.pk).update(state=state.CANCELLED, finished_at=at)
        record("import.lapsed", source, by=None)
    old.exclude(columns=[]).update(columns=[])
