"""The decision page's view of a submission: the exact post per channel, each photo, what the rules
say, what changed, and what pressing each button will do.

Everything is read from one verdict and from frozen content, so the page asks no more queries.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from approvals import changes
from approvals.models import Submission
from consents.words import joined
from policy.findings import Finding
from policy.models import Channel
from posts.checks import Verdict
from posts.hiding import said_of
from posts.models import Appearance, Picture, WarningAnswer
from posts.origins import sentences
from posts.photos.shape import Hidden
from posts.spoken import found_words
from schools import clock


@dataclass(frozen=True)
class View:
    """One channel as it will show the post, from the frozen content."""

    channel: Channel
    text: str
    title: str
    photos: list[dict[str, Any]]
    is_current: bool


@dataclass(frozen=True)
class Look:
    """One photo to look at, with who is said to be in it and where it is shown."""

    number: int
    picture: Picture
    people: list[str]
    unknown: int
    machine: str
    shown_on: str
    left_out_on: str
    origin: str
    file: str
    hidden: tuple[str, ...]
    told_apart_on: str


@dataclass(frozen=True)
class Asked:
    """A warning with what the author answered."""

    finding: Finding
    answer: WarningAnswer | None


@dataclass(frozen=True)
class Choice:
    """A channel that can be approved, or why it cannot."""

    channel: Channel
    blockers: list[Finding]


class DecisionDesk:
    """Everything one screen answers. `found` is what stops approving now, for all channels."""

    def __init__(
        self,
        submission: Submission,
        before: Submission | None,
        verdict: Verdict,
        found: list[Finding],
        shown_as: str = "",
    ) -> None:
        self.submission, self.before, self.verdict = submission, before, verdict
        self.found, self.shown_as = found, shown_as
        self.whole = verdict.case.whole

    @property
    def channels(self) -> list[Channel]:
        """The channels put before the Head."""
        return self.whole.channels

    @cached_property
    def views(self) -> list[View]:
        """Each channel as it will show the post; one of them is looked at."""
        by_pk = {str(c.pk): c for c in self.channels}
        content = self.submission.content
        parts = [p for p in content["channels"] if str(p["channel"]) in by_pk]
        asked = {str(p["channel"]) for p in parts}
        chosen = self.shown_as if self.shown_as in asked else str((parts or [{}])[0].get("channel"))
        return [
            View(
                channel=by_pk[str(part["channel"])],
                text=part["text"],
                title=content["title"],
                photos=part["photos"],
                is_current=str(part["channel"]) == chosen,
            )
            for part in parts
        ]

    @property
    def view(self) -> View | None:
        """The channel looked at."""
        return next((v for v in self.views if v.is_current), None)

    @cached_property
    def photos(self) -> list[Look]:
        """Each photo, large, in the author's order."""
        return [self._look(n, p) for n, p in enumerate(self.whole.pictures, 1)]

    @property
    def everywhere(self) -> list[Finding]:
        """What stops it on every channel."""
        return [f for f in self.found if not f.channels]

    @cached_property
    def choices(self) -> list[Choice]:
        """Each channel with what stops it there alone."""
        return [Choice(c, [f for f in self.found if c.pk in f.channels]) for c in self.channels]

    @property
    def free(self) -> list[Channel]:
        """The channels it can be approved for now."""
        return [] if self.everywhere else [c.channel for c in self.choices if not c.blockers]

    @property
    def asked(self) -> list[Asked]:
        """The warnings and what the author answered."""
        return [Asked(f, self.verdict.answer(f)) for f in self.verdict.findings if f.asks]

    @property
    def changed(self) -> str:
        """What changed since the last time, in a sentence; empty the first time."""
        if self.before is None:
            return ""
        return changes.sentence(self.before.content, self.submission.content)

    @cached_property
    def words_changed(self) -> list[changes.WordsChanged]:
        """The words, word by word."""
        if self.before is None:
            return []
        names = {c.pk: c.platform.name for c in self.channels}
        return changes.words_changed(self.before.content, self.submission.content, names)

    @property
    def all_button(self) -> str:
        """What the button says that approves everything."""
        if len(self.channels) == 1:
            return f"Approve for {self.channels[0].platform.name}"
        return f"Approve for all {len(self.channels)} channels"

    @property
    def when(self) -> str:
        """When it goes out, for "Goes out …"."""
        due = self.submission.goes_out_at
        return clock.when(due) if due else "as soon as you approve"

    @property
    def effect(self) -> list[tuple[str, str]]:
        """What approving does: terms and words."""
        accounts = [f"{c.platform.name} ({c.name})" for c in self.channels]
        rows = [("Where", f"{joined(accounts)}, for {self.submission.post.school.name}")]
        by_hand = [c.platform.name for c in self.channels if not c.is_automatic]
        if by_hand:
            rows.append(("By hand", f"An authorised user posts it to {joined(by_hand)}"))
        return rows

    def _look(self, number: int, picture: Picture) -> Look:
        out = [c for c in self.channels if (picture.pk, c.pk) in self.whole.left_out]
        shown = [c for c in self.channels if c not in out]
        people = [
            p.label
            for p in self.verdict.people()
            if picture.pk in p.pictures and p.kind != Appearance.Kind.UNIDENTIFIABLE
        ]
        unknown = sum(
            1 for a in picture.appearances.all() if a.kind == Appearance.Kind.UNIDENTIFIABLE
        )
        return Look(
            number=number,
            picture=picture,
            people=people,
            unknown=unknown,
            machine=found_words(self.whole.found_in(picture), self.whole.people_in(picture)),
            shown_on=joined([c.platform.name for c in shown]),
            left_out_on=joined([c.platform.name for c in out]),
            origin=sentences.said(picture),
            file=sentences.file_told(picture),
            hidden=tuple(self._hidden(picture, shown)),
            told_apart_on=joined(
                [c.platform.name for c in shown if self.whole.sight(picture, c).is_told_apart]
            ),
        )

    def _hidden(self, picture: Picture, shown: list[Channel]) -> Iterator[str]:
        """Who is in it and cannot be seen there, a sentence for all channels that hide the same."""
        where: dict[tuple[str, str], list[str]] = {}
        for channel in shown:
            sight = self.whole.sight(picture, channel)
            for how in Hidden:
                who = joined([said_of(a) for a in sight.people if sight.hidden.get(a.pk) is how])
                if who:
                    where.setdefault((how.capitalize(), who), []).append(channel.platform.name)
        for (start, who), names in where.items():
            yield f"{start} on {joined(names)}: {who}"


def approved_words(submission: Submission, channels: list[Channel]) -> str:
    """What the press did: where it goes, when, who posts it, and that it can be stopped."""
    names = joined([c.platform.name for c in channels])
    number = clock.noun(len(channels), "channel", "channels")
    due = submission.goes_out_at
    said = [f"Approved for {number}: {names}."]
    by_machine = [c.platform.name for c in channels if c.is_automatic]
    by_hand = [c.platform.name for c in channels if not c.is_automatic]
    if by_machine:
        said.append(f"It goes out {clock.when(due) if due else 'within a minute'}.")
    if by_hand:
        from_when = f"from {clock.when(due)}" if due else "now"
        said.append(f"An authorised user can post it to {joined(by_hand)} {from_when}.")
    return " ".join([*said, "You can still stop it."])
