"""A draft is thrown away by its author; what is with the Head or went out is not "thrown away"."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from approvals import actions as approvals
from posts import actions as drafting
from posts.errors import NotPossible
from posts.models import Post
from tests.approvals.pages import words
from tests.cast import Trusty, declared

pytestmark = pytest.mark.django_db


def expired(trust: Trusty) -> Post:
    soon = timezone.now() + timedelta(hours=2)
    post = trust.submitted(goes_out_at=soon).post
    approvals.expire_overdue(at=soon + timedelta(hours=3))
    return Post.objects.get(pk=post.pk)


def returned(trust: Trusty) -> Post:
    submission = trust.submitted()
    approvals.return_to_author(submission=submission, by=trust.hana, reason="Crop it")
    return submission.post


WHILE_IT_IS_THE_AUTHORS = {"draft": Trusty.draft, "returned": returned, "expired": expired}


@pytest.mark.parametrize("state", WHILE_IT_IS_THE_AUTHORS)
def test_its_author_throws_it_away_while_it_is_theirs(trust, signed_in, state):
    post = WHILE_IT_IS_THE_AUTHORS[state](trust)
    page = signed_in(trust.tessa).get(f"/posts/{post.pk}/")
    assert f"/posts/{post.pk}/withdraw/" in page.content.decode()
    drafting.withdraw(post=post, by=trust.tessa)
    assert Post.objects.get().state == "withdrawn"


def test_what_is_live_in_part_is_not_thrown_away(trust, signed_in):
    post = trust.approved(channels=["news", "facebook"])
    trust.send_all()
    said = signed_in(trust.tessa).post(f"/posts/{post.pk}/withdraw/", follow=True)
    assert "Take it back first" in words(said)
    assert "Withdrawn" not in words(said)
    assert Post.objects.get().state == "approved"
    assert trust.delivery(post).state == "sent"


def test_what_waits_for_the_head_is_taken_back_first(trust):
    submission = trust.submitted()
    with pytest.raises(NotPossible, match="Take it back first"):
        drafting.withdraw(post=submission.post, by=trust.tessa)
    submission.refresh_from_db()
    assert submission.state == "open"


def test_what_has_gone_out_is_taken_down_where_it_went(trust):
    post = trust.published()
    with pytest.raises(NotPossible, match="taken down where it went"):
        drafting.withdraw(post=post, by=trust.tessa)


def test_a_page_that_is_old_throws_away_nothing_that_moved_on_meanwhile(trust):
    old = trust.draft()
    approvals.submit(post=Post.objects.get(), by=trust.tessa, declared=declared())
    with pytest.raises(NotPossible):
        drafting.withdraw(post=old, by=trust.tessa)
    assert Post.objects.get().state == "submitted"


def test_nobody_else_throws_it_away(trust):
    with pytest.raises(NotPossible, match="Only its author or a Head"):
        drafting.withdraw(post=trust.draft(), by=trust.connie)
