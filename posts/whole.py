"""Everything about one post that the checks and pages ask, loaded in a fixed number of queries."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property

from consents.models import Adult, Child
from policy.models import Channel
from posts.hiding import Sight
from posts.loading import loaded, renditions
from posts.models import Appearance, Found, Picture, Post, Rendition, WarningAnswer, Wording
from posts.photos.shape import Shape

PARTS = (
    "wordings__channel__platform",
    "wordings__channel__school",
    "pictures__appearances__child",
    "pictures__appearances__adult",
    "pictures__found",
    "pictures__look",
    "pictures__covers",
    "pictures__frames",
    "pictures__left_out",
    "mentions__child",
)


@dataclass
class WholePost:
    """A post with its wordings, pictures and people in memory. Pure reading from here on."""

    post: Post
    wordings: list[Wording] = field(default_factory=list)
    pictures: list[Picture] = field(default_factory=list)
    left_out: frozenset[tuple[int, int]] = frozenset()

    @classmethod
    def load(cls, post: Post) -> WholePost:
        """About a dozen queries, whatever the size of the post. Always fresh from the database."""
        return cls.of(loaded(post.pk))

    @classmethod
    def of(cls, fresh: Post) -> WholePost:
        """A post whose `PARTS` have been fetched already, for instance of many posts at once."""
        pictures = list(fresh.pictures.all())
        left_out = {(o.picture_id, o.channel_id) for p in pictures for o in p.left_out.all()}
        return cls(fresh, list(fresh.wordings.all()), pictures, frozenset(left_out))

    @property
    def channels(self) -> list[Channel]:
        """The chosen channels, in the platform's order."""
        return [wording.channel for wording in self.wordings]

    @cached_property
    def platform_ids(self) -> list[int]:
        """The platforms concerned."""
        return sorted({channel.platform_id for channel in self.channels})

    def shown_on(self, channel: Channel) -> list[Picture]:
        """The pictures this channel will show."""
        if channel.pk not in self._shown_on:
            here = [p for p in self.pictures if self.is_shown(p, channel)]
            self._shown_on[channel.pk] = here
        return self._shown_on[channel.pk]

    def is_shown(self, picture: Picture, channel: Channel) -> bool:
        """Will this channel show it?"""
        return (picture.pk, channel.pk) not in self.left_out

    def renditions_of(self, picture: Picture) -> list[Rendition]:
        """The bytes made of it, as of the first time this is asked. One query for all pictures."""
        return self._renditions.get(picture.pk, [])

    @cached_property
    def _renditions(self) -> dict[int, list[Rendition]]:
        return renditions(self.post.pk)

    def people_in(self, picture: Picture) -> list[Appearance]:
        """Whoever is in it, or whose work."""
        return self._people_in[picture.pk]

    def people_on(self, picture: Picture, channel: Channel) -> list[Appearance]:
        """Whoever can be seen in it on this channel, or whose work: not covered, not cropped out.
        Nobody where it is left out."""
        return self.sight(picture, channel).shown if self.is_shown(picture, channel) else []

    def shape_on(self, picture: Picture, channel: Channel) -> Shape:
        """What is done to it for this channel."""
        return self.sight(picture, channel).shape

    def sight(self, picture: Picture, channel: Channel | None) -> Sight:
        """Who and what can be seen in it there; without a channel: where nothing is said of a
        channel alone."""
        key = (picture.pk, channel.pk if channel and picture.pk in self._shaped else None)
        if key not in self._sights:
            self._sights[key] = Sight.of(picture, key[1])
        return self._sights[key]

    def sights(self, picture: Picture) -> list[Sight]:
        """On each channel that shows it; before one is chosen, as it is for all of them."""
        here = [self.sight(picture, c) for c in self.channels if self.is_shown(picture, c)]
        return here or [self.sight(picture, None)]

    def found_in(self, picture: Picture) -> list[Found]:
        """Faces and writing that were found in it."""
        return self._found_in[picture.pk]

    def look_state(self, picture: Picture) -> str:
        """How far the search for them is; empty: not even asked for."""
        look = getattr(picture, "look", None)
        return look.state if look else ""

    @cached_property
    def _shown_on(self) -> dict[int, list[Picture]]:
        return {}

    @cached_property
    def _found_in(self) -> dict[int, list[Found]]:
        return {p.pk: list(p.found.all()) for p in self.pictures}

    @cached_property
    def _shaped(self) -> set[int]:
        """The pictures that any channel may show otherwise than as they are."""
        return {p.pk for p in self.pictures if p.covers.all() or p.frames.all()}

    @cached_property
    def _sights(self) -> dict[tuple[int, int | None], Sight]:
        return {}

    @cached_property
    def _people_in(self) -> dict[int, list[Appearance]]:
        return {p.pk: list(p.appearances.all()) for p in self.pictures}

    def text_on(self, wording: Wording) -> str:
        """What this channel will show: its words, and whom to thank for the photos there."""
        thanks = dict.fromkeys(p.credit for p in self.shown_on(wording.channel) if p.credit)
        if not thanks:
            return wording.words()
        named = f"{'Photo' if len(thanks) == 1 else 'Photos'}: {'; '.join(thanks)}"
        return f"{wording.words()}\n\n{named}".lstrip()

    def appearances(self) -> Iterator[tuple[Picture, Appearance]]:
        """Every appearance with its picture."""
        for picture in self.pictures:
            for appearance in self.people_in(picture):
                yield picture, appearance

    @cached_property
    def children(self) -> dict[int, Child]:
        """Everyone pictured, whose work is shown, or who is named on purpose."""
        found = {a.child_id: a.child for _, a in self.appearances() if a.child}
        found |= {m.child_id: m.child for m in self.post.mentions.all()}
        return {pk: child for pk, child in found.items() if pk is not None}

    @cached_property
    def pictured(self) -> dict[int, Child]:
        """Children who can be seen."""
        return {
            a.child_id: a.child
            for _, a in self.appearances()
            if a.kind == Appearance.Kind.CHILD and a.child and a.child_id
        }

    @cached_property
    def adults(self) -> dict[int, Adult]:
        """Adults who can be seen."""
        return {a.adult_id: a.adult for _, a in self.appearances() if a.adult and a.adult_id}

    def children_on(self, channel: Channel) -> frozenset[int]:
        """Children who can be seen, whose work is shown, or who are named, on this channel."""
        if channel.pk not in self._children_on:
            of = self._children_of
            shown = (of[p.pk] for p in self.shown_on(channel))
            mentioned = {m.child_id for m in self.post.mentions.all()}
            self._children_on[channel.pk] = frozenset(mentioned.union(*shown))
        return self._children_on[channel.pk]

    @cached_property
    def _children_on(self) -> dict[int, frozenset[int]]:
        return {}

    @cached_property
    def _children_of(self) -> dict[int, set[int]]:
        """Who is in each picture, or whose work."""
        return {
            p.pk: {a.child_id for a in self.people_in(p) if a.child_id is not None}
            for p in self.pictures
        }

    def answer(self, rule: str, subject: str) -> WarningAnswer | None:
        """The latest answer to this warning, if any."""
        found = [a for a in self.post.answers.all() if (a.rule, a.subject) == (rule, subject)]
        return found[-1] if found else None
