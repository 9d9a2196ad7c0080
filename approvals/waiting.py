"""The queue as a Head reads it: of each waiting post who is shown where, and what may make it late.

Built for a whole page of the queue at once, from the frozen content: the number of queries does not
grow with the posts, their photos or the people in them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cached_property
from typing import Any

from approvals.changes import sentence
from approvals.models import Submission
from approvals.stopped import Told
from consents.models import Kind
from consents.rules import Permissions, adult_permissions, permissions_by_purpose
from policy.models import Channel
from posts.models import SHOWING_NEEDS, Appearance
from schools import clock

SOON = timedelta(hours=2)
_NAMED = "named"

# Is it an adult, and which one?
Who = tuple[bool, int]


@dataclass(frozen=True)
class Mark:
    """One channel of one post: may everybody be shown there? `kind`: yes, no or none."""

    name: str
    kind: str
    words: str


@dataclass(frozen=True)
class Line:
    """One post that waits."""

    submission: Submission
    marks: list[Mark]
    people: int
    warnings: int
    changes: str
    late: list[str]
    photos: list[int] = field(default_factory=list)

    @property
    def title(self) -> str:
        """What it is called, as it was put before the Head."""
        return str(self.submission.content["title"] or self.submission.post.heading)


class Waiting:
    """The lines of one page, for submissions from `for_queue()`. Three queries."""

    def __init__(
        self, submissions: Iterable[Submission], stops: Iterable[Told], *, at: datetime
    ) -> None:
        self.submissions, self.at = list(submissions), at
        self.stops = {stop.post_id: stop for stop in stops}

    def lines(self) -> list[Line]:
        """Each waiting post, in the order given."""
        return [self._line(submission) for submission in self.submissions]

    @cached_property
    def _channels(self) -> dict[int, Channel]:
        ids = {p["channel"] for s in self.submissions for p in s.content["channels"]}
        return Channel.objects.select_related("platform").in_bulk(ids)

    @cached_property
    def _platforms(self) -> set[int]:
        return {channel.platform_id for channel in self._channels.values()}

    @cached_property
    def _permitted(self) -> dict[str | None, Permissions]:
        """By what the posts are for."""
        rows = [r["child"] for s in self.submissions for r in s.content["people"]]
        named = [pk for s in self.submissions for pk in s.content["named"]]
        children = {pk for pk in [*rows, *named] if pk is not None}
        kinds = (Kind.PHOTO, Kind.WORK, Kind.FIRST_NAME, Kind.FULL_NAME)
        purposes = {s.content["purpose"] or None for s in self.submissions}
        return permissions_by_purpose(children, self._platforms, kinds, purposes)

    @cached_property
    def _adults(self) -> Permissions:
        rows = [r["adult"] for s in self.submissions for r in s.content["people"]]
        return adult_permissions({pk for pk in rows if pk is not None}, self._platforms)

    def _line(self, submission: Submission) -> Line:
        content = submission.content
        before = getattr(submission, "content_before", None)
        return Line(
            submission=submission,
            marks=[self._mark(content, part) for part in content["channels"]],
            people=len({who for part in content["channels"] for who in _people(content, part)}),
            warnings=getattr(submission, "warnings", None) or 0,
            changes=sentence(before, content) if before else "",
            late=list(self._late(submission)),
            photos=list(dict.fromkeys(p["picture"] for p in _photos(content))),
        )

    def _mark(self, content: dict[str, Any], part: dict[str, Any]) -> Mark:
        channel = self._channels.get(part["channel"])
        name = channel.platform.name if channel else part["platform"]
        people = _people(content, part)
        if not people:
            shown = {p["picture"] for p in part["photos"]}
            somebody = any(r["picture"] in shown for r in content["people"])
            return Mark(name, "none", "nobody recognisable" if somebody else "nobody shown")
        verb = "named" if all(kinds == {_NAMED} for kinds in people.values()) else "shown"
        permitted = self._permitted[content["purpose"] or None]
        missing = sum(
            1 for who, kinds in people.items() if not self._may(who, kinds, channel, permitted)
        )
        if missing:
            return Mark(name, "no", f"{missing} of {len(people)} cannot be {verb}")
        return Mark(name, "yes", f"{'all ' if len(people) > 1 else ''}{len(people)} may be {verb}")

    def _may(
        self, who: Who, kinds: set[str], channel: Channel | None, permitted: Permissions
    ) -> bool:
        if channel is None:
            return False
        is_adult, pk = who
        where = channel.platform_id
        if is_adult:
            return self._adults.permits(pk, where, Kind.PHOTO)
        named = _NAMED not in kinds or permitted.permits_name(pk, where, Kind.FIRST_NAME)
        return named and all(
            permitted.permits(pk, where, SHOWING_NEEDS[kind]) for kind in kinds - {_NAMED}
        )

    def _late(self, submission: Submission) -> Iterator[str]:
        """Why it may be late, or not go out at all, in whole sentences."""
        due = submission.goes_out_at
        if due is not None and due <= self.at:
            yield "Its time has passed. It is not sent late: it goes back for a new time."
        elif due is not None and due <= self.at + SOON:
            yield f"If nobody decides before {clock.clock(due)}, it is not sent late: it goes back."
        stop = self.stops.get(submission.post_id)
        if stop is not None:
            yield f"{stop.who} pressed Stop: {stop.reason}"
        for part in submission.content["channels"]:
            channel = self._channels.get(part["channel"])
            if channel is None or not channel.is_active:
                yield f"{part['account']} is no longer used."
            elif channel.paused_at is not None:
                yield f"{channel.platform.name} is paused. Nothing goes there for now."


def _photos(content: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for part in content["channels"]:
        yield from part["photos"]


def _people(content: dict[str, Any], part: dict[str, Any]) -> dict[Who, set[str]]:
    """Who can be recognised in what this channel shows, whose work it is, or who is named; and in
    which of these ways."""
    shown = {photo["picture"] for photo in part["photos"]}
    found: dict[Who, set[str]] = {}
    for row in content["people"]:
        if row["picture"] in shown and row["kind"] in SHOWING_NEEDS:
            who = (row["kind"] == Appearance.Kind.ADULT, row["child"] or row["adult"])
            found.setdefault(who, set()).add(row["kind"])
    for pk in content["named"]:
        found.setdefault((False, pk), set()).add(_NAMED)
    return found
