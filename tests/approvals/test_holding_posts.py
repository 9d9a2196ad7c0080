"""The safeguarding lead holds a post: at once, at every moment, and to staff like any Stop."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from approvals import actions as approvals
from approvals.models import Stop
from audit.models import Event
from posts.errors import NotPossible, Refused
from posts.models import Post
from publishing import reviewing
from publishing.models import NewsItem
from schools.models import Notice
from schools.roles import Role
from tests.approvals.pages import words
from tests.cast import Trusty, declared

pytestmark = pytest.mark.django_db

REASON, NOTE = "It needs another look.", "A court order of Monday"


def held(trust: Trusty, post: Post) -> Stop:
    return approvals.hold(post=post, by=trust.dot, reason=REASON, note=NOTE)


def page(user, address: str) -> str:
    client = Client()
    client.force_login(user)
    return words(client.get(address))


# ── any post of the school, at every moment ──────────────────────────────────────────────────────
def test_r_043_a_held_draft_is_not_put_before_the_head(trust):
    post = trust.draft()
    held(trust, post)
    with pytest.raises(Refused, match="Somebody pressed Stop"):
        approvals.submit(post=post, by=trust.tessa, declared=declared())


def test_r_043_a_held_post_that_waits_is_not_approved(trust):
    submission = trust.submitted()
    held(trust, submission.post)
    with pytest.raises(Refused, match="Somebody pressed Stop"):
        approvals.approve(submission=submission, by=trust.hana)


def test_r_043_a_held_post_does_not_go_out_when_its_time_comes(trust):
    soon = timezone.now() + timedelta(hours=2)
    post = trust.approved(goes_out_at=soon)
    held(trust, post)
    trust.send_all(soon + timedelta(seconds=5))
    assert trust.delivery(post).state == "queued"


def test_r_043_a_held_post_that_is_live_is_taken_down(trust):
    post = trust.published()
    held(trust, post)
    assert not NewsItem.objects.public().exists(), "hidden with the press"
    reviewing.review_live()
    assert trust.delivery(post).state == "taken_down"


def test_r_043_the_lead_holds_it_on_the_posts_own_page(trust, signed_in):
    post = trust.draft()
    form = {"hold": "1", "reason": REASON, "note": NOTE}
    signed_in(trust.dot).post(f"/approvals/posts/{post.pk}/stop/", form)
    assert Stop.objects.get(is_hold=True, note=NOTE).post == post


@pytest.mark.parametrize("who", ["tessa", "hana", "uma", "connie", "cara"])
def test_whoever_is_no_lead_holds_nothing(trust, signed_in, who):
    post, person = trust.approved(), getattr(trust, who)
    with pytest.raises(NotPossible, match="Only the safeguarding lead"):
        approvals.hold(post=post, by=person, reason=REASON, note="")
    form = {"hold": "1", "reason": REASON, "note": NOTE}
    signed_in(person).post(f"/approvals/posts/{post.pk}/stop/", form)
    assert not Stop.objects.filter(is_hold=True).exists()


def test_a_lead_of_another_school_holds_nothing_here(trust):
    elms = trust.person("Della Elm", Role.DSL, trust.elm)
    with pytest.raises(NotPossible):
        approvals.hold(post=trust.approved(), by=elms, reason=REASON, note="")


def test_a_hold_needs_words_for_staff(trust):
    with pytest.raises(NotPossible, match="Say in a few words"):
        approvals.hold(post=trust.approved(), by=trust.dot, reason=" ", note=NOTE)


# ── lifting it ───────────────────────────────────────────────────────────────────────────────────
@pytest.mark.parametrize("who", ["hana", "edith", "tessa", "uma", "cara"])
def test_r_043_nobody_but_the_lead_lifts_it(trust, signed_in, who):
    stop, person = held(trust, trust.approved()), getattr(trust, who)
    with pytest.raises(NotPossible, match="Only the safeguarding lead"):
        approvals.resume(stop=stop, by=person)
    assert signed_in(person).post(f"/approvals/stops/{stop.pk}/resume/").status_code == 404


def test_what_the_lead_lifts_goes_out(trust, signed_in):
    post = trust.approved()
    stop = held(trust, post)
    trust.send_all()
    signed_in(trust.dot).post(f"/approvals/stops/{stop.pk}/resume/")
    trust.send_all()
    assert trust.delivery(post).state == "sent"


def test_the_lead_does_not_lift_what_a_colleague_stopped(trust):
    stop = approvals.stop(post=trust.approved(), by=trust.tessa, reason=REASON)
    with pytest.raises(NotPossible, match="Only a Head"):
        approvals.resume(stop=stop, by=trust.dot)


# ── alike ────────────────────────────────────────────────────────────────────────────────────────
def as_pressed_by_a_colleague(trust: Trusty) -> None:
    """The same press, at the same moment, had it been Connie's Stop."""
    Stop.objects.update(is_hold=False, note="", by=trust.connie)


ADDRESSES = {
    "the author, a draft": ("tessa", "draft", "/posts/{}/"),
    "the author, writing it": ("tessa", "draft", "/posts/{}/edit/"),
    "the author, waiting": ("tessa", "submitted", "/posts/{}/"),
    "the author, approved": ("tessa", "approved", "/posts/{}/"),
    "the author, all of theirs": ("tessa", "approved", "/posts/"),
    "an authorised user": ("uma", "approved", "/posts/{}/"),
    "an authorised user, live": ("uma", "published", "/posts/{}/"),
    "an authorised user, what is due": ("uma", "approved", "/publishing/"),
    "an authorised user, take-downs": ("uma", "published", "/publishing/take-downs/"),
    "a colleague": ("connie", "published", "/publishing/wrong/"),
}


@pytest.mark.parametrize("where", ADDRESSES)
def test_r_043_to_staff_a_hold_reads_like_any_stop(trust, where):
    who, walk, address = ADDRESSES[where]
    person, _ = getattr(trust, who), trust.connie
    made = getattr(trust, walk)()
    post = made if isinstance(made, Post) else made.post
    stop = held(trust, post)
    if walk == "published":
        reviewing.review_live()
    before = page(person, address.format(post.pk))
    as_pressed_by_a_colleague(trust)
    assert page(person, address.format(post.pk)) == before
    assert "Dot Fraser pressed" not in before
    assert stop.note not in before


def test_r_043_a_hold_asks_the_database_no_more_than_a_stop(trust):
    post, _ = trust.approved(), trust.connie
    held(trust, post)

    def asked() -> int:
        with CaptureQueriesContext(connection) as captured:
            page(trust.tessa, f"/posts/{post.pk}/")
        return len(captured)

    asked()
    before = asked()
    as_pressed_by_a_colleague(trust)
    assert asked() == before


def test_r_043_head_and_author_are_told_what_they_are_told_of_any_stop(trust):
    post, other = trust.approved(), trust.approved()
    held(trust, post)
    approvals.stop(post=other, by=trust.tessa, reason=REASON)

    def told(of: Post) -> set[tuple[str, str, int | None]]:
        found = Notice.objects.filter(path=f"/posts/{of.pk}/", subject__startswith="Stopped")
        return {(n.subject, n.body, n.user_id) for n in found}

    assert told(post) == told(other)
    assert len(told(post)) == 2


def test_r_043_what_happened_names_nobody_when_the_lead_lifts_it(trust):
    post = trust.approved()
    approvals.resume(stop=held(trust, post), by=trust.dot)
    said = page(trust.tessa, f"/posts/{post.pk}/")
    assert "Somebody at the school let it go on" in said
    assert "Dot Fraser" not in said


def test_r_043_the_history_keeps_who_held_it_and_not_why(trust):
    post = trust.approved()
    stop = held(trust, post)
    event = Event.objects.get(verb="post.stopped")
    assert (event.actor_id, event.facts) == (trust.dot.pk, {"stop": stop.pk})


# ── what the lead and the Head read ──────────────────────────────────────────────────────────────
def test_the_lead_reads_why_and_whose_it_is(trust):
    post = trust.approved()
    held(trust, post)
    said = page(trust.dot, f"/posts/{post.pk}/")
    assert "Dot Fraser pressed Stop" in said
    assert NOTE in said


@pytest.mark.parametrize("address", ["/approvals/", "/posts/{}/"])
def test_a_head_reads_whom_to_ask_and_not_why(trust, address):
    post = trust.approved()
    held(trust, post)
    said = page(trust.hana, address.format(post.pk))
    assert "The safeguarding lead decides" in said
    assert "Let it go on" not in said
    assert NOTE not in said


def test_the_leads_page_lists_what_they_hold_with_its_press(trust, signed_in):
    post = trust.approved(title="Trip to the river")
    stop = held(trust, post)
    answer = signed_in(trust.dot).get("/children/holds/")
    assert "Trip to the river" in words(answer)
    assert f'action="/approvals/stops/{stop.pk}/resume/"' in answer.text


def test_the_leads_page_says_how_to_hold_a_post(trust):
    assert "None. To hold a post, open it" in page(trust.dot, "/children/holds/")


def test_a_lead_of_another_school_finds_nothing_of_it(trust):
    elms = trust.person("Della Elm", Role.DSL, trust.elm)
    held(trust, trust.approved(title="Trip to the river"))
    assert "Trip to the river" not in page(elms, "/children/holds/")
