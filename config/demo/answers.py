"""What the demo's families answered: every state of permission that an office meets."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import Random

from config.demo.families import Grown, Kid
from config.demo.trust import OWN_SAY_FROM
from consents.models import Answer, Kind, Way

SCHOOLS_OWN = frozenset({"news", "website"})
CAREFUL = SCHOOLS_OWN | {"facebook"}
NOT_YOUNG = frozenset({"tiktok", "instagram", "whatsapp"})

YES, NO = Answer.YES, Answer.NO


@dataclass(frozen=True)
class Said:
    """One answer, still without rows of the database. `giver=None`: the child themself."""

    platform: str
    kind: Kind
    answer: Answer
    giver: Grown | None
    given_at: datetime
    way: Way
    until: date | None = None


def answers(dice: Random, kid: Kid, platforms: list[str], start: datetime) -> Iterator[Said]:
    """Everything the family of one child said, oldest first. `start`: the beginning of term."""
    given = start + timedelta(minutes=dice.randrange(45 * 24 * 60))
    way = dice.choice([Way.PAPER, Way.PAPER, Way.LINK, Way.LINK, Way.IN_PERSON, Way.IMPORT])
    giver = first_entitled(kid)
    manner = kid.manner
    if manner == "unasked" or giver is None:
        return
    if manner == "unclear":
        yield from _each(platforms, [Kind.PHOTO], Answer.UNCLEAR, giver, given, way)
    elif manner == "never":
        yield from _each(platforms, [Kind.PHOTO], NO, giver, given, way)
    elif manner == "expired":
        then, end = given - timedelta(days=365), _last_summer(start)
        for said in _each(platforms, [Kind.PHOTO], YES, giver, then, Way.PAPER):
            yield Said(**(said.__dict__ | {"until": end}))
    elif manner == "grandmother":
        yield from _each(platforms, [Kind.PHOTO], YES, kid.grown[-1], given, way)
    else:
        yield from _chosen(kid, platforms, giver, given, way)
        yield from _changed(kid, platforms, given, way)


def _chosen(
    kid: Kid, platforms: list[str], giver: Grown, given: datetime, way: Way
) -> Iterator[Said]:
    """Yes here, no there, and names for those who like to see them."""
    wanted: dict[str, Callable[[str], bool]] = {
        "no_tiktok": lambda p: p not in NOT_YOUNG,
        "school_only": lambda p: p in CAREFUL,
        "news_only": lambda p: p == "news",
    }
    likes = wanted.get(kid.manner)
    here = [p for p in platforms if likes is None or likes(p)]
    elsewhere = [p for p in platforms if p not in here]
    yield from _each(here, [Kind.PHOTO], YES, giver, given, way)
    yield from _each([p for p in here if p in CAREFUL], [Kind.WORK], YES, giver, given, way)
    yield from _each(elsewhere, [Kind.PHOTO], NO, giver, given, way)
    if kid.manner in {"all", "all_and_names"}:
        yield from _each(["facebook", "tiktok", "youtube"], [Kind.VIDEO], YES, giver, given, way)
    if kid.manner == "all_and_names":
        yield from _each(here, [Kind.FIRST_NAME], YES, giver, given, way)
        yield from _each(sorted(SCHOOLS_OWN), [Kind.FULL_NAME], YES, giver, given, way)
    elif kid.manner == "no_tiktok":
        yield from _each(sorted(SCHOOLS_OWN), [Kind.FIRST_NAME], YES, giver, given, way)


def _changed(kid: Kid, platforms: list[str], given: datetime, way: Way) -> Iterator[Said]:
    """What came after: the other parent, the pupil's own say."""
    entitled = [g for g in kid.grown if g.responsible and not g.court_order]
    later = given + timedelta(hours=31)
    if kid.manner == "disagree":
        other = entitled[1] if len(entitled) > 1 else kid.grown[0]
        yield from _each(platforms, [Kind.PHOTO], NO, other, later, way)
    elif kid.manner == "all_and_names" and len(entitled) > 1:
        yield from _each(platforms, [Kind.PHOTO], YES, entitled[1], later, way)
    alone = kid.extras.get("decides") == "pupil" and kid.first != "Maya"
    # Old enough to be asked as well, with nothing recorded: most have been.
    too = kid.form.age >= OWN_SAY_FROM and (len(kid.first) + len(kid.surname)) % 4 != 0
    if alone or (too and kid.first != "Maya"):
        yield from _each(platforms, [Kind.PHOTO], YES, None, later, Way.IN_PERSON)


def _each(
    platforms: list[str],
    kinds: list[Kind],
    answer: Answer,
    giver: Grown | None,
    given: datetime,
    way: Way,
) -> Iterator[Said]:
    for platform in platforms:
        for kind in kinds:
            yield Said(platform, kind, answer, giver, given, way)


def _last_summer(start: datetime) -> date:
    return date(start.year if start.month >= 9 else start.year - 1, 8, 31)


def first_entitled(kid: Kid) -> Grown | None:
    """Who answers: the first who is entitled, or nobody."""
    return next((g for g in kid.grown if g.responsible and not g.court_order), None)
