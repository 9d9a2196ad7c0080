"""What a policy decides besides its rules: the keys in which trusts differ (catalogue, section 5).

Stored with each version as plain data, read by `Rulebook.terms`. Nothing has a default: a preset
that leaves a key out is refused, so no trust gets another trust's answer by silence.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields
from typing import Literal, get_args

from policy.reading import Unreadable, read
from schools.models import User
from schools.roles import APPROVER_ROLES, Role

# In the roles of a rule: who wrote the post, and whoever confirms posts under this policy.
AUTHOR = "author"
APPROVER = "approver"
# In a route: the person recorded as the manager of whoever asks.
LINE_MANAGER = "line_manager"

# Groups in order: the first group in which there is somebody is told, all of it.
Route = tuple[tuple[str, ...], ...]
RouteName = Literal[
    "query",
    "copyright",
    "policy_question",
    "misuse",
    "harmful_content",
    "media_enquiry",
    "suggestion",
    "hr_advice",
]
# The policy's word lists. A list only ever warns (reading rule of the catalogue).
WORD_LISTS = (
    "sensitive_topics",
    "offence",
    "negative",
    "reference_like",
    "claims",
    "disparagement",
)
# Where a rule is shown besides the page of the policy itself.
PLACES = ("acknowledgement", "card", "submit", "approve", "outside")

Requirement = Literal["sign_off", "board_minute", "union_consultation"]


@dataclass(frozen=True)
class Routes:
    """Whom each kind of question or report goes to; `policy.routes.people` finds the persons."""

    query: Route
    copyright: Route
    policy_question: Route
    misuse: Route
    harmful_content: Route
    media_enquiry: Route
    suggestion: Route
    hr_advice: Route


@dataclass(frozen=True)
class NamedPlatform:
    """A platform as the policy's text names it (R-011, R-118). Only "live" can be posted to."""

    name: str
    status: Literal["live", "retired", "messaging", "storage", "reference"]


@dataclass(frozen=True)
class LinkedDocument:
    """A document to be read with the policy (R-007, R-137). `address` may be empty."""

    title: str
    owner: str
    address: str


@dataclass(frozen=True)
class IncidentCategory:
    """What a report of misuse can be about (R-033 to R-043, R-130, R-134)."""

    key: str
    letter: str
    title: str


@dataclass(frozen=True)
class Point:
    """One line of the author's checklist (R-012, R-125). `key` stays when the words change."""

    key: str
    text: str


@dataclass(frozen=True)
class Audience:
    """Whom a post can be for (R-112). `key` stays when the name changes."""

    key: str
    name: str


@dataclass(frozen=True)
class Terms:
    """Every key in which trusts differ and that is not a rule of its own."""

    approver_roles: tuple[Role, ...]  # who confirms a post, with their dated deputies
    account_use: Literal["authorised_users", "manager_consent"]
    training_gate: Literal["head_may_require", "off"]
    role_training: bool  # administrators and investigators need training in date: R-109
    device_rule: Literal["approved_only", "record_only"]
    positive_only: bool  # R-074; updates and reminders are exempt: R-075
    logo_permission: tuple[Role, ...]  # who permits it, in writing; empty: not asked.
    change_notice_months: int  # calendar months between notice and effect; 0: none.
    suggested_notice_days: int  # an earlier day only warns: R-142
    activation_requires: tuple[Requirement, ...]
    signs_off: Role
    covered_people: tuple[User.Category, ...]
    routes: Routes
    personal_use: tuple[str, ...]
    linkedin_exception: tuple[Role, ...]  # who permits it; empty: there is none. R-047
    monitoring_notice: tuple[str, ...]
    platforms_named: tuple[NamedPlatform, ...]
    linked_documents: tuple[LinkedDocument, ...]
    incident_categories: tuple[IncidentCategory, ...]
    disparagement_targets: tuple[str, ...]
    checklist: tuple[Point, ...]
    audiences: tuple[Audience, ...]  # empty: no author is asked. R-112
    guidance: tuple[str, ...]  # beside the editor

    @classmethod
    def read(cls, plain: object) -> Terms:
        """The terms from plain data. Raises `Unreadable`, which names the key and says why."""
        terms = read(cls, plain, ("terms",))
        for path, why in _faults(terms):
            raise Unreadable(("terms", *path), why)
        return terms


def read_words(plain: object) -> dict[str, tuple[str, ...]]:
    """The word lists from plain data: every list is there, though it may be empty."""
    if not isinstance(plain, dict):
        raise Unreadable(("words",), "named lists are wanted here.")
    for name in plain:
        if name not in WORD_LISTS:
            raise Unreadable(("words", str(name)), "there is no such list.")
    for name in WORD_LISTS:
        if name not in plain:
            raise Unreadable(("words", name), "this is missing.")
    return {name: read(tuple[str, ...], plain[name], ("words", name)) for name in WORD_LISTS}


def _faults(terms: Terms) -> Iterator[tuple[tuple[str, ...], str]]:
    """What types cannot say."""
    if not terms.approver_roles:
        yield ("approver_roles",), "somebody must confirm each post."
    for role in terms.approver_roles:
        if role not in APPROVER_ROLES:
            yield ("approver_roles",), f"“{role.value}” confirms no posts in any trust."
    if "sign_off" not in terms.activation_requires:
        yield ("activation_requires",), "every version is signed off by somebody (R-003)."
    if terms.change_notice_months < 0 or terms.suggested_notice_days < 0:
        yield ("change_notice_months",), "a notice cannot be shorter than none."
    for name in ("incident_categories", "checklist", "audiences"):
        keys = [one.key for one in getattr(terms, name)]
        if len(set(keys)) < len(keys):
            yield (name,), "one stands here twice."
    yield from _faults_of_routes(terms.routes)


def _faults_of_routes(routes: Routes) -> Iterator[tuple[tuple[str, ...], str]]:
    known = {*Role.values, LINE_MANAGER}
    for route in fields(Routes):
        groups: Route = getattr(routes, route.name)
        if not groups or not all(groups):
            yield ("routes", route.name), "a route names somebody."
        for who in (who for group in groups for who in group):
            if who not in known:
                yield ("routes", route.name), f"“{who}” is no role."


def route_names() -> tuple[str, ...]:
    """Every route there is."""
    return get_args(RouteName)
