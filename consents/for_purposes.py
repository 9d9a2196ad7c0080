"""What coverage says of purposes: for how many of those in question a yes is (R-145)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from consents.ledger import NEEDED, Parameters, covers_purpose


class Pieces(NamedTuple):
    """Texts for the statement; empty where no purpose is in question. `each`: a column for each
    purpose; `by_name`: the same where the full name covers the first; `some`: what it tells."""

    each: str = ""
    by_name: str = ""
    some: str = ""


def pieces(purposes: Sequence[str], own: str, theirs: str, parameters: Parameters) -> Pieces:
    """`own` and `theirs` say which answers `d` are a yes that counts; the keys of the purposes join
    the parameters."""
    if not purposes:
        return Pieces()
    each, by_name = "", ""
    for n, purpose in enumerate(purposes):
        covers = covers_purpose(purpose, n, parameters)
        given = " + ".join(
            f"MAX(CASE WHEN {said} AND {covers} THEN 1 ELSE 0 END)" for said in (own, theirs)
        )
        each += f", CASE WHEN {given} >= {NEEDED} THEN 1 ELSE 0 END AS covers_{n}"
        # As a yes to the full name covers the first name, so does what it is for.
        either = f"kind = 'first_name' OR says_no = 0 THEN covers_{n} ELSE 0"
        by_name += f", MAX(CASE WHEN {either} END) AS covers_{n}"
    number = " + ".join(f"covers_{n}" for n in range(len(purposes)))
    yes = "says_no = 0 AND yes_id IS NOT NULL AND"
    some = (
        f"WHEN {yes} {number} = 0 THEN 'not-asked' "
        f"WHEN {yes} {number} < {len(purposes)} THEN 'some-purposes' "
    )
    return Pieces(each, by_name, some)
