"""A yes counts for what its own version asked, and nothing is inferred for what it did not ask."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from approvals.actions import approve, submit
from consents.actions import Said, record_many
from consents.agreements import with_asks
from consents.answering import asked_of
from consents.models import ConsentDecision, Kind, Way
from consents.panels import Withdrawal
from consents.rules import permissions, permissions_by_purpose
from consents.wording import Document
from policy.models import Purpose
from posts.checks.run import check
from publishing.foreseen import concerned
from publishing.reviewing import review_live
from tests.approvals.pages import words
from tests.cast import declared
from tests.consents.agreements.writing import published

pytestmark = pytest.mark.django_db


@pytest.fixture
def adverts(trust) -> Purpose:
    """One more purpose of the policy, which versions published after it ask for."""
    return Purpose.objects.create(version=trust.policy, key="adverts", name="Adverts")


def says_yes(trust, agreement, giver=None, child=None) -> None:
    child = child or trust.rose
    record_many(
        said=[Said(trust.platform("news"), Kind.PHOTO, "yes")],
        child=child,
        giver=giver or trust.mother(child),
        way=Way.PAPER,
        agreement=agreement,
        by=trust.connie,
    )


def refused(trust, purpose: Purpose) -> bool:
    """Does a post with Rose in it, for this purpose, lack her permission?"""
    post = trust.draft(children=[trust.rose])
    post.purpose = purpose
    post.save(update_fields=["purpose"])
    return any("Rose G. cannot be shown" in finding.message for finding in check(post).blockers)


def test_a_yes_counts_for_the_purposes_its_version_asked_for(trust):
    says_yes(trust, published(trust))
    assert not refused(trust, trust.achievement)


def test_it_does_not_count_for_a_purpose_that_was_not_asked(trust):
    agreement = published(trust)
    adverts = Purpose.objects.create(version=trust.policy, key="adverts", name="Adverts")
    says_yes(trust, agreement)
    assert refused(trust, adverts)
    assert not refused(trust, trust.achievement)


def test_a_yes_to_the_version_that_asks_counts_for_it(trust, adverts):
    says_yes(trust, published(trust))
    assert not refused(trust, adverts)


def test_an_answer_without_a_version_is_about_the_first(trust, adverts):
    without = published(trust)
    whole = Document.read(without.content)
    assert "adverts" in whole.purposes
    says_yes(trust, None)
    assert not refused(trust, adverts)


def test_an_answer_without_a_version_does_not_count_for_a_purpose_that_came_later(trust):
    narrow_and_whole(trust)
    says_yes(trust, None)
    assert refused(trust, Purpose.objects.get(key="adverts"))
    assert not refused(trust, trust.achievement)


def test_who_answered_without_a_version_is_not_asked_for_a_new_purpose(trust):
    narrow, whole = narrow_and_whole(trust)
    says_yes(trust, None)
    square = (trust.rose.pk, trust.platform("news").pk, Kind.PHOTO.value)
    for agreement, is_open in ((narrow, False), (whole, True)):
        asked = asked_of(trust.mother(trust.rose), agreement, [trust.rose])
        assert (square in asked.unanswered()) is is_open


def test_a_post_that_is_live_comes_down_when_a_file_says_yes_to_less(trust):
    _, whole = narrow_and_whole(trust)
    ife = trust.child("Ife", "Adeyemi")  # of whom nothing else was said lately
    says_yes(trust, whole, child=ife)
    post = trust.draft(children=[ife])
    post.purpose = Purpose.objects.get(key="adverts")
    post.save(update_fields=["purpose"])
    approve(submission=submit(post=post, by=trust.tessa, declared=declared()), by=trust.hana)
    trust.send_all()
    with time_machine.travel(timezone.now() + timedelta(hours=1)):
        review_live()
        assert trust.delivery(post).state == "sent"
        says_yes(trust, None, child=ife)
        review_live()
    assert trust.delivery(post).state == "taken_down"


def test_the_yes_of_another_for_less_does_not_keep_a_post_and_the_page_says_so(trust):
    narrow, whole = narrow_and_whole(trust)
    says_yes(trust, whole)
    post = trust.draft(children=[trust.rose])
    post.purpose = Purpose.objects.get(key="adverts")
    post.save(update_fields=["purpose"])
    approve(submission=submit(post=post, by=trust.tessa, declared=declared()), by=trust.hana)
    trust.send_all()
    says_yes(trust, narrow, giver=trust.parent(trust.rose, "Father"))
    trust.says(trust.rose, "unclear", [trust.platform("news")])
    [told] = concerned(Withdrawal((trust.rose,), is_done=True))
    assert told.post == post
    review_live()
    assert trust.delivery(post).state == "taken_down"


def test_a_version_that_no_longer_asks_takes_nothing_from_an_older_yes(trust, adverts):
    first = published(trust)
    says_yes(trust, first)
    document = Document.read(first.content)
    fewer = tuple(key for key in document.purposes if key != "adverts")
    published(trust, replace(document, purposes=fewer))
    assert not refused(trust, adverts)


def narrow_and_whole(trust) -> tuple:
    """A version that does not ask for adverts, and the next one, which does."""
    narrow = published(trust)
    Purpose.objects.create(version=trust.policy, key="adverts", name="Adverts")
    document = Document.read(narrow.content)
    return narrow, published(
        trust, with_asks(document, document.asks, [*document.purposes, "adverts"])
    )


def test_of_two_parents_either_yes_may_cover_the_purpose_whoever_answered_last(trust):
    narrow, whole = narrow_and_whole(trust)
    says_yes(trust, whole, giver=trust.parent(trust.rose, "Father"))
    says_yes(trust, narrow)
    found = permissions(
        [trust.rose.pk], [trust.platform("news").pk], [Kind.PHOTO], purpose="adverts"
    )
    decision = ConsentDecision.objects.get(pk=next(iter(found.allowed.values())))
    assert decision.agreement == whole


def test_the_queue_marks_it_as_the_gate_decides_it(trust, signed_in):
    narrow, whole = narrow_and_whole(trust)
    says_yes(trust, whole)
    for purpose in (trust.achievement, Purpose.objects.get(key="adverts")):
        post = trust.draft(children=[trust.rose], title=purpose.name)
        post.purpose = purpose
        post.save(update_fields=["purpose"])
        submit(post=post, by=trust.tessa, declared=declared())
    says_yes(trust, narrow)  # and now says nothing of adverts
    page = words(signed_in(trust.hana).get("/approvals/"))
    assert page.count("1 may be shown") == 1
    assert page.count("1 of 1 cannot be shown") == 1


def test_with_a_purpose_it_is_still_one_query(trust, django_assert_num_queries):
    asked = ([trust.rose.pk], [trust.platform("news").pk], [Kind.PHOTO])
    with django_assert_num_queries(1):
        permissions_by_purpose(*asked, [None, "achievement", "adverts"])
