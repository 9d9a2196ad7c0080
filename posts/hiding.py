"""Who can be seen in a photo on a channel, once it is covered and cropped for it.

Somebody is hidden there only if everything known of where they are lies under a cover or outside of
the crop: the box somebody drew, and every face that was said to be theirs. Without any box they
count as shown. So does everybody while a face that can be seen is nobody's yet: it may be theirs.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from posts.models import Appearance, Found, Picture
from posts.photos.shape import Framing, Hidden, Shape
from posts.seeing.boxes import Box


def shape_of(picture: Picture, channel: int | None) -> Shape:
    """What is done to it on this channel; None: where nothing is said of a channel alone. Reads
    `covers` and `frames`, which may have been fetched beforehand."""
    patches = {c.patch for c in picture.covers.all() if c.channel_id in {None, channel}}
    frames = {f.channel_id: f.framing for f in picture.frames.all()}
    framing = frames.get(channel, frames.get(None, Framing()))
    return Shape(tuple(sorted(patches, key=lambda p: (p.box, p.is_round))), framing)


def box_of(found: Found) -> Box:
    """Where it is."""
    return Box(found.left, found.top, found.width, found.height)


def boxes_of(appearance: Appearance, found: Iterable[Found]) -> list[Box]:
    """Everything known of where somebody is."""
    faces = [box_of(f) for f in found if f.is_face and f.appearance_id == appearance.pk]
    drawn = appearance.left is not None and appearance.box.width and appearance.box.height
    return [*faces, *([appearance.box] if drawn else [])]


def said_of(a: Appearance) -> str:
    """Who it is, as staff read it."""
    if a.child:
        return f"Work by {a.child.short_name}" if a.kind == "work" else a.child.short_name
    return a.adult.name if a.adult else "somebody who cannot be identified"


@dataclass(frozen=True)
class Sight:
    """One photo on one channel: who and what can be seen in it. In memory; asks nothing."""

    shape: Shape
    ratio: float
    people: tuple[Appearance, ...]
    found: tuple[Found, ...]
    is_looked_through: bool = False

    @classmethod
    def of(cls, picture: Picture, channel: int | None) -> Sight:
        """Reads what belongs to the picture, which may have been fetched beforehand."""
        return cls(
            shape_of(picture, channel),
            picture.width / picture.height if picture.width and picture.height else 1.0,
            tuple(picture.appearances.all()),
            tuple(picture.found.all()),
            bool(getattr(picture, "look", None) and picture.look.is_done),
        )

    @cached_property
    def hidden(self) -> dict[int, Hidden]:
        """By the key of the appearance, those who cannot be seen, and how."""
        if self.shape.is_plain or any(f.is_open and self.shows(f) for f in self.faces):
            return {}
        found = {a.pk: self._how(a) for a in self.people}
        return {pk: how for pk, how in found.items() if how is not None}

    @property
    def shown(self) -> list[Appearance]:
        """Those who can be seen, or whose work can."""
        return [a for a in self.people if a.pk not in self.hidden]

    @cached_property
    def faces(self) -> list[Found]:
        """What was found and may be a face."""
        return [f for f in self.found if f.is_face and not f.is_nobody]

    def shows(self, found: Found) -> bool:
        """Can this face or this writing be seen?"""
        return self.shape.hides(box_of(found), self.ratio) is None

    @property
    def shows_nobody(self) -> bool:
        """Were there people, and is none of them left to be seen?"""
        return bool(self.people) and not self.shown and not any(map(self.shows, self.faces))

    @property
    def is_told_apart(self) -> bool:
        """Are some covered while others can be seen? That tells everybody who may not be shown."""
        who = [self.hidden.get(a.pk) for a in self.people if a.kind != Appearance.Kind.WORK]
        return Hidden.COVERED in who and None in who

    @property
    def can_cover_everyone(self) -> bool:
        """Is it known where everybody is, and have faces been looked for?"""
        if not self.is_looked_through:
            return False
        who = [a for a in self.people if a.kind != Appearance.Kind.WORK]
        known = all(boxes_of(a, self.found) for a in who)
        return bool(who) and known and not any(f.is_open for f in self.faces)

    def to_cover(self) -> list[Box]:
        """Where everybody is who can still be seen, and their work where that has a place."""
        everywhere = [box for a in self.people for box in boxes_of(a, self.found)]
        return [box for box in everywhere if self.shape.hides(box, self.ratio) is None]

    def _how(self, appearance: Appearance) -> Hidden | None:
        ways = [self.shape.hides(box, self.ratio) for box in boxes_of(appearance, self.found)]
        if not ways or None in ways:
            return None
        return Hidden.COVERED if Hidden.COVERED in ways else Hidden.CROPPED
