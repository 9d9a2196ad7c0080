"""Who may open the list "who may be shown where" of whole classes.

The decision, once, with its reason (R-155, R-159):

* The list asks the gate, holds included, because pictures are taken by it. The office's matrix
  shows what families answered, holds left out. Whoever could lay the one beside the other would
  read off, a class at a time, whom a hold keeps back.
* So nobody opens both for one school. The list is for those who go along with pupils and see
  results alone (who may pick pupils for photos), and for those who may see holds anyway. Whoever
  may open the families' answers there and no holds (the office, Heads, the Data Protection Officer)
  is told which colleagues can open it.
* Words cannot mend it: whatever the list said, the two pages would still differ by the held alone.
* What is left: a post tells the findings about its own pupils to whoever writes or decides it, a
  Head included, who must know them. That is one pupil at a time, and the post is kept with who
  wrote it.
"""

from __future__ import annotations

from collections.abc import Sequence

from schools.models import School, User
from schools.roles import Permission


def may_open(user: User, school: School) -> bool:
    """May this person have the list of this school?"""
    if not user.may(Permission.CHILD_PICK, school):
        return False
    return not user.may(Permission.CONSENT_SEE, school) or user.may(Permission.HOLD_SET, school)


def schools_of(user: User) -> Sequence[School]:
    """Whose list this person may open or is told about, by name."""
    picks = School.objects.where(user, Permission.CHILD_PICK)
    sees = School.objects.where(user, Permission.CONSENT_SEE)
    return list((picks | sees).distinct())


def leads_of(school: School) -> list[User]:
    """Who can open it for the office."""
    return list(User.objects.who_may(Permission.HOLD_SET, school).order_by("name"))
