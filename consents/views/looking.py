"""On a parent's page: a child who has left or decides alone, and a yes that counts although today's
questions are others. What they said, and one press back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from consents.answering import Asked, Square
from consents.endings import spoken
from consents.models import Child, Kind
from consents.views.places import names_of
from consents.wording import Wording
from policy.models import Platform


@dataclass(frozen=True)
class Looked:
    """One answer: what about, what was said, and what the button that takes it back sends."""

    platform: Platform
    words: str
    answer: str
    label: str
    name: str
    recorded: str = ""


@dataclass(frozen=True)
class Looking:
    """A child, why nothing is asked, and the answers."""

    name: str
    why: str
    then: str
    lines: list[Looked]


def looking_of(asked: Asked, wording: Wording, today: date) -> list[Looking]:
    """One block for each such child; nothing is read for whoever has none. One query."""
    before = asked.before
    if not (asked.looking or before):
        return []
    names = names_of(asked)
    said = {**asked.looked, **dict.fromkeys(before, "yes")}
    platforms = Platform.objects.in_bulk({platform for _, platform, _ in said})
    found = []
    for child in asked.looking:
        given = {"child": names[child.pk], "school": child.school.name}
        if child.has_left(today) and child.left_on:
            why = wording.say_newly("look_left", day=spoken(child.left_on, wording), **given)
        else:
            why = wording.say_newly("look_grown", **given)
        lines = _lines(child, names[child.pk], said, platforms, wording, asked)
        then = "look_own" if child.pk in asked.grown else "look_change"
        then = then if any(line.answer == "yes" for line in lines) else "look_nothing"
        found.append(Looking(names[child.pk], why, wording.say_newly(then, **given), lines))
    for child in asked.children:
        if lines := _lines(child, names[child.pk], said, platforms, wording, asked):
            theirs = not any(line.recorded for line in lines)
            why = wording.say_newly("look_before" if theirs else "look_recorded")
            then = wording.say_newly("look_counts")
            found.append(Looking(names[child.pk], why, then, lines))
    return found


def _lines(
    child: Child,
    name: str,
    said: Mapping[Square, str],
    platforms: Mapping[int, Platform],
    wording: Wording,
    asked: Asked,
) -> list[Looked]:
    order = {kind: n for n, kind in enumerate(Kind.values)}
    mine = [square for square in said if square[0] == child.pk]
    mine.sort(key=lambda square: (platforms[square[1]].name, order[square[2]]))
    return [
        Looked(
            platforms[platform],
            wording.say(f"k_{kind}"),
            said[about, platform, kind],
            f"{name}: {wording.ask(kind, platforms[platform].name)}",
            f"{about}:{platform}:{kind}:no",
            wording.say_newly("recorded") if (about, platform, kind) in asked.put_down else "",
        )
        for about, platform, kind in mine
    ]
