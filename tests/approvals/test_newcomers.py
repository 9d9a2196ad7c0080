"""Whoever comes to confirm posts while some wait is told of them, once."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from approvals.arriving import tell_newcomers
from approvals.telling import page_of
from schools.actions import grant_role
from schools.models import Notice, User
from schools.roles import Role
from tests.policy.walk import put_in_force

pytestmark = pytest.mark.django_db


def told(submission) -> list[str]:
    """Who was told that it waits for them, by name."""
    found = Notice.objects.filter(path=page_of(submission), subject__startswith="Waits for you")
    return sorted(found.values_list("user__name", flat=True))


def test_a_head_who_comes_while_a_post_waits_is_told_once(trust):
    submission = trust.submitted()
    assert told(submission) == []
    trust.hana  # noqa: B018  made when first asked for
    assert [tell_newcomers(), tell_newcomers()] == [1, 0]
    assert told(submission) == ["Hana Okafor"]


def test_who_was_there_from_the_start_is_not_told_again(trust):
    trust.hana  # noqa: B018  made when first asked for
    submission = trust.submitted()
    assert tell_newcomers() == 0
    assert told(submission) == ["Hana Okafor"]


def test_a_deputy_is_told_on_the_first_day_and_not_before(trust):
    submission = trust.submitted()
    today = timezone.localdate()
    days = {"starts": today + timedelta(days=2), "ends": today + timedelta(days=9)}
    grant_role(user=trust.pat, role=Role.DEPUTY, school=trust.oak, by=None, **days)
    assert tell_newcomers() == 0
    with time_machine.travel(timezone.now() + timedelta(days=2), tick=True):
        assert tell_newcomers() == 1
    assert told(submission) == ["Pat Nobody"]


def test_whom_another_policy_names_is_told(trust):
    mo = trust.person("Mo Manager", Role.MANAGER, trust.oak)
    submission = trust.submitted()
    assert tell_newcomers() == 0
    put_in_force(trust, "champion")
    assert tell_newcomers() == 1
    assert told(submission) == [mo.name]


def test_nobody_is_told_of_their_own_post_or_of_another_school(trust):
    submission = trust.submitted(by=trust.tessa)
    author = User.objects.get(pk=trust.tessa.pk)
    grant_role(user=author, role=Role.HEAD, school=trust.oak, by=None)
    trust.owen  # noqa: B018  heads Elm
    assert tell_newcomers() == 0
    assert told(submission) == []


def test_what_is_decided_is_told_to_nobody(trust):
    submission = trust.approved().submissions.get()
    trust.edith  # noqa: B018  made when first asked for
    assert tell_newcomers() == 0
    assert "Edith Vance" not in told(submission)
