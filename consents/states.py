"""What the office sees: for each child, platform and kind the state with its reason in one word.

Only for people who may open permission records (`Permission.CONSENT_SEE`). It shows what the family
answered: a hold is told only to those who may set one. For everybody else nothing here is worked
out from holds, so that the matrix of a held child is that of any other. The gate never reads this:
it asks `consents.rules`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from django.utils import timezone

from consents.families import Family, links_of
from consents.models import (
    ADULT_KINDS,
    NAME_KINDS,
    Adult,
    Answer,
    Child,
    ConsentDecision,
    Hold,
    Kind,
    SchoolStop,
)
from consents.models.decisions import has_ended
from consents.purposes import in_question
from consents.rules import Permissions, said_by_purpose, whose_yes
from schools.models import Trust


class Standing(StrEnum):
    """How a permission stands."""

    YES = "yes"
    SOME = "yes, for some purposes"
    NO = "no"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"
    UNCLEAR = "unclear"
    NOT_ASKED = "not asked"
    NOT_ENTITLED = "giver not entitled"
    CONFLICT = "conflict"
    WAITS = "waits for the pupil"
    WAITS_FOR_PARENT = "waits for a parent"
    STOPPED = "stopped by the school"
    HELD = "held"


@dataclass(frozen=True)
class Cell:
    """One square of the matrix."""

    standing: Standing
    decision: ConsentDecision | None = None
    purposes: tuple[str, ...] = ()  # of a yes for some: the keys of what it is for
    against: tuple[ConsentDecision, ...] = ()  # of a conflict: every no and yes that counts

    @property
    def tone(self) -> str:
        """Which mark it gets."""
        return _TONES.get(self.standing, "ask")


_TONES = {
    Standing.YES: "yes",
    Standing.NO: "no",
    Standing.WITHDRAWN: "no",
    Standing.STOPPED: "no",
    Standing.HELD: "no",
    Standing.NOT_ASKED: "none",
}
Key = tuple[int, int, str]
Said = Mapping[str | None, Permissions]


def standings(
    children: Collection[Child],
    platforms: Collection[int],
    kinds: Iterable[str] = tuple(Kind.values),
    *,
    show_holds: bool,
    on: date | None = None,
    purposes: Collection[str] | None = None,
) -> dict[Key, Cell]:
    """The state of every child × platform × kind, for these purposes together; without them for
    all that a post can have. Eight queries at most, whatever the numbers."""
    day = on or timezone.localdate()
    wanted = [str(kind) for kind in kinds]
    ids = [child.pk for child in children]
    # What is said to one name bears on the other, so neither is told without the other.
    read = sorted({*wanted, *(NAME_KINDS if NAME_KINDS & {*wanted} else ())})
    wished = in_question() if purposes is None else tuple(purposes)
    said = said_by_purpose(ids, platforms, read, [None, *wished], on=day)
    latest = _latest(ids, platforms, read)
    links = links_of(ids, day)
    nameless = frozenset(said[None].nameless)
    held = _held(ids) if show_holds else set()
    stopped = _stopped(ids)
    own_say_from = Trust.load().own_say_from
    found: dict[Key, Cell] = {}
    for child in children:
        needed = whose_yes(child, day, own_say_from)
        family = Family(child, needed, links.entitled, links.never, day)
        for platform in platforms:
            for kind in wanted:
                key = told = (child.pk, platform, kind)
                if kind == Kind.FULL_NAME and (child.pk, platform) in nameless:
                    told = _told_by(key, said[None], stopped, latest, family)
                answers = latest.get(told, [])
                if child.pk in held:
                    found[key] = Cell(Standing.HELD, answers[0] if answers else None)
                elif told in stopped and told in latest:
                    found[key] = Cell(Standing.STOPPED, answers[0] if answers else None)
                else:
                    found[key] = _relied_on(key, said, latest) or _why(answers, family)
    return found


def _told_by(
    key: Key,
    said: Permissions,
    stopped: set[Key],
    latest: dict[Key, list[ConsentDecision]],
    family: Family,
) -> Key:
    """Whose answers tell how a full name stands whose first name is refused: the first name's where
    a yes to the full name counts for nothing because of that, or did until it ended."""
    child, platform, _ = key
    answers = latest.get(key, [])
    yes = said.permits(*key) or (
        key not in stopped and _why(answers, family).standing is Standing.EXPIRED
    )
    return (child, platform, str(Kind.FIRST_NAME)) if yes else key


def _relied_on(key: Key, said: Said, latest: dict[Key, list[ConsentDecision]]) -> Cell | None:
    """The yes that counts, where one does, with what it is for; for a first name it may be the one
    to the full name. Whoever was asked for none of the purposes was not asked."""
    whole, wished = said[None], [key for key in said if key is not None]
    cell = _yes(key, whole, latest)
    covered = tuple(p for p in wished if cell and _permits(key, said[p]))
    if cell is None or len(covered) == len(wished):
        return cell
    if not covered:
        return Cell(Standing.NOT_ASKED)
    return Cell(Standing.SOME, (_yes(key, said[covered[0]], latest) or cell).decision, covered)


def _permits(key: Key, said: Permissions) -> bool:
    return (said.permits_name if key[2] in NAME_KINDS else said.permits)(*key)


def _yes(key: Key, said: Permissions, latest: dict[Key, list[ConsentDecision]]) -> Cell | None:
    child, platform, kind = key
    if not _permits(key, said):
        return None
    is_name = kind == Kind.FIRST_NAME
    relied_on = said.relied_on(child, platform, kind)[0]
    answers = latest.get(key, []) + (latest.get((child, platform, Kind.FULL_NAME), []) * is_name)
    # Answers are read a moment later: the one relied on may have been followed by another since.
    newest = answers[0] if answers and answers[0].answer == Answer.YES else None
    yes = next((answer for answer in answers if answer.pk == relied_on), newest)
    return Cell(Standing.YES, yes) if yes else None


def adult_standings(
    adults: Collection[Adult], platforms: Collection[int], *, on: date | None = None
) -> dict[Key, Cell]:
    """What every adult answered about themself, by (adult, platform, kind). One query."""
    day = on or timezone.localdate()
    people = {adult.pk: adult for adult in adults}
    rows = ConsentDecision.objects.filter(
        adult__in=people, platform__in=platforms, kind__in=ADULT_KINDS
    ).order_by("-given_at", "-pk")
    found: dict[Key, Cell] = {}
    for row in rows:
        key = (row.adult_id or 0, row.platform_id, row.kind)
        if key not in found:
            adult = people[key[0]]
            over = adult.has_left(day) or has_ended(row, adult.returned_on, day)
            ended = row.answer == Answer.YES and over
            found[key] = Cell(Standing.EXPIRED if ended else Standing(row.answer), row)
    every = ((pk, place, kind) for pk in people for place in platforms for kind in ADULT_KINDS)
    return {key: found.get(key, Cell(Standing.NOT_ASKED)) for key in every}


def _held(ids: list[int]) -> set[int]:
    held = Hold.objects.filter(child__in=ids, lifted_at=None)
    return set(held.values_list("child_id", flat=True))


def _stopped(ids: list[int]) -> set[Key]:
    """What the school itself has stopped: the office set it, so it is told."""
    rows = SchoolStop.objects.filter(child__in=ids, lifted_at=None)
    return set(rows.values_list("child_id", "platform_id", "kind"))


def _latest(
    ids: list[int], platforms: Collection[int], kinds: list[str]
) -> dict[Key, list[ConsentDecision]]:
    """Each giver's latest answer, newest first; none where all that was ever said is undone."""
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
            found.setdefault(key, []).extend([row] if row.answer != Answer.UNDONE else [])
    return found


def _why(answers: list[ConsentDecision], family: Family) -> Cell:
    """Why it is not a yes, most telling reason first. A no that does not count is told where nobody
    said yes; beside a yes it is not what is wrong with that."""
    if not answers:
        return Cell(Standing.NOT_ASKED)
    yes = [a for a in answers if a.answer == Answer.YES]
    no = [a for a in answers if a.answer in {Answer.NO, Answer.WITHDRAWN}]
    refused = [a for a in no if family.refuses(a)]
    live = [a for a in yes if family.lives(a)]
    if refused and live:
        return Cell(Standing.CONFLICT, refused[0], against=(*refused, *live))
    if refused or (no and not yes):
        told = (refused or no)[0]
        ended = told.answer == Answer.WITHDRAWN
        return Cell(Standing.WITHDRAWN if ended else Standing.NO, told)
    if yes:
        reasons = [(_why_not_yet(answer, family), answer) for answer in yes]
        # One that has ended counted once: asking again mends it, unless another parent's stands.
        theirs_stands = any(reason is Standing.WAITS for reason, _ in reasons)
        over = [
            (reason, answer)
            for reason, answer in reasons
            if reason is Standing.EXPIRED and not (theirs_stands and answer.giver_id)
        ]
        still = [cell for cell in reasons if cell[0] is not Standing.EXPIRED]
        return Cell(*(over or still)[0])
    return Cell(Standing.UNCLEAR, answers[0])


def _why_not_yet(yes: ConsentDecision, family: Family) -> Standing:
    """Has it ended, and would it count otherwise? Or who said it, or what is missing beside it."""
    child, day = family.child, family.day
    own, parents = family.needed
    if child.has_left(day):
        return Standing.EXPIRED
    # Without a date of birth nobody can have been asked rightly.
    if not (own or parents):
        return Standing.NOT_ASKED
    if not family.may_give(yes):
        return Standing.NOT_ENTITLED
    if not yes.given_by_child and not parents:
        return Standing.WAITS
    if family.is_over(yes):
        return Standing.EXPIRED
    if yes.given_by_child:
        return Standing.WAITS_FOR_PARENT if parents else Standing.NOT_ASKED
    return Standing.WAITS if own else Standing.NOT_ASKED
