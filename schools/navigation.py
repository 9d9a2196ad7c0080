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
    ("Staff", "schools:staff", Permission.STAFF_MANAGE),
    ("Something is wrong", "publishing:wrong", Permission.POST_STOP),
)

# Where each role's own work is; the first that fits is the landing page.
_LANDINGS: tuple[tuple[Role, str], ...] = (
    (Role.HEAD, "approvals:queue"),
    (Role.EXECUTIVE_HEAD, "approvals:queue"),
    (Role.DEPUTY, "approvals:queue"),
    (Role.CONSENT_ADMIN, "consents:children"),
    (Role.AUTHORISED_USER, "publishing:desk"),
    (Role.DSL, "consents:holds"),
    (Role.DPO, "consents:children"),
    (Role.CIO, "publishing:channels"),
    (Role.CEO, "posts:school"),
    (Role.STAFF, "posts:mine"),
    (Role.MANAGER, "posts:mine"),
)


def navigation(request: HttpRequest) -> dict[str, Any]:
    """Context processor: `nav` and `unread`. Two queries at most, none when signed out."""
    user = getattr(request, "user", None)
    if not isinstance(user, User):
        return {"nav": [], "unread": 0}
    return {
        "nav": list(_entries(user, request.path)),
        "unread": Notice.objects.unread_by(user).count(),
    }


def landing(user: User) -> str:
    """The address of this person's own page."""
    held = {role.role for role in user.roles_today()}
    for role, name in _LANDINGS:
        if role in held:
            return reverse(name)
    return reverse("schools:notices")


def _entries(user: User, path: str) -> Iterator[Entry]:
    ways = [(label, reverse(name)) for label, name, may in _WAYS if user.may_somewhere(may)]
    # “/posts/school/” lies within “/posts/”: the page belongs to the longest address that fits.
    here = max((url for _, url in ways if path.startswith(url)), key=len, default=None)
    for label, url in ways:
        yield Entry(label, url, current=url == here)
