"""Which live posts a parent's own yes carries, and which come down because they changed it to no.

Read from this parent's own answers and nobody else's (R-153): what another parent, the child or a
hold says neither adds a post to these lists nor takes one away.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from consents.answering import Asked
from consents.models import NAME_KINDS, Answer, Kind
from consents.panels import Live, live_with

Said = Mapping[tuple[int, int, str], str]


@dataclass(frozen=True)
class Carried:
    """Newest first. `going`: what it showed of a child, they took their yes to back."""

    standing: list[Live]
    going: list[Live]


def carried_by(asked: Asked) -> Carried:
    """What is live with the answers of this parent. Asks later rooms, a fixed number of queries."""
    said: dict[tuple[int, int, str], str] = dict.fromkeys(asked.yeses, Answer.YES)
    said |= dict.fromkeys(asked.withdrawn, Answer.WITHDRAWN)
    carried = Carried([], [])
    for live in live_with(asked.everybody) if said else []:
        words = {
            _word_on(said, child, live.platform.pk, kind)
            for child, kinds in live.needs.items()
            for kind in kinds
        }
        if Answer.WITHDRAWN in words:
            carried.going.append(live)
        elif Answer.YES in words:
            carried.standing.append(live)
    return carried


def _word_on(said: Said, child: int, platform: int, kind: str) -> str:
    """Their word on what a post needs, as `Permissions.permits_name` reads it for names: a yes to
    the full name covers the first name, and where the first name is refused so is the full."""
    if kind not in NAME_KINDS:
        return said.get((child, platform, kind), "")
    first = said.get((child, platform, Kind.FIRST_NAME.value), "")
    full = said.get((child, platform, Kind.FULL_NAME.value), "")
    if first == Answer.WITHDRAWN or kind == Kind.FULL_NAME:
        return first if first == Answer.WITHDRAWN else full
    return first or full
