"""What was answered before there was any version: the first one published gives it an end.

An answer that notes no version is for what the first version asked (`consents.rules`), so it also
counts as long as that one says. Nothing is changed: each such yes is said once more with its last
day, at the moment it was given, and the row before it stays as it was.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import F, Window
from django.db.models.functions import RowNumber
from django.utils import timezone

from consents import turns
from consents.endings import first_version, last_day
from consents.models import Agreement, Answer, Child, ConsentDecision
from consents.wording import Document, Rule
from schools.models import User

CHUNK = 2_000
LONGEST_NOTE = 300


@dataclass(frozen=True)
class Touched:
    """How many yeses publishing would give a last day, and how many of these are over by now."""

    number: int = 0
    over: int = 0


def touched(document: Document) -> Touched:
    """What publishing this would do to answers that note no version. Nothing where one is published
    already: then each has its end."""
    if first_version() is not None:
        return Touched()
    today = timezone.localdate()
    days = [end for _, end in _to_say_again(document)]
    return Touched(len(days), sum(end < today for end in days))


def carry(agreement: Agreement, *, by: User | None) -> int:
    """Give them their last day, as the first version says; returns how many. In the transaction of
    the publishing."""
    if first_version() != agreement:
        return 0
    document = Document.read(agreement.content)
    for school in {row.child.school_id for row, _ in _to_say_again(document) if row.child}:
        turns.share(school)
    now = timezone.now()
    again = [_again(row, end, agreement, by, now) for row, end in _to_say_again(document)]
    ConsentDecision.objects.bulk_create(again, batch_size=CHUNK)
    return len(again)


def _to_say_again(document: Document) -> Iterator[tuple[ConsentDecision, date]]:
    """Each giver's latest answer where it is a yes without a version, about a pupil on roll, that
    lasts longer than the rule lets it."""
    if document.ends.rule == Rule.LEAVING:
        return
    whose = ("child", "platform", "kind", "giver", "given_by_child")
    place = Window(RowNumber(), partition_by=[F(n) for n in whose], order_by=["-given_at", "-pk"])
    said = ConsentDecision.objects.filter(child__in=Child.objects.on_roll())
    # Which is the latest is found before it is asked what it says.
    latest = said.order_by().annotate(place=place).filter(place=1).values("pk")
    rows = (
        ConsentDecision.objects.filter(pk__in=latest, answer=Answer.YES, agreement=None)
        .select_related("child")
        .order_by("pk")
    )
    for row in rows.iterator(chunk_size=CHUNK):
        if row.child is None:
            continue
        end = last_day(document, row.child, timezone.localdate(row.given_at))
        if end is not None and (row.until is None or end < row.until):
            yield row, end


def _again(
    row: ConsentDecision, end: date, agreement: Agreement, by: User | None, now: datetime
) -> ConsentDecision:
    said = f"counts until {end}, as version {agreement.number} says"
    told = f"{row.evidence}; {said}" if row.evidence else said
    return ConsentDecision(
        child_id=row.child_id,
        platform_id=row.platform_id,
        kind=row.kind,
        answer=row.answer,
        giver_id=row.giver_id,
        given_by_child=row.given_by_child,
        way=row.way,
        language=row.language,
        # Where there is no room for both, the proof: the last day is a fact of its own.
        evidence=told if len(told) <= LONGEST_NOTE else row.evidence,
        scan_id=row.scan_id,
        given_at=row.given_at,
        recorded_at=now,
        recorded_by=by,
        until=end,
        # Undoing the file that brought it takes this back as well.
        source_import_id=row.source_import_id,
    )
