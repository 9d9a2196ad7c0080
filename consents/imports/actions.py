"""Verbs: send a file, say what its columns mean, say who somebody is, bring it in or leave it."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Mapping
from pathlib import PurePath
from typing import Any

from django.core.files.base import File
from django.db import transaction
from django.utils import timezone

from audit.actions import record
from consents.errors import NotAllowed
from consents.imports import undoing
from consents.imports.matching import NEW, SKIP
from consents.imports.reading import MOST_BYTES
from consents.models import Import, ImportRow, RememberedHeading
from schools.models import School, User
from schools.roles import Permission

State = Import.State
OPTIONS = ("encoding", "cross_is_yes", "rows_per_contact", "join_parents")


@transaction.atomic
def send_file(*, school: School, file: File, name: str, by: User) -> Import:
    """Keep a file privately; a worker reads it next. Nothing is brought in yet."""
    _must_import(by, school.pk)
    if (file.size or 0) > MOST_BYTES:
        raise NotAllowed("This file is larger than 25 MB. Send one school at a time.")
    digest = hashlib.sha256()
    for chunk in file.chunks():
        digest.update(chunk)
    file.seek(0)
    source = Import(
        school=school,
        uploaded_by=by,
        file_name=PurePath(name).name[:200],
        size=file.size or 0,
        sha256=digest.hexdigest(),
    )
    source.file.save("upload", file, save=False)
    source.save()
    record("import.sent", source, by=by, sha256=source.sha256, bytes=source.size)
    return source


@transaction.atomic
def set_reading(
    *, source: Import, columns: Mapping[str, str], options: Mapping[str, Any], by: User
) -> None:
    """Say what columns mean (remembered for the school) and how to read the file; it is read
    again. `columns`: folded heading → field."""
    _must_import(by, source.school_id)
    found = {c["key"]: c["field"] for c in source.columns}
    for heading, field in columns.items():
        if heading in found and found[heading] != field:
            RememberedHeading.objects.update_or_create(
                school_id=source.school_id, heading=heading, defaults={"field": field}
            )
    kept = {name: options[name] for name in OPTIONS if options.get(name)}
    _move(source, [State.READY, State.REFUSED], state=State.WAITING, options=kept, problem="")
    record("import.reading_set", source, by=by, options=sorted(kept))


@transaction.atomic
def resolve(*, source: Import, said: Mapping[int, str], by: User) -> None:
    """Say who pupils of some rows are: "new", "skip", or the id of a child offered for that row."""
    _must_import(by, source.school_id)
    rows = {r.number: r for r in ImportRow.objects.filter(source=source, number__in=said)}
    kept = dict(source.resolutions)
    for number, who in said.items():
        offered = [str(pk) for pk in rows[number].candidates] if number in rows else []
        if who not in {NEW, SKIP, *offered}:
            raise NotAllowed("Choose one of the pupils offered for this row.")
        kept[str(number)] = who
    _move(source, [State.READY], state=State.WAITING, resolutions=kept, problem="")
    record("import.resolved", source, by=by, rows=len(said))


@transaction.atomic
def confirm(*, source: Import, accepted: Collection[str], by: User) -> None:
    """Bring it in as shown. `accepted`: keys of the stops a person has said are meant."""
    _must_import(by, source.school_id)
    open_stops = [s["words"] for s in source.summary.get("stops", []) if s["key"] not in accepted]
    if open_stops:
        raise NotAllowed(f"Please say that this is right: {open_stops[0]}")
    _move(
        source,
        [State.READY],
        state=State.CONFIRMED,
        confirmed_by=by,
        confirmed_at=timezone.now(),
        problem="",
    )
    record("import.confirmed", source, by=by, accepted=sorted(accepted))


@transaction.atomic
def cancel(*, source: Import, by: User) -> None:
    """Leave it: nothing is brought in, and a worker deletes the file. A worker at it now notices
    at its next step, or when it would commit, and writes nothing."""
    _must_import(by, source.school_id)
    busy = [State.CHECKING, State.APPLYING]
    states = [State.WAITING, State.READY, State.REFUSED, State.CONFIRMED, *busy]
    _move(source, states, state=State.CANCELLED, finished_at=timezone.now(), lease_until=None)
    ImportRow.objects.filter(source=source).delete()
    record("import.cancelled", source, by=by)


@transaction.atomic
def look_at_undoing(*, source: Import, by: User) -> None:
    """Let a worker find out what undoing it would do. Nothing is undone."""
    _must_import(by, source.school_id)
    if why := undoing.why_not(source):
        raise NotAllowed(why)
    _move(source, [State.DONE], state=State.TO_LOOK, summary=_unlooked(source), problem="")
    record("import.undo_looked_at", source, by=by)


@transaction.atomic
def undo(*, source: Import, seen: str, by: User) -> None:
    """Undo it as shown. `seen`: the fingerprint of what a person looked at."""
    _must_import(by, source.school_id)
    if why := undoing.why_not(source):
        raise NotAllowed(why)
    summary = _unlooked(source) | {"undo": {"digest": seen}}
    _move(
        source,
        [State.DONE],
        state=State.TO_UNDO,
        undone_by=by,
        undo_asked_at=timezone.now(),
        summary=summary,
        problem="",
    )
    record("import.undo_asked", source, by=by)


def _unlooked(source: Import) -> dict[str, Any]:
    return {key: value for key, value in source.summary.items() if key != "undo_plan"}


def _move(source: Import, from_states: Collection[str], **fields: Any) -> None:
    changed = Import.objects.filter(pk=source.pk, state__in=from_states).update(
        tries=0, stage=Import.Stage.READING, rows_done=0, rows_total=0, **fields
    )
    if not changed:
        raise NotAllowed("This file has moved on since. Look at it again.")
    source.refresh_from_db()


def _must_import(by: User, school_id: int) -> None:
    if not by.may(Permission.CHILD_IMPORT, school_id):
        raise NotAllowed("Only the consent administrator of the school brings in its files.")
