"""What is live with a parent's yes, in the words of their page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from consents.answering import Asked
from consents.carrying import Shown, carried_by
from consents.endings import spoken
from consents.models import Kind
from consents.views.places import names_of
from consents.wording import Wording
from policy.models import Platform

AT_ONCE = 5


@dataclass(frozen=True)
class Post:
    """One post on one platform. `by`: which of their answers it is there with, or was."""

    platform: Platform
    day: str
    url: str
    by: list[str]


@dataclass(frozen=True)
class Posts:
    """A list under its sentence; `more` stands folded under `open_more`."""

    sentence: str
    first: list[Post]
    more: list[Post]
    open_more: str


@dataclass(frozen=True)
class Said:
    """Before a press what it will do, after it what it does."""

    waits: str
    none: str
    lists: list[Posts]
    see: str


def said_of_posts(asked: Asked, wording: Wording) -> Said | None:
    """Nothing for whoever has said no yes and taken none back."""
    if not (asked.yeses or asked.withdrawn):
        return None
    carried, names = carried_by(asked), names_of(asked)
    grown, several = asked.grown, len(names) > 1
    alone = {pk: name for pk, name in names.items() if pk in grown and several}
    others = {pk: name for pk, name in names.items() if pk not in grown and several}
    lists = [
        _posts("live_stands", carried.standing, others, wording),
        _posts("live_going", carried.going, others, wording),
        _posts("live_past", carried.past, alone, wording),
        _posts("live_noted", carried.noted, alone, wording),
    ]
    ends = any(child not in grown for child, _, _ in asked.yeses)
    with_yes = carried.standing or carried.past
    return Said(
        waits=wording.say_newly("live_waits") if ends else "",
        none=wording.say_newly("live_none") if asked.yeses and not with_yes else "",
        lists=[one for one in lists if one.first],
        see=wording.say_newly("live_see"),
    )


def _posts(key: str, shown: list[Shown], names: Mapping[int, str], wording: Wording) -> Posts:
    posts = [
        Post(
            one.live.platform,
            spoken(one.live.day, wording),
            one.live.url,
            _answers(one, names, wording),
        )
        for one in shown
    ]
    more = posts[AT_ONCE:]
    return Posts(
        wording.say_newly(key),
        posts[:AT_ONCE],
        more,
        wording.say_newly("live_more", number=len(more)),
    )


def _answers(shown: Shown, names: Mapping[int, str], wording: Wording) -> list[str]:
    """ "Ife: Photo, First name", a line for each child; the name only where there are several."""
    mine: dict[int, list[str]] = {}
    for kind in Kind.values:
        for child, given in shown.answers:
            if given == kind:
                mine.setdefault(child, []).append(wording.say(f"k_{kind}"))
    order = [child for child in names if child in mine] or list(mine)
    return [
        f"{names[child]}: {', '.join(mine[child])}" if names else ", ".join(mine[child])
        for child in order
    ]
