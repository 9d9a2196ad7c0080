"""Faces that can be clearly seen, as the trust wants it on each platform (R-156). The author says
whether they can; no machine is asked."""

from __future__ import annotations

from collections.abc import Iterator

from policy.findings import Finding
from policy.models import Channel, Platform
from posts.checks.case import Case
from posts.checks.people import cover_way, leave_out_way
from posts.checks.rights import asked
from posts.models import Picture

Faces = Platform.Faces


def faces_as_wanted(case: Case) -> Iterator[Finding]:
    """Said of each photo that goes where it matters; then stopped, or asked why."""
    if not case.book.is_on("faces_not_shown"):
        return
    for number, picture in asked(case):
        minded = [c for c in _shown(case, picture) if c.platform.faces != Faces.ALLOW]
        if minded and picture.face_clear is None:
            yield case.book.finding(
                "faces_not_shown",
                f"Say whether a face can be clearly seen in photo {number}.",
                subject=f"{picture.pk}",
                picture=picture.pk,
            )
        elif picture.face_clear:
            yield from _of(case, number, picture, minded)


def _of(case: Case, number: int, picture: Picture, minded: list[Channel]) -> Iterator[Finding]:
    for channel in minded:
        if channel.platform.faces == Faces.NOT:
            yield case.book.finding(
                "faces_not_shown",
                f"A face can be clearly seen in photo {number}, so it cannot be shown on "
                f"{channel.platform.name}.",
                subject=f"{picture.pk}:{channel.pk}",
                channels=(channel.pk,),
                picture=picture.pk,
                ways=(
                    *leave_out_way(case, number, picture, channel),
                    *cover_way(case, picture, channel),
                ),
            )
    asks = tuple(c.pk for c in minded if c.platform.faces == Faces.ASK)
    if asks:
        yield case.book.finding(
            "faces_shown",
            f"A face can be clearly seen in photo {number}. Why is it needed? A back, hands or "
            "the work itself often tell as much.",
            subject=f"{picture.pk}",
            channels=asks,
            picture=picture.pk,
        )


def _shown(case: Case, picture: Picture) -> list[Channel]:
    """Where it is shown with anybody to be seen in it."""
    whole = case.whole
    here = [c for c in whole.channels if whole.is_shown(picture, c)]
    return [c for c in here if not whole.sight(picture, c).shows_nobody]
