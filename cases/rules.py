"""May this be done to a case now? Each answer is a list of sentences; empty means go."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone

from cases import clocks
from cases.kinds import Kind
from cases.models import Case
from schools.models import School, User
from schools.roles import Permission

LONGEST = 5000  # characters of what somebody writes
_NOBODY = {
    Kind.WORRY: "Nobody here is recorded as safeguarding lead who could read this. Speak to your "
    "Head now, in person.",
}
NOBODY_ELSE = (
    "Nobody the policy names for this is left here to read it. Speak to HR or the trust in person."
)


def may_raise(by: User, *, kind: Kind, school: School, words: str, began_at: datetime) -> list[str]:
    """May this person say this here? Anyone on the staff may, at their schools."""
    found = [*_words(words)]
    if not by.may(Permission.POST_STOP, school):
        found.append("Only staff of this school can say this here.")
    if began_at > timezone.now():
        found.append("It cannot have happened later than now. Choose an earlier time.")
    return found


def nobody(kind: Kind) -> str:
    """What is said where nobody is there to read it."""
    return _NOBODY.get(kind, NOBODY_ELSE)


def may_add(by: User, case: Case, words: str) -> list[str]:
    """May this person write in its time line?"""
    return [*_is_theirs(by, case), *_words(words)]


def may_wait(by: User, case: Case, words: str) -> list[str]:
    """May its clock stand still (R-160)? Only for a proof of identity, or what is meant."""
    found = may_add(by, case, words)
    if case.kind != Kind.ACCESS or case.state != Case.State.OPEN:
        found.append("Only an open request for data can wait for who asked.")
    if case.is_overdue:
        found.append("Its time is over already: waiting now would only hide that.")
    return found


def may_go_on(by: User, case: Case, words: str) -> list[str]:
    """May its clock run again?"""
    found = may_add(by, case, words)
    if case.state != Case.State.WAITING:
        found.append("It does not wait for anybody.")
    return found


def may_take_longer(by: User, case: Case, words: str) -> list[str]:
    """May it have two months more (R-160)? Once, and only told within the first month."""
    found = may_add(by, case, words)
    if case.kind != Kind.ACCESS or case.state != Case.State.OPEN or case.is_longer:
        found.append("Only a request for data gets more time, and once.")
    elif is_past_first_month(case):
        found.append("The first month is over. Who asked had to be told before.")
    return found


def is_past_first_month(case: Case) -> bool:
    """Is the month over in which who asked can be told that it takes longer?"""
    first = clocks.answer_by(timezone.localdate(case.began_at), waited=case.waited)
    return timezone.localdate() > first


def may_meet(by: User, case: Case, words: str) -> list[str]:
    """May it be said that what the clock asks is done?"""
    found = may_add(by, case, words)
    if case.asks is None or not case.asks.met or case.due_at is None:
        found.append("No clock runs that this would end.")
    return found


def may_approve_words(by: User, case: Case, words: str) -> list[str]:
    """May these words be approved as the answer to a media enquiry (R-058)?"""
    found = may_add(by, case, words)
    if case.kind != Kind.MEDIA:
        found.append("Only the answer to a media enquiry is approved here.")
    return found


def may_close(by: User, case: Case, words: str) -> list[str]:
    """May it be closed? A media enquiry only once its answer was approved, be it “no comment”."""
    found = may_add(by, case, words)
    if case.kind == Kind.MEDIA and not case.approved_words:
        found.append("Approve the words of the answer first. “No comment” is an answer, too.")
    return found


def _is_theirs(by: User, case: Case) -> list[str]:
    if not Case.objects.visible_to(by).filter(pk=case.pk).exists():
        return ["This is not yours to look after."]
    if case.state == Case.State.CLOSED:
        return ["It is closed. Raise another one if something new came up."]
    return []


def _words(words: str) -> list[str]:
    if not words.strip():
        return ["Say in a few words what happened."]
    if len(words) > LONGEST:
        return [f"Say it in {LONGEST:,} characters."]
    return []
