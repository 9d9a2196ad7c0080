"""How these tests ask the rule, and a slow and obvious second opinion to hold against it."""

from __future__ import annotations

from datetime import date

from django.utils import timezone

from consents.models import (
    NAME_KINDS,
    Agreement,
    Answer,
    Child,
    ConsentDecision,
    Guardianship,
    Kind,
)
from consents.rules import Permissions, permissions
from policy.models import Platform
from schools.models import Trust


def may(child: Child, key: str = "news", kind: str = Kind.PHOTO, *, on: date | None = None) -> bool:
    """May this child be shown there, says the rule."""
    platform = Platform.objects.get(key=key)
    return permissions([child.pk], [platform.pk], [kind], on=on).permits(
        child.pk, platform.pk, kind
    )


def says_yes(found: Permissions, child: Child, platform: Platform, kind: str) -> bool:
    """What the rule found, asked as whoever publishes asks it: names by their own question."""
    asked = found.permits_name if kind in NAME_KINDS else found.permits
    return asked(child.pk, platform.pk, kind)


def should(
    child: Child, platform: Platform, kind: str, day: date, purpose: str | None = None
) -> bool:
    """May this child be shown there, in words that anybody can follow one by one."""
    if child.holds.filter(lifted_at=None).exists() or child.born_on is None or left(child, day):
        return False
    if kind in NAME_KINDS and is_refused(child, platform, Kind.FIRST_NAME, day):
        return False
    kinds = {kind, Kind.FULL_NAME} if kind == Kind.FIRST_NAME else {kind}
    return any(is_permitted(child, platform, one, day, purpose) for one in kinds)


def is_refused(child: Child, platform: Platform, kind: str, day: date) -> bool:
    """By the school, or by anybody whose no counts."""
    if child.school_stops.filter(platform=platform, kind=kind, lifted_at=None).exists():
        return True
    return any(refuses(child, said, day) for said in last_words(child, platform, kind))


def is_permitted(
    child: Child, platform: Platform, kind: str, day: date, purpose: str | None
) -> bool:
    """Nobody refuses it, and whoever is to say yes has said it."""
    if is_refused(child, platform, kind, day):
        return False
    said = last_words(child, platform, kind)
    live = [s for s in said if permits(child, s, day) and covers(s, purpose)]
    own, theirs = (any(s.given_by_child is by for s in live) for by in (True, False))
    whose = whose_is_needed(child, day)
    return (own or whose == "parents") and (theirs or whose == "pupil")


def last_words(child: Child, platform: Platform, kind: str) -> list[ConsentDecision]:
    """Each giver's latest answer."""
    latest: dict[tuple[int | None, bool], ConsentDecision] = {}
    for said in child.decisions.filter(platform=platform, kind=kind).order_by("given_at", "pk"):
        latest[said.giver_id, said.given_by_child] = said
    return list(latest.values())


def whose_is_needed(child: Child, day: date) -> str:
    """One word of `Decides`."""
    if is_adult(child, day) and not child.best_interests:
        return "pupil"
    if child.decides:
        return child.decides
    age = Trust.load().own_say_from
    if age is not None and not child.best_interests and is_aged(child, age, day):
        return "both"
    return "parents"


def refuses(child: Child, said: ConsentDecision, day: date) -> bool:
    if said.answer not in (Answer.NO, Answer.WITHDRAWN):
        return False
    if said.given_by_child or said.giver_id is None:
        return True
    if is_adult(child, day) and not child.best_interests:
        return False
    link = Guardianship.objects.filter(child=child, parent=said.giver_id).first()
    return link is None or link.was_responsible


def covers(said: ConsentDecision, purpose: str | None) -> bool:
    about = said.agreement or Agreement.objects.exclude(content={}).order_by("number").first()
    if purpose is None or about is None or not about.content:
        return True
    return purpose in about.content["purposes"]


def permits(child: Child, said: ConsentDecision, day: date) -> bool:
    if said.answer != Answer.YES:
        return False
    if said.until is not None and said.until < day:
        return False
    if child.returned_on is not None and timezone.localdate(said.given_at) < child.returned_on:
        return False
    whose = whose_is_needed(child, day)
    if said.given_by_child:
        return whose != "parents"
    link = Guardianship.objects.filter(child=child, parent=said.giver_id).first()
    if link is None or whose == "pupil":
        return False
    ended = link.ended_on is not None and link.ended_on <= day
    may = link.is_authority if child.in_care else link.has_responsibility
    return may and not link.court_order and not ended


def left(child: Child, day: date) -> bool:
    return child.left_on is not None and child.left_on <= day


def is_adult(child: Child, day: date) -> bool:
    """Eighteen years have passed."""
    return is_aged(child, 18, day)


def is_aged(child: Child, years: int, day: date) -> bool:
    """So many years have passed; a birthday on 29 February comes on 1 March in other years."""
    born = child.born_on
    assert born is not None
    birthday = (born.month, born.day)
    return day.year - born.year - ((day.month, day.day) < birthday) >= years
