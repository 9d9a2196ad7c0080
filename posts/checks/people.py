"""Protocol 1: everyone shown is known, and may be shown on that very platform."""

from __future__ import annotations

from collections.abc import Iterator

from consents.models import Child, Kind
from consents.words import cannot_be_shown, joined
from policy.findings import Finding, Way
from policy.models import Channel
from posts.checks.case import Case
from posts.models import Appearance, Picture


def everyone_accounted_for(case: Case) -> Iterator[Finding]:
    """The author has looked at each photo and says who is in it, or that nobody can be told."""
    for number, picture in enumerate(case.whole.pictures, 1):
        if not picture.people_complete:
            yield case.book.finding(
                "people_accounted",
                f"Say who is in photo {number}, or that nobody in it can be identified.",
                subject=f"{picture.pk}",
                picture=picture.pk,
            )


def children_may_be_shown(case: Case) -> Iterator[Finding]:
    """Each pictured child, on each platform that shows the picture. One finding a picture and
    channel, naming every child it concerns in the order of the list, whatever the reason."""
    yield from _per_picture(case, Appearance.Kind.CHILD, Kind.PHOTO, "photo_permission")


def work_may_be_shown(case: Case) -> Iterator[Finding]:
    """A pupil's own work needs that pupil's permission for work (R-171)."""
    yield from _per_picture(case, Appearance.Kind.WORK, Kind.WORK, "work_permission")


def adults_may_be_shown(case: Case) -> Iterator[Finding]:
    """Adults agree beforehand (R-107)."""
    for number, picture, channel in _shown(case):
        missing = [
            a.adult
            for a in case.whole.people_on(picture, channel)
            if a.adult_id
            and not case.adults.permits(a.adult_id, channel.platform_id, Kind.PHOTO)
            and a.adult
        ]
        if missing:
            names = joined([adult.name for adult in missing])
            yield case.book.finding(
                "adult_permission",
                f"{names} cannot be shown on {channel.platform.name}.",
                subject=f"{picture.pk}:{channel.pk}",
                channels=(channel.pk,),
                picture=picture.pk,
                ways=_ways(case, number, picture, channel),
            )


def _per_picture(case: Case, appears: Appearance.Kind, kind: Kind, rule: str) -> Iterator[Finding]:
    for number, picture, channel in _shown(case):
        missing = [
            a.child
            for a in case.whole.people_on(picture, channel)
            if a.kind == appears
            and a.child_id
            and not case.permitted.permits(a.child_id, channel.platform_id, kind)
            and a.child
        ]
        if missing:
            yield case.book.finding(
                rule,
                cannot_be_shown(missing, channel.platform.name, kind),
                subject=f"{picture.pk}:{channel.pk}",
                channels=(channel.pk,),
                children=tuple(child.pk for child in missing),
                picture=picture.pk,
                ways=(*_ways(case, number, picture, channel), ask_way(missing, channel, kind)),
            )


def _shown(case: Case) -> Iterator[tuple[int, Picture, Channel]]:
    for number, picture in enumerate(case.whole.pictures, 1):
        for channel in case.whole.channels:
            if case.whole.is_shown(picture, channel):
                yield number, picture, channel


def _ways(case: Case, number: int, picture: Picture, channel: Channel) -> tuple[Way, ...]:
    photo = ("picture", str(picture.pk))
    another = Way(
        "Choose another photo", "remove_picture", f"Takes photo {number} out everywhere", (photo,)
    )
    return (
        *leave_out_way(case, number, picture, channel),
        *cover_way(case, picture, channel),
        drop_way(channel),
        another,
    )


def leave_out_way(case: Case, number: int, picture: Picture, channel: Channel) -> tuple[Way, ...]:
    """Not that photo there; nothing where it is the only one and one is needed: that would mend
    nothing."""
    is_only = len(case.whole.shown_on(channel)) == 1
    if is_only and channel.platform.limit("needs_photo", default=False):
        return ()
    fields = (("picture", str(picture.pk)), ("channel", str(channel.pk)))
    left = "The words go out without a photo" if is_only else "The words and other photos stay"
    return (Way(f"Leave photo {number} out on {channel.platform.name}", "leave_out", left, fields),)


def cover_way(case: Case, picture: Picture, channel: Channel) -> tuple[Way, ...]:
    """Everyone in it, never one alone: that would tell who may not be shown. Nothing where it is
    not known of everybody where they are."""
    sight = case.whole.sight(picture, channel)
    if not picture.is_ready or not sight.can_cover_everyone or not sight.to_cover():
        return ()
    fields = (("picture", str(picture.pk)), ("channel", str(channel.pk)))
    detail = "Nobody in it can be seen there"
    return (Way(f"Cover everyone on {channel.platform.name}", "cover_everyone", detail, fields),)


def drop_way(channel: Channel) -> Way:
    """Do without this channel."""
    name = channel.platform.name
    return Way(
        f"Drop {name}", "drop_channel", "The other channels stay", (("channel", str(channel.pk)),)
    )


def ask_way(children: list[Child], channel: Channel, kind: Kind) -> Way:
    """Ask the parents, through the office. The same for every child, whatever the reason."""
    who = "the parents" if len(children) > 1 else f"{children[0].known_as}’s parents"
    fields = [("child", str(child.pk)) for child in children]
    fields += [("platform", str(channel.platform_id)), ("kind", str(kind))]
    return Way(f"Ask {who}", "ask_parents", "The office asks; the draft waits", tuple(fields))
