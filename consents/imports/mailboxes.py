"""Whether two parents of one pupil share an e-mail address by what a row says."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from consents import mailboxes
from consents.imports import families
from consents.imports.families import Family, People
from consents.imports.records import Row
from consents.models import Guardianship

SHARED = "Each mail says whom it is for, and whoever opens the mailbox can answer for both"


def compare(
    row: Row, child_ref: int, known: Sequence[Guardianship], people: People, today: date
) -> Family:
    """As `families.compare`, with a remark on each address that is shared. A former address is not
    repeated; one that was shared before this row is not told again."""
    before = _people(known, today)
    family = families.compare(row, child_ref, known, people, today)
    after = _people(known, today)
    contacts = [(_name(c.first_name, c.surname), c.email) for c in row.contacts]
    told = {(name, email.casefold()) for name, email in before}
    seen: set[frozenset[str]] = set()
    for (name, email), names in mailboxes.others([*after, *contacts]).items():
        pair = frozenset([name, *names])
        if pair in seen or all((one, email) in told for one in pair):
            continue
        seen.add(pair)
        row.remark("", f"{name} has {mailboxes.same_as(names)}. {SHARED}")
    return family


def _people(known: Sequence[Guardianship], today: date) -> list[mailboxes.Person]:
    """The family as it stands, without those who are no parent of this pupil any more."""
    return [
        (g.parent.full_name, g.parent.email)
        for g in known
        if g.ended_on is None or g.ended_on > today
    ]


def _name(first_name: str, surname: str) -> str:
    return f"{first_name} {surname}".strip()
