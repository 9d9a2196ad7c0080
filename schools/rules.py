"""May this person change who may do what? Each answer is a list of sentences; empty means go."""

from __future__ import annotations

from datetime import date

from django.utils import timezone

from schools.clock import day
from schools.models import School, StaffRole, User
from schools.roles import APPROVER_ROLES, Permission, Role, roles_with

MANAGE = Permission.STAFF_MANAGE


def may_grant(
    by: User,
    *,
    user: User,
    role: Role,
    school: School | None,
    starts: date | None = None,
    ends: date | None = None,
) -> list[str]:
    """May `by` give this role for these days? `school=None` means every school of the trust;
    without `starts` it is from today."""
    first = starts or timezone.localdate()
    found = [*_days(user, first, ends), *_held(user, role, school, first, ends)]
    if school is None and not by.may_for_trust(MANAGE):
        found.append("Choose a school: you manage staff of single schools.")
    if school is not None and not by.may(MANAGE, school):
        found.append("You do not manage the staff of this school.")
    if user == by and role in APPROVER_ROLES:
        found.append("Nobody makes themselves an approver. Somebody else must give you this role.")
    if not user.is_active:
        found.append(f"The account of {user.name} is closed.")
    return found


def _days(user: User, starts: date, ends: date | None) -> list[str]:
    """A role counts from when it is given: nothing is made true of days that are over."""
    today, found = timezone.localdate(), []
    if starts < today:
        found.append("The first day has passed. Choose today or a later day.")
    if ends and ends < today:
        found.append("The last day has passed. Choose today or a later day.")
    if user.ends_on and user.ends_on < starts:
        found.append(f"The account of {user.name} ends {day(user.ends_on)}. Choose days before.")
    return found


def _held(
    user: User, role: Role, school: School | None, starts: date, ends: date | None
) -> list[str]:
    """The same role, here already on some of these days."""
    same = StaffRole.objects.on_any_of(starts, ends).filter(user_id=user.pk, role=role)
    for held in same.select_related("school"):
        if held.school_id is None or held.school_id == (school and school.pk):
            until = f" until {day(held.ends)}" if held.ends else ""
            since = "is already" if held.has_begun() else f"from {day(held.starts)} is"
            return [
                f"{user.name} {since} {held.line()}{until}. End that first, or choose other days."
            ]
    return []


def may_end(by: User, role: StaffRole) -> list[str]:
    """May `by` take this role away?"""
    over = by.may_for_trust(MANAGE) if role.school_id is None else by.may(MANAGE, role.school_id)
    if not over:
        return ["You do not manage the staff there."]
    if _is_last_manager(role):
        return [f"Nobody else manages the trust’s staff. Give somebody “{role.line()}” first."]
    return []


def may_look_after(by: User, user: User) -> list[str]:
    """May `by` act on this account? Whoever manages the trust's staff may; whoever manages single
    schools may, while all roles the person has or had are there."""
    if by.may_for_trust(MANAGE):
        return []
    places = set(StaffRole.objects.filter(user=user).values_list("school_id", flat=True))
    if places and all(place is not None and by.may(MANAGE, place) for place in places):
        return []
    return ["You do not manage everything this person does. Ask whoever manages the trust’s staff."]


def may_change_person(
    by: User,
    user: User,
    *,
    category: str,
    manager: User | None,
    ends_on: date | None,
    job_title: str = "",
) -> list[str]:
    """May `by` keep this of the person (R-020, R-021)? Everybody has exactly one category, and who
    is from outside has a last day."""
    found = may_look_after(by, user)
    if user == by and (category, ends_on) != (user.category, user.ends_on):
        found.append("Nobody changes their own category or last day. Ask somebody else.")
    if category not in User.Category.values:
        found.append("Choose a category.")
    if category == User.Category.THIRD_PARTY and ends_on is None:
        found.append("Somebody from outside has a last day. Choose it.")
    if manager is not None and (manager == user or not manager.is_here):
        found.append("Choose somebody else as manager, who works here today.")
    return found


def may_invite(by: User, user: User) -> list[str]:
    """May `by` send the invitation once more?"""
    found = may_look_after(by, user)
    if not user.is_active:
        found.append(f"The account of {user.name} is closed.")
    if user.has_usable_password():
        found.append(
            f"{user.get_short_name()} has chosen a password already. Anybody who has forgotten "
            "theirs gets a new link on the sign-in page."
        )
    return found


def may_close(by: User, user: User) -> list[str]:
    """May `by` close this account?"""
    found = may_look_after(by, user)
    if user == by:
        found.append("Nobody closes their own account. Ask somebody else who manages staff.")
    if any(_is_last_manager(role) for role in user.roles_today()):
        found.append("Nobody else manages the trust’s staff. Give somebody that role first.")
    return found


def may_run_trust(by: User) -> list[str]:
    """May `by` add schools and change the trust's own settings?"""
    if by.may_for_trust(MANAGE):
        return []
    return ["This is for whoever manages the staff of the whole trust."]


def may_change(by: User, school: School) -> list[str]:
    """May `by` change what this school is called and where its office is?"""
    return [] if by.may(MANAGE, school) else ["You do not manage this school."]


def _is_last_manager(role: StaffRole) -> bool:
    """Would nobody be left who can give a role anywhere in the trust?"""
    managers = StaffRole.objects.in_force().filter(
        school=None, role__in=roles_with(MANAGE), user__is_active=True
    )
    return set(managers.values_list("pk", flat=True)) == {role.pk}
