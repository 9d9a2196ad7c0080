"""The whole life of a delivery in one table. Only `publishing.moves.move` writes its state."""

from __future__ import annotations

from django.db.models import TextChoices


class DeliveryState(TextChoices):
    """Where one post to one channel stands (design §4)."""

    QUEUED = "queued", "Waits for its time"
    SENDING = "sending", "Being sent"
    SENT = "sent", "Sent"
    REFUSED = "refused", "Not sent: a rule said no"
    FAILED = "failed", "Not sent: it is not there"
    UNKNOWN = "unknown", "May be there: a person must look"
    TAKING_DOWN = "taking_down", "Being taken down"
    TAKEN_DOWN = "taken_down", "Taken down"
    CANNOT_TAKE_DOWN = "cannot_take_down", "A person must take it down"


D = DeliveryState
TRANSITIONS: dict[DeliveryState, frozenset[DeliveryState]] = {
    D.QUEUED: frozenset({D.SENDING, D.REFUSED}),
    # back to queued: certain that nothing is there (no connection, "try later")
    D.SENDING: frozenset({D.SENT, D.QUEUED, D.REFUSED, D.FAILED, D.UNKNOWN}),
    D.SENT: frozenset({D.TAKING_DOWN}),
    # a person, or a look at the platform, settles it: it is there, or it is not
    D.UNKNOWN: frozenset({D.SENT, D.FAILED}),
    # nothing is there: a new approval queues it again; a person may retry or give up a failure
    D.REFUSED: frozenset({D.QUEUED}),
    D.FAILED: frozenset({D.QUEUED, D.REFUSED}),
    D.TAKING_DOWN: frozenset({D.TAKEN_DOWN, D.CANNOT_TAKE_DOWN}),
    D.CANNOT_TAKE_DOWN: frozenset({D.TAKING_DOWN, D.TAKEN_DOWN}),
    D.TAKEN_DOWN: frozenset(),
}

OWNERS: dict[DeliveryState, str] = {
    D.QUEUED: "GoLive",
    D.SENDING: "GoLive",
    D.SENT: "nobody",
    D.REFUSED: "the author",
    D.FAILED: "the authorised user",
    D.UNKNOWN: "the authorised user",
    D.TAKING_DOWN: "GoLive",
    D.TAKEN_DOWN: "nobody",
    D.CANNOT_TAKE_DOWN: "the authorised user",
}

# A post reaches a channel once: it is there, may be, or was, so nothing can be sent any more.
HAS_IT = frozenset({D.SENDING, D.SENT, D.UNKNOWN, D.TAKING_DOWN, D.CANNOT_TAKE_DOWN, D.TAKEN_DOWN})


def diagram() -> str:
    """The life of a delivery as a Mermaid diagram, for the README."""
    lines = ["stateDiagram-v2", f"    [*] --> {D.QUEUED.value}"]
    for here, onward in TRANSITIONS.items():
        lines += [f"    {here.value} --> {to.value}" for to in DeliveryState if to in onward]
    return "\n".join(lines)
