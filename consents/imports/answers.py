"""What a file's answer changes in the record: the one place where that is decided.

* A file that still says what the last file said has no news: nothing is written, whatever people
  have answered by other ways since.
* A file may fill what was never asked. Whatever would turn a no, a withdrawal or something unclear
  into a yes waits for a person. So does a yes that has ended, unless the file's own is dated after
  that end: then it was said anew.
* Of what was said before a pupil left and came back, only a no stays; a yes has ended.
* A no where the last file said nothing or yes is a no at once, and a withdrawal of a yes.
* A box that is not ticked cannot tell a no from never asked: it is no answer. Where the last file
  had it ticked, it is a withdrawal.
* What an undone file brought was never said; what comes after it counts from after it.
* Something unclear ends every yes it stands beside, and never covers a no.
* An undated answer counts from the moment of upload, so that whatever people say after the upload
  outranks the file. A dated one counts as `consents.days` says. Where its day may be one of two,
  all but a yes counts from the later, so that no older yes outranks it, and only the earlier shows
  that a yes was said anew.
* A file rarely says whose word it holds. A yes is put down to whoever the row names, else to the
  row's first contact, else to the only one who may decide: entitled or not, and the rules do not
  count it if they are not (R-152).
* A yes whose row names nobody may be the yes that somebody else has given already, as the office
  copied it. So beside another's yes it is no news, and where that has ended it waits: put down to
  the first contact it would outlast whoever really said it, their last day and their right to
  decide. Beside no other yes it may be that of anybody who may decide, and whoever it is put down
  to must be entitled on the day of use.
* A no, or a withdrawal, is put down to whoever the row names, if they may decide; where it names
  nobody, only to the one person who may. So a later answer of that parent settles it. Where more
  than one may decide it is nobody's, and counts until a person settles it (`consents.rules`): any
  entitled no wins; one parent's yes must not clear what was perhaps the other's no; no parent sees
  the other's answer.
* Put down is not said: pages, mails and records call it the school's records', and a parent who
  presses the same answer has then said it themself.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import NamedTuple

from django.utils import timezone

from consents.days import edge
from consents.models import Answer
from consents.models.decisions import is_from_before

OWN = -1  # the child's own answer
NOBODY = 0  # an answer nobody is named for
_NO = frozenset([Answer.NO, Answer.WITHDRAWN])
ENDED = "the yes in the record has ended"


class Entry(NamedTuple):
    """One row of the ledger for one child, platform and kind; in the order given."""

    id: int
    giver: int
    answer: str
    given_at: datetime
    until: date | None
    imported: bool


class New(NamedTuple):
    """A decision to append."""

    giver: int
    answer: str
    given_at: datetime


class Waits(NamedTuple):
    """The file says yes, and a person has to decide."""

    why: str


@dataclass(frozen=True, slots=True)
class Saying:
    """The circumstances of one row's answers. `giver` is a parent's id, `OWN` or `NOBODY`;
    `no_giver` who a no is put down to; `is_named`: the file says that it is theirs. `other_on`: the
    day may be this one instead of `said_on`."""

    giver: int
    no_giver: int
    uploaded_at: datetime
    said_on: date | None = None
    other_on: date | None = None
    returned_on: date | None = None
    undone_at: datetime | None = None
    is_named: bool = True

    @property
    def earliest(self) -> date | None:
        """The first day on which it may have been said."""
        return min(self.said_on, self.other_on or self.said_on) if self.said_on else None

    @property
    def latest(self) -> date | None:
        """The last day on which it may have been said."""
        return max(self.said_on, self.other_on or self.said_on) if self.said_on else None

    def moment(self, answer: str, before: datetime | None) -> datetime:
        """When the answer counts from. `before`: the last file's answer, which this one changes."""
        before = (before and max(before, self.undone_at or before)) or self.undone_at
        day = self.said_on if answer == Answer.YES else self.latest
        if day is None:
            return self.uploaded_at
        at = edge(day, begins=answer == Answer.YES)
        if before is not None and at <= before:
            return self.uploaded_at  # the answer was changed and its date was not
        if self.returned_on is not None and day < self.returned_on:
            return self.uploaded_at  # repeated by the file after the child came back
        return min(at, self.uploaded_at)


def compare(answer: str, entries: Sequence[Entry], saying: Saying) -> list[New] | Waits | None:
    """What this answer of the file appends: decisions, a question to a person, or nothing."""
    if saying.returned_on is not None:
        entries = _since_return(entries, saying.returned_on)
    if any(entry.answer == Answer.UNDONE for entry in entries):
        entries, saying = _without_undone(entries, saying)
    if not entries and answer != Answer.UNCLEAR:
        return _first(answer, saying)
    latest = {entry.giver: entry for entry in entries}
    last = max((e for e in entries if e.imported), default=None, key=lambda e: e.id)
    if answer == Answer.YES:
        return _yes(latest, last, saying)
    if answer in _NO:
        return _no(latest, last, saying)
    return _unclear(latest, last, saying)


def _since_return(entries: Sequence[Entry], returned_on: date) -> list[Entry]:
    """A no stays when a pupil leaves and comes back (R-149); every other answer has ended."""
    kept, before = [], dict[int, Entry]()
    for entry in entries:
        if is_from_before(returned_on, entry.given_at):
            before[entry.giver] = entry
        else:
            kept.append(entry)
    return [entry for entry in before.values() if entry.answer in _NO] + kept


def _without_undone(entries: Sequence[Entry], saying: Saying) -> tuple[Sequence[Entry], Saying]:
    """Whoever has only said what an undone file brought has said nothing."""
    latest = {entry.giver: entry for entry in entries}
    gone = {g: e.given_at for g, e in latest.items() if e.answer == Answer.UNDONE}
    if not gone:
        return entries, saying
    kept = [entry for entry in entries if entry.giver not in gone]
    return kept, replace(saying, undone_at=max(gone.values()))


def was_ticked(entries: Sequence[Entry]) -> bool:
    """Did the last file that said anything here say yes?"""
    last = max((e for e in entries if e.imported), default=None, key=lambda e: e.id)
    return last is not None and last.answer == Answer.YES


def _first(answer: str, saying: Saying) -> list[New] | Waits:
    """Nothing was ever asked (or not since the child came back)."""
    if answer in _NO:
        return [New(saying.no_giver, Answer.NO, saying.moment(answer, None))]
    earliest = saying.earliest
    if saying.returned_on and (earliest is None or earliest < saying.returned_on):
        return Waits("a yes from before the pupil left does not come back with them")
    if saying.giver == NOBODY:
        return [New(NOBODY, Answer.UNCLEAR, saying.moment(Answer.UNCLEAR, None))]
    return [New(saying.giver, Answer.YES, saying.moment(answer, None))]


def _yes(latest: dict[int, Entry], last: Entry | None, saying: Saying) -> list[New] | Waits | None:
    said = {entry.answer for entry in latest.values()}
    if said & _NO:
        return Waits("the record says no")
    if last is not None and last.answer == Answer.YES:
        return None
    own = latest.get(saying.giver)
    if own is not None and own.answer == Answer.YES and _lives(own, saying):
        return None
    if last is not None and saying.giver == NOBODY and last.answer == Answer.UNCLEAR:
        return None
    if Answer.UNCLEAR in said:
        return Waits("the record is unclear")
    if not saying.is_named and (others := _others_yeses(latest, saying)):
        return _beside(others, saying)
    if own is None:
        return _first(Answer.YES, saying) if saying.giver != NOBODY else None
    if not _is_said_anew(own, saying):
        return Waits(ENDED)
    return [New(saying.giver, Answer.YES, saying.moment(Answer.YES, own.given_at))]


def _others_yeses(latest: dict[int, Entry], saying: Saying) -> list[Entry]:
    """Of parents and carers; the pupil's own is another question."""
    mine = {OWN, saying.giver}
    return [e for giver, e in latest.items() if e.answer == Answer.YES and giver not in mine]


def _beside(others: Sequence[Entry], saying: Saying) -> list[New] | Waits | None:
    """A yes that names nobody, where somebody else has said yes."""
    if any(_lives(entry, saying) for entry in others):
        return None
    if all(_is_said_anew(entry, saying) for entry in others):
        return _first(Answer.YES, saying) if saying.giver != NOBODY else None
    return Waits(ENDED)


def _is_said_anew(ended: Entry, saying: Saying) -> bool:
    """Is the file's yes dated after that one's last day?"""
    return ended.until is not None and saying.earliest is not None and saying.earliest > ended.until


def _lives(entry: Entry, saying: Saying) -> bool:
    return entry.until is None or entry.until >= timezone.localdate(saying.uploaded_at)


def _no(latest: dict[int, Entry], last: Entry | None, saying: Saying) -> list[New] | None:
    if last is not None and last.answer in _NO:
        return None
    for giver in (saying.no_giver, NOBODY):
        if giver in latest and latest[giver].answer in _NO:
            return None
    at = saying.moment(Answer.NO, last and last.given_at)
    ends = any(e.answer == Answer.YES and e.given_at <= at for e in latest.values())
    return [New(saying.no_giver, Answer.WITHDRAWN if ends else Answer.NO, at)]


def _unclear(latest: dict[int, Entry], last: Entry | None, saying: Saying) -> list[New] | None:
    if last is not None and last.answer == Answer.UNCLEAR:
        return None
    if any(entry.answer in _NO for entry in latest.values()):
        return None
    at = saying.moment(Answer.UNCLEAR, last and last.given_at)
    givers = {g for g, entry in latest.items() if entry.answer == Answer.YES and g != OWN}
    givers.add(saying.giver if saying.giver != OWN else NOBODY)
    return [New(giver, Answer.UNCLEAR, at) for giver in sorted(givers)]
