"""The background half: claim a file, read it, bring it in or undo it, survive a crash at any line.

Claiming is a conditional UPDATE with a lease. Progress is written row by row outside of any
transaction, so that a page can show it; everything the file brings is written in one transaction
together with the state, so that a crash leaves all of it or nothing, and the next worker that
finds the lease run out reads the file again and starts over. A plan that no longer says what a
person looked at is shown again and not written, and one that was overtaken by an answer is made
again.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import structlog
from django.db import IntegrityError, transaction
from django.utils import timezone

from audit.actions import record
from consents.imports import (
    afterwards,
    following,
    report,
    tables,
    undo_writing,
    undoing,
    writing,
)
from consents.imports.errors import Unreadable
from consents.imports.preparing import Progress, prepare
from consents.models import Import, ImportRow
from consents.models.imports import ImportQuerySet

log = structlog.get_logger()
State, Stage = Import.State, Import.Stage
LEASE = timedelta(minutes=3)
LONG_LEASE = timedelta(minutes=14)  # writing is one step; a page sees it begin and end
MOST_TRIES = 3
NOT_UNDONE = "It could not be undone, and nothing of it was. Look at it again."
NOT_LOOKED = "GoLive could not find out what undoing it would do. Try again."
CHANGED_UNDO = "Something changed since you looked. Look again before you undo it."
CHANGED = "Something changed since you looked. Look again before you bring it in."


class Lost(Exception):
    """Another worker has this file now."""


class Followed(Exception):
    """A later file was written that stands in the way."""


def run_imports(*, at: datetime | None = None) -> int:
    """Work on one file that waits, delete files that are over; return how many were worked on."""
    moment = at or timezone.now()
    afterwards.tidy(at=moment)
    for source in Import.objects.to_work_on(moment).select_related(
        "school", "confirmed_by", "undone_by"
    ):
        if _claim(source, moment):
            _work_on(source)
            return 1
    return 0


def _claim(source: Import, at: datetime) -> bool:
    """Take it, if nobody has; one file of a school is brought in at a time."""
    state = _AT_WORK.get(source.state, source.state)
    try:
        with transaction.atomic():
            taken = (
                Import.objects.to_work_on(at)
                .filter(pk=source.pk, tries=source.tries, state=source.state)
                .update(
                    state=state,
                    tries=source.tries + 1,
                    lease_until=timezone.now() + LEASE,
                    stage=Stage.READING,
                    rows_done=0,
                    rows_total=0,
                )
            )
    except IntegrityError:
        return False
    source.state, source.tries = state, source.tries + 1
    return bool(taken)


_AT_WORK: dict[str, str] = {
    State.WAITING: State.CHECKING,
    State.CONFIRMED: State.APPLYING,
    State.TO_LOOK: State.LOOKING,
    State.TO_UNDO: State.UNDOING,
}


_GIVEN_UP: dict[str, str] = {State.LOOKING: NOT_LOOKED, State.UNDOING: NOT_UNDONE}


def _mine(source: Import) -> ImportQuerySet:
    return Import.objects.filter(pk=source.pk, state=source.state, tries=source.tries)


def _work_on(source: Import) -> None:
    if source.tries > MOST_TRIES and source.state in _GIVEN_UP:
        _leave_standing(source, _GIVEN_UP[source.state])
        return
    if source.tries > MOST_TRIES:
        _refuse(source, "It could not be brought in, and nothing of it was. Send the file again.")
        return
    try:
        _WORK[source.state](source)
    except Unreadable as error:
        _refuse(source, str(error))
    except Lost:
        log.info("import.lost", source=source.pk)
    except Followed:
        _leave_standing(source, following.FOLLOWED)
    except writing.Overtaken:
        log.info("import.overtaken", source=source.pk)
        _mine(source).update(lease_until=timezone.now(), tries=source.tries - 1)
    except Exception:
        # Nothing was written. Given back at once; after some tries it is refused with a sentence.
        log.exception("import.failed", source=source.pk)
        _mine(source).update(lease_until=timezone.now())


def _check(source: Import) -> None:
    """The dry run: every row's outcome, kept for the page."""
    found = prepare(source, _progress(source))
    rows = report.import_rows(found, source.pk)
    with transaction.atomic():
        ImportRow.objects.filter(source=source).delete()
        for row, pk in zip(rows, tables.reserve_ids(ImportRow, len(rows)), strict=True):
            row.pk = pk
        tables.insert_objects(ImportRow, rows)
        _end(source, State.READY, found, problem="")
        record("import.checked", source, by=source.uploaded_by, **afterwards.counts(source))


def _apply(source: Import) -> None:
    """Write it, if it is still what a person looked at."""
    found = prepare(source, _progress(source))
    if not report.is_same(source.summary, report.summary(found)):
        _check_again(source)
        return
    _progress(source, LONG_LEASE)(Stage.WRITING, 0, len(found.rows))
    with transaction.atomic():
        writing.write(found.plan, source)
        changed = _mine(source).update(
            state=State.DONE,
            lease_until=None,
            finished_at=timezone.now(),
            rows_done=len(found.rows),
        )
        if not changed:
            raise Lost
        record("import.applied", source, by=source.confirmed_by, **afterwards.counts(source))
        afterwards.tell_people(source)
        transaction.on_commit(lambda: afterwards.delete_file(source))


def _look_through(source: Import) -> None:
    """The dry run of undoing it, kept for the page."""
    _progress(source, LONG_LEASE)(Stage.COMPARING, 0, 1)
    summary = source.summary | {"undo_plan": undoing.plan(source).shown}
    _mine(source).update(
        state=State.DONE, tries=0, lease_until=None, rows_done=1, rows_total=1, summary=summary
    )


def _undo(source: Import) -> None:
    """Take it back, if that is still what a person looked at."""
    _progress(source, LONG_LEASE)(Stage.WRITING, 0, 1)
    found = undoing.plan(source)
    counts = found.counts
    if counts["digest"] != source.summary.get("undo", {}).get("digest"):
        _leave_standing(source, CHANGED_UNDO)
        return
    with transaction.atomic():
        undo_writing.write(found)
        # Last, with the school's turn taken: a file whose lease ran out may still be writing.
        if following.written_since(source) is not None:
            raise Followed
        source.summary["undo"] = counts
        changed = _mine(source).update(
            state=State.UNDONE,
            lease_until=None,
            undone_at=timezone.now(),
            rows_done=1,
            summary=source.summary,
        )
        if not changed:
            raise Lost
        record("import.undone", source, by=source.undone_by, **counts)
        afterwards.tell_undone(source)


_WORK: dict[str, Callable[[Import], None]] = {
    State.CHECKING: _check,
    State.APPLYING: _apply,
    State.LOOKING: _look_through,
    State.UNDOING: _undo,
}


def _leave_standing(source: Import, sentence: str) -> None:
    """Not undone: it is brought in as before."""
    _mine(source).update(state=State.DONE, tries=0, lease_until=None, problem=sentence)


def _check_again(source: Import) -> None:
    _mine(source).update(
        state=State.WAITING, tries=0, lease_until=None, problem=CHANGED, confirmed_at=None
    )


def _end(source: Import, state: str, found: report.Found, *, problem: str) -> None:
    source.summary = report.summary(found)
    before = Import.objects.filter(pk=source.pk).values_list("problem", flat=True).first()
    changed = _mine(source).update(
        state=state,
        lease_until=None,
        tries=0,
        summary=source.summary,
        columns=report.columns(found),
        problem=CHANGED if before == CHANGED else problem,
    )
    if not changed:
        raise Lost


def _progress(source: Import, lease: timedelta = LEASE) -> Progress:
    def note(stage: str, done: int, total: int) -> None:
        kept = _mine(source).update(
            stage=stage,
            rows_done=done,
            rows_total=total,
            lease_until=timezone.now() + lease,
        )
        if not kept:
            raise Lost

    return note


def _refuse(source: Import, sentence: str) -> None:
    with transaction.atomic():
        refused = _mine(source).update(
            state=State.REFUSED, problem=sentence, lease_until=None, finished_at=timezone.now()
        )
        if refused:
            record("import.refused", source, by=source.uploaded_by)
