"""What author and approver stand for is said before the press and kept with it, as it was shown."""

from __future__ import annotations

import pytest

from approvals import actions as approvals
from approvals.models import Declaration, Submission
from policy.models import PolicyVersion
from posts.errors import Undeclared
from posts.models import Post
from tests.approvals.pages import words
from tests.cast import Trusty, declared
from tests.house.files import modules, short

pytestmark = pytest.mark.django_db


def send(trust: Trusty, signed_in, post: Post, *ticked: str):
    address = f"/approvals/posts/{post.pk}/submit/"
    return signed_in(trust.tessa).post(address, {"declared": ticked}, follow=True)


def test_r_012_a_post_is_not_sent_with_the_checklist_unanswered(trust, signed_in):
    said = send(trust, signed_in, trust.draft())
    assert "Tick each line" in words(said)
    assert not Submission.objects.exists()


def test_r_012_each_line_is_ticked(trust, signed_in):
    every = declared()
    said = send(trust, signed_in, trust.draft(), *every[1:])
    assert "Not ticked: Nothing in it is confidential" in words(said)
    assert not Submission.objects.exists()


def test_what_was_ticked_stays_ticked(trust, signed_in):
    first = declared()[0]
    page = send(trust, signed_in, trust.draft(), first).content.decode()
    assert f'value="{first}" checked' in page


def test_r_012_with_every_line_ticked_it_goes_and_the_lines_are_kept(trust, signed_in):
    send(trust, signed_in, trust.draft(), *declared())
    kept = Declaration.objects.filter(reference="", decision=None)
    assert [line.key for line in kept] == declared()
    assert {line.by for line in kept} == {trust.tessa}


def test_r_125_the_checklist_is_the_policy_s_own(trust, signed_in):
    terms = trust.policy.terms | {"checklist": [{"key": "libel", "text": "Nothing libellous."}]}
    PolicyVersion.objects.filter(pk=trust.policy.pk).update(terms=terms)
    post = trust.draft()
    page = words(signed_in(trust.tessa).get(f"/posts/{post.pk}/edit/"))
    assert "Nothing libellous." in page
    send(trust, signed_in, post, "libel")
    assert Declaration.objects.get(reference="").text == "Nothing libellous."


def test_r_092_what_sending_says_is_shown_once_beside_the_button(trust, signed_in):
    page = words(signed_in(trust.tessa).get(f"/posts/{trust.draft().pk}/edit/"))
    assert page.count("It stands under your name") == 1


@pytest.mark.parametrize("clause", ["Purpose, bullet 5", "Compliance, e", "Reputation, para 4"])
def test_r_018_r_038_r_092_what_sending_says_is_kept_with_its_clause(trust, clause):
    submission = trust.submitted()
    [kept] = submission.declarations.filter(reference=clause)
    assert (kept.by, kept.decision) == (trust.tessa, None)


def test_r_099_the_trust_s_own_is_among_what_sending_says(trust):
    assert trust.submitted().declarations.filter(key="secrets_kept").exists()


def test_r_038_the_approver_s_declaration_is_kept_with_the_approval(trust):
    submission = trust.submitted()
    decision = approvals.approve(submission=submission, by=trust.hana)
    [kept] = decision.declarations.filter(key="disparagement")
    assert (kept.by, kept.reference) == (trust.hana, "Compliance, e")


def test_r_038_the_head_s_page_says_what_approving_says(trust, signed_in):
    submission = trust.submitted()
    page = words(signed_in(trust.hana).get(f"/approvals/{submission.pk}/"))
    assert "What you say by approving it" in page
    assert "Nobody is run down" in page


def test_the_head_reads_what_the_author_ticked(trust, signed_in):
    submission = trust.submitted()
    page = words(signed_in(trust.hana).get(f"/approvals/{submission.pk}/"))
    assert "What Tessa says of it" in page


def test_what_was_said_stays_when_the_policy_s_words_change(trust):
    submission = trust.submitted()
    before = list(submission.declarations.values_list("text", flat=True))
    trust.policy.rules.update(text="Other words")
    assert list(submission.declarations.values_list("text", flat=True)) == before


def test_r_012_the_verb_itself_refuses_a_line_that_is_not_declared(trust):
    post, every = trust.draft(), declared()
    with pytest.raises(Undeclared, match="Nothing in it is confidential") as said:
        approvals.submit(post=post, by=trust.tessa, declared=every[1:])
    assert len(said.value.missing) == 1
    assert not Submission.objects.exists()


def test_r_012_lines_of_another_policy_declare_nothing(trust):
    with pytest.raises(Undeclared):
        approvals.submit(post=trust.draft(), by=trust.tessa, declared=["libel", "copyright"])


def test_a_refused_post_keeps_what_was_ticked(trust, signed_in):
    every = declared()
    post = trust.draft(text="Ring us on 0114 496 0123")
    page = send(trust, signed_in, post, *every).content.decode()
    assert not Submission.objects.exists()
    assert all(f'value="{key}" checked' in page for key in every)


def test_nothing_but_the_verb_makes_a_submission():
    made = [one for one in modules() if "Submission.objects.create(" in one.read_text()]
    assert [short(one) for one in made] == ["approvals/actions.py"]
