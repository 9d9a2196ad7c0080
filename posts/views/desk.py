"""What the composer's page shows beside the form: rows for channels and photos, findings, previews.

Built from one verdict; the page asks the database only whom the office was asked about, and who
decides.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.forms import BoundField

from consents.words import joined
from policy.findings import Finding
from policy.models import Channel
from posts import mends
from posts.checks import Verdict
from posts.declaring import Statement, checklist, said_beside
from posts.forms import DraftForm
from posts.models import Picture, Wording
from posts.origins import sentences
from posts.views.boxes import Box, boxes
from posts.views.groups import OF_A_PHOTO, Group, Shown
from posts.words.counting import Count, count
from schools.models import User
from schools.roles import Permission


@dataclass(frozen=True)
class ChannelRow:
    """A channel to choose, with its own words and how long they are."""

    channel: Channel
    chosen: bool
    ticked: bool
    own: BoundField
    has_own: bool
    too_long: bool
    count: Count | None
    stopped: bool


@dataclass(frozen=True)
class PhotoRow:
    """A photo in the list."""

    number: int
    picture: Picture
    alt: BoundField
    decorative: BoundField
    people: int
    left_out: tuple[tuple[Channel, str], ...]
    stopped_on: tuple[str, ...]
    origin: str


class Desk:
    """The composer's right-hand side and rows."""

    def __init__(self, verdict: Verdict, form: DraftForm, user: User) -> None:
        self.verdict, self.form, self.user = verdict, form, user
        self.whole = verdict.case.whole

    @cached_property
    def findings(self) -> list[Shown]:
        """What stands between this post and its Head, blocks first; answered warnings last."""
        found = boxes(self.verdict, [f for f in self.verdict.findings if self._is_of_use(f)])
        found.sort(key=lambda box: box.answer is not None)
        return [
            Shown(
                box,
                f"f{number}",
                self._about(box),
                self._who(box.finding),
                self._number(box.finding),
            )
            for number, box in enumerate(found, 1)
        ]

    @cached_property
    def groups(self) -> list[Group]:
        """The same in the same order; what one photo needs under one heading, at the first."""
        found: dict[object, list[Shown]] = {}
        for s in self.findings:
            finding = s.box.finding
            together = finding.rule in OF_A_PHOTO
            found.setdefault(finding.picture if together else s.anchor, []).append(s)
        numbers = {p.pk: n for n, p in enumerate(self.whole.pictures, 1)}
        return [
            Group(tuple(some), numbers.get(some[0].box.finding.picture or 0, 0))
            if len(some) > 1
            else Group(tuple(some))
            for some in found.values()
        ]

    @property
    def open_count(self) -> int:
        """How many things are left for the author; a photo is one."""
        return sum(1 for group in self.groups if group.is_open)

    @cached_property
    def decider(self) -> str:
        """Who decides, by name where it is one person. Empty where nobody could. One query."""
        school, own = self.whole.post.school, {self.whole.post.author_id, self.user.pk}
        heads = User.objects.who_may(Permission.POST_APPROVE, school).exclude(pk__in=own)[:2]
        several = f"{self.verdict.case.book.called.a} of {school.short_name}"
        return several if len(heads) > 1 else "".join(head.name for head in heads)

    @property
    def checklist(self) -> list[Statement]:
        """The lines to tick before it is sent."""
        return checklist(self.verdict.case.book)

    @property
    def said_beside(self) -> list[Statement]:
        """What sending it says."""
        return said_beside(self.verdict.case.book, "submit")

    @property
    def may_go(self) -> bool:
        """Can it be sent to the Head now?"""
        return self.verdict.may_go

    @cached_property
    def channels(self) -> list[ChannelRow]:
        """Every channel of the school, chosen or not."""
        wordings = {w.channel_id: w for w in self.whole.wordings}
        return [self._channel(c, wordings.get(c.pk)) for c in self.form.usable]

    @cached_property
    def photos(self) -> list[PhotoRow]:
        """Every photo with what it still needs."""
        return [self._photo(n, p) for n, p in enumerate(self.whole.pictures, 1)]

    @property
    def waiting(self) -> int:
        """Photos still being prepared."""
        return sum(1 for p in self.whole.pictures if p.state in {"waiting", "working"})

    @property
    def prepared(self) -> int:
        """Photos done."""
        return len(self.whole.pictures) - self.waiting

    def previews(self) -> Iterator[dict[str, Any]]:
        """Each chosen channel as it will look. A photo that may not go there is not shown there."""
        for wording in self.whole.wordings:
            channel = wording.channel
            refused = self._refused_on(channel)
            shown = [p for p in self.whole.shown_on(channel) if p.pk not in refused]
            yield {
                "channel": channel,
                "text": self.whole.text_on(wording),
                "title": self.whole.post.title,
                "pictures": [
                    (p, not self.whole.shape_on(p, channel).is_plain) for p in shown if p.is_ready
                ],
                "number": len(shown),
                "missing": self._missing(refused),
                "anchor": next(iter(refused.values()), ""),
                "stopped": bool(self._blocks(channel)),
            }

    def _refused_on(self, channel: Channel) -> dict[int, str]:
        """The photos with somebody in them who may not be shown there, and where that is said."""
        return {
            s.box.finding.picture: s.anchor
            for s in reversed(self.findings)
            if s.box.finding.picture and s.box.finding.blocks and channel.pk in s.box.channels
        }

    def _missing(self, refused: dict[int, str]) -> str:
        numbers = [str(n) for n, p in enumerate(self.whole.pictures, 1) if p.pk in refused]
        if not numbers:
            return ""
        are = "is" if len(numbers) == 1 else "are"
        noun = "Photo" if len(numbers) == 1 else "Photos"
        return f"{noun} {joined(numbers)} {are} not here yet"

    def _about(self, box: Box) -> str:
        """Which photo it is, and where it can stay as it is."""
        for number, picture in enumerate(self.whole.pictures, 1):
            if picture.pk != box.finding.picture:
                continue
            if picture.state == Picture.State.REFUSED:
                return f"The file is called {picture.original_name}." * bool(picture.original_name)
            if mends.is_of_file(box.finding):
                return (
                    f"The file is called “{picture.original_name}”. That name never goes out: what "
                    "is published gets a plain one. If the pupil is in the photo, say so there."
                )
            if box.channels:
                which = f"This is about photo {number}." if len(self.whole.pictures) > 1 else ""
                return f"{which} {self._may_stay(picture)}".strip()
        return ""

    def _may_stay(self, picture: Picture) -> str:
        stopped = {c for f in self._of(picture) for c in f.channels}
        free = [
            c.platform.name
            for c in self.whole.channels
            if c.pk not in stopped and (picture.pk, c.pk) not in self.whole.left_out
        ]
        return f"The photo can stay as it is on {joined(free)}." if free else ""

    def _number(self, finding: Finding) -> int:
        """Of the photo it is about, where that can be worked on; else 0."""
        ready = ((n, p) for n, p in enumerate(self.whole.pictures, 1) if p.is_ready)
        return next((n for n, p in ready if p.pk == finding.picture), 0)

    def _who(self, finding: Finding) -> str:
        """Who can mend it; its author is "you"."""
        is_author = self.whole.post.author_id == self.user.pk
        who = finding.who_can_mend
        return who.replace("the author", "you", 1) if is_author else who

    def _is_of_use(self, finding: Finding) -> bool:
        """A photo that cannot be used is taken out; nobody looks at it or describes it first."""
        unusable = {p.pk for p in self.whole.pictures if p.state == Picture.State.REFUSED}
        return finding.rule == "picture_ready" or finding.picture not in unusable

    def _of(self, picture: Picture) -> list[Finding]:
        return [f for f in self.verdict.findings if f.picture == picture.pk and f.blocks]

    def _blocks(self, channel: Channel) -> list[Finding]:
        return [f for f in self.verdict.findings if f.blocks and channel.pk in f.channels]

    def _channel(self, channel: Channel, wording: Wording | None) -> ChannelRow:
        words = self.whole.text_on(wording) if wording else self.whole.post.text
        return ChannelRow(
            channel=channel,
            chosen=wording is not None,
            ticked=str(channel.pk) in self._ticked,
            own=self.form[f"own_{channel.pk}"],
            has_own=bool(wording and wording.text) or bool(self.form[f"own_{channel.pk}"].value()),
            too_long=any(s.box.shorten == channel.pk for s in self.findings),
            count=count(words, channel.platform.limits),
            stopped=bool(wording and self._blocks(channel)),
        )

    @cached_property
    def _ticked(self) -> set[str]:
        """The channels as the form has them, saved or not."""
        return {str(pk) for pk in self.form["channels"].value() or []}

    def _photo(self, number: int, picture: Picture) -> PhotoRow:
        out = tuple(
            (c, f"put_back picture={picture.pk} channel={c.pk}")
            for c in self.whole.channels
            if (picture.pk, c.pk) in self.whole.left_out
        )
        mine = self._of(picture)
        names = {c.pk: c.platform.name for c in self.whole.channels}
        return PhotoRow(
            number=number,
            picture=picture,
            alt=self.form[f"alt_{picture.pk}"],
            decorative=self.form[f"decorative_{picture.pk}"],
            people=len(picture.appearances.all()),
            left_out=out,
            origin=sentences.said(picture),
            stopped_on=tuple(dict.fromkeys(names[c] for f in mine for c in f.channels)),
        )
