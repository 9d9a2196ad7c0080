"""The policy's lists ask; a Head answers as well where the rule names them."""

from __future__ import annotations

import pytest

from approvals import actions as approvals
from approvals.models import ApprovalDecision, ApproverAnswer, Submission
from approvals.rules import to_answer
from policy.models import PolicyVersion, Purpose
from posts.actions import answer_warning
from posts.checks import check
from posts.errors import NotPossible, Refused
from posts.models import Caught, Post
from tests.approvals.pages import approve_form, words
from tests.cast import Trusty, declared

pytestmark = pytest.mark.django_db


def rules(post: Post) -> list[str]:
    return [f.rule for f in check(post).findings]


def answered(trust: Trusty, text: str) -> Submission:
    """Sent to the Head, every warning answered by its author."""
    post = trust.draft(text=text)
    for f in check(post).unanswered:
        answer_warning(
            post=post, rule=f.rule, subject=f.subject, words="Ours to say", by=trust.tessa
        )
    return approvals.submit(post=Post.objects.get(pk=post.pk), by=trust.tessa, declared=declared())


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("What an idiot of a referee", "offence_words"),
        ("Ofsted came to see us", "sensitive_topics"),
        ("The caterers let us down", "disparagement"),
        ("A terrible day", "negative_words"),
        ("Happy to recommend her", "references"),
        ("98% passed", "unsourced_claim"),
    ],
)
def test_r_014_a_listed_word_asks_for_an_answer(trust: Trusty, text: str, rule: str):
    assert rules(trust.draft(text=text)) == [rule]


@pytest.mark.parametrize(
    ("text", "group"),
    [
        ("This trust is a shambles", "the trust"),
        ("Lazy teachers", "staff"),
        ("Those pupils are rude", "pupils"),
        ("Rude parents", "parents and families"),
        ("Useless builders", "suppliers"),
        ("The council let us down", "partners"),
        ("Incompetent governors", "governors"),
    ],
)
def test_r_082_to_r_088_each_of_the_seven_groups_is_known(trust: Trusty, text: str, group: str):
    found = [f.message for f in check(trust.draft(text=text)).findings if f.rule == "disparagement"]
    assert any(f"running down {group}." in said for said in found)


def test_r_038_a_hard_word_in_another_sentence_runs_nobody_down(trust: Trusty):
    assert "disparagement" not in rules(trust.draft(text="A useless umbrella. Thank you, parents!"))


def test_r_074_an_update_need_not_sound_positive(trust: Trusty):
    post = trust.draft(text="Unfortunately the trip is off.")
    assert "negative_words" in rules(post)
    Post.objects.update(purpose=Purpose.objects.filter(is_update=True).first(), owned_by=trust.hana)
    assert "negative_words" not in rules(post)


def test_the_lists_are_the_policy_s_own(trust: Trusty):
    version = PolicyVersion.objects.get(in_force=True)
    version.words = version.words | {"offence": ["aqueduct"]}
    version.save()
    assert rules(trust.draft()) == ["offence_words"]


def test_other_words_of_the_list_ask_anew(trust: Trusty):
    post = trust.draft(text="What an idiot")
    [finding] = check(post).unanswered
    answer_warning(
        post=post, rule="offence_words", subject=finding.subject, words="x", by=trust.tessa
    )
    Post.objects.update(text="What an idiot and moron")
    assert check(post).unanswered


# ── the approver answers as well ─────────────────────────────────────────────────────────────────
def test_r_095_a_sensitive_topic_is_not_approved_with_an_empty_note(trust: Trusty):
    submission = answered(trust, "Ofsted came to see us")
    with pytest.raises(NotPossible, match="in your own words"):
        approvals.approve(submission=submission, by=trust.hana, notes={})
    assert not ApprovalDecision.objects.exists()


def test_r_014_what_the_head_says_is_kept_with_rule_words_and_warning(trust: Trusty):
    submission = answered(trust, "What an idiot of a referee")
    [finding] = to_answer(check(submission.post), check(submission.post).case.whole.channels)
    approvals.approve(
        submission=submission, by=trust.hana, notes={finding.key: "A joke of his own"}
    )
    kept = ApproverAnswer.objects.get()
    assert (kept.rule, kept.words, kept.asked) == (
        "offence_words",
        "A joke of his own",
        finding.message,
    )
    assert kept.decision.by == trust.hana


def test_r_105_a_note_of_spaces_is_no_note(trust: Trusty):
    submission = answered(trust, "What an idiot of a referee")
    [finding] = to_answer(check(submission.post), check(submission.post).case.whole.channels)
    with pytest.raises(NotPossible):
        approvals.approve(submission=submission, by=trust.hana, notes={finding.key: "  "})


def test_a_warning_for_the_author_alone_needs_no_note(trust: Trusty):
    submission = answered(trust, "98% passed")
    approvals.approve(submission=submission, by=trust.hana)
    assert ApprovalDecision.objects.get().outcome == "approved"


def test_r_038_the_head_s_page_shows_the_answer_and_asks_for_a_note(trust: Trusty, signed_in):
    submission = answered(trust, "The caterers let us down")
    page = words(signed_in(trust.hana).get(f"/approvals/{submission.pk}/"))
    assert "Ours to say" in page
    assert "Your note: why may this go out?" in page


def test_r_095_the_head_s_note_on_the_page_approves(trust: Trusty, signed_in):
    submission = answered(trust, "Ofsted came to see us")
    client = signed_in(trust.hana)
    form = client.get(f"/approvals/{submission.pk}/").context["form"]
    [field] = [name for name in form.fields if name.startswith("note_")]
    sent = approve_form(submission, **{field: "The report is public"})
    client.post(f"/approvals/{submission.pk}/", sent)
    assert ApproverAnswer.objects.get().words == "The report is public"
    page = words(client.get(f"/posts/{submission.post_id}/"))
    assert "The report is public" in page


# ── what the checks caught ───────────────────────────────────────────────────────────────────────
def test_what_a_check_caught_is_kept_once_for_a_post(trust: Trusty):
    answered(trust, "98% passed")
    assert list(Caught.objects.values_list("rule", "moment")) == [("unsourced_claim", "submit")]


def test_what_stops_a_submission_is_kept_too(trust: Trusty):
    post = trust.draft(children=[trust.rose])
    with pytest.raises(NotPossible):
        approvals.submit(post=post, by=trust.tessa, declared=declared())
    assert Caught.objects.filter(rule="photo_permission", moment="submit").count() == 1


def test_what_stops_an_approval_is_kept_too(trust: Trusty):
    submission = trust.submitted(children=[trust.tom])
    with pytest.raises(NotPossible):
        approvals.approve(submission=submission, by=trust.tessa)
    assert list(Caught.objects.values_list("rule", "moment")) == [("not_own_post", "approve")]


def test_the_page_lists_every_check_with_its_clause_and_what_it_caught(trust: Trusty, signed_in):
    answered(trust, "98% passed")
    page = words(signed_in(trust.hana).get("/posts/checks/"))
    assert "This may need its source" in page
    assert "Intellectual property, 4a" in page
    assert "1 post" in page


def test_numbers_are_of_the_schools_one_sees(trust: Trusty, signed_in):
    answered(trust, "98% passed")
    assert "1 post" not in words(signed_in(trust.owen).get("/posts/checks/"))
    assert "1 post" not in words(signed_in(trust.tessa).get("/posts/checks/"))


def test_r_044_a_post_that_reads_like_a_reference_asks_before_it_is_sent(trust: Trusty):
    post = trust.draft(text="Miss Marlow leaves us. We are happy to recommend her to any school.")
    [finding] = [f for f in check(post).findings if f.rule == "references"]
    assert (finding.mode, finding.clause) == ("warn", "Compliance, references")
    with pytest.raises(Refused):
        approvals.submit(post=post, by=trust.tessa, declared=declared())


@pytest.mark.parametrize("text", ["We recommend them to read every day.", "A reference book"])
def test_r_044_a_recommended_book_is_no_reference(trust: Trusty, text: str):
    assert "references" not in rules(trust.draft(text=text))
