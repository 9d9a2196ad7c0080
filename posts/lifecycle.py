"""The whole life of a post in one table. Only `move` writes `Post.state`.

The README's diagram is generated from here.
"""

from __future__ import annotations

from django.db.models import TextChoices


class State(TextChoices):
    """Where a post stands."""

    DRAFT = "draft", "Draft"
    RETURNED = "returned", "Returned"
    SUBMITTED = "submitted", "Waits for the Head"
    APPROVED = "approved", "Approved"
    CLOSED = "closed", "Finished"
    DECLINED = "declined", "Declined"
    WITHDRAWN = "withdrawn", "Withdrawn"
    EXPIRED = "expired", "Too late"


class Owner(TextChoices):
    """Whose turn it is."""

    AUTHOR = "author", "the author"
    HEAD = "head", "the Head"
    GOLIVE = "golive", "GoLive"
    NOBODY = "nobody", "nobody"


S = State
TRANSITIONS: dict[State, frozenset[State]] = {
    S.DRAFT: frozenset({S.SUBMITTED, S.WITHDRAWN}),
    S.RETURNED: frozenset({S.SUBMITTED, S.WITHDRAWN}),
    # back to draft: the author takes it back, or an administrator's edit voids it
    S.SUBMITTED: frozenset({S.APPROVED, S.RETURNED, S.DECLINED, S.DRAFT, S.EXPIRED}),
    # back to returned: the gate found something that only the author can mend
    S.APPROVED: frozenset({S.CLOSED, S.RETURNED, S.DRAFT, S.EXPIRED}),
    # it goes back to the Head, who may ask for a new time; it is never sent late by surprise
    S.EXPIRED: frozenset({S.DRAFT, S.WITHDRAWN}),
    S.CLOSED: frozenset(),
    S.DECLINED: frozenset(),
    S.WITHDRAWN: frozenset(),
}

OWNERS: dict[State, Owner] = {
    S.DRAFT: Owner.AUTHOR,
    S.RETURNED: Owner.AUTHOR,
    S.SUBMITTED: Owner.HEAD,
    S.APPROVED: Owner.GOLIVE,
    S.EXPIRED: Owner.HEAD,
    S.CLOSED: Owner.NOBODY,
    S.DECLINED: Owner.NOBODY,
    S.WITHDRAWN: Owner.NOBODY,
}

EDITABLE = frozenset({S.DRAFT, S.RETURNED})
FINISHED = frozenset(state for state, onward in TRANSITIONS.items() if not onward)


def diagram() -> str:
    """The life of a post as a Mermaid diagram, for the README."""
    lines = ["stateDiagram-v2", f"    [*] --> {S.DRAFT.value}"]
    for here, onward in TRANSITIONS.items():
        lines += [f"    {here.value} --> {to.value}" for to in State if to in onward]
    lines += [f"    {state.value} --> [*]" for state in State if state in FINISHED]
    return "\n".join(lines)
