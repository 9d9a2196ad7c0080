"""Asking parents: the office's list of answers that somebody needs.

Whoever asks always reads the same. Where the family's answers permit the thing, only a hold can
stand in the way; such a question on the office's list would tell who is held. It goes to the
safeguarding lead instead (R-155).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import NamedTuple

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from audit.actions import record
from consents.errors import NotAllowed
from consents.models import NAME_KINDS, Answer, Ask, Child, Hold
from consents.purposes import as_asked
from consents.rules import Permissions, said_by_purpose
from policy.models import Platform
from schools.actions import tell
from schools.models import School, User
from schools.roles import Permission

Question = tuple[int, int, str]


def must_record(by: User, school_id: int) -> None:
    """Raises `NotAllowed` unless this person keeps the permissions of that school."""
    if not by.may(Permission.CONSENT_RECORD, school_id):
        raise NotAllowed("Only the consent administrator of the school records answers.")


@transaction.atomic
def ask_parents(
    *, children: Sequence[Child], platform: Platform, kind: str, by: User, purpose: str = ""
) -> list[Ask]:
    """Put children on the list "ask these parents"; returns the lines that are new. The same for
    every child, whatever the reason a permission is missing; asking twice changes nothing and
    tells nobody again. `purpose`: what the post is for, by its key."""
    for child in children:
        if not by.may(Permission.CHILD_PICK, child.school_id):
            raise NotAllowed("That pupil is not on the roll of your school.")
    ids = [child.pk for child in children]
    about = _About(platform, kind, as_asked(purpose))
    permitted = _permitted_by_answers(ids, about)
    held = set(
        Hold.objects.filter(child__in=ids, lifted_at=None).values_list("child_id", flat=True)
    )
    found = [
        _ask(child, about, for_lead=child.pk in permitted, by=by)
        for child in children
        if child.pk not in permitted or child.pk in held  # else it has been answered meanwhile
    ]
    new = [ask for ask in found if ask is not None]
    _tell(new, by)
    return new


class _About(NamedTuple):
    """What is asked: `purpose` is empty where any yes covers it."""

    platform: Platform
    kind: str
    purpose: str


def _permitted_by_answers(ids: list[int], about: _About) -> set[int]:
    platform, kind, purpose = about.platform.pk, about.kind, about.purpose or None
    asked = sorted(NAME_KINDS) if kind in NAME_KINDS else [kind]
    said = said_by_purpose(ids, [platform], asked, [purpose])[purpose]
    permits = said.permits_name if kind in NAME_KINDS else said.permits
    return {pk for pk in ids if permits(pk, platform, kind)}


def _ask(child: Child, about: _About, *, for_lead: bool, by: User) -> Ask | None:
    """A line that is new for whoever is to read it, or `None`."""
    mine = {"school_id": child.school_id, "asked_by": by, "for_lead": for_lead}
    ask, made = Ask.objects.get_or_create(
        **about._asdict(), child=child, closed_at=None, defaults=mine
    )
    if not made and ask.for_lead and not for_lead:
        # The answers forbid it by now: from today it is an ordinary question.
        ask.for_lead, ask.asked_by, ask.asked_at = False, by, timezone.now()
        ask.save(update_fields=["for_lead", "asked_by", "asked_at"])
        made = True
    if not made:
        return None
    record("consent.asked_for", ask, by=by)
    return ask


@transaction.atomic
def close_ask(*, ask: Ask, by: User) -> None:
    """Whoever keeps the list has dealt with it."""
    if not ask.for_lead:
        must_record(by, ask.school_id)
    elif not by.may(Permission.HOLD_SET, ask.school_id):
        raise NotAllowed("That question is not on your list.")
    _close([ask], by=by, answered=False)


def close_for_lead(child: Child, *, by: User) -> None:
    """No hold stands any more: what the lead was asked about the child is over."""
    _close(Ask.objects.open().filter(child=child, for_lead=True), by=by, answered=False)


def close_answered(answered: Mapping[Question, str], *, by: User | None) -> list[int]:
    """Questions, as (child, platform, kind) by id, with what was just said to them. A no settles
    one; a yes only where it now permits: where the pupil's own is needed beside a parent's, the
    line waits for both. Returns the ids of the lines that are closed."""
    children = {child for child, _, _ in answered}
    waiting = list(Ask.objects.open().filter(child__in=children, for_lead=False))
    permitted = _now_permitted(waiting)
    settled = [
        ask
        for ask in waiting
        if ask.pk in permitted or answered.get(_question(ask)) in {Answer.NO, Answer.WITHDRAWN}
    ]
    _close(settled, by=by)
    return [ask.pk for ask in settled]


def close_permitted(child: Child, *, by: User) -> None:
    """Whose yes is needed has changed: what the answers now permit is no longer waited for."""
    waiting = list(Ask.objects.open().filter(child=child, for_lead=False))
    permitted = _now_permitted(waiting)
    _close([ask for ask in waiting if ask.pk in permitted], by=by)


def _question(ask: Ask) -> Question:
    return ask.child_id, ask.platform_id, ask.kind


def _now_permitted(waiting: Collection[Ask]) -> set[int]:
    """The lines to which the families' answers now say yes, holds aside. One query."""
    kinds = {ask.kind for ask in waiting}
    # What is said to one name bears on the other.
    read = kinds | (NAME_KINDS if kinds & NAME_KINDS else set())
    children, platforms = {a.child_id for a in waiting}, {a.platform_id for a in waiting}
    purposes = {ask.purpose or None for ask in waiting}
    said = said_by_purpose(children, platforms, sorted(read), purposes)
    return {ask.pk for ask in waiting if _permits(said[ask.purpose or None], ask)}


def _permits(said: Permissions, ask: Ask) -> bool:
    return (said.permits_name if ask.kind in NAME_KINDS else said.permits)(*_question(ask))


def _close(asks: Iterable[Ask], *, by: User | None, answered: bool = True) -> None:
    for ask in asks:
        closed = Ask.objects.filter(pk=ask.pk, closed_at=None).update(
            closed_at=timezone.now(), closed_by=by
        )
        if closed:
            record("consent.ask_closed", ask, by=by, answered=answered)


def _tell(new: Sequence[Ask], by: User) -> None:
    for school in School.objects.filter(pk__in={ask.school_id for ask in new}):
        here = {ask.for_lead for ask in new if ask.school_id == school.pk}
        if False in here:
            tell(
                list(User.objects.who_may(Permission.CONSENT_RECORD, school)),
                subject="Parents to ask",
                body=f"{by.name} needs an answer from parents before a post can go on.",
                path=reverse("consents:asks"),
            )
        if True in here:
            tell(
                list(User.objects.who_may(Permission.HOLD_SET, school)),
                subject="Staff asked about a pupil",
                body=f"{by.name} would like to use a photo, a name or work. Only you see this.",
                path=reverse("consents:holds"),
            )
