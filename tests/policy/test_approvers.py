"""Who confirms posts stands in the policy in force, and nowhere else (R-078, R-123)."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from audit.models import Event
from schools.actions import set_approvers
from schools.models import ApproverRole, School, User
from schools.roles import ROLES, Permission, Role, roles_with

pytestmark = pytest.mark.django_db

APPROVE = Permission.POST_APPROVE


def anew(user: User) -> User:
    """As the next request loads them."""
    return User.objects.get(pk=user.pk)


def test_no_role_carries_the_right_by_itself():
    assert not any(APPROVE in carried for carried in ROLES.values())


def test_whoever_asks_the_table_for_it_is_told_where_it_stands():
    with pytest.raises(ValueError, match="stands in the policy"):
        roles_with(APPROVE)


def test_under_sovereign_head_and_executive_head_confirm(trust):
    assert set(ApproverRole.objects.values_list("role", flat=True)) == {
        Role.HEAD,
        Role.EXECUTIVE_HEAD,
        Role.DEPUTY,
    }


def test_under_sovereign_a_manager_does_not(trust):
    manager = trust.person("Mo Manager", Role.MANAGER, trust.oak)
    assert not manager.may(APPROVE, trust.oak)
    assert manager not in User.objects.who_may(APPROVE, trust.oak)


def test_r_123_where_managers_confirm_a_head_does_not(trust):
    manager = trust.person("Mo Manager", Role.MANAGER, trust.oak)
    set_approvers(roles=[Role.MANAGER], by=None)
    assert manager.may(APPROVE, trust.oak)
    assert list(User.objects.who_may(APPROVE, trust.oak)) == [manager]
    assert not anew(trust.hana).may(APPROVE, trust.oak)


def test_every_way_of_asking_gives_the_same_answer(trust):
    manager = trust.person("Mo Manager", Role.MANAGER, trust.oak)
    set_approvers(roles=[Role.MANAGER], by=None)
    for person, may in ((manager, True), (anew(trust.hana), False)):
        assert person.may_somewhere(APPROVE) is may
        assert (trust.oak in School.objects.where(person, APPROVE)) is may


def test_a_manager_confirms_only_at_their_own_school(trust):
    manager = trust.person("Mo Manager", Role.MANAGER, trust.oak)
    set_approvers(roles=[Role.MANAGER], by=None)
    assert not manager.may(APPROVE, trust.elm)


def test_r_172_a_dated_deputy_confirms_under_every_policy(trust):
    set_approvers(roles=[Role.MANAGER], by=None)
    deputy = User.objects.create_user("d@demo.example", name="Dee Deputy")
    deputy.roles.create(
        role=Role.DEPUTY, school=trust.oak, ends=timezone.localdate() + timedelta(days=1)
    )
    assert deputy.may(APPROVE, trust.oak)


def test_without_any_policy_nobody_confirms(trust):
    ApproverRole.objects.all().delete()
    assert not anew(trust.hana).may(APPROVE, trust.oak)


@pytest.mark.parametrize("role", [Role.STAFF, Role.CIO, Role.EXTERNAL])
def test_the_database_refuses_a_role_that_confirms_in_no_trust(role):
    with pytest.raises(IntegrityError), transaction.atomic():
        ApproverRole.objects.create(role=role)


def test_a_change_of_approvers_is_an_event_and_the_same_again_is_none(trust):
    before = Event.objects.filter(verb="approvers.changed").count()
    for _ in range(2):
        set_approvers(roles=[Role.MANAGER], by=trust.cara)
    assert Event.objects.filter(verb="approvers.changed").count() == before + 1


def test_asking_costs_no_further_query(trust, django_assert_num_queries):
    hana = anew(trust.hana)
    with django_assert_num_queries(1):
        assert hana.may(APPROVE, trust.oak)
        assert hana.may(Permission.POST_DRAFT, trust.oak)
