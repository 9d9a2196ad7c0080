"""Reminders are asked for by staff and issued or declined by a Head (protocol 4)."""

from __future__ import annotations

import pytest
from django.db import IntegrityError

from approvals import actions as approvals
from posts.checks import check
from posts.errors import NotPossible, SomebodyWasFaster
from posts.models import Post, ReminderRequest
from posts.origins import requesting
from schools.models import Notice
from tests.cast import declared

pytestmark = pytest.mark.django_db


def ask(trust, **more):
    said = {"title": "Coats on Friday", "text": "It will be cold. Bring a coat."} | more
    return requesting.ask_for_reminder(school=trust.oak, by=trust.tessa, **said)


def test_r_077_asking_on_the_page_mails_the_heads_and_stands_in_their_queue(trust, signed_in):
    trust.hana, trust.edith, trust.owen  # noqa: B018 (made before they are told)
    form = {"school": trust.oak.pk, "title": "Coats on Friday", "text": "Bring a coat."}
    signed_in(trust.tessa).post("/posts/requests/", form)
    told = Notice.objects.filter(subject="A reminder is asked for at Oak")
    assert {n.user for n in told} == {trust.hana, trust.edith}
    assert "1 request" in signed_in(trust.hana).get("/approvals/").content.decode()
    assert "Coats on Friday" in signed_in(trust.hana).get("/posts/requests/").content.decode()


def test_r_077_what_it_says_never_stands_in_the_mail(trust):
    trust.hana  # noqa: B018
    ask(trust, text="Amira forgot her coat.")
    assert not Notice.objects.filter(body__contains="Amira").exists()


def test_r_077_the_outcome_is_kept_with_the_request(trust):
    asked = ask(trust)
    requesting.decline(asked=asked, words="The forecast changed.", by=trust.hana)
    asked.refresh_from_db()
    assert (asked.outcome, asked.words, asked.answered_by) == (
        "declined",
        "The forecast changed.",
        trust.hana,
    )


def test_r_077_who_asked_reads_the_outcome(trust, signed_in):
    requesting.decline(asked=ask(trust), words="The forecast changed.", by=trust.hana)
    page = signed_in(trust.tessa).get("/posts/requests/").content.decode()
    assert "The forecast changed." in page


def test_r_076_an_issued_reminder_has_a_named_head(trust):
    post = requesting.issue(asked=ask(trust), by=trust.hana)
    assert (post.owned_by, post.author, post.is_update) == (trust.hana, trust.tessa, True)


def test_r_076_it_is_still_confirmed_by_a_head_who_did_not_write_it(trust):
    post = requesting.issue(asked=ask(trust), by=trust.hana)
    trust.choose_channels(post, ["news"])
    submission = approvals.submit(post=post, by=trust.tessa, declared=declared())
    assert approvals.approve(submission=submission, by=trust.hana)


def test_r_076_staff_issue_nothing(trust):
    with pytest.raises(NotPossible, match="Only a Head"):
        requesting.issue(asked=ask(trust), by=trust.tessa)


def test_r_076_nor_does_another_schools_head(trust, signed_in):
    asked = ask(trust)
    answer = signed_in(trust.owen).post(f"/posts/requests/{asked.pk}/answer/", {"issue": "1"})
    assert answer.status_code == 404


def test_r_075_an_update_needs_no_celebration(trust):
    post = requesting.issue(asked=ask(trust), by=trust.hana)
    assert [f for f in check(post).findings if f.rule in {"purpose", "reminder_owner"}] == []


def test_r_074_without_a_purpose_nothing_is_submitted(trust):
    post = trust.draft()
    Post.objects.filter(pk=post.pk).update(purpose=None)
    assert [f.rule for f in check(post).findings] == ["purpose"]


def test_of_two_heads_at_once_the_second_is_told(trust):
    asked = ask(trust)
    requesting.issue(asked=asked, by=trust.hana)
    with pytest.raises(SomebodyWasFaster):
        requesting.decline(asked=asked, words="No", by=trust.edith)
    assert Post.objects.count() == 1


def test_declining_needs_words(trust):
    with pytest.raises(NotPossible, match="Say why"):
        requesting.decline(asked=ask(trust), words=" ", by=trust.hana)


def test_half_an_outcome_cannot_be_stored(trust):
    asked = ask(trust)
    with pytest.raises(IntegrityError, match="reminder_outcome_is_whole"):
        ReminderRequest.objects.filter(pk=asked.pk).update(outcome="issued")
