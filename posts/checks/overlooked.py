"""Faces and writing that the machine found and nobody has said anything of yet (R-072, R-148).

A prompt for a person: each is settled by one press, whatever it is. Equal numbers prove nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from consents.words import joined
from policy.findings import Finding, Way
from posts.checks.case import Case
from posts.models import Found, Look, Picture

# The form of a post's content from which on photos are looked at; what was frozen before is not
# held up by it.
SINCE_FORM = 3


class Counted(NamedTuple):
    """Faces of one photo, and how many of them somebody has accounted for."""

    faces: int
    settled: int

    @property
    def is_open(self) -> bool:
        """Is one left?"""
        return self.settled < self.faces

    def __str__(self) -> str:
        noun = "face" if self.faces == 1 else "faces"
        return f"{self.faces} {noun} found, {self.settled} accounted for"


def counted(found: list[Found]) -> Counted:
    """How far the author is with the faces of a photo."""
    faces = [one for one in found if one.is_face]
    return Counted(len(faces), sum(not one.is_open for one in faces))


def photos_looked_through(case: Case) -> Iterator[Finding]:
    """A photo that could not be looked at is not checked, and that holds the post."""
    for number, picture in _asked(case):
        state = case.whole.look_state(picture)
        if state in {"", Look.State.FAILED}:
            yield case.book.finding(
                "picture_ready",
                f"Photo {number} is not checked: GoLive could not look at it for faces and "
                "writing. Let it try again, or save the photo as a new JPEG and add that.",
                subject=f"look:{picture.pk}",
                picture=picture.pk,
                ways=(
                    Way(
                        "Try again",
                        "look_again",
                        "It is looked at in the background",
                        (("picture", str(picture.pk)),),
                    ),
                    Way(
                        f"Take photo {number} out",
                        "remove_picture",
                        "Then add another one",
                        (("picture", str(picture.pk)),),
                    ),
                ),
            )
        elif state != Look.State.DONE:
            yield case.book.finding(
                "picture_ready",
                f"Photo {number} is not checked yet: GoLive is looking for faces and writing. You "
                "can go on meanwhile.",
                subject=f"look:{picture.pk}",
                picture=picture.pk,
            )


def faces_accounted_for(case: Case) -> Iterator[Finding]:
    """Each face that was found is somebody's in the list, or no face."""
    for number, picture in _asked(case):
        count = counted(case.whole.found_in(picture))
        if count.is_open:
            yield case.book.finding(
                "people_accounted",
                f"{count} in photo {number}. Say whose each face is, that somebody cannot be "
                "identified, or that it is no face.",
                subject=f"faces:{picture.pk}",
                picture=picture.pk,
            )


def writing_looked_at(case: Case) -> Iterator[Finding]:
    """Writing that looks like a name or a detail, or could not be read, has been looked at."""
    for number, picture in _asked(case):
        # What is covered wherever the photo is shown can be read by nobody.
        sights = case.whole.sights(picture)
        hints = {
            one.hint
            for one in case.whole.found_in(picture)
            if not one.is_face and one.is_open and any(s.shows(one) for s in sights)
        }
        if hints:
            yield case.book.finding(
                "nothing_readable",
                f"There is writing in photo {number} that {_said(hints)}. Look at it: cover it, "
                "use another photo, or say that it tells nobody.",
                subject=f"writing:{picture.pk}",
                picture=picture.pk,
            )


def _said(hints: set[str]) -> str:
    return joined([str(hint.label) for hint in Found.Hint if hint.value in hints])


def _asked(case: Case) -> Iterator[tuple[int, Picture]]:
    if case.whole.post.content_form >= SINCE_FORM:
        for number, picture in enumerate(case.whole.pictures, 1):
            if picture.is_ready:
                yield number, picture
