"""May we? One query answers for any number of children, platforms and kinds.

Every choice the policies leave open is made here, once, with its reason:

* Only a live, entitled yes permits. No row, blank, unclear, expired: no (R-148).
* Each giver's latest answer is their answer, by when it was *given*, not keyed in: an old paper
  form found later does not undo a withdrawal.
* A yes needs its giver entitled on the day of use: parental responsibility, no court order, not
  ended (R-152). For a pupil in care it is the authority that the safeguarding lead has named, and
  nobody else (R-154, `consents.caring`). A no counts from anyone who is or ever was entitled, and
  from the child, whatever anyone else said (R-106, R-153): the most protective answer wins until a
  person resolves it.
* A no that nobody is named for (a tick in an old system) counts, and can only be cleared by
  recording that it was unclear. So does a no whose giver is no longer linked to the child.
* What is recorded of a pupil's capacity says whose yes is needed: a parent's, their own, or both
  (R-150). An age alone is never the answer, so the trust's age asks for the safer: from it on, a
  pupil of whom nothing is recorded needs both. What is recorded goes before it, at any age.
* From the 18th birthday a parent's answers stop counting, unless a best-interests record lets
  them: then capacity is lacking, and the parent's yes is needed instead of the young person's own
  (R-151).
* Without a readable date of birth nothing is a yes: we could not tell who decides.
* A yes ends when the child leaves and does not come back with them (R-149, R-164). A no stays.
* A yes is for the purposes its version of the agreement asked for, and nothing is inferred for
  another (R-145); of two parents' yeses either may cover it. An answer with no version noted, as
  every file's, is for what the first version asked. A no is a no for every purpose.
* What the school itself has stopped is refused until the school lifts it, whatever a family says
  meanwhile. A stop is nobody's answer: it stands beside them.
* A grown-up answers for themself, for photo, video and name apart (R-107). What was recorded before
  their names had a question of its own was said about photos, as its page said, and keeps counting
  for photos alone: nobody was told that it names them. What was rightly live by it stays; a text
  that names somebody from now on needs the yes to the name. Their answers end when they leave and
  do not come back with them, as a pupil's.
* A hold beats everything (R-016, R-154, R-155), and is part of the same query so that neither
  words, counts nor timing tell it from any other no.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from django.utils import timezone

from consents import ledger
from consents.ledger import OWN_SAY_AT_18, years_before
from consents.models import ADULT_KINDS, OWN_SAY, Child, ConsentDecision, Decides, Kind
from consents.models.adults import is_here
from consents.models.decisions import is_from_before

Triple = tuple[int, int, str]


@dataclass(frozen=True)
class Permissions:
    """Live permissions: (child, platform, kind) → the decision relied on. Absent means no. Where
    both yeses are needed that is a parent's, and `own` has the pupil's."""

    allowed: Mapping[Triple, int] = field(default_factory=dict)
    nameless: Collection[tuple[int, int]] = ()
    own: Mapping[Triple, int] = field(default_factory=dict)

    def permits(self, child_id: int, platform_id: int, kind: str) -> bool:
        """May this child be shown, named or their work used there?"""
        return (child_id, platform_id, str(kind)) in self.allowed

    def permits_name(self, child_id: int, platform_id: int, kind: str) -> bool:
        """A permission for the full name covers the first name; never the other way round. Where
        the first name is refused (`nameless`), neither may be used."""
        if (child_id, platform_id) in self.nameless:
            return False
        return self.permits(child_id, platform_id, Kind.FULL_NAME) or (
            kind == Kind.FIRST_NAME and self.permits(child_id, platform_id, Kind.FIRST_NAME)
        )

    def relied_on(self, child_id: int, platform_id: int, kind: str) -> list[int]:
        """The ids of the decisions that permit this, for the snapshot: one, or a parent's and the
        pupil's own. A first name may rest on the permission for the full name."""
        triple = (child_id, platform_id, str(kind))
        if triple not in self.allowed and kind == Kind.FIRST_NAME:
            triple = (child_id, platform_id, str(Kind.FULL_NAME))
        return [said[triple] for said in (self.allowed, self.own) if triple in said]


def permissions(
    children: Collection[int],
    platforms: Collection[int],
    kinds: Iterable[str] = (Kind.PHOTO,),
    *,
    purpose: str | None = None,
    on: date | None = None,
) -> Permissions:
    """All live permissions for these ids and a purpose of the policy (its key; without one, for no
    purpose in particular), on a day (default today). Always exactly one query."""
    return permissions_by_purpose(children, platforms, kinds, [purpose], on=on)[purpose]


def permissions_by_purpose(
    children: Collection[int],
    platforms: Collection[int],
    kinds: Iterable[str],
    purposes: Collection[str | None],
    *,
    on: date | None = None,
) -> dict[str | None, Permissions]:
    """The same for several purposes at once. Still exactly one query."""
    return _asked(children, platforms, kinds, purposes, on, holds=True)


def said_permissions(
    children: Collection[int],
    platforms: Collection[int],
    kinds: Iterable[str] = (Kind.PHOTO,),
    *,
    on: date | None = None,
) -> Permissions:
    """What the answers alone permit, whether or not a hold stands. For the office's pages,
    which must not show who is held; never for a gate. One query."""
    return said_by_purpose(children, platforms, kinds, [None], on=on)[None]


def said_by_purpose(
    children: Collection[int],
    platforms: Collection[int],
    kinds: Iterable[str],
    purposes: Collection[str | None],
    *,
    on: date | None = None,
) -> dict[str | None, Permissions]:
    """The same for several purposes at once. Still one query."""
    return _asked(children, platforms, kinds, purposes, on, holds=False)


def adult_permissions(
    adults: Collection[int], platforms: Collection[int], *, on: date | None = None
) -> Permissions:
    """The same for adults, who answer for themselves, for every kind they are asked (R-107). One
    query."""
    if not (adults and platforms):
        return Permissions()
    day = on or timezone.localdate()
    rows = (
        ConsentDecision.objects.filter(is_here(day, "adult__"))
        .filter(adult__in=adults, platform__in=platforms, kind__in=ADULT_KINDS)
        .order_by("-given_at", "-pk")
        .values_list(
            "adult_id",
            "platform_id",
            "kind",
            "answer",
            "until",
            "pk",
            "given_at",
            "adult__returned_on",
        )
    )
    latest: dict[Triple, int | None] = {}
    for adult, platform, kind, answer, until, pk, given_at, returned_on in rows:
        live = answer == "yes" and (until is None or until >= day)
        live = live and not is_from_before(returned_on, given_at)
        latest.setdefault((adult, platform, kind), pk if live else None)
    return Permissions({triple: pk for triple, pk in latest.items() if pk is not None})


def whose_yes(child: Child, day: date, own_say_from: int | None) -> tuple[bool, bool]:
    """Whose yes is needed on a day: the pupil's own, a parent's, or both. The pages' words for what
    the query asks (`ledger.WHOSE`); `own_say_from` is the trust's age."""
    born = child.born_on
    if born is None:
        return False, False
    adult = born <= years_before(day, OWN_SAY_AT_18)
    grown = own_say_from is not None and born <= years_before(day, own_say_from)
    unrecorded = not child.decides and not child.best_interests
    own = child.decides in OWN_SAY or (adult and not child.best_interests) or (unrecorded and grown)
    parents = child.decides != Decides.PUPIL and (not adult or child.best_interests)
    return own, parents


def _asked(
    children: Collection[int],
    platforms: Collection[int],
    kinds: Iterable[str],
    purposes: Collection[str | None],
    on: date | None,
    *,
    holds: bool,
) -> dict[str | None, Permissions]:
    wanted, each = [str(kind) for kind in kinds], list(dict.fromkeys(purposes))
    if not (children and platforms and wanted):
        return {purpose: Permissions() for purpose in each}
    day = on or timezone.localdate()
    rows = ledger.live(
        sorted(children),
        sorted(platforms),
        wanted,
        day=day,
        purposes=each,
        holds=holds,
    )
    nameless = frozenset((row[0], row[1]) for row in rows if row[3])
    return {
        purpose: Permissions(
            {row[:3]: row[n] for row in rows if not row[3] and row[n] is not None},
            nameless,
            {row[:3]: row[n + 1] for row in rows if row[n + 1] is not None},
        )
        for n, purpose in zip(range(4, 4 + 2 * len(each), 2), each, strict=True)
    }
