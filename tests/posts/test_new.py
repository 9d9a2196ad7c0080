"""Where a draft begins."""

from __future__ import annotations

import pytest

from schools.roles import Permission, Role, roles_with
from tests.approvals.pages import words

pytestmark = pytest.mark.django_db


def test_it_says_who_else_will_see_the_draft(trust, signed_in):
    page = words(signed_in(trust.tessa).get("/posts/new/"))
    named = {role.value for role in Role if role.label in page}
    assert named == set(roles_with(Permission.POST_SEE_ALL))
