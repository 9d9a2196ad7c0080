"""One invented post: what it says, what it shows, and what becomes of it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Fate(StrEnum):
    """How far a story has come when the demo begins."""

    DRAFT = "draft"
    RETURNED = "returned"
    SUBMITTED = "submitted"
    SCHEDULED = "scheduled"
    BY_HAND = "by hand"  # approved and due; an authorised user posts it now
    SENT = "sent"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"
    STOPPED = "stopped"
    REFUSED = "refused"  # a parent withdrew between approval and sending
    FAILED = "failed"
    UNKNOWN = "unknown"
    TAKEN_DOWN = "taken down"
    CANNOT = "cannot take down"


@dataclass(frozen=True)
class Shot:
    """One photo. `hidden`: people in it whom nobody could recognise. `file`: the phone's name."""

    scene: str
    alt: str
    children: int = 0
    adults: int = 0
    hidden: int = 0
    work: int = 0
    file: str = ""


@dataclass(frozen=True)
class Story:
    """`ago`: school days since it was begun. `due`: hours from now, or from its approval when it
    went out in the past. `cast`: children by name; others are chosen from `form` or the school.
    `own_phone`: its photos are of the author's own, approved one. `credit`: they are another's."""

    title: str
    text: str
    author: str
    fate: Fate
    ago: int
    channels: tuple[str, ...] = ("news",)
    shots: tuple[Shot, ...] = ()
    purpose: str = "children"
    short: str = ""
    form: str = ""
    cast: tuple[tuple[str, str], ...] = ()
    due: float | None = None
    said: str = ""
    unfinished: bool = False
    own_phone: bool = False
    credit: str = ""
