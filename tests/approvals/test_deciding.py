"""The Head's one screen: what it shows, the three answers, and that they mean exactly this post."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, connection, transaction
from django.urls import reverse

from approvals import actions as approvals
from approvals.models import ApprovalDecision, Submission
from consents.actions import withdraw
from policy.rulebook import Rulebook
from posts import actions as drafting
from posts import picturing
from posts.errors import NotPossible, Refused, SomebodyWasFaster
from posts.models import Post
from publishing.models import Delivery
from schools.models import Notice
from tests.approvals.pages import approve_form, asked, queries, words
from tests.cast import declared

pytestmark = pytest.mark.django_db


def page(submission: Submission) -> str:
    return f"/approvals/{submission.pk}/"


# ── what it shows ────────────────────────────────────────────────────────────────────────────────
def test_the_page_shows_the_exact_words_of_each_channel(trust, signed_in):
    post = trust.draft(channels=["news", "facebook"])
    save(post, trust, own_words={trust.channel("facebook").pk: "Look at our aqueduct!"})
    submission = approvals.submit(
        post=Post.objects.get(pk=post.pk), by=trust.tessa, declared=declared()
    )
    client = signed_in(trust.hana)
    facebook = {"as": trust.channel("facebook").pk}
    assert "We built a working aqueduct." in words(client.get(page(submission)))
    assert "Look at our aqueduct!" in words(client.get(page(submission), facebook))


def test_the_page_shows_each_photo_large(trust, signed_in):
    submission = trust.submitted(children=[trust.amira], photos=2)
    shown = signed_in(trust.hana).get(page(submission)).content.decode()
    for picture in submission.post.pictures.all():
        assert reverse("posts:photo", args=[picture.pk, "large"]) in shown


def test_the_page_names_each_person_with_a_mark_for_each_platform(trust, signed_in):
    submission = trust.submitted(children=[trust.amira], channels=["news", "facebook"])
    shown = words(signed_in(trust.hana).get(page(submission)))
    assert "Amira K." in shown
    assert "Facebook" in shown


def test_the_page_says_what_pressing_does(trust, signed_in):
    submission = trust.submitted(channels=["news", "facebook"])
    shown = words(signed_in(trust.hana).get(page(submission)))
    assert "Goes out as soon as you approve on 2 channels of Oak Primary School" in shown
    assert "An authorised user posts it to Facebook" in shown
    assert "Nobody can change it after you approve" in shown
    assert "Return: nothing goes out." in shown
    assert "Decline: nothing goes out, it is over" in shown


def test_the_account_and_the_school_are_named_at_the_moment_of_approval(trust, signed_in):
    submission = trust.submitted(channels=["facebook"])
    shown = words(signed_in(trust.hana).get(page(submission)))
    assert "Facebook (Oak Facebook), for Oak Primary School" in shown


def test_what_has_gone_meanwhile_is_shown_and_the_button_is_off(trust, signed_in):
    submission = trust.submitted(children=[trust.amira])
    withdraw(child=trust.amira, giver=trust.mother(trust.amira), by=trust.connie)
    shown = words(signed_in(trust.hana).get(page(submission)))
    assert "It cannot be approved as it is" in shown
    assert "Amira K. cannot be shown on News page." in shown


# ── approving ────────────────────────────────────────────────────────────────────────────────────
def test_approving_on_the_page_says_where_and_when_it_goes(trust, signed_in):
    submission = trust.submitted(children=[trust.amira])
    answer = signed_in(trust.hana).post(page(submission), approve_form(submission), follow=True)
    assert "Approved for 1 channel: News page. It goes out within a minute." in words(answer)


def test_a_photo_not_ticked_as_looked_at_holds_the_approval_back(trust, signed_in):
    submission = trust.submitted(children=[trust.amira], photos=2)
    form = approve_form(submission)
    del form[f"looked_{submission.post.pictures.last().pk}"]
    answer = signed_in(trust.hana).post(page(submission), form)
    assert answer.status_code == 422
    assert "Look at photo 2 first, then tick it." in words(answer)
    assert not ApprovalDecision.objects.exists()


def test_the_photos_looked_at_are_kept_with_the_decision(trust, signed_in):
    submission = trust.submitted(children=[trust.amira], photos=2)
    signed_in(trust.hana).post(page(submission), approve_form(submission))
    looked = ApprovalDecision.objects.get().looked_at
    assert looked == [p.pk for p in submission.post.pictures.order_by("pk")]


def test_only_the_chosen_channels_are_approved_and_sent(trust, signed_in):
    submission = trust.submitted(channels=["news", "facebook", "x"])
    form = approve_form(submission, channels=[trust.channel("news").pk, trust.channel("x").pk])
    del form["all"]
    signed_in(trust.hana).post(page(submission), form)
    trust.send_all()
    keys = Delivery.objects.values_list("channel__platform__key", flat=True)
    assert sorted(keys) == ["news", "x"]


def test_choosing_no_channel_approves_nothing(trust, signed_in):
    submission = trust.submitted(channels=["news", "facebook"])
    form = approve_form(submission)
    del form["all"]
    answer = signed_in(trust.hana).post(page(submission), form)
    assert "Choose at least one channel to approve." in words(answer)
    assert not ApprovalDecision.objects.exists()


def test_a_channel_where_somebody_may_not_be_shown_does_not_hold_back_the_other(trust, signed_in):
    trust.says(trust.tom, "yes", [trust.platform("facebook")])
    submission = trust.submitted(children=[trust.tom], channels=["news", "facebook"])
    trust.says(trust.tom, "withdrawn", [trust.platform("facebook")])
    form = approve_form(submission, channels=[trust.channel("news").pk])
    del form["all"]
    signed_in(trust.hana).post(page(submission), form)
    assert ApprovalDecision.objects.get().channels == [trust.channel("news").pk]


def test_a_page_made_from_an_earlier_version_approves_nothing(trust, signed_in):
    submission = trust.submitted()
    form = approve_form(submission, digest="0" * 64)
    answer = signed_in(trust.hana).post(page(submission), form, follow=True)
    assert "This page showed something else" in words(answer)
    assert not ApprovalDecision.objects.exists()


# ── returning and declining ──────────────────────────────────────────────────────────────────────
def test_a_post_is_returned_with_a_reason_and_the_clause_meant(trust, signed_in):
    submission = trust.submitted()
    rule = next(r for r in Rulebook.in_force().rules.values() if r.source == "clause" and r.on)
    form = {"reason": "Crop the badge, please", "clause": rule.key}
    signed_in(trust.hana).post(f"{page(submission)}return/", form)
    made = ApprovalDecision.objects.get()
    assert (made.outcome, made.reason) == ("returned", "Crop the badge, please")
    assert made.clause == rule.reference


def test_the_author_reads_the_reason_on_the_post(trust, signed_in):
    submission = trust.submitted()
    approvals.return_to_author(submission=submission, by=trust.hana, reason="Crop the badge")
    assert "Crop the badge" in words(signed_in(trust.tessa).get(f"/posts/{submission.post_id}/"))


def test_a_returned_post_can_be_mended_and_sent_again(trust):
    submission = trust.submitted()
    approvals.return_to_author(submission=submission, by=trust.hana, reason="A comma")
    post = Post.objects.get(pk=submission.post_id)
    save(post, trust, text="We built, at last, an aqueduct.")
    again = approvals.submit(post=Post.objects.get(pk=post.pk), by=trust.tessa, declared=declared())
    assert again.number == 2


def test_returning_without_a_reason_is_refused_on_the_page(trust, signed_in):
    submission = trust.submitted()
    answer = signed_in(trust.hana).post(f"{page(submission)}return/", {"reason": "  "})
    assert answer.status_code == 422
    assert "Write what should change" in words(answer)


@pytest.mark.parametrize("verb", [approvals.return_to_author, approvals.decline])
def test_no_without_a_reason_is_refused(trust, verb):
    submission = trust.submitted()
    with pytest.raises(NotPossible, match="Say w"):
        verb(submission=submission, by=trust.hana, reason=" ")


def test_the_database_refuses_a_no_without_a_reason(trust):
    submission = trust.submitted()
    with pytest.raises(IntegrityError), transaction.atomic():
        answer(submission, trust.hana, outcome="declined", reason="")


def test_a_declined_post_is_over(trust):
    submission = trust.submitted()
    approvals.decline(submission=submission, by=trust.hana, reason="Not for the public")
    post = Post.objects.get(pk=submission.post_id)
    with pytest.raises(NotPossible):
        approvals.submit(post=post, by=trust.tessa, declared=declared())
    with pytest.raises(NotPossible):
        save(post, trust, text="Something else")


@pytest.mark.parametrize("verb", [approvals.return_to_author, approvals.decline])
def test_a_head_of_another_school_gives_no_answer(trust, verb):
    submission = trust.submitted()
    with pytest.raises(Refused, match="Only a Head of this school"):
        verb(submission=submission, by=trust.owen, reason="No")


# ── two people ───────────────────────────────────────────────────────────────────────────────────
def test_whoever_sent_a_colleagues_draft_to_the_head_does_not_decide_on_it(trust):
    post = trust.draft()
    submission = approvals.submit(post=post, by=trust.hana, declared=declared())
    with pytest.raises(Refused, match="Somebody else must decide"):
        approvals.approve(submission=submission, by=trust.hana)


def test_what_one_sent_oneself_is_not_in_ones_queue(trust, signed_in):
    post = trust.draft(title="Kites")
    approvals.submit(post=post, by=trust.hana, declared=declared())
    assert "Kites" not in words(signed_in(trust.hana).get("/approvals/"))


def test_whoever_sent_it_is_not_asked_to_decide(trust):
    hana, edith = trust.hana, trust.edith
    approvals.submit(post=trust.draft(), by=hana, declared=declared())
    asked = Notice.objects.filter(subject__startswith="Waits for you")
    assert [n.user for n in asked] == [edith]


@pytest.mark.parametrize("field", ["author", "submitted_by"])
def test_the_database_refuses_ones_own_approval(trust, field):
    submission = trust.submitted()
    with pytest.raises(IntegrityError), transaction.atomic():
        answer(submission, trust.hana, **{field: trust.hana})


def test_a_decision_is_never_changed(trust):
    submission = trust.submitted()
    approvals.return_to_author(submission=submission, by=trust.hana, reason="A comma")
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        ApprovalDecision.objects.update(outcome="approved")


def test_one_submission_has_one_decision(trust):
    submission = trust.submitted()
    answer(submission, trust.hana)
    with pytest.raises(IntegrityError), transaction.atomic():
        answer(submission, trust.edith)


def test_the_second_head_reads_on_the_page_who_was_faster(trust, signed_in):
    submission = trust.submitted()
    approvals.approve(submission=submission, by=trust.hana)
    form = approve_form(submission)
    shown = words(signed_in(trust.edith).post(page(submission), form, follow=True))
    assert "Hana Okafor was faster: approved already. Your press changed nothing." in shown
    assert ApprovalDecision.objects.count() == 1


def test_whoever_returns_what_was_decided_meanwhile_reads_that_it_changed_nothing(trust, signed_in):
    submission = trust.submitted()
    approvals.approve(submission=submission, by=trust.hana)
    late = signed_in(trust.edith).post(f"{page(submission)}return/", {"reason": "No"}, follow=True)
    assert "Hana Okafor was faster: approved already. Your press changed nothing." in words(late)


def test_whoever_only_opens_what_is_decided_is_told_of_no_press(trust, signed_in):
    submission = trust.submitted()
    approvals.approve(submission=submission, by=trust.hana)
    assert "Your press" not in words(signed_in(trust.edith).get(page(submission)))


def test_two_heads_at_the_very_same_moment_leave_one_decision(trust):
    submission = trust.submitted()
    stale = Submission.objects.get(pk=submission.pk)
    approvals.approve(submission=submission, by=trust.hana)
    with pytest.raises((SomebodyWasFaster, Refused)):
        approvals.approve(submission=stale, by=trust.edith)
    assert ApprovalDecision.objects.get().by == trust.hana


# ── exactly this ─────────────────────────────────────────────────────────────────────────────────
def test_a_submitted_post_is_frozen(trust):
    submission = trust.submitted()
    with pytest.raises(NotPossible, match="cannot be changed"):
        save(submission.post, trust, text="Something else")


def test_an_approved_post_is_frozen(trust):
    post = trust.approved(children=[trust.amira])
    picture = post.pictures.get()
    with pytest.raises(NotPossible, match="cannot be changed"):
        picturing.describe(picture=picture, alt_text="Other", is_decorative=False, by=trust.tessa)


def test_taking_an_approved_post_back_makes_the_approval_void(trust):
    post = trust.approved()
    approvals.take_back(post=post, by=trust.tessa)
    trust.send_all()
    assert not Delivery.objects.filter(state="sent").exists()


def test_an_edit_after_approval_needs_a_new_approval(trust):
    post = trust.approved()
    approvals.take_back(post=post, by=trust.tessa)
    post = Post.objects.get(pk=post.pk)
    save(post, trust, text="We built a working aqueduct, twice.")
    approvals.submit(post=Post.objects.get(pk=post.pk), by=trust.tessa, declared=declared())
    trust.send_all()
    assert not Delivery.objects.filter(state="sent").exists()


def test_one_comma_makes_another_digest(trust):
    first = trust.submitted(text="We built an aqueduct and sang.")
    approvals.return_to_author(submission=first, by=trust.hana, reason="A comma")
    post = Post.objects.get(pk=first.post_id)
    save(post, trust, text="We built an aqueduct, and sang.")
    second = approvals.submit(
        post=Post.objects.get(pk=post.pk), by=trust.tessa, declared=declared()
    )
    assert second.digest != first.digest


@pytest.mark.failure(19)
def test_the_same_content_sent_again_has_the_same_digest(trust):
    first = trust.submitted(children=[trust.amira])
    approvals.take_back(post=first.post, by=trust.tessa)
    second = approvals.submit(
        post=Post.objects.get(pk=first.post_id), by=trust.tessa, declared=declared()
    )
    assert second.digest == first.digest


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE posts_post SET text = 'We built a working aqueduct' WHERE id = {post}",
        "UPDATE posts_post SET title = 'An aquaduct' WHERE id = {post}",
        "UPDATE posts_picture SET alt_text = 'Somebody' WHERE post_id = {post}",
        "UPDATE posts_picture SET is_decorative = TRUE WHERE post_id = {post}",
        "UPDATE posts_wording SET text = 'Other' WHERE post_id = {post}",
        "DELETE FROM posts_appearance WHERE picture_id = {picture}",
        "UPDATE posts_appearance SET kind = 'work' WHERE picture_id = {picture}",
        "UPDATE posts_rendition SET sha256 = 'x' WHERE picture_id = {picture}",
        "UPDATE posts_post SET goes_out_at = made_at WHERE id = {post}",
        "UPDATE posts_post SET revision = revision + 1 WHERE id = {post}",
        "UPDATE policy_channel SET name = 'Another account' WHERE id = {channel}",
    ],
)
def test_a_change_of_anything_a_reader_could_see_voids_the_approval(trust, change):
    post = trust.approved(children=[trust.amira])
    ids = {
        "post": post.pk,
        "picture": post.pictures.get().pk,
        "channel": trust.channel("news").pk,
    }
    with connection.cursor() as cursor:
        cursor.execute(change.format(**ids))
    trust.send_all()
    assert trust.delivery(post).state == "refused"
    assert "exactly what the Head approved" in trust.delivery(post).problem


def test_an_answer_keeps_the_digest_and_the_policy_in_force(trust):
    submission = trust.submitted()
    made = approvals.approve(submission=submission, by=trust.hana)
    assert (made.digest, made.policy) == (submission.digest, trust.policy)


# ── what it costs ────────────────────────────────────────────────────────────────────────────────
def test_the_decision_page_asks_as_many_queries_for_one_child_as_for_thirty(trust, signed_in):
    yes = [trust.platform("news")]
    one = trust.submitted(children=[trust.amira])
    many = [trust.child(f"Pupil{n}", "Khan", yes=yes) for n in range(30)]
    thirty = trust.submitted(children=many, photos=4)
    client = signed_in(trust.hana)
    assert queries(client, page(thirty)) == queries(client, page(one))


def test_approving_asks_as_many_queries_for_one_child_as_for_thirty(trust):
    yes = [trust.platform("news")]
    one = trust.submitted(children=[trust.amira])
    many = [trust.child(f"Pupil{n}", "Khan", yes=yes) for n in range(30)]
    thirty = trust.submitted(children=many, photos=4)
    head = trust.hana
    head.roles_today()
    few = asked(lambda: approvals.approve(submission=one, by=head))
    assert asked(lambda: approvals.approve(submission=thirty, by=head)) == few


def save(post: Post, trust, *, text: str = "", own_words: dict[int, str] | None = None) -> None:
    """Tessa saves the draft with other words, and everything else as it is."""
    channels = [w.channel for w in post.wordings.select_related("channel")]
    drafting.save(
        post=post,
        words=drafting.Words(
            title=post.title,
            text=text or post.text,
            purpose=post.purpose,
            owned_by=None,
            goes_out_at=post.goes_out_at,
            channels=channels,
            own_words=own_words or {},
        ),
        by=trust.tessa,
    )


def answer(submission: Submission, by, **fields) -> ApprovalDecision:
    """A decision written past every rule, for the database alone to judge."""
    row = {
        "submission": submission,
        "outcome": "approved",
        "by": by,
        "author": submission.author,
        "submitted_by": submission.submitted_by,
        "digest": submission.digest,
        "policy": submission.policy,
    }
    return ApprovalDecision.objects.create(**row | fields)


def test_the_clause_of_a_finding_opens_what_the_policy_asks(trust, signed_in):
    submission = trust.submitted(children=[trust.amira])
    withdraw(child=trust.amira, giver=trust.mother(trust.amira), by=trust.connie)
    page = words(signed_in(trust.hana).get(f"/approvals/{submission.pk}/"))
    assert "for each platform Before anything is used" in page
