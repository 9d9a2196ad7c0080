"""On a parent's page: a child who has left or decides alone. What they said, and one press back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from consents.answering import Asked
from consents.endings import spoken
from consents.models import Kind
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


@dataclass(frozen=True)
class Looking:
    """A child, why nothing is asked, and the answers."""

    name: str
    why: str
    then: str
    lines: list[Looked]


def looking_of(asked: Asked, wording: Wording, today: date) -> list[Looking]:
    """One block for each such child; nothing is read for whoever has none. One query."""
    if not asked.looking:
        return []
    names = names_of(asked)
    platforms = Platform.objects.in_bulk({platform for _, platform, _ in asked.looked})
    order = {kind: n for n, kind in enumerate(Kind.values)}
    found = []
    for child in asked.looking:
        given = {"child": names[child.pk], "school": child.school.name}
        if child.has_left(today) and child.left_on:
            why = wording.say_newly("look_left", day=spoken(child.left_on, wording), **given)
        else:
            why = wording.say_newly("look_grown", **given)
        mine = [square for square in asked.looked if square[0] == child.pk]
        mine.sort(key=lambda square: (platforms[square[1]].name, order[square[2]]))
        lines = [
            Looked(
                platforms[platform],
                wording.say(f"k_{kind}"),
                asked.looked[about, platform, kind],
                f"{names[child.pk]}: {wording.say(f'q_{kind}', place=platforms[platform].name)}",
                f"{about}:{platform}:{kind}:no",
            )
            for about, platform, kind in mine
        ]
        then = "look_own" if child.pk in asked.grown else "look_change"
        then = then if any(line.answer == "yes" for line in lines) else "look_nothing"
        found.append(Looking(names[child.pk], why, wording.say_newly(then, **given), lines))
    return found
