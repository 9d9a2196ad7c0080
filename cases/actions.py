"""Verbs: raise a case, write in its time line, move its clock, close it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from audit.actions import record
from cases import rules
from cases.kinds import IN_LAW, Kind, due_at, readers, route
from cases.models import Case, Concerned, Note
from consents.models import Adult, Child
from policy.routes import along
from policy.rulebook import Rulebook
from posts.models import Post
from schools.actions import tell
from schools.errors import NotAllowed, must
from schools.models import School, StaffRole, User

Step = Note.Step


@dataclass(frozen=True)
class Raised:
    """What somebody says is wrong. `began_at`: when it reached us, was seen or was known."""

    kind: Kind
    school: School
    words: str
    began_at: datetime
    link: str = ""
    post: Post | None = None
    about: User | None = None


@transaction.atomic
def raise_case(
    *,
    raised: Raised,
    by: User,
    children: Iterable[Child] = (),
    adults: Iterable[Adult] = (),
) -> Case:
    """Open a case for whoever the policy names, and tell them. Raises `NotAllowed`."""
    kind = raised.kind
    must(
        rules.may_raise(
            by, kind=kind, school=raised.school, words=raised.words, began_at=raised.began_at
        )
    )
    line = in_line(kind, raised.school, about=raised.about, manager=by.manager_id)
    if not line and kind in IN_LAW:
        line = [by]
    if not line:
        raise NotAllowed(rules.nobody(kind))
    reading = _reading(kind, raised.school)
    made = Case.objects.create(
        kind=kind,
        school=raised.school,
        words=raised.words.strip(),
        link=raised.link,
        post=raised.post,
        about=raised.about,
        began_at=raised.began_at,
        raised_by=by,
        owner=line[0],
        deputy=next((user for user in line[1:] if user in reading), None),
        due_at=due_at(kind, raised.began_at),
    )
    Concerned.objects.bulk_create(
        [Concerned(case=made, child=child) for child in children]
        + [Concerned(case=made, adult=adult) for adult in adults]
    )
    _note(made, Step.RAISED, by=by)
    record("case.raised", made, by=by, kind=kind.value)
    tell_of(made, _to_tell(made, reading), subject=f"New: {made.short.lower()}")
    return made


def in_line(
    kind: Kind, school: School, *, about: User | None = None, manager: int | None = None
) -> list[User]:
    """Everybody it can belong to, in order. Never whom it is about (R-031)."""
    without = [about] if about is not None else []
    groups = along(route(kind, Rulebook.in_force()), school, without=without, manager=manager)
    return list({user.pk: user for group in groups for user in group}.values())


def tell_of(case: Case, users: list[User], *, subject: str, body: str = "") -> None:
    """Whoever looks after it. A mail says nothing of what it is about: it may name a child."""
    tell(
        users,
        subject=f"{subject}, {case.school.short_name}",
        body=body or "Open it to read what happened and what is to be done.",
        path=reverse("cases:case", args=[case.pk]),
    )


def _reading(kind: Kind, school: School) -> list[User]:
    """Everybody with a role that reads it there."""
    roles = StaffRole.objects.in_force().filter(role__in=readers(kind, Rulebook.in_force()))
    return [role.user for role in roles.select_related("user") if role.covers(school.pk)]


def _to_tell(case: Case, reading: list[User]) -> list[User]:
    without = {case.about_id, case.raised_by_id}
    return [user for user in [case.owner, *reading] if user.pk not in without]


@transaction.atomic
def add_note(*, case: Case, words: str, by: User) -> None:
    """One more line. Raises `NotAllowed`."""
    now = _now(case)
    must(rules.may_add(by, now, words))
    _note(now, Step.NOTED, by=by, text=words)
    record("case.noted", now, by=by)


@transaction.atomic
def wait(*, case: Case, words: str, by: User) -> None:
    """The clock stands still while a proof of identity or a clarification is awaited (R-160)."""
    now = _now(case)
    must(rules.may_wait(by, now, words))
    _change(now, state=Case.State.WAITING, waits_since=timezone.localdate(), due_at=None)
    _note(now, Step.WAITS, by=by, text=words)
    record("case.waits", now, by=by)


@transaction.atomic
def go_on(*, case: Case, words: str, by: User) -> None:
    """It came: the clock runs again, later by the days that were waited."""
    now = _now(case)
    must(rules.may_go_on(by, now, words))
    since = now.waits_since or timezone.localdate()
    waited = now.waited + max((timezone.localdate() - since).days, 0)
    _restart(now, state=Case.State.OPEN, waits_since=None, waited=waited)
    _note(now, Step.GOES_ON, by=by, text=words)
    record("case.goes_on", now, by=by)


@transaction.atomic
def take_longer(*, case: Case, words: str, by: User) -> None:
    """Who asked was told, with the reason, that it takes two months more (R-160)."""
    now = _now(case)
    must(rules.may_take_longer(by, now, words))
    _restart(now, is_longer=True)
    _note(now, Step.LONGER, by=by, text=words)
    record("case.longer", now, by=by)


@transaction.atomic
def meet(*, case: Case, words: str, by: User) -> None:
    """What the clock asks is done; the case stays open until somebody closes it."""
    now = _now(case)
    must(rules.may_meet(by, now, words))
    _change(now, due_at=None)
    _note(now, Step.MET, by=by, text=words)
    record("case.met", now, by=by)


@transaction.atomic
def approve_words(*, case: Case, words: str, by: User) -> None:
    """These words may be answered to a media enquiry; who passed it on is told (R-058)."""
    now = _now(case)
    must(rules.may_approve_words(by, now, words))
    _note(now, Step.WORDS, by=by, text=words)
    record("case.words_approved", now, by=by)
    tell_of(now, [now.raised_by], subject="An answer is approved: media enquiry")


@transaction.atomic
def close(*, case: Case, words: str, by: User) -> None:
    """A person says how it ended (R-009, R-135). No rule and no clock ever closes one."""
    now = _now(case)
    must(rules.may_close(by, now, words))
    _change(
        now,
        state=Case.State.CLOSED,
        waits_since=None,
        due_at=None,
        outcome=words.strip(),
        closed_at=timezone.now(),
        closed_by=by,
    )
    _note(now, Step.CLOSED, by=by, text=words)
    record("case.closed", now, by=by)


def _now(case: Case) -> Case:
    """Two who press at once: the second looks after the first is done."""
    return Case.objects.select_for_update().get(pk=case.pk)


def _restart(case: Case, **fields: Any) -> None:
    waited = fields.get("waited", case.waited)
    longer = fields.get("is_longer", case.is_longer)
    ends = due_at(Kind(case.kind), case.began_at, longer=longer, waited=waited)
    _change(case, due_at=ends, reminded_at=None, climbed_at=None, **fields)


def _change(case: Case, **fields: Any) -> None:
    for name, value in fields.items():
        setattr(case, name, value)
    case.save(update_fields=list(fields))


def _note(case: Case, step: Note.Step, *, by: User | None, text: str = "") -> None:
    Note.objects.create(case=case, step=step, by=by, text=text.strip())
