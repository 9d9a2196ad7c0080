"""May this person look after that one: see how they stand, record training, restrict? Each answer
is a list of sentences; empty means go."""

from __future__ import annotations

from django.db.models import QuerySet
from django.utils import timezone

from policy.models import Channel
from policy.models.people import LinkedInPermission
from policy.rulebook import Rulebook
from schools.models import School, StaffRole, User
from schools.roles import Permission


def people_of(by: User) -> QuerySet[User]:
    """Everybody who holds a role, now or soon, at a school whose people this person looks after.
    Roles for the whole trust are looked after by whoever looks after all of it."""
    roles = StaffRole.objects.standing().filter(by.school_filter("school", Permission.STAFF_GUIDE))
    return User.objects.here().filter(pk__in=roles.values("user"))


def may_guide(by: User, user: User, permission: Permission, school: School | None) -> list[str]:
    """May `by` do this about this person, at a school or for the whole trust?"""
    if by == user:
        return ["Nobody does this for themselves. Ask somebody else."]
    if school is None and by.may_for_trust(permission):
        return []
    if school is not None and by.may(permission, school):
        return [] if _works_at(user, school) else [f"{user.name} has no role there."]
    return ["You do not look after this person there."]


def may_record_training(by: User, user: User) -> list[str]:
    """May `by` record a training of this person, or strike one out?"""
    if by == user:
        return ["Nobody records their own training. Ask your Head."]
    roles = StaffRole.objects.standing().filter(user=user)
    mine = roles.filter(by.school_filter("school", Permission.TRAINING_RECORD))
    if by.may_for_trust(Permission.TRAINING_RECORD) or mine.exists():
        return []
    return ["You do not look after this person’s training."]


def may_restrict(by: User, user: User, school: School) -> list[str]:
    """May `by` lay something down for this person at this school (R-057)?"""
    return may_guide(by, user, Permission.STAFF_RESTRICT, school)


def extra_approvers(school: School, user: User, by: User) -> QuerySet[User]:
    """Who can be asked to say yes as well: somebody who sees the school's posts, and neither the
    person nor the Head who decides anyway."""
    seeing = User.objects.who_may(Permission.POST_SEE_ALL, school)
    return seeing.exclude(pk__in=[user.pk, by.pk])


def may_decide_linkedin(by: User, asked: LinkedInPermission, book: Rulebook) -> list[str]:
    """May `by` answer this (R-047)? The roles stand in the policy."""
    if by.pk == asked.user_id:
        return ["Nobody grants this to themselves."]
    return [] if answers_linkedin(by, book) else ["The policy names somebody else for this."]


def answers_linkedin(user: User, book: Rulebook) -> bool:
    """Does the policy name a role of this person's for it?"""
    return any(role.role in book.terms.linkedin_exception for role in user.roles_today())


def may_ask_for_linkedin(user: User, book: Rulebook) -> list[str]:
    """May this person ask for it?"""
    if not book.terms.linkedin_exception:
        return ["The policy in force has no such permission."]
    opened = LinkedInPermission.objects.filter(user=user, state__in=["asked", "granted"])
    return ["You have asked for it already."] if opened.exists() else []


def may_consent_to_use(by: User, user: User, channel: Channel, book: Rulebook) -> list[str]:
    """May `by` let this person use an account? It is for whoever looks after channels (R-079), and
    where the policy asks for a manager's express consent, for the person's manager and whoever
    confirms the school's posts (R-122)."""
    if by == user:
        return ["Nobody gives this to themselves. Ask somebody else."]
    today = timezone.localdate()
    roles = StaffRole.objects.on_any_of(today, None).filter(user=user)
    if not user.is_here or not any(role.covers(channel.school_id) for role in roles):
        return [f"{user.name} has no role at this school."]
    if by.may(Permission.CHANNEL_CONNECT, channel.school_id):
        return []
    manages = user.manager_id == by.pk or by.may(Permission.POST_APPROVE, channel.school_id)
    if book.terms.account_use == "manager_consent" and manages:
        return []
    return ["Only whoever looks after channels, or a manager, can do this."]


def accounts_of(by: User, book: Rulebook) -> QuerySet[Channel]:
    """The accounts whose use this person can allow somebody."""
    within = [School.objects.where(by, Permission.CHANNEL_CONNECT)]
    if book.terms.account_use == "manager_consent":
        within.append(School.objects.where(by, Permission.POST_APPROVE))
        managed = StaffRole.objects.standing().filter(user__manager=by, school__isnull=False)
        within.append(School.objects.filter(pk__in=managed.values("school")))
    schools = {school.pk for some in within for school in some}
    found = Channel.objects.usable().filter(school__in=schools)
    return found.select_related("school", "platform").order_by("school__name", "platform__position")


def users_of_accounts(by: User, channels: QuerySet[Channel]) -> QuerySet[User]:
    """Whom this person can allow it: who works where these accounts are, without themselves."""
    roles = StaffRole.objects.standing().filter(school__in=channels.order_by().values("school"))
    return User.objects.here().filter(pk__in=roles.values("user")).exclude(pk=by.pk)


def _works_at(user: User, school: School) -> bool:
    today = timezone.localdate()
    return StaffRole.objects.on_any_of(today, None).filter(user=user, school=school).exists()
