"""The one sentence for every refusal that staff may not look behind (R-155, R-159).

Refused, never asked, unanswered, expired, unclear, protected: the same words, in the same order.
"""

from __future__ import annotations

from collections.abc import Sequence

from consents.models import Child, Kind

_VERBS = {
    Kind.PHOTO: "be shown on",
    Kind.VIDEO: "be shown in a video on",
    Kind.FIRST_NAME: "be named on",
    Kind.FULL_NAME: "be named in full on",
}


def cannot_be_shown(children: Sequence[Child], platform_name: str, kind: str) -> str:
    """ "Amira K. and Tom R. cannot be shown on Instagram." Names in the order of the alphabet."""
    names = sorted(child.short_name for child in children)
    if kind == Kind.WORK:
        return f"Work by {joined(names)} cannot be shown on {platform_name}."
    return f"{joined(names)} cannot {_VERBS[Kind(kind)]} {platform_name}."


def joined(names: Sequence[str]) -> str:
    """ "A", "A and B", "A, B and C"."""
    if len(names) < 2:
        return "".join(names)
    return f"{', '.join(names[:-1])} and {names[-1]}"
