"""The top bar: where this person's work is. One entry per room they have work in."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from schools.models import Notice, User
from schools.roles import Permission, Role


@dataclass(frozen=True)
class Entry:
    """One link of the top bar."""

    label: str
    url: str
    current: bool = False
    count: int = 0


_WAYS: tuple[tuple[str, str, Permission], ...] = (
    ("Approvals", "approvals:queue", Permission.POST_APPROVE),
    ("My posts", "posts:mine", Permission.POST_DRAFT),
    ("School’s posts", "posts:school", Permission.POST_SEE_ALL),
    ("Publishing", "publishing:desk", Permission.POST_RELEASE),
    ("Permissions", "consents:children", Permission.CONSENT_SEE),
    ("Agreement", "consents:agreements", Permission.AGREEMENT_EDIT),
    ("Channels", "publishing:channels", Permission.CHANNEL_PAUSE),
    ("Devices", "policy:devices", Permission.DEVICE_MANAGE),
    ("People", "policy:people", Permission.STAFF_GUIDE),
    ("Policy", "policy:desk", Permission.POLICY_EDIT),
    ("Staff", "schools:staff", Permission.STAFF_MANAGE),
    ("Cases", "cases:cases", Permission.CASE_HANDLE),
    ("Something is wrong", "publishing:wrong", Permission.POST_STOP),
)

# Done for the whole trust or not at all.
_FOR_THE_TRUST = {Permission.POLICY_EDIT}

# Where each role's own work is; the first that fits is the landing page. Before all of them, who
# confirms posts lands on the queue.
_LANDINGS: tuple[tuple[Role, str], ...] = (
    (Role.CONSENT_ADMIN, "consents:children"),
    (Role.AUTHORISED_USER, "publishing:desk"),
    (Role.DSL, "consents:holds"),
    (Role.DPO, "consents:children"),
    (Role.CIO, "publishing:channels"),
    (Role.CEO, "posts:school"),
    (Role.STAFF, "posts:mine"),
    (Role.HEAD, "posts:school"),
    (Role.EXECUTIVE_HEAD, "posts:school"),
    (Role.DEPUTY, "posts:school"),
    (Role.MANAGER, "posts:mine"),
)


def navigation(request: HttpRequest) -> dict[str, Any]:
    """Context processor: `nav`, `unread`, and `withheld`: why the records are for reading only.
    Four queries at most, none when signed out."""
    user = getattr(request, "user", None)
    if not isinstance(user, User):
        return {"nav": [], "unread": 0, "withheld": ""}
    return {
        "nav": list(_entries(user, request.path)),
        "unread": Notice.objects.unread_by(user).count(),
        "withheld": user.why_withheld(Permission.CONSENT_RECORD),
    }


def landing(user: User) -> str:
    """The address of this person's own page."""
    if user.may_somewhere(Permission.POST_APPROVE):
        return reverse("approvals:queue")
    held = {role.role for role in user.roles_today()}
    for role, name in _LANDINGS:
        if role in held:
            return reverse(name)
    return reverse("schools:notices")


def _entries(user: User, path: str) -> Iterator[Entry]:
    ways = [(label, reverse(name)) for label, name, may in _WAYS if _has_work(user, may)]
    # “/posts/school/” lies within “/posts/”: the page belongs to the longest address that fits.
    here = max((url for _, url in ways if path.startswith(url)), key=len, default=None)
    for label, url in ways:
        yield Entry(label, url, current=url == here)


def _has_work(user: User, permission: Permission) -> bool:
    if permission in _FOR_THE_TRUST:
        return user.may_for_trust(permission)
    return user.may_somewhere(permission)
