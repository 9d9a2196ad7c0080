"""Whoever confirms posts is called as the policy in force says, on pages and in mails."""

from __future__ import annotations

import re

import pytest

from approvals import actions as approvals
from approvals.arriving import tell_newcomers
from policy.confirming import Confirmer, called, confirmer, remembering, said
from policy.models import PolicyVersion
from posts.errors import NotPossible
from posts.models import Post
from schools.models import Notice
from tests.approvals.pages import words
from tests.policy.walk import approver, put_in_force

pytestmark = pytest.mark.django_db
HEAD = re.compile(r"\b[Tt]he Head\b|\b[Aa] Head\b|\bHeads\b")


@pytest.mark.parametrize(
    ("roles", "the", "a", "many"),
    [
        (["head", "executive_head"], "the Head", "a Head", "Heads"),
        (["manager"], "the Manager", "a Manager", "Managers"),
        (
            ["executive_head"],
            "the Executive Headteacher",
            "an Executive Headteacher",
            "Executive Headteachers",
        ),
    ],
)
def test_the_word_is_that_of_the_first_role_the_policy_names(roles, the, a, many):
    word = called(roles)
    assert (word.the, word.a, word.many) == (the, a, many)


@pytest.mark.parametrize(("preset", "word"), [("sovereign", "Head"), ("champion", "Manager")])
def test_the_word_follows_the_policy_in_force(trust, preset, word):
    put_in_force(trust, preset)
    assert confirmer() == Confirmer(word)
    assert said("{The} decides; only {a} may, and the {many} know.") == (
        f"The {word} decides; only a {word} may, and the {word}s know."
    )


def test_before_a_policy_is_in_force_there_is_a_word_all_the_same(trust):
    PolicyVersion.objects.update(in_force=False)
    assert said("Send it to {the}.") == "Send it to the approver."


def test_within_a_request_it_is_looked_up_once(trust, django_assert_num_queries):
    with django_assert_num_queries(1), remembering():
        assert [confirmer(), confirmer()] == [Confirmer("Head")] * 2
    with django_assert_num_queries(1):
        confirmer()


def pages(trust, signed_in) -> dict[str, str]:
    """What author and approver read of a draft, of what waits, of what was stopped."""
    by = approver(trust, "champion")
    author, decides = signed_in(trust.tessa), signed_in(by)
    draft = trust.draft(children=[trust.amira], title="A draft")
    waiting = trust.submitted(title="What waits")
    stopped = trust.submitted(title="What was stopped").post
    approvals.stop(post=stopped, by=trust.tessa, reason="Look again")
    return {
        "mine": words(author.get("/posts/")),
        "draft": words(author.get(f"/posts/{draft.pk}/edit/")),
        "waiting": words(author.get(f"/posts/{waiting.post_id}/")),
        "stopped": words(author.get(f"/posts/{stopped.pk}/")),
        "requests": words(author.get("/posts/requests/")),
        "wrong": words(author.get("/wrong/", follow=True)),
        # Below it the rules speak in their own words, of Heads who lay something down as well.
        "checks": words(author.get("/posts/checks/")).split("Approval")[0].split("What it asks")[0],
        "queue": words(decides.get("/approvals/")),
        "decide": words(decides.get(f"/approvals/{waiting.pk}/")),
    }


def test_r_123_under_champion_no_page_speaks_of_a_head_who_confirms(trust, signed_in):
    put_in_force(trust, "champion")
    found = pages(trust, signed_in)
    spoken = {name: HEAD.findall(text) for name, text in found.items()}
    assert not {name: hits for name, hits in spoken.items() if hits}
    assert "Manager" in found["mine"]
    assert "Manager" in found["stopped"]


def test_r_123_under_champion_no_mail_does_either(trust):
    put_in_force(trust, "champion")
    by = approver(trust, "champion")
    post = trust.submitted(title="What waits").post
    approvals.stop(post=post, by=trust.tessa, reason="Look again")
    tell_newcomers()
    told = list(Notice.objects.filter(user__in=[by, trust.tessa]).values_list("subject", "body"))
    assert any("until it is let go on" in body for _, body in told)
    assert not [line for line in told if HEAD.search(" ".join(line))]


def test_a_refusal_says_the_word_too(trust):
    put_in_force(trust, "champion")
    post = trust.submitted().post
    with pytest.raises(NotPossible, match="Only its author or a Manager can take this post back"):
        approvals.take_back(post=post, by=trust.owen)


@pytest.mark.parametrize(("preset", "state"), [("sovereign", "Head"), ("champion", "Manager")])
def test_where_a_post_stands_says_the_word(trust, preset, state):
    put_in_force(trust, preset)
    submission = trust.submitted()
    post = Post.objects.get(pk=submission.post_id)
    assert post.get_state_display() == f"Waits for the {state}"
    assert submission.get_state_display() == f"Waits for the {state}"
