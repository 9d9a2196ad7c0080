"""A mail says which school and what happened, and not one word of the post: it can name a child,
and a mail is read on locked screens and kept on servers that are not ours."""

from __future__ import annotations

import ast
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone

from approvals import actions as approvals
from consents.actions import withdraw
from posts import asking
from publishing import assisted, platforms, reviewing, taking_down
from publishing.platforms.shape import Capabilities, Rejected, Unclear
from schools.models import Notice
from tests.approvals.pages import words
from tests.cast import Trusty
from tests.failures.far_end import P, breaks
from tests.house.files import modules, short

pytestmark = pytest.mark.django_db

HEADING = "Amira Khan won the cup"
WON = "We won the cup"  # where a child is shown, whose name may not stand in it


def walk_submitted(trust: Trusty) -> None:
    assert trust.hana
    trust.submitted(title=HEADING)


def walk_returned(trust: Trusty) -> None:
    submission = trust.submitted(title=HEADING)
    approvals.return_to_author(submission=submission, by=trust.hana, reason="Crop Amira’s badge")


def walk_declined(trust: Trusty) -> None:
    submission = trust.submitted(title=HEADING)
    approvals.decline(submission=submission, by=trust.hana, reason="Amira is not ours")


def walk_late(trust: Trusty) -> None:
    assert trust.hana
    soon = timezone.now() + timedelta(hours=2)
    trust.submitted(title=HEADING, goes_out_at=soon)
    assert approvals.expire_overdue(at=soon + timedelta(hours=3)) == 1


def walk_asked(trust: Trusty) -> None:
    post = trust.draft(title=HEADING)
    asking.ask(post=post, of=trust.hana, text="May we?", by=trust.tessa)


def walk_stopped(trust: Trusty) -> None:
    approvals.stop(post=trust.approved(title=HEADING), by=trust.tessa, reason="That is Amira")


def walk_live(trust: Trusty) -> None:
    trust.published(title=HEADING)


def walk_refused(trust: Trusty) -> None:
    trust.approved(title=WON, children=[trust.tom])
    withdraw(child=trust.tom, giver=trust.mother(trust.tom), by=trust.connie)
    trust.send_all()


def far_end() -> P:
    """Stands for Oak's news page from now on."""
    platforms.PLATFORMS["news_page"] = made = P()  # type: ignore[assignment]
    return made


def walk_failed(trust: Trusty) -> None:
    far_end().refuses = Rejected("Too long.")
    trust.published(title=HEADING)


def walk_unknown(trust: Trusty) -> None:
    far_end().answer = breaks(Unclear("no answer"))
    trust.published(title=HEADING)


def walk_waiting(trust: Trusty) -> None:
    soon = timezone.now() + timedelta(hours=2)
    trust.approved(title=WON, children=[trust.tom], goes_out_at=soon)
    trust.send_all()
    withdraw(child=trust.tom, giver=trust.mother(trust.tom), by=trust.connie)
    reviewing.review_live()


def walk_taken_down(trust: Trusty) -> None:
    post = trust.published(title=HEADING)
    taking_down.take_down(delivery=trust.delivery(post), by=trust.hana, reason="Amira won")


def walk_unknown_and_withdrawn(trust: Trusty) -> None:
    far = far_end()
    far.answer, far.capabilities = breaks(Unclear("no answer")), Capabilities(read_back=False)
    trust.published(title=WON, children=[trust.tom])
    withdraw(child=trust.tom, giver=trust.mother(trust.tom), by=trust.connie)
    reviewing.review_live()


def walk_by_hand(trust: Trusty) -> None:
    post = trust.approved(title=HEADING, channels=["facebook"])
    assert trust.uma
    trust.send_all()
    delivery = trust.delivery(post, "facebook")
    assisted.open_package(delivery=delivery, by=trust.uma)
    link = "https://www.facebook.com/oak/posts/amira-khan-won-the-cup-1"
    assisted.posted(delivery=delivery, url=link, by=trust.uma)
    taking_down.take_down(delivery=delivery, by=trust.hana, reason="x")


# What is said, and the walk on which it is said.
SAID: dict[str, Callable[[Trusty], None]] = {
    "Waits for you": walk_submitted,
    "Approved": walk_live,
    "Returned": walk_returned,
    "Declined": walk_declined,
    "Its time passed": walk_late,
    "A question about": walk_asked,
    "Stopped": walk_stopped,
    "Live on": walk_live,
    "Not sent to": walk_refused,
    "Not posted on": walk_failed,
    "Please look on": walk_unknown,
    "Taken down from": walk_taken_down,
    "Cannot go to": walk_waiting,
    "Look now on": walk_unknown_and_withdrawn,
    "Take down by hand": walk_by_hand,
}


@pytest.mark.parametrize("subject", SAID)
def test_no_mail_says_a_word_of_the_post(trust, monkeypatch, subject):
    monkeypatch.setattr(platforms, "PLATFORMS", dict(platforms.PLATFORMS))
    SAID[subject](trust)
    told = list(Notice.objects.all())
    assert any(notice.subject.startswith(subject) for notice in told)
    said = [f"{notice.subject}\n{notice.body}".lower() for notice in told]
    assert [words for words in said if "amira" in words or "won" in words.split()] == []


def test_each_subject_names_the_school(trust):
    walk_stopped(trust)
    subjects = {notice.subject for notice in Notice.objects.all()}
    assert "Stopped: a post of Oak Primary School" in subjects
    assert all(subject.endswith("a post of Oak Primary School") for subject in subjects)


@pytest.mark.parametrize("walk", [walk_returned, walk_declined, walk_stopped])
def test_a_reason_is_read_on_the_posts_page_which_the_mail_opens(trust, signed_in, walk):
    walk(trust)
    last = Notice.objects.filter(user=trust.tessa).latest("pk")
    assert "why is on the post’s page" in last.body
    assert "Amira" in words(signed_in(trust.tessa).get(last.path)).replace(HEADING, "")


def test_nobody_who_tells_people_about_a_post_reads_its_heading():
    # A caller that the walks above do not know yet is found here.
    readers = [
        short(path)
        for path in modules()
        if _tells(tree := ast.parse(path.read_text()))
        and any(isinstance(n, ast.Attribute) and n.attr == "heading" for n in ast.walk(tree))
    ]
    assert readers == []


def _tells(tree: ast.Module) -> bool:
    called = (n.func for n in ast.walk(tree) if isinstance(n, ast.Call))
    return any(isinstance(f, ast.Name) and f.id == "tell" for f in called)
