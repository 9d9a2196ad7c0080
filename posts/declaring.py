"""What a person says by sending a post on, or by approving it, in the words of the policy in force.

The checklist is ticked line by line (R-012, R-125); what else the policy has them answer for is
said once beside the button (R-018, R-038, R-092, R-099) and is kept with the press.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Literal

from policy.rulebook import Rulebook


@dataclass(frozen=True)
class Statement:
    """One sentence a person stands for. `reference` is its clause; the checklist's has none."""

    key: str
    text: str
    reference: str = ""


def checklist(book: Rulebook) -> list[Statement]:
    """The lines an author ticks, each of them, before a post goes to its Head."""
    return [Statement(point.key, point.text) for point in book.terms.checklist]


def said_beside(book: Rulebook, place: Literal["submit", "approve"]) -> list[Statement]:
    """What the press itself says: the rules the policy shows there."""
    return [Statement(r.key, f"{r.title}. {r.text}", r.reference) for r in book.shown(place)]


def unticked(book: Rulebook, ticked: Collection[str]) -> list[Statement]:
    """Lines of the checklist that are not ticked."""
    return [line for line in checklist(book) if line.key not in ticked]
