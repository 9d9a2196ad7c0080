"""Whom the policy in force names for a question or a report, as persons of one school."""

from __future__ import annotations

from collections.abc import Iterable

from policy.rulebook import Rulebook
from policy.terms import LINE_MANAGER, Route, RouteName
from schools.models import School, StaffRole, User


def people(
    route: RouteName,
    school: School,
    *,
    asking: User | None = None,
    about: User | None = None,
    book: Rulebook | None = None,
) -> list[User]:
    """All of the first group of the route in which there is somebody, by name.

    Never whom it is about (R-031), never who asks, nobody whose account is closed, and nobody
    without a role that reaches this school (R-170). Empty when nobody is left: say so, and let a
    person choose. Two queries at most.
    """
    groups: Route = getattr((book or Rulebook.in_force()).terms.routes, route)
    without = [person for person in (asking, about) if person is not None]
    found = along(groups, school, without=without, manager=asking.manager_id if asking else None)
    return next((group for group in found if group), [])


def along(
    groups: Route, school: School, *, without: Iterable[User] = (), manager: int | None = None
) -> list[list[User]]:
    """The persons of each group in order, by name; a group in which there is nobody is empty.
    `manager`: who is meant by the line manager. One query."""
    here = (
        StaffRole.objects.in_force()
        .filter(user__is_active=True)
        .exclude(user__in=[person.pk for person in without])
    )
    roles = list(here.select_related("user").order_by("user__name", "user_id", "pk"))
    roles = [role for role in roles if role.covers(school.pk)]
    by_group = [{r.user_id: r.user for r in roles if _is_meant(r, g, manager)} for g in groups]
    return [list(found.values()) for found in by_group]


def _is_meant(role: StaffRole, group: Iterable[str], manager: int | None) -> bool:
    return role.role in group or (LINE_MANAGER in group and role.user_id == manager)
