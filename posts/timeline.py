"""Events of a post as a person reads them: who did what, when."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from audit.models import Event
from schools.models import User

# Every verb written about a post has its words here; a test keeps the list whole.
WORDS = {
    "post.started": "started it",
    "post.changed": "changed it",
    "post.submitted": "sent it for approval",
    "post.approved": "approved it",
    "post.extra_yes": "said yes to it as well",
    "post.returned": "returned it",
    "post.declined": "declined it",
    "post.taken_back": "took it back",
    "post.withdrawn": "withdrew it",
    "post.stopped": "pressed Stop",
    "post.resumed": "let it go on",
    "post.reopened": "gave it back to be given a new time",
    "post.expired": "saw its time pass undecided",
    "post.queued": "made it ready to go out",
    "post.warning_answered": "answered a warning",
    "post.question_asked": "asked a question about it",
    "post.question_answered": "answered a question about it",
    "post.returned_after_sending": "gave it back: nothing could be sent",
    "post.expired_after_sending": "gave it back: it was too late to send",
    "post.closed_after_sending": "closed it",
    "delivery.sent": "sent it",
    "delivery.refused": "did not send it: a rule said no",
    "delivery.failed": "could not send it: the platform said no",
    "delivery.unknown": "does not know if it was sent",
    "delivery.settled_there": "looked: it is there",
    "delivery.settled_not_there": "looked: it is not there",
    "delivery.sent_again": "asked to send it again",
    "delivery.given_up": "left it unsent",
    "delivery.package_opened": "opened the package to post it",
    "delivery.not_posted": "did not post it",
    "delivery.taking_down": "began to take it down",
    "delivery.taken_down": "took it down",
    "delivery.cannot_take_down": "could not take it down",
    "delivery.stays_and_told": "said that it stays there, and that whoever had to know was told",
}

# Whoever pressed Stop or lifted it is not named here: it may be the safeguarding lead (P3, R-043).
NOT_NAMED = frozenset({"post.stopped", "post.resumed"})
SOMEBODY = "Somebody at the school"

# Said of a person, who posts by hand and tells GoLive of it.
BY_HAND = {"delivery.sent": "says that it is posted, by hand"}


@dataclass(frozen=True)
class Line:
    """One line of a time line; several saves in a row are one."""

    at: datetime
    who: str
    what: str


def lines(events: Iterable[Event], people: Mapping[int, User]) -> list[Line]:
    """The time line, oldest first."""
    found: list[Line] = []
    for event in events:
        person = people.get(event.actor_id) if event.actor_id else None
        what = (person and BY_HAND.get(event.verb)) or WORDS[event.verb]
        who = SOMEBODY if event.verb in NOT_NAMED else person.name if person else "GoLive"
        line = Line(event.at, who, what)
        if found and event.verb == "post.changed" and _same(found[-1], line):
            found.pop()
        found.append(line)
    return found


def _same(one: Line, other: Line) -> bool:
    return (one.who, one.what) == (other.who, other.what)
