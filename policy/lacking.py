"""What is missing for the policy in force to work: said at set-up and on its owner's page.

Each answer is a sentence that says what to do. Nothing here stops a post: what must stop one has a
rule of its own.
"""

from __future__ import annotations

from collections.abc import Iterator

from audit.models import Event
from policy.models import Rule
from policy.naming import said_term
from policy.rulebook import Rulebook
from policy.terms import LINE_MANAGER, Route, route_names
from schools.models import School, StaffRole
from schools.roles import Role


def lacking(book: Rulebook | None = None) -> list[str]:
    """Everything that is missing. Six queries at most, whatever the number of schools."""
    book = book or Rulebook.in_force()
    roles = list(StaffRole.objects.in_force().filter(user__is_active=True).select_related("school"))
    schools = list(School.objects.order_by("name"))
    found = [*_whom_to_tell(book), *_roles_of_the_trust(roles)]
    for school in schools:
        here = {role.role for role in roles if role.covers(school.pk)}
        found += _of_school(school, here, book)
    if not schools:
        found.append("There is no school yet: add the first one.")
    return found


def is_silent(book: Rulebook) -> bool:
    """Does the policy itself name nobody for reports of misuse? Then the trust chooses (R-143)."""
    return book.rule("misuse_reported").source == Rule.Source.FLOOR


def is_chosen(book: Rulebook) -> bool:
    """Is it said whom reports of misuse go to, by the policy or by the trust? One query at most."""
    if not is_silent(book) or book.version.made_from_id is not None:
        return True
    return Event.objects.about(book.version).filter(verb="policy.route_chosen").exists()


def _whom_to_tell(book: Rulebook) -> Iterator[str]:
    if not is_chosen(book):
        yield (
            "The policy names nobody for reports of misuse. Choose whom they go to, under The "
            "policy, Reports of misuse."
        )


def _roles_of_the_trust(roles: list[StaffRole]) -> Iterator[str]:
    if not any(role.role == Role.DPO for role in roles):
        yield "Nobody is Data Protection Officer. Every trust has one (R-169)."


def _of_school(school: School, here: set[str], book: Rulebook) -> Iterator[str]:
    confirm = [role.value for role in book.terms.approver_roles]
    if not here & {*confirm, Role.DEPUTY.value}:
        named = " or ".join(Role(role).label for role in confirm)
        yield f"{school.short_name}: nobody confirms posts yet. Add somebody as {named}."
    unreached = [
        said_term(name).lower()
        for name in route_names()
        if not _reaches(getattr(book.terms.routes, name), here)
    ]
    if unreached:
        yield f"{school.short_name}: nobody is there for {', '.join(unreached)}."


def _reaches(route: Route, here: set[str]) -> bool:
    """Is there somebody in one of its groups? A line manager is somebody's own, so not counted."""
    return any(here & (set(group) - {LINE_MANAGER}) for group in route)
