"""What the office sees: for each child, platform and kind the state with its reason in one word.

Only for people who may open permission records (`Permission.CONSENT_SEE`). It shows what the family
answered: a hold is told only to those who may set one. For everybody else nothing here is worked
out from holds, so that the matrix of a held child is that of any other. The gate never reads this:
it asks `consents.rules`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from django.utils import timezone

from consents.models import Answer, Child, ConsentDecision, Guardianship, Hold, Kind
from consents.rules import Permissions, said_permissions, whose_yes
from schools.models import Trust


class Standing(StrEnum):
    """How a permission stands."""

    YES = "yes"
    NO = "no"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"
    UNCLEAR = "unclear"
    NOT_ASKED = "not asked"
    NOT_ENTITLED = "giver not entitled"
    CONFLICT = "conflict"
    WAITS = "waits for the pupil"
    WAITS_FOR_PARENT = "waits for a parent"
    HELD = "held"


@dataclass(frozen=True)
class Cell:
    """One square of the matrix."""

    standing: Standing
    decision: ConsentDecision | None = None

    @property
    def tone(self) -> str:
        """Which mark it gets."""
        return _TONES.get(self.standing, "ask")


_TONES = {
    Standing.YES: "yes",
    Standing.NO: "no",
    Standing.WITHDRAWN: "no",
    Standing.HELD: "no",
    Standing.NOT_ASKED: "none",
}
Key = tuple[int, int, str]


def standings(
    children: Collection[Child],
    platforms: Collection[int],
    kinds: Iterable[str] = tuple(Kind.values),
    *,
    show_holds: bool,
    on: date | None = None,
) -> dict[Key, Cell]:
    """The state of every child × platform × kind. Five queries at most, whatever the numbers."""
    day = on or timezone.localdate()
    wanted = [str(kind) for kind in kinds]
    ids = [child.pk for child in children]
    # A yes to the full name covers the first name, so the one is never told without the other.
    read = [*wanted, *({str(Kind.FULL_NAME)} if Kind.FIRST_NAME in wanted else ())]
    said = said_permissions(ids, platforms, read, on=day)
    latest = _latest(ids, platforms, read)
    entitled = _entitled(ids, day)
    held = _held(ids) if show_holds else set()
    own_say_from = Trust.load().own_say_from
    found: dict[Key, Cell] = {}
    for child in children:
        for platform in platforms:
            for kind in wanted:
                key = (child.pk, platform, kind)
                answers = latest.get(key, [])
                if child.pk in held:
                    found[key] = Cell(Standing.HELD, answers[0] if answers else None)
                else:
                    yes = _relied_on(key, said, latest)
                    found[key] = yes or _why(
                        answers, _Family(child, whose_yes(child, day, own_say_from), entitled, day)
                    )
    return found


def _relied_on(
    key: Key, said: Permissions, latest: dict[Key, list[ConsentDecision]]
) -> Cell | None:
    """The yes that counts, where one does; for a first name it may be the one to the full name."""
    child, platform, kind = key
    is_name = kind == Kind.FIRST_NAME
    if not (said.permits_name if is_name else said.permits)(child, platform, kind):
        return None
    relied_on = said.relied_on(child, platform, kind)[0]
    answers = latest.get(key, []) + (latest.get((child, platform, Kind.FULL_NAME), []) * is_name)
    return Cell(Standing.YES, next(answer for answer in answers if answer.pk == relied_on))


def adult_standings(
    adults: Collection[int], platforms: Collection[int], *, on: date | None = None
) -> dict[tuple[int, int], Cell]:
    """What every adult answered about photos of themself, by (adult, platform). One query."""
    day = on or timezone.localdate()
    rows = ConsentDecision.objects.filter(
        adult__in=adults, platform__in=platforms, kind=Kind.PHOTO
    ).order_by("-given_at", "-pk")
    found: dict[tuple[int, int], Cell] = {}
    for row in rows:
        ended = row.answer == Answer.YES and row.until is not None and row.until < day
        standing = Standing.EXPIRED if ended else Standing(row.answer)
        found.setdefault((row.adult_id or 0, row.platform_id), Cell(standing, row))
    for adult in adults:
        for platform in platforms:
            found.setdefault((adult, platform), Cell(Standing.NOT_ASKED))
    return found


def _held(ids: list[int]) -> set[int]:
    held = Hold.objects.filter(child__in=ids, lifted_at=None)
    return set(held.values_list("child_id", flat=True))


def _latest(
    ids: list[int], platforms: Collection[int], kinds: list[str]
) -> dict[Key, list[ConsentDecision]]:
    """Each giver's latest answer, newest first."""
    rows = (
        ConsentDecision.objects.filter(child__in=ids, platform__in=platforms, kind__in=kinds)
        .select_related("giver", "recorded_by")
        .order_by("-given_at", "-pk")
    )
    seen: set[tuple[Key, int | None, bool]] = set()
    found: dict[Key, list[ConsentDecision]] = {}
    for row in rows:
        key = (row.child_id or 0, row.platform_id, row.kind)
        giver = (key, row.giver_id, row.given_by_child)
        if giver not in seen:
            seen.add(giver)
            if row.answer != Answer.UNDONE:
                found.setdefault(key, []).append(row)
    return found


def _entitled(ids: list[int], day: date) -> set[tuple[int, int]]:
    return {
        (g.child_id, g.parent_id)
        for g in Guardianship.objects.filter(child__in=ids)
        if g.is_entitled(day)
    }


@dataclass(frozen=True)
class _Family:
    """What tells why a yes does not count: whose is needed (the pupil's own, a parent's), and who
    may give one."""

    child: Child
    needed: tuple[bool, bool]
    entitled: set[tuple[int, int]]
    day: date


def _why(answers: list[ConsentDecision], family: _Family) -> Cell:
    """Why it is not a yes, most telling reason first."""
    if not answers:
        return Cell(Standing.NOT_ASKED)
    yes = [a for a in answers if a.answer == Answer.YES]
    no = [a for a in answers if a.answer in {Answer.NO, Answer.WITHDRAWN}]
    if yes and no:
        return Cell(Standing.CONFLICT, no[0])
    if no:
        ended = no[0].answer == Answer.WITHDRAWN
        return Cell(Standing.WITHDRAWN if ended else Standing.NO, no[0])
    if yes:
        # One that has ended counted once: asking again mends it.
        reasons = [(_why_not_yet(answer, family), answer) for answer in yes]
        over = [cell for cell in reasons if cell[0] is Standing.EXPIRED]
        return Cell(*(over or reasons)[0])
    return Cell(Standing.UNCLEAR, answers[0])


def _why_not_yet(yes: ConsentDecision, family: _Family) -> Standing:
    child, day = family.child, family.day
    if yes.until is not None and yes.until < day:
        return Standing.EXPIRED
    came_back = child.returned_on
    if child.has_left(day) or (came_back and timezone.localdate(yes.given_at) < came_back):
        return Standing.EXPIRED
    own, parents = family.needed
    # Without a date of birth nobody can have been asked rightly.
    if not (own or parents):
        return Standing.NOT_ASKED
    if yes.given_by_child:
        if not own:
            return Standing.NOT_ENTITLED
        return Standing.WAITS_FOR_PARENT if parents else Standing.NOT_ASKED
    if (child.pk, yes.giver_id) not in family.entitled:
        return Standing.NOT_ENTITLED
    return Standing.WAITS if own else Standing.NOT_ASKED
