"""Who permits, in writing, what one photo shows: a logo of ours, an internal document.

The policy in force says whose it is (R-101, R-102): for logos in its terms, for documents in the
roles of the rule.
A deputy is none of them unless they are named: the yes is theirs in person.
"""

from __future__ import annotations

from django.db.models import Q

from policy.confirming import Confirmer, called
from policy.rulebook import Rulebook
from policy.terms import APPROVER, AUTHOR
from posts.models import MaterialRequest
from posts.models.requests import MaterialRequestQuerySet
from schools.models import School, StaffRole, User

Matter = MaterialRequest.Matter


def roles(matter: str, book: Rulebook) -> tuple[str, ...]:
    """The roles that permit this; where the policy names nobody, whoever confirms posts."""
    confirm = tuple(role.value for role in book.terms.approver_roles)
    if matter == Matter.LOGO:
        return tuple(role.value for role in book.terms.logo_permission) or confirm
    if not book.is_on("internal_material"):
        return confirm
    named = [role for role in book.rule("internal_material").roles if role != AUTHOR]
    return tuple(r for role in named for r in (confirm if role == APPROVER else (role,))) or confirm


def whoever(matter: str, book: Rulebook) -> Confirmer:
    """What they are called: "the Head", "a Manager"."""
    return called(roles(matter, book))


def may_permit(user: User, school_id: int, matter: str, book: Rulebook) -> bool:
    """Is this one of them, at this school, today?"""
    wanted = roles(matter, book)
    return any(held.role in wanted and held.covers(school_id) for held in user.roles_today())


def who_permits(school: School, matter: str, book: Rulebook) -> list[User]:
    """All of them at this school today. One query."""
    held = StaffRole.objects.in_force().filter(role__in=roles(matter, book))
    here = held.filter(Q(school=school) | Q(school=None))
    return list(User.objects.filter(is_active=True, pk__in=here.values("user")))


def answered_by(user: User, book: Rulebook) -> MaterialRequestQuerySet:
    """The requests that are this person's to answer, answered or not."""
    mine = Q(pk__in=[])
    for matter in Matter.values:
        wanted = roles(matter, book)
        for held in user.roles_today():
            if held.role in wanted:
                here = Q(picture__post__school=held.school_id) if held.school_id else Q()
                mine |= Q(matter=matter) & here
    return MaterialRequest.objects.filter(mine)


def put_to(user: User, book: Rulebook) -> MaterialRequestQuerySet:
    """Those that wait for this person's answer."""
    return answered_by(user, book).open()


def permits_anything(user: User, book: Rulebook) -> bool:
    """Does a role of theirs permit any of it at any school? For showing a way in."""
    held = {role.role for role in user.roles_today()}
    return any(not held.isdisjoint(roles(matter, book)) for matter in Matter.values)
