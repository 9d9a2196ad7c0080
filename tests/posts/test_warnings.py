"""A warning is answered by whoever may write the draft, while it is a draft; the Head reads the
answers as they stood when the post was put before them."""

from __future__ import annotations

import pytest

from approvals import actions as approvals
from posts import actions as drafting
from posts.checks import check
from posts.errors import NotPossible
from posts.models import Post, WarningAnswer
from tests.cast import Trusty, declared

pytestmark = pytest.mark.django_db


@pytest.fixture
def warned(trust: Trusty) -> Post:
    """Tessa's draft; "Rose" may be a pupil."""
    assert trust.rose
    return trust.draft(text="Rose came first in the garden.")


def answer(post: Post, by: object, words: str = "The flower") -> WarningAnswer:
    [finding] = check(post).unanswered
    return drafting.answer_warning(
        post=post,
        rule=finding.rule,
        subject=finding.subject,
        words=words,
        by=by,  # type: ignore[arg-type]
    )


def test_its_author_answers_a_warning(trust, warned):
    answer(warned, trust.tessa)
    assert check(warned).may_go


@pytest.mark.parametrize("who", ["owen", "connie", "pat"])
def test_nobody_answers_for_the_author(trust, warned, who):
    with pytest.raises(NotPossible, match="Only its author can change this draft"):
        answer(warned, getattr(trust, who))
    assert not WarningAnswer.objects.exists()


@pytest.mark.parametrize("who", ["tessa", "hana", "owen"])
def test_what_was_approved_is_answered_no_more(trust, warned, who):
    answer(warned, trust.tessa)
    submission = approvals.submit(post=Post.objects.get(), by=trust.tessa, declared=declared())
    approvals.approve(submission=submission, by=trust.hana)
    with pytest.raises(NotPossible, match="cannot be changed"):
        drafting.answer_warning(
            post=Post.objects.get(), rule="x", subject="", words="Fine", by=getattr(trust, who)
        )
    assert WarningAnswer.objects.count() == 1


# ── how long an answer may be ────────────────────────────────────────────────────────────────────
def press(trust: Trusty, signed_in, post: Post, key: str, words: str):
    form = {
        "title": post.title,
        "text": post.text,
        "purpose": trust.achievement.pk,
        "channels": [trust.channel("news").pk],
        "revision": post.revision,
        "answer": key,
        f"words_{key}": words,
    }
    return signed_in(trust.tessa).post(f"/posts/{post.pk}/edit/", form, follow=True)


def test_the_button_beside_a_warning_keeps_the_answer(trust, signed_in, warned):
    [finding] = check(warned).unanswered
    press(trust, signed_in, warned, f"{finding.rule}|{finding.subject}", "The flower")
    assert WarningAnswer.objects.get().words == "The flower"


@pytest.mark.parametrize(
    ("key", "words"),
    [
        ("r" * 61 + "|rose", "Fine"),
        ("not a rule|rose", "Fine"),
        ("name_of_other|" + "s" * 121, "Fine"),
    ],
    ids=["rule too long", "no rule", "subject too long"],
)
def test_an_answer_to_what_is_no_warning_is_refused_in_words(trust, signed_in, warned, key, words):
    said = press(trust, signed_in, warned, key, words)
    assert "That warning is no longer there" in said.content.decode()
    assert not WarningAnswer.objects.exists()


def test_an_answer_that_is_too_long_is_refused_in_words(trust, signed_in, warned):
    [finding] = check(warned).unanswered
    said = press(trust, signed_in, warned, f"{finding.rule}|{finding.subject}", "x" * 501)
    assert "Say it in 500 characters" in said.content.decode()
    assert not WarningAnswer.objects.exists()


def test_an_empty_answer_is_refused_in_words(trust, signed_in, warned):
    [finding] = check(warned).unanswered
    said = press(trust, signed_in, warned, f"{finding.rule}|{finding.subject}", " ")
    assert "Write a few words" in said.content.decode()
