"""What was found in a photo, in words: for the author, who says how visible it is, and the Head."""

from __future__ import annotations

from collections.abc import Sequence

from consents.words import joined
from posts.models import Appearance, Found

# Of the photo's height: from here on a face is larger than a thumbnail shows an eye.
CLEARLY = 0.08


def found_words(found: Sequence[Found], people: Sequence[Appearance]) -> str:
    """How many faces and lines of writing, and what the author says of them. Empty where nothing
    was found, which proves nothing."""
    kinds = {person.pk: person.kind for person in people}
    faces = [one for one in found if one.is_face]
    sentences = []
    if faces:
        unknown = [
            f for f in faces if kinds.get(f.appearance_id or 0) == Appearance.Kind.UNIDENTIFIABLE
        ]
        none = [f for f in faces if f.is_nobody]
        said = [
            f"{len(rows)} {words}"
            for rows, words in (
                (unknown, "cannot be identified"),
                (none, "is no face" if len(none) == 1 else "are no faces"),
            )
            if rows
        ]
        tail = f"; the author says {joined(said)}" if said else ""
        sentences.append(f"GoLive found {_number(len(faces), 'face')}{tail}.")
    calm = [one for one in found if not one.is_face and one.is_nobody]
    if calm:
        sentences.append(
            f"Of {_number(len(calm), 'piece')} of writing that asked to be looked at, the author "
            "says that it tells nobody."
        )
    return " ".join(sentences)


def visibility(found: Sequence[Found]) -> str:
    """What the size of the largest face speaks for (R-156); a person says it."""
    tall = max((f.height for f in found if f.is_face and not f.is_nobody), default=0.0)
    if not tall:
        return ""
    share = max(round(100 * tall), 1)
    speaks = "yes" if tall >= CLEARLY else "no"
    return (
        f"The largest face we found is about {share} per cent of the photo’s height, which speaks "
        f"for “{speaks}”. You decide."
    )


def _number(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"
