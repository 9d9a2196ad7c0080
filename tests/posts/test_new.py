"""Where a draft begins."""

from __future__ import annotations

import pytest
from django.urls import reverse

from schools.roles import Permission, Role, roles_with
from tests.approvals.pages import words

pytestmark = pytest.mark.django_db


def test_it_says_who_else_will_see_the_draft(trust, signed_in):
    page = words(signed_in(trust.tessa).get("/posts/new/"))
    named = {role.value for role in Role if role.label in page}
    assert named == set(roles_with(Permission.POST_SEE_ALL))


def test_r_030_my_posts_tells_a_newcomer_to_read_the_policy_first(trust, signed_in):
    page = signed_in(trust.newcomer()).get("/posts/")
    assert "Before you write" in words(page)
    assert f"{reverse('policy:read')}?next=/posts/" in page.content.decode()


def test_r_030_whoever_has_read_it_is_told_nothing(trust, signed_in):
    assert "Before you write" not in words(signed_in(trust.tessa).get("/posts/"))
