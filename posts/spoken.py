"""What was found in a photo, in words: for the author, who says how visible it is, and the Head."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from consents.words import joined
from posts.models import Appearance, Found

_UNKNOWN = Appearance.Kind.UNIDENTIFIABLE
# Of the photo's height: from here on a face is larger than a thumbnail shows an eye.
CLEARLY = 0.08


def found_words(found: Sequence[Found], people: Sequence[Appearance]) -> str:
    """How many faces and lines of writing, and what the author says of them. Empty where nothing
    was found, which proves nothing."""
    faces = [one for one in found if one.is_face]
    lines = [one for one in found if not one.is_face and one.hint]
    said = [*_faces(faces, people), *_lines(lines)]
    return " ".join(said)


def _faces(faces: list[Found], people: Sequence[Appearance]) -> Iterator[str]:
    if not faces:
        return
    kinds = {person.pk: person.kind for person in people}
    unknown = [f for f in faces if kinds.get(f.appearance_id or 0) == _UNKNOWN]
    whose = {f.appearance_id for f in faces if f.appearance_id and f not in unknown}
    known = [f for f in faces if f.appearance_id and f not in unknown]
    none = [f for f in faces if f.is_nobody]
    parts = [
        (len(known), f"of {_number(len(whose), 'person', 'people')} in the list"),
        (len(unknown), "of somebody who cannot be identified"),
        (len(none), "no face, the author says"),
        (sum(f.is_open for f in faces), "that nobody has accounted for"),
    ]
    told = joined([f"{number} {words}" for number, words in parts if number])
    yield f"GoLive found {_number(len(faces), 'face', 'faces')}: {told}."


def _lines(lines: list[Found]) -> Iterator[str]:
    calm = [one for one in lines if one.is_nobody]
    names = sum(one.hint == Found.Hint.NAME for one in calm)
    if calm:
        looked = " (one or more looked like a name)" if names else ""
        yield (
            f"The author looked at {_number(len(calm), 'piece', 'pieces')} of writing{looked} and "
            "says that none tells who or where a child is."
        )
    still = len(lines) - len(calm)
    if still:
        yield f"Nobody has looked at {_number(still, 'piece', 'pieces')} of writing."


def visibility(found: Sequence[Found]) -> str:
    """What the size of the largest face speaks for (R-156); a person says it."""
    tall = max((f.height for f in found if f.is_face and not f.is_nobody), default=0.0)
    if not tall:
        return ""
    share = max(round(100 * tall), 1)
    speaks = "yes" if tall >= CLEARLY else "no"
    return (
        f"The largest face we found is about {share} per cent of the photo’s height: probably "
        f"{speaks}. You decide."
    )


def _number(number: int, one: str, many: str) -> str:
    return f"{number} {one if number == 1 else many}"
