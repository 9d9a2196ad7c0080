"""An approved post that waits and may not go any more: told at once, and said on its page. After a
take-down: why."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from approvals import actions as approvals
from consents.actions import set_hold, withdraw
from posts.models import Post
from publishing import reviewing, taking_down
from schools.models import Notice
from tests.approvals.pages import words
from tests.cast import Trusty, declared

pytestmark = pytest.mark.django_db

CANNOT = "Cannot go out as it is Amira K. cannot be shown on News page."


def gone(trust: Trusty) -> None:
    """Amira's mother changes her mind, and a look is taken."""
    withdraw(child=trust.amira, giver=trust.mother(trust.amira), by=trust.connie)
    reviewing.review_live()


@pytest.fixture
def waiting(trust: Trusty) -> Post:
    """Approved for tomorrow, with Amira in it."""
    post = trust.approved(children=[trust.amira], goes_out_at=timezone.now() + timedelta(days=1))
    trust.send_all()
    return post


def page(signed_in: Any, user: Any, post: Post) -> str:
    return words(signed_in(user).get(f"/posts/{post.pk}/"))


def told(trust: Trusty) -> int:
    """How often the author has been told that it cannot go."""
    return Notice.objects.filter(user=trust.tessa, subject__startswith="Cannot go to").count()


# ── what waits ───────────────────────────────────────────────────────────────────────────────────
def test_its_page_says_first_that_it_cannot_go_and_why(trust, signed_in, waiting):
    gone(trust)
    for user in (trust.tessa, trust.hana):
        shown = page(signed_in, user, waiting)
        assert CANNOT in shown
        assert "Take it back to change it" in shown
        assert shown.index(CANNOT) < shown.index("What it says")


def test_the_page_says_it_before_anybody_has_been_told(trust, signed_in, waiting):
    withdraw(child=trust.amira, giver=trust.mother(trust.amira), by=trust.connie)
    assert CANNOT in page(signed_in, trust.tessa, waiting)


def test_a_hold_reads_the_same(trust, signed_in, waiting):
    set_hold(child=trust.amira, kind="protected", by=trust.dot)
    assert CANNOT in page(signed_in, trust.tessa, waiting)


def test_a_post_that_may_go_says_nothing_of_it(trust, signed_in, waiting):
    assert "Cannot go out" not in page(signed_in, trust.tessa, waiting)


def test_what_waits_for_the_head_says_that_it_cannot_be_approved(trust, signed_in):
    submission = trust.submitted(children=[trust.amira])
    gone(trust)
    shown = page(signed_in, trust.tessa, submission.post)
    assert CANNOT in shown
    assert "It cannot be approved as it is." in shown


def test_what_is_live_does_not_read_as_if_it_waited(trust, signed_in):
    post = trust.published(children=[trust.amira])
    gone(trust)
    assert "Cannot go out" not in page(signed_in, trust.tessa, post)


def test_a_colleague_who_may_not_take_it_back_is_not_offered_to(trust, signed_in, waiting):
    gone(trust)
    shown = page(signed_in, trust.uma, waiting)
    assert CANNOT in shown
    assert "Take it back" not in shown


def test_approved_again_and_withdrawn_again_is_told_again(trust, waiting):
    gone(trust)
    trust.says(trust.amira, "yes", [trust.platform("news")], giver=trust.mother(trust.amira))
    approvals.take_back(post=waiting, by=trust.tessa)
    again = approvals.submit(
        post=Post.objects.get(pk=waiting.pk), by=trust.tessa, declared=declared()
    )
    approvals.approve(submission=again, by=trust.hana)
    trust.send_all()
    gone(trust)
    assert told(trust) == 2


def test_given_again_and_withdrawn_again_is_told_again(trust, waiting):
    gone(trust)
    trust.says(trust.amira, "yes", [trust.platform("news")], giver=trust.mother(trust.amira))
    gone(trust)
    assert told(trust) == 2


def test_a_second_no_is_not_told_again(trust, waiting):
    gone(trust)
    set_hold(child=trust.amira, kind="protected", by=trust.dot)
    reviewing.review_live()
    assert told(trust) == 1


# ── what was taken down ──────────────────────────────────────────────────────────────────────────
def test_its_page_and_the_notice_say_why_it_was_taken_down(trust, signed_in):
    post = trust.published(children=[trust.amira])
    gone(trust)
    assert "A permission it relied on has ended." in page(signed_in, trust.tessa, post)
    notice = Notice.objects.get(user=trust.tessa, subject__startswith="Taken down from")
    assert "A permission it relied on has ended." in notice.body


def test_what_a_person_wrote_as_a_reason_stands_on_the_page_and_in_no_notice(trust, signed_in):
    post = trust.published()
    taking_down.take_down(delivery=trust.delivery(post), by=trust.hana, reason="That is Amira")
    assert "Hana Okafor took it down: That is Amira" in page(signed_in, trust.tessa, post)
    notice = Notice.objects.get(user=trust.tessa, subject__startswith="Taken down from")
    assert "Amira" not in notice.body
    assert "Why is on the post’s page." in notice.body
