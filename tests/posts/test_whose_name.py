"""A name in the words that is also a pupil's: who is meant is said, and the Head says it too."""

from __future__ import annotations

import pytest

from approvals.actions import approve, submit
from approvals.forms import confirm_field
from approvals.models import ApprovalDecision
from audit.models import Event
from consents.actions import set_hold
from posts import mends
from posts.actions import answer_warning
from posts.checks import check
from posts.errors import NotPossible
from posts.models import Post
from tests.approvals.pages import words
from tests.cast import Trusty, declared

pytestmark = pytest.mark.django_db
SENTENCE = "“Rose Green” is somebody else, and not our pupil Rose Green, 4B."


def names_rose(trust: Trusty) -> Post:
    """Words with the whole name of a pupil nobody has marked."""
    assert trust.rose
    return trust.draft(text="Well done Rose Green!")


def asked(post: Post):  # type: ignore[no-untyped-def]
    """The one question about a name."""
    [found] = [f for f in check(post).findings if f.rule == "name_maybe"]
    return found


def test_a_whole_name_says_which_pupil_has_it(trust):
    assert "“Rose Green” is the name of a pupil of the school: Rose Green, 4B." in (
        asked(names_rose(trust)).message
    )


def test_it_reads_the_same_for_a_child_under_a_hold(trust):
    post = names_rose(trust)
    before = asked(post)
    set_hold(child=trust.rose, kind="protected", by=trust.dot)
    assert asked(post) == before


def test_each_pupil_of_that_name_can_be_meant_in_one_press(trust):
    for form in ("4A", "4B"):
        trust.child("Muhammad", "Khan", form=form)
    labels = [way.label for way in asked(trust.draft(text="Well done Muhammad!")).ways]
    assert labels[:2] == ["Yes, Muhammad K. of 4A", "Yes, Muhammad K. of 4B"]


def test_of_very_many_the_surname_is_asked_for(trust):
    for number in range(5):
        trust.child("Amira", f"Family{number}")
    found = asked(trust.draft(text="Well done Amira!"))
    assert [way.label for way in found.ways if way.label.startswith("Yes")] == []
    assert "Then write the surname as well." in found.message


def test_who_is_meant_is_then_asked_for_their_permission(trust):
    post = names_rose(trust)
    mends.apply(mends.encoded(asked(post).ways[0]), post=post, by=trust.tessa)
    rules = {f.rule for f in check(post).blockers}
    assert "name_permission" in rules


# ── the Head ─────────────────────────────────────────────────────────────────────────────────────
@pytest.fixture
def before_hana(trust):
    """Tessa answered, in one word, and put it before Hana."""
    post = names_rose(trust)
    found = asked(post)
    answer_warning(post=post, rule=found.rule, subject=found.subject, words="fine", by=trust.tessa)
    return submit(post=post, by=trust.tessa, declared=declared())


def decided(trust, signed_in, submission, *ticked: str):  # type: ignore[no-untyped-def]
    """Hana presses "Approve", with these sentences ticked."""
    sent = {"digest": submission.digest, "all": "1"} | {confirm_field(one): "on" for one in ticked}
    page = signed_in(trust.hana).post(f"/approvals/{submission.pk}/", sent)
    return page, ApprovalDecision.objects.exists()


def test_the_authors_word_alone_does_not_let_it_out(trust, signed_in, before_hana):
    page, done = decided(trust, signed_in, before_hana)
    assert not done
    assert (
        "Somebody of the school is named. Say that somebody else is meant, or return it."
        in words(page)
    )


def test_the_head_who_says_it_as_well_lets_it_out(trust, signed_in, before_hana):
    _, done = decided(trust, signed_in, before_hana, SENTENCE)
    assert done


def test_a_tick_for_another_sentence_counts_for_nothing(trust, signed_in, before_hana):
    _, done = decided(trust, signed_in, before_hana, "“Tom Rees” is somebody else.")
    assert not done


def test_no_other_way_approves_without_it(trust, before_hana):
    with pytest.raises(NotPossible, match="Somebody of the school is named"):
        approve(submission=before_hana, by=trust.hana)
    approve(submission=before_hana, by=trust.hana, confirmed=[SENTENCE])
    event = Event.objects.about(before_hana.post).get(verb="post.approved")
    assert event.facts["confirmed"] == 1


def test_the_heads_page_does_not_say_that_nobody_is_named(trust, signed_in, before_hana):
    page = words(signed_in(trust.hana).get(f"/approvals/{before_hana.pk}/"))
    assert "nobody can be seen or is named" not in page
    assert SENTENCE in page


def test_an_answer_to_a_first_name_is_none_to_the_whole_name(trust):
    post = trust.draft(text="Well done Rose!")
    assert trust.rose
    first = asked(post)
    answer_warning(
        post=post, rule=first.rule, subject=first.subject, words="A flower", by=post.author
    )
    post.text = "Well done Rose Green!"
    post.save(update_fields=["text"])
    verdict = check(post)
    assert verdict.answer(asked(post)) is None
