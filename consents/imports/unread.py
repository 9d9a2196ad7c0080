"""A row with a date that cannot be read: what becomes of it, decided here once.

* A no never waits for a date. Where the pupil is known without it, by number and by name, the row
  goes in: every no, withdrawal and unclear answer counts, the record keeps the date it has, and the
  dry run says so.
* A yes beside an unreadable date of birth counts where the record has that date: the file's is then
  only passed over, and the record says who decides. It waits where the record has none.
* A yes beside an unreadable day of saying it, or of leaving, waits: either could have ended it.
* A date that can be read two ways is unreadable once its column has the month first too; birthdays
  are then read day first where ten of the column prove that order to each that proves the other.
  One read so never takes the place of one the record has.
* A day of leaving that can be read two ways is the earlier one, for every yes ends with it: none
  counts too long. (Of two that are over it is read day first: nothing counts either way.) Where the
  record has either of the two, the record knows better and stays. A pupil whom nobody knows yet
  and who may have left or not goes back to be mended.
* Somebody new needs their dates, so their row goes back to be mended; nothing stands that a no
  could end.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from consents.imports.records import Row
from consents.models import Child
from schools.clock import day as spoken

KEPT = "The record stays as it is"
_KEPT: dict[str, str] = {"consent_date": "A no counts from the day the file was sent"}
_PLAINLY = "Write it with the year first, like 2026-09-07"
AGELESS = "No date of birth: no answer can count as a yes until there is one."


def settle(row: Row, *, is_known: bool, today: date) -> None:
    """A remark where the pupil is known, or may be; else a problem to mend."""
    if not is_known and row.left_or and not row.has_left:
        if row.facts["left_on"] <= today < row.left_or:
            row.problem(row.doubtful["left_on"], f"{_two_days(row)}. {_PLAINLY}")
        else:
            _earlier(row)
    for fact, (heading, sentence) in row.unread.items():
        if is_known:
            row.remark(heading, f"{sentence}. {_KEPT.get(fact, KEPT)}")
        else:
            row.problem(heading, sentence)


def keep_known(row: Row, child: Child, wanted: dict[str, Any]) -> None:
    """Takes from what a row would change the dates that may be other days, where there is one."""
    for fact, heading in row.doubtful.items():
        known = getattr(child, fact)
        if fact == "left_on":
            if known in {row.facts["left_on"], row.left_or}:
                del wanted["left_on"]
            else:
                _earlier(row)
        elif known is not None and wanted.get(fact, known) != known:
            del wanted[fact]
            row.remark(heading, f"this date can be read two ways. {KEPT}")


def _earlier(row: Row) -> None:
    row.remark(
        row.doubtful["left_on"],
        f"{_two_days(row)}. The earlier day is taken, so that no yes counts too long. If it is the "
        f"other, {_PLAINLY[0].lower()}{_PLAINLY[1:]}, and send the file again",
    )


def _two_days(row: Row) -> str:
    days = [spoken(day) for day in (row.facts["left_on"], row.left_or) if day]
    return f"this date can be read two ways, {' or '.join(days)}"


def withheld(row: Row, child: Child) -> str:
    """Why the row's yeses wait; empty where they may count."""
    if "consent_date" in row.unread:
        return "the day it was said cannot be read"
    if "left_on" in row.unread:
        return "the day of leaving cannot be read"
    if "born_on" in row.unread and child.born_on is None:
        return "the date of birth cannot be read, and the record has none"
    return ""


def ageless(child: Child) -> list[str]:
    """What to say about a pupil of whom nobody knows who may decide."""
    return [] if child.born_on else [AGELESS]
