""" "Hold and ask" (R-096) opens the post to the person asked: somebody of its school, and no longer
than the question is open (P8)."""

from __future__ import annotations

import pytest

from approvals.actions import submit
from policy.models import PolicyVersion
from posts import asking
from posts.errors import NotPossible, Refused
from posts.models import Post, Question
from schools.actions import end_role, grant_role
from schools.models import User
from schools.roles import Role
from tests.approvals.pages import words
from tests.cast import Trusty, declared
from tests.schools.world import put_away

pytestmark = pytest.mark.django_db


@pytest.fixture
def bilal(trust: Trusty) -> User:
    """Tessa's manager, at Oak."""
    return made_manager(trust, trust.person("Bilal Aziz", Role.STAFF, trust.oak))


def made_manager(trust: Trusty, user: User) -> User:
    trust.tessa.manager = user
    trust.tessa.save()
    return user


def asked(trust: Trusty, of: User) -> Post:
    """Tessa's draft with Amira in it, and a question that somebody once put."""
    post = trust.draft(children=[trust.amira])
    Question.objects.create(post=post, asked_by=trust.tessa, asked_of=of, text="May we?")
    return post


def test_a_manager_of_the_school_reads_the_post_he_is_asked_about(trust, signed_in, bilal):
    post = trust.draft(children=[trust.amira])
    form = {"of": f"fitting-{bilal.pk}", "text": "May we?"}
    signed_in(trust.tessa).post(f"/posts/{post.pk}/ask/", form)
    page = words(signed_in(bilal).get(f"/posts/{post.pk}/"))
    assert "Amira K." in page


def test_he_sees_its_photos_too(trust, signed_in, bilal):
    post = asked(trust, bilal)
    address = f"/posts/photos/{post.pictures.get().pk}/thumb.jpg"
    answer = signed_in(bilal).get(address)
    assert answer.status_code == 200
    put_away(answer)


def test_a_manager_of_another_school_is_not_offered(trust, signed_in):
    made_manager(trust, trust.owen)
    assert trust.hana
    page = words(signed_in(trust.tessa).get(f"/posts/{trust.draft().pk}/"))
    assert "Hana Okafor" in page
    assert "Owen Hughes" not in page


def test_a_manager_who_has_left_is_not_offered(trust, signed_in, bilal):
    User.objects.filter(pk=bilal.pk).update(is_active=False)
    page = words(signed_in(trust.tessa).get(f"/posts/{trust.draft().pk}/"))
    assert "Bilal Aziz" not in page


def test_the_verb_asks_nobody_of_another_school(trust):
    made_manager(trust, trust.owen)
    with pytest.raises(NotPossible, match="nobody you can ask about this post"):
        asking.ask(post=trust.draft(), of=trust.owen, text="May we?", by=trust.tessa)
    assert not Question.objects.exists()


def test_the_verb_asks_nobody_for_somebody_who_may_not_see_the_post(trust, bilal):
    with pytest.raises(NotPossible, match="Only its author can ask"):
        asking.ask(post=trust.draft(), of=trust.hana, text="May we?", by=bilal)


def test_whoever_is_asked_without_a_role_at_the_school_finds_nothing(trust, signed_in):
    owen = signed_in(made_manager(trust, trust.owen))
    post = asked(trust, trust.owen)
    assert owen.get(f"/posts/{post.pk}/").status_code == 404
    assert owen.get(f"/posts/photos/{post.pictures.get().pk}/thumb.jpg").status_code == 404
    assert "An aqueduct" not in words(owen.get("/posts/"))
    answer = f"/posts/questions/{post.questions.get().pk}/answer/"
    assert owen.post(answer, {"answer": "Yes"}).status_code == 404


def test_whoever_lost_every_role_reads_it_no_more(trust, signed_in, bilal):
    post = asked(trust, bilal)
    for role in bilal.roles.all():
        end_role(role=role, by=trust.cara)
    assert signed_in(bilal).get(f"/posts/{post.pk}/").status_code == 404


def test_who_answers_without_a_role_at_the_school_is_refused(trust):
    post = asked(trust, trust.owen)
    with pytest.raises(NotPossible, match="put to somebody else"):
        asking.answer_question(question=post.questions.get(), answer="Yes", by=trust.owen)


def test_once_answered_the_question_opens_the_post_no_longer(trust, signed_in, bilal):
    post, client = asked(trust, bilal), signed_in(bilal)
    answer = f"/posts/questions/{post.questions.get().pk}/answer/"
    said = client.post(answer, {"answer": "Yes"}, follow=True)
    assert "Your answer is kept with the post." in words(said)
    assert client.get(f"/posts/{post.pk}/").status_code == 404


def test_a_head_who_answered_still_reads_the_post(trust, signed_in):
    post = asked(trust, trust.hana)
    answer = f"/posts/questions/{post.questions.get().pk}/answer/"
    said = signed_in(trust.hana).post(answer, {"answer": "Yes"}, follow=True)
    assert "Answer: Yes" in words(said)


def test_a_role_for_the_whole_trust_counts_at_every_school(trust):
    made_manager(trust, trust.owen)
    grant_role(user=trust.owen, role=Role.CEO, school=None, by=None)
    made = asking.ask(post=trust.draft(), of=trust.owen, text="May we?", by=trust.tessa)
    assert made.asked_of == trust.owen


# ── whom the policy names ────────────────────────────────────────────────────────────────────────
def named(trust: Trusty, topic: Question.Topic) -> list[User]:
    return asking.who_can_be_asked(post=trust.draft(), by=trust.tessa, topic=topic)


def test_r_096_a_doubt_goes_to_the_manager_and_the_heads(trust, bilal):
    heads = {trust.hana}
    assert set(named(trust, Question.Topic.FITTING)) == {bilal} | heads


def test_r_104_copyright_goes_to_the_head(trust, bilal):
    assert trust.hana
    assert named(trust, Question.Topic.COPYRIGHT) == [trust.hana]


def test_r_032_what_the_policy_means_goes_to_the_chief_information_officer(trust):
    assert trust.hana
    assert trust.cara
    assert named(trust, Question.Topic.POLICY) == [trust.cara]


def test_r_126_a_policy_that_names_the_manager_asks_the_manager_alone(trust, bilal):
    assert trust.hana
    terms = trust.policy.terms
    terms["routes"] = terms["routes"] | {"query": [["line_manager"]]}
    PolicyVersion.objects.filter(pk=trust.policy.pk).update(terms=terms)
    assert named(trust, Question.Topic.FITTING) == [bilal]


def test_where_the_policy_names_nobody_who_is_there_the_heads_are_asked(trust):
    assert trust.hana
    assert named(trust, Question.Topic.POLICY) == [trust.hana]


def test_r_019_a_second_reader_is_any_colleague_of_the_school(trust):
    assert trust.connie
    assert trust.owen
    assert named(trust, Question.Topic.SECOND) == [trust.connie]


def test_r_089_what_a_second_reader_says_stays_with_the_post(trust, signed_in):
    post = trust.draft()
    form = {"of": f"second-{trust.connie.pk}", "text": "Could it be misread?"}
    signed_in(trust.tessa).post(f"/posts/{post.pk}/ask/", form)
    signed_in(trust.connie).post(
        f"/posts/questions/{post.questions.get().pk}/answer/", {"answer": "Only the title"}
    )
    page = words(signed_in(trust.tessa).get(f"/posts/{post.pk}/"))
    assert "A second reader" in page
    assert "Answer: Only the title" in page


def test_r_096_an_open_question_holds_the_post(trust):
    post = trust.draft()
    asking.ask(post=post, of=trust.hana, text="May we?", by=trust.tessa)
    with pytest.raises(Refused) as told:
        submit(post=post, by=trust.tessa, declared=declared())
    assert [f.clause for f in told.value.findings] == ["Reputation, para 8"]


def test_the_head_reads_questions_and_answers_before_deciding(trust, signed_in):
    post = trust.draft()
    question = asking.ask(post=post, of=trust.hana, text="May we?", by=trust.tessa)
    asking.answer_question(question=question, answer="Gladly", by=trust.hana)
    submission = submit(post=post, by=trust.tessa, declared=declared())
    page = words(signed_in(trust.hana).get(f"/approvals/{submission.pk}/"))
    assert "May we?" in page
    assert "Gladly" in page


def test_nobody_of_another_school_is_asked_by_a_made_up_choice(trust, signed_in):
    post = trust.draft()
    for choice in (f"fitting-{trust.owen.pk}", f"nothing-{trust.hana.pk}", "fitting-", ""):
        sent = signed_in(trust.tessa).post(f"/posts/{post.pk}/ask/", {"of": choice, "text": "So?"})
        assert sent.status_code == 404
    assert not Question.objects.exists()
