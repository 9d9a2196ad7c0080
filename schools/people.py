"""Verbs about accounts: add a person, invite them, close an account and open it again.

Somebody added has no password. The invitation's link lets them choose one; it is made when the mail
leaves (`schools.mail`) and kept nowhere.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib.auth.tokens import default_token_generator
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode

from audit.actions import record
from schools import rules
from schools.actions import grant_role
from schools.errors import must
from schools.models import Notice, School, StaffRole, User
from schools.roles import Role


@transaction.atomic
def add_person(
    *,
    email: str,
    name: str,
    role: Role,
    school: School | None,
    by: User | None,
    job_title: str = "",
    category: str = "",
    manager: User | None = None,
    starts: date | None = None,
    ends: date | None = None,
) -> User:
    """A new account with its first role, and the invitation. Without a category the person is an
    employee; whoever is from outside is a third party, whose account ends with the role (R-021).
    `by=None` as in `grant_role`. Raises `NotAllowed`."""
    outside = Role(role) == Role.EXTERNAL or category == User.Category.THIRD_PARTY
    user = User.objects.create_user(
        email,
        name=name,
        job_title=job_title,
        category=User.Category.THIRD_PARTY if outside else category or User.Category.EMPLOYEE,
        manager=manager,
        ends_on=ends if outside else None,
    )
    record("person.added", user, by=by)
    grant_role(user=user, role=role, school=school, by=by, starts=starts, ends=ends)
    _invite(user, by)
    return user


@transaction.atomic
def change_person(*, user: User, by: User, **fields: Any) -> list[str]:
    """Keep `job_title`, `category`, `manager` and `ends_on`; returns the names of those that
    changed. Raises `NotAllowed`."""
    now = User.objects.select_for_update().get(pk=user.pk)
    must(rules.may_change_person(by, now, **fields))
    changed = sorted(name for name in fields if fields[name] != getattr(now, name))
    for name in changed:
        setattr(now, name, fields[name])
    if changed:
        now.save(update_fields=changed)
        record("person.changed", now, by=by, changed=changed, category=now.category)
    return changed


@transaction.atomic
def invite_again(*, user: User, by: User) -> None:
    """Send the invitation once more; the link of the earlier one works on until one was used.
    Raises `NotAllowed`."""
    must(rules.may_invite(by, user))
    _invite(user, by)


def _invite(user: User, by: User | None) -> None:
    Notice.objects.create(
        user=user,
        subject="Your GoLive account: choose a password",
        body=(
            f"An account was made for you, {user.name}, to prepare your school’s posts in GoLive.\n"
            "Choose a password with the link below. It works once, for one day. After that, press "
            "“I have forgotten my password” on the sign-in page: another link comes."
        ),
        invites=True,
    )
    record("person.invited", user, by=by)


def way_in(user: User) -> str:
    """The address where this person chooses a password: works once, for as long as
    PASSWORD_RESET_TIMEOUT says. Whoever has it is that person: never kept, never logged."""
    key = urlsafe_base64_encode(force_bytes(user.pk))
    token = default_token_generator.make_token(user)
    return reverse("schools:reset_set", kwargs={"uidb64": key, "token": token})


@transaction.atomic
def close_account(*, user: User, by: User) -> bool:
    """Nobody signs in with it from now on, and its roles end; False when it was closed already.
    What the person did stays theirs. Raises `NotAllowed`."""
    must(rules.may_close(by, user))
    if not User.objects.filter(pk=user.pk, is_active=True).update(is_active=False):
        return False
    user.is_active = False
    standing = StaffRole.objects.filter(user=user, ended_at=None)
    ended = list(standing.values_list("pk", flat=True))
    standing.update(ended_at=timezone.now())
    record("person.closed", user, by=by, roles=ended)
    return True


@transaction.atomic
def open_account(*, user: User, by: User) -> bool:
    """They can sign in again; roles are given anew. False when it was open. Raises `NotAllowed`."""
    must(rules.may_look_after(by, user))
    if not User.objects.filter(pk=user.pk, is_active=False).update(is_active=True):
        return False
    user.is_active = True
    record("person.opened", user, by=by)
    return True
