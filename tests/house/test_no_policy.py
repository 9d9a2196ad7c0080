"""Before a policy is in force, pages say so in words."""

from __future__ import annotations

import pytest

from policy.models import PolicyVersion
from tests.approvals.pages import words

pytestmark = pytest.mark.django_db


def test_before_a_policy_is_in_force_a_draft_says_so_instead_of_breaking(trust, signed_in):
    post = trust.draft()
    PolicyVersion.objects.update(in_force=False)
    answer = signed_in(trust.tessa).get(f"/posts/{post.pk}/edit/")
    assert answer.status_code == 503
    assert "No policy is in force yet" in words(answer)


def test_nor_can_a_head_decide_and_reads_why(trust, signed_in):
    submission, hana = trust.submitted(), trust.hana
    PolicyVersion.objects.update(in_force=False)
    answer = signed_in(hana).get(f"/approvals/{submission.pk}/")
    assert "No policy is in force yet" in words(answer)
