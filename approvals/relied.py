"""Whose yes lets each person be shown or named on each platform: who said it, when, until (R-071).

Only a yes that counts is told, never who said no or why somebody may not be shown: what is missing
reads the same for everybody (R-155, R-159). The name of a parent is for those who may open the
record of permissions; others read that a parent or carer said it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone

from consents.models import ADULT_KINDS, ConsentDecision
from posts.checks import Verdict
from schools.models import User
from schools.roles import Permission

# Person (is it a grown-up, and which), and the decision relied on.
_Key = tuple[bool, int, str, int]


@dataclass(frozen=True)
class Yes:
    """One person's permission of one kind: on these platforms, said by this person on that day.
    `until`: the last day; none until they leave or change it."""

    person: str
    kind: str
    platforms: list[str]
    said_by: str
    given_at: datetime
    until: date | None


def yeses(verdict: Verdict, *, reader: User) -> list[Yes]:
    """All that is relied on, by person. One query, however many people and platforms."""
    where: dict[_Key, list[str]] = defaultdict(list)
    for channel in verdict.case.whole.channels:
        for row in verdict.decisions_relied_on(channel):
            where[_key(row)].append(channel.platform.name)
    related = ("giver", "child", "adult")
    rows = ConsentDecision.objects.select_related(*related).in_bulk({key[3] for key in where})
    named = reader.may(Permission.CONSENT_SEE, verdict.case.whole.post.school_id)
    return sorted(_told(where, rows, named=named), key=lambda yes: (yes.person, yes.kind))


def _key(row: dict[str, object]) -> _Key:
    is_adult = "adult" in row
    who, decision = row["adult" if is_adult else "child"], row["decision"]
    return is_adult, int(str(who)), str(row["kind"]), int(str(decision))


def _told(
    where: dict[_Key, list[str]], rows: dict[int, ConsentDecision], *, named: bool
) -> Iterator[Yes]:
    together: dict[tuple[str, str, str, date, date | None], list[tuple[str, datetime]]] = {}
    for (is_adult, _, _, pk), platforms in where.items():
        said = rows[pk]
        person = said.adult.name if said.adult else said.child.short_name if said.child else ""
        kind = ADULT_KINDS[said.kind] if is_adult else said.get_kind_display()
        alike = (
            person,
            kind,
            _said_by(said, named=named),
            timezone.localdate(said.given_at),
            said.until,
        )
        together.setdefault(alike, []).extend((name, said.given_at) for name in platforms)
    for (person, kind, by, _, until), found in together.items():
        names = list(dict.fromkeys(name for name, _ in found))
        yield Yes(person, kind, names, by, max(at for _, at in found), until)


def _said_by(said: ConsentDecision, *, named: bool) -> str:
    if said.adult_id:
        return "themself"
    if said.given_by_child:
        return "the pupil"
    name = said.giver.full_name if named and said.giver else "a parent or carer"
    return f"the school’s records, in the name of {name}," if said.is_put_down else name
