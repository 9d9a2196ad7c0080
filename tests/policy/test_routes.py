"""Whom a question or a report goes to stands in the policy."""

from __future__ import annotations

import pytest

from policy.routes import people
from schools.models import User
from schools.roles import Role
from tests.policy.walk import approver, put_in_force

pytestmark = pytest.mark.django_db


def names(found) -> set[str]:
    return {person.get_short_name() for person in found}


@pytest.fixture
def staffed(trust):
    """Everybody whom Sovereign's routes name."""
    trust.person("Celia Chief", Role.CEO, None)
    return trust, trust.tessa, trust.hana, trust.edith, trust.owen, trust.cara


def test_r_031_misuse_goes_to_all_three(staffed):
    trust = staffed[0]
    assert names(people("misuse", trust.oak)) == {"Hana", "Edith", "Celia"}


def test_r_031_never_to_whom_it_is_about(staffed):
    trust = staffed[0]
    assert names(people("misuse", trust.oak, about=trust.hana)) == {"Edith", "Celia"}


def test_the_next_group_is_told_when_nobody_is_left_of_the_first(staffed):
    trust = staffed[0]
    assert names(people("copyright", trust.oak, about=trust.hana)) == {"Edith"}


def test_nobody_is_asked_their_own_question(staffed):
    trust = staffed[0]
    assert names(people("copyright", trust.oak, asking=trust.hana)) == {"Edith"}


def test_r_096_when_unsure_the_line_manager_or_a_head_is_asked(staffed):
    trust = staffed[0]
    User.objects.filter(pk=trust.tessa.pk).update(manager=trust.dot)
    tessa = User.objects.get(pk=trust.tessa.pk)
    assert names(people("query", trust.oak, asking=tessa)) == {"Dot", "Hana", "Edith"}


def test_a_line_manager_of_another_school_is_not_told_of_this_one(staffed):
    trust = staffed[0]
    User.objects.filter(pk=trust.tessa.pk).update(manager=trust.owen)
    tessa = User.objects.get(pk=trust.tessa.pk)
    assert "Owen" not in names(people("query", trust.oak, asking=tessa))


def test_r_032_questions_about_the_policy_go_to_the_chief_information_officer(staffed):
    trust = staffed[0]
    assert names(people("policy_question", trust.oak)) == {"Cara"}


def test_a_closed_account_is_nobody(staffed):
    trust = staffed[0]
    User.objects.filter(pk=trust.hana.pk).update(is_active=False)
    assert names(people("harmful_content", trust.oak)) == {"Edith"}


def test_somebody_with_two_roles_is_told_once(staffed):
    trust = staffed[0]
    trust.person("Hugo Second", Role.HEAD, trust.oak)
    both = trust.person("Bo Both", Role.HEAD, trust.oak)
    both.roles.create(role=Role.EXECUTIVE_HEAD, school=trust.oak)
    assert len([p for p in people("misuse", trust.oak) if p == both]) == 1


def test_nobody_is_left(trust):
    assert people("hr_advice", trust.oak) == []


def test_one_route_costs_two_queries(staffed, django_assert_num_queries):
    trust = staffed[0]
    with django_assert_num_queries(2):  # the version, the roles
        people("misuse", trust.oak)


def test_r_138_a_manager_is_shown_the_hr_adviser(trust, signed_in):
    adviser = trust.person("Chris Hale", Role.CHRO, None)
    put_in_force(trust, "champion")
    page = signed_in(approver(trust, "champion")).get("/policy/you/").content.decode()
    assert "Need advice?" in page
    assert f'href="mailto:{adviser.email}"' in page


def test_r_138_nobody_else_is_and_nobody_where_the_policy_is_silent(trust, signed_in):
    manager = trust.person("Mo Manager", Role.MANAGER, trust.oak)
    assert "Need advice?" not in signed_in(manager).get("/policy/you/").content.decode()
    put_in_force(trust, "champion")
    assert "Need advice?" not in signed_in(trust.tessa).get("/policy/you/").content.decode()
