"""Whose words count for a pupil on a day, one by one: in Python what the query asks.

`consents.ledger` decides; the office's matrix (`consents.states`) reads this to tell why something
is not a yes. Holds have no part in it.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from consents.ledger import OWN_SAY_AT_18, years_before
from consents.models import Child, ConsentDecision, Guardianship
from consents.models.decisions import has_ended


@dataclass(frozen=True)
class Family:
    """A pupil on a day. `needed`: whose yes, the pupil's own and a parent's; `entitled`: (child,
    parent) who may give one; `never`: who is linked and never was responsible."""

    child: Child
    needed: tuple[bool, bool]
    entitled: Collection[tuple[int, int]]
    never: Collection[tuple[int, int]]
    day: date

    def may_give(self, yes: ConsentDecision) -> bool:
        """Is it the pupil's own where that is needed, or of somebody entitled?"""
        own, _ = self.needed
        return own if yes.given_by_child else self._of(yes) in self.entitled

    def is_over(self, yes: ConsentDecision) -> bool:
        """Is its last day over, or was it said before the pupil left and came back?"""
        return has_ended(yes, self.child.returned_on, self.day)

    def lives(self, yes: ConsentDecision) -> bool:
        """Does this yes count, whether or not another is needed beside it (`ledger.OWN`,
        `ledger.THEIRS`)?"""
        is_asked = yes.given_by_child or self.needed[1]
        here = self.child.born_on is not None and not self.child.has_left(self.day)
        return here and is_asked and self.may_give(yes) and not self.is_over(yes)

    def refuses(self, no: ConsentDecision) -> bool:
        """Does this no count (`ledger.NO`)? The pupil's own does and one that nobody is named for;
        a parent's until the pupil is grown up, of whoever is or was responsible or is not linked
        any more."""
        if no.given_by_child or no.giver_id is None:
            return True
        born = self.child.born_on
        is_grown = born is None or born <= years_before(self.day, OWN_SAY_AT_18)
        asked = self.child.best_interests or not is_grown
        return asked and self._of(no) not in self.never

    def _of(self, said: ConsentDecision) -> tuple[int, int]:
        return self.child.pk, said.giver_id or 0


@dataclass(frozen=True)
class Links:
    """Of several pupils, by (child, parent)."""

    entitled: Collection[tuple[int, int]]
    never: Collection[tuple[int, int]]


def links_of(children: Collection[int], day: date) -> Links:
    """Who may give a yes on a day, and who never might have. One query."""
    rows = list(Guardianship.objects.filter(child__in=children).select_related("child"))
    return Links(
        {(row.child_id, row.parent_id) for row in rows if row.is_entitled(day)},
        {(row.child_id, row.parent_id) for row in rows if not row.was_responsible},
    )
