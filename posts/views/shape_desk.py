"""What the page of covers and crops shows: places to cover, covers, the crop, each version."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from consents.words import joined
from policy.models import Channel
from posts.checks import Verdict
from posts.hiding import Sight, box_of, said_of
from posts.marks import ACROSS
from posts.models import Cover, Found, Picture
from posts.photos.render import CannotRender, planned
from posts.photos.shape import LEAST_ROUND, Framing, Shape, around, corners, turn
from posts.renditions import spec_for
from posts.seeing.boxes import Box
from posts.views.places import legible, letter
from schools.clock import noun


@dataclass(frozen=True)
class Numbers:
    """A box as a form has it: percent of the photo."""

    left: str
    top: str
    width: str
    height: str

    @classmethod
    def of(cls, box: Box) -> Numbers:
        """Rounded to what a pointer can aim at."""
        return cls(*(f"{value * 100:.2f}".rstrip("0").rstrip(".") for value in box))


@dataclass(frozen=True)
class Drawn:
    """A box as the overlay draws it."""

    left: int
    top: int
    width: int
    height: int
    tag: str = ""
    kind: str = ""

    @property
    def middle(self) -> tuple[float, float]:
        """Of an oval."""
        return self.left + self.width / 2, self.top + self.height / 2

    @property
    def half(self) -> tuple[float, float]:
        """Half its width and height."""
        return self.width / 2, self.height / 2


@dataclass(frozen=True)
class Place:
    """A face, a line of writing or a marked person, to be covered with one press."""

    value: str
    tag: str
    label: str
    detail: str
    box: Box
    hidden: str
    is_writing: bool = False


@dataclass(frozen=True)
class Version:
    """The photo as one channel gets it. `problem`: why it cannot."""

    channel: Channel
    words: str
    problem: str
    is_out: bool
    warns: bool


@dataclass(frozen=True)
class Row:
    """A cover with its number, and whether it belongs to the channel looked at alone."""

    number: int
    cover: Cover
    where: str
    over: str
    numbers: Numbers


class ShapeDesk:
    """One photo and the channel looked at (None: all). From one verdict; asks nothing more than
    whether there is a change to take back."""

    def __init__(self, verdict: Verdict, picture: Picture, channel: Channel | None = None) -> None:
        self.whole = verdict.case.whole
        self.verdict, self.channel = verdict, channel
        pictures = self.whole.pictures
        self.number = [p.pk for p in pictures].index(picture.pk) + 1
        self.picture = pictures[self.number - 1]
        self.sight = self.whole.sight(self.picture, channel)

    @property
    def tall(self) -> int:
        """Height of the overlay's canvas."""
        return round(ACROSS / self.sight.ratio)

    @cached_property
    def places(self) -> list[Place]:
        """Faces with whose they are, whoever else was marked, then writing."""
        return [*self._faces(), *self._marked(), *self._writing()]

    @cached_property
    def rows(self) -> list[Row]:
        """Covers that count for the channel looked at, in the order they were made."""
        target = self.channel.pk if self.channel else None
        names = {c.pk: c.platform.name for c in self.whole.channels}
        every = enumerate(self.picture.covers.all(), 1)
        return [
            Row(
                n,
                c,
                f"only on {names.get(c.channel_id, 'one channel')}" if c.channel_id else "",
                joined([p.label for p in self.places if c.patch.hides(around(p.box, LEAST_ROUND))]),
                Numbers.of(c.patch.box),
            )
            for n, c in every
            if c.channel_id in {None, target} or target is None
        ]

    @property
    def outlines(self) -> list[Drawn]:
        """What can be covered with one press."""
        kinds = {True: "drawn", False: ""}
        return [self._drawn(p.box, p.tag, kinds[p.is_writing]) for p in self.places]

    @property
    def drawn(self) -> list[Drawn]:
        """The covers that count here."""
        return [self._drawn(r.cover.patch.box, "", r.cover.form) for r in self.rows]

    @property
    def to_crop(self) -> Numbers:
        """The crop as its form has it."""
        return Numbers.of(self.framing.box)

    @property
    def to_add(self) -> Numbers:
        """A first cover, in the middle."""
        return Numbers.of(Box(0.4, 0.35, 0.2, 0.3))

    @property
    def degrees(self) -> str:
        """How far it is turned, as its form has it."""
        return f"{self.framing.degrees:g}"

    @property
    def framing(self) -> Framing:
        """What is shown of it on the channel looked at."""
        return self.sight.shape.framing

    @property
    def crop(self) -> str:
        """The edge of what is shown, as points of the overlay; empty: all of it."""
        framing = self.framing
        if Shape(framing=Framing(framing.box, framing.degrees)).is_plain:
            return ""
        back = (turn(p, -framing.degrees, self.sight.ratio) for p in corners(framing.box))
        return " ".join(f"{x * ACROSS:.0f},{y * self.tall:.0f}" for x, y in back)

    @cached_property
    def versions(self) -> list[Version]:
        """The photo as each channel gets it."""
        return [self._version(channel) for channel in self.whole.channels]

    @property
    def warned(self) -> str:
        """Channels where some are covered and others can be seen."""
        return joined([v.channel.platform.name for v in self.versions if v.warns])

    @property
    def may_cover_everyone(self) -> bool:
        """Is it known where everybody is?"""
        return self.sight.can_cover_everyone

    @property
    def is_everyone_covered(self) -> bool:
        """Is nobody left to be covered?"""
        return not self.sight.to_cover()

    @cached_property
    def can_go_back(self) -> bool:
        """Is there a change to take back? One query."""
        return self.picture.shape_steps.exists()

    @property
    def is_touched(self) -> bool:
        """Is anything done to it on any channel?"""
        return bool(self.picture.covers.all() or self.picture.frames.all())

    def _drawn(self, box: Box, tag: str, kind: str) -> Drawn:
        left, width = round(box.left * ACROSS), round(box.width * ACROSS)
        top, height = round(box.top * self.tall), round(box.height * self.tall)
        return Drawn(left, top, width, height, tag, kind)

    def _version(self, channel: Channel) -> Version:
        if not self.whole.is_shown(self.picture, channel):
            return Version(channel, "Left out", "", is_out=True, warns=False)
        sight = self.whole.sight(self.picture, channel)
        try:
            size = (self.picture.width, self.picture.height)
            planned(size, sight.shape, spec_for(channel.platform))
            problem = ""
        except CannotRender as error:
            problem = str(error)
        return Version(channel, _words(sight), problem, is_out=False, warns=sight.is_told_apart)

    def _faces(self) -> Iterator[Place]:
        people = {a.pk: a for a in self.sight.people}
        for number, found in enumerate((f for f in self.sight.found if f.is_face), 1):
            whose = people.get(found.appearance_id or 0)
            if found.is_nobody:
                continue
            name = said_of(whose) if whose else "nobody has said whose it is"
            yield self._place(f"found:{found.pk}", f"{number}", f"Face {number}", name, found)

    def _marked(self) -> Iterator[Place]:
        for a in self.sight.people:
            if a.left is not None and not any(f.appearance_id == a.pk for f in self.sight.found):
                hidden = self.sight.shape.hides(a.box, self.sight.ratio)
                yield Place(
                    f"person:{a.pk}", "•", said_of(a), "marked by hand", a.box, hidden or ""
                )

    def _writing(self) -> Iterator[Place]:
        lines = [f for f in self.sight.found if not f.is_face]
        for number, found in enumerate(lines):
            tag = letter(number)
            text = legible(found)
            said = f"“{text}”" if text else "writing we could not read"
            yield self._place(f"found:{found.pk}", tag, f"Writing {tag}", said, found)

    def _place(self, value: str, tag: str, label: str, detail: str, found: Found) -> Place:
        box = box_of(found)
        hidden = self.sight.shape.hides(box, self.sight.ratio) or ""
        return Place(value, tag, label, detail, box, str(hidden), not found.is_face)


def _words(sight: Sight) -> str:
    framing, people = sight.shape.framing, [a for a in sight.people if a.kind != "work"]
    done = ["Whole" if framing.box == Framing().box else "Cropped"]
    done += ["straightened"] * bool(framing.degrees) + ["with a border"] * framing.has_border
    if people and sight.shows_nobody:
        return f"{', '.join(done)}, nobody can be seen"
    covers = len(sight.shape.patches)
    done += [noun(covers, "cover", "covers")] * bool(covers)
    seen = [a for a in sight.shown if a.kind != "work"]
    return ", ".join([*done, noun(len(seen), "person", "people")])
