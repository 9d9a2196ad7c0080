"""The questions as a page shows them: places, questions, and a line for each child."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from consents.answering import Asked, Square
from consents.endings import spoken
from consents.models import Child
from consents.wording import Wording
from policy.models import Platform


@dataclass(frozen=True)
class Line:
    """One child under one question."""

    name: str
    child: Child
    label: str
    answer: str
    until: str = ""
    recorded: str = ""


@dataclass(frozen=True)
class Question:
    """One question, a line for each child."""

    kind: str
    words: str
    short: str
    lines: list[Line]


@dataclass(frozen=True)
class Place:
    """A platform with its questions. `chosen`: what was just chosen for all of it."""

    platform: Platform
    what: str
    questions: list[Question]
    all_of: str
    yes_all: str
    no_all: str
    chosen: str = ""


def places_of(
    asked: Asked,
    wording: Wording,
    shown: Mapping[Square, str],
    only: Collection[Square] | None = None,
    pressed: tuple[str, str] = ("", ""),
) -> list[Place]:
    """Every platform with its questions, or those that some squares are about; `shown` is what
    stands ticked."""
    squares = set(asked.squares() if only is None else only)
    found = []
    for platform in asked.platforms:
        questions = _questions(asked, wording, shown, platform, squares)
        count = sum(len(question.lines) for question in questions)
        # Beside answers that were given before, "all" is all of the others.
        part = "" if count == len(asked.squares(platform)) else "open_"
        chosen = f"chosen_{part}{pressed[1]}" if pressed[0] == platform.key else ""
        place = Place(
            platform,
            wording.places.get(platform.key, ""),
            questions,
            wording.say_newly(
                "all_open" if part else "all_of", place=wording.within(platform.name)
            ),
            wording.say("yes_all", number=count),
            wording.say("no_all", number=count),
            wording.say_newly(chosen, place=wording.within(platform.name)) if chosen else "",
        )
        found += [place] if questions else []
    return found


def _questions(
    asked: Asked,
    wording: Wording,
    shown: Mapping[Square, str],
    platform: Platform,
    squares: Collection[Square],
) -> list[Question]:
    names, found = names_of(asked), []
    for kind in asked.kinds(platform):
        lines = [
            Line(
                f"{child.pk}:{platform.pk}:{kind}",
                child,
                names[child.pk],
                shown.get((child.pk, platform.pk, kind), ""),
                _until(asked, wording, (child.pk, platform.pk, kind)),
                _recorded(asked, wording, (child.pk, platform.pk, kind)),
            )
            for child in asked.children
            if (child.pk, platform.pk, kind) in squares
        ]
        words = wording.ask(kind, platform.name)
        question = Question(kind, words, wording.say(f"k_{kind}"), lines)
        found += [question] if lines else []
    return found


def _until(asked: Asked, wording: Wording, square: Square) -> str:
    """ "Yes until 31 August 2029", where a yes stands that has a last day."""
    end = asked.until.get(square)
    return wording.say("ends_on", day=spoken(end, wording)) if end else ""


def _recorded(asked: Asked, wording: Wording, square: Square) -> str:
    """Whose word it is, where it is not theirs."""
    said = square in asked.put_down and square in asked.answers
    return wording.say_newly("recorded") if said else ""


def chosen_on(sent: Mapping[str, str], asked: Asked) -> dict[Square, str]:
    """What is ticked on the page that was sent, as far as it is asked at all."""
    found = {}
    for child, platform, kind in asked.squares():
        word = sent.get(f"{child}:{platform}:{kind}", "")
        if word in {"yes", "no"}:
            found[child, platform, kind] = word
    return found


def names_of(asked: Asked) -> dict[int, str]:
    """What each child is called on the page."""
    return {child.pk: _name(child, asked.everybody) for child in asked.everybody}


def _name(child: Child, children: list[Child]) -> str:
    """The first name; the full name where two have the same."""
    same = sum(1 for other in children if other.known_as == child.known_as)
    return child.known_as if same == 1 else child.full_name
