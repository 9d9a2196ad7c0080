"""Each photo can be made into what each platform takes: its shape and its size (R-163)."""

from __future__ import annotations

from collections.abc import Iterator

from policy.findings import Finding, Way
from policy.models import Channel
from posts.checks.case import Case
from posts.checks.people import drop_way, leave_out_way
from posts.models import Picture
from posts.photos.render import CannotRender, WrongRatio, planned
from posts.renditions import spec_for


def photos_fit(case: Case) -> Iterator[Finding]:
    """Said while there is time to crop it, not only when its bytes are made."""
    for number, picture in enumerate(case.whole.pictures, 1):
        for channel in case.whole.channels:
            if not (picture.is_ready and case.whole.is_shown(picture, channel)):
                continue
            shape = case.whole.shape_on(picture, channel)
            try:
                planned((picture.width, picture.height), shape, spec_for(channel.platform))
            except CannotRender as error:
                yield case.book.finding(
                    "fits_platform",
                    f"Photo {number} does not fit {channel.platform.name}. {error}",
                    subject=f"photo:{picture.pk}:{channel.pk}",
                    channels=(channel.pk,),
                    picture=picture.pk,
                    ways=tuple(_ways(case, number, picture, channel, error)),
                )


def _ways(
    case: Case, number: int, picture: Picture, channel: Channel, error: CannotRender
) -> Iterator[Way]:
    if isinstance(error, WrongRatio):
        fields = (("picture", str(picture.pk)), ("channel", str(channel.pk)))
        label = f"Give photo {number} a plain border on {channel.platform.name}"
        yield Way(label, "border", "All of it is shown", fields)
    yield from leave_out_way(case, number, picture, channel)
    yield drop_way(channel)
