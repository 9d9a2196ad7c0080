"""Platforms a person posts to: the package, the gate once more, the link, and what became of it."""

from __future__ import annotations

import hashlib
from datetime import timedelta

import pytest
from django.utils import timezone

from approvals import actions as approvals
from consents.actions import withdraw
from policy.models import ChannelGrant
from posts.errors import NotPossible, Refused
from publishing import assisted, looking, reviewing, sweeping, taking_down
from publishing.models import Attempt, Delivery, Snapshot
from publishing.moves import PERSON_LEASE
from schools.models import Notice, User
from schools.roles import Role
from tests.approvals.pages import words

pytestmark = pytest.mark.django_db

LINK = "https://www.facebook.com/oakprimary/posts/1"


@pytest.fixture
def waiting(trust) -> Delivery:
    """Approved for Facebook, with Amira's photo; Uma may post it there."""
    post = trust.approved(children=[trust.amira], channels=["facebook"])
    assert trust.uma
    trust.send_all()
    return trust.delivery(post, "facebook")


@pytest.fixture
def opened(trust, waiting) -> Delivery:
    """Uma has opened the package."""
    assisted.open_package(delivery=waiting, by=trust.uma)
    return waiting


def address(delivery: Delivery, verb: str = "") -> str:
    return f"/publishing/deliveries/{delivery.pk}/{verb}"


def fresh(delivery: Delivery) -> Delivery:
    return Delivery.objects.get(pk=delivery.pk)


def test_no_machine_sends_it(trust, waiting):
    assert fresh(waiting).state == "queued"


def test_it_waits_on_the_desk_of_whoever_may_post_to_the_account(trust, signed_in, waiting):
    assert "An aqueduct" in words(signed_in(trust.uma).get("/publishing/"))


def test_a_role_without_a_grant_for_the_account_posts_nothing(trust, signed_in, waiting):
    other = trust.person("Ravi Ungranted", Role.AUTHORISED_USER, trust.oak)
    assert "An aqueduct" not in words(signed_in(other).get("/publishing/"))
    with pytest.raises(NotPossible, match="Only an authorised user"):
        assisted.open_package(delivery=waiting, by=other)


def test_a_grant_that_has_ended_counts_no_more(trust, waiting):
    yesterday = timezone.localdate() - timedelta(days=1)
    ChannelGrant.objects.filter(user=trust.uma).update(starts=yesterday, ends=yesterday)
    with pytest.raises(NotPossible, match="Only an authorised user"):
        assisted.open_package(delivery=waiting, by=trust.uma)


def test_the_package_holds_the_exact_words_and_alt_texts_that_were_approved(
    trust, signed_in, opened
):
    page = words(signed_in(trust.uma).get(address(opened)))
    assert "We built a working aqueduct." in page
    assert "Pupils beside a model" in page


def test_the_photo_of_the_package_is_byte_for_byte_the_approved_one(trust, signed_in, opened):
    [photo] = opened.submission.content["channels"][0]["photos"]
    answer = signed_in(trust.uma).get(f"/posts/renditions/{photo['rendition']}.jpg")
    sent = b"".join(answer.streaming_content)
    assert hashlib.sha256(sent).hexdigest() == photo["sha256"]


def test_the_package_is_shown_to_nobody_else(trust, signed_in, opened):
    assert "Copy the words" not in words(signed_in(trust.tessa).get(address(opened)))


def test_before_its_time_the_package_stays_shut(trust):
    soon = timezone.now() + timedelta(hours=2)
    post = trust.approved(channels=["facebook"], goes_out_at=soon)
    assert trust.uma
    trust.send_all()
    with pytest.raises(NotPossible, match="Its time has not come yet"):
        assisted.open_package(delivery=trust.delivery(post, "facebook"), by=trust.uma)


def test_the_gate_is_asked_when_the_package_is_opened(trust, waiting):
    withdraw(child=trust.amira, giver=trust.mother(trust.amira), by=trust.connie)
    with pytest.raises(Refused, match=r"Amira K\. cannot be shown on Facebook"):
        assisted.open_package(delivery=waiting, by=trust.uma)
    assert fresh(waiting).state == "refused"


def test_the_gate_is_asked_each_time_the_package_is_looked_at(trust, signed_in, opened):
    withdraw(child=trust.amira, giver=trust.mother(trust.amira), by=trust.connie)
    page = words(signed_in(trust.uma).get(address(opened)))
    assert "Do not post this. Amira K. cannot be shown on Facebook." in page
    assert "We built a working aqueduct." not in page


def test_a_stop_closes_an_open_package(trust, opened):
    approvals.stop(post=opened.post, by=trust.tessa, reason="Wait")
    with pytest.raises(Refused, match="pressed Stop"):
        assisted.package(delivery=opened, by=trust.uma)


def test_why_it_was_allowed_is_kept_when_the_package_is_opened(trust, opened):
    kept = Snapshot.objects.get(delivery=opened)
    assert [row["child"] for row in kept.permissions] == [trust.amira.pk]


def test_two_people_do_not_open_the_same_package(trust, waiting):
    ravi = trust.person("Ravi Granted", Role.AUTHORISED_USER, trust.oak)
    ChannelGrant.objects.create(channel=waiting.channel, user=ravi)
    assisted.open_package(delivery=fresh(waiting), by=trust.uma)
    with pytest.raises(NotPossible):
        assisted.open_package(delivery=waiting, by=ravi)


# ── what became of it ────────────────────────────────────────────────────────────────────────────
def test_posted_with_its_link_it_counts_as_sent(trust, signed_in, opened):
    signed_in(trust.uma).post(address(opened, "posted/"), {"url": LINK})
    now = fresh(opened)
    assert (now.state, now.url, now.remote_id) == ("sent", LINK, LINK)
    assert now.post.state == "closed"


def test_the_author_reads_the_link(trust, signed_in, opened):
    assisted.posted(delivery=opened, url=LINK, by=trust.uma)
    told = Notice.objects.get(user=trust.tessa, subject__startswith="Live on Facebook")
    assert LINK in signed_in(trust.tessa).get(told.path).content.decode()


@pytest.mark.parametrize(
    ("link", "said"),
    [
        ("", "Paste the full link"),
        ("http://www.facebook.com/oak/posts/1", "starting with https://"),
        ("https://evil.example/posts/1", "That link leads to evil.example"),
        ("https://facebook.com.evil.example/posts/1", "That link leads to"),
        ("https://www.facebook.com/", "not like one post"),
        ("javascript:alert(1)", "Paste the full link"),
    ],
)
def test_a_link_that_is_no_post_there_is_refused(trust, signed_in, opened, link, said):
    answer = signed_in(trust.uma).post(address(opened, "posted/"), {"url": link}, follow=True)
    assert said in words(answer)
    assert fresh(opened).state == "sending"


def test_a_link_that_was_refused_is_still_there_to_be_mended(trust, signed_in, opened):
    answer = signed_in(trust.uma).post(
        address(opened, "posted/"), {"url": "https://evil.example/1"}
    )
    assert 'value="https://evil.example/1"' in answer.content.decode()


def test_a_link_with_a_password_in_it_is_refused(trust, opened):
    link = "https://user:pw@www.facebook.com/oak/posts/1"
    with pytest.raises(NotPossible, match="Paste the full link"):
        assisted.posted(delivery=opened, url=link, by=trust.uma)


def test_not_posted_because_something_is_kept_with_the_reason(trust, signed_in, opened):
    signed_in(trust.uma).post(address(opened, "not-posted/"), {"reason": "The page was down"})
    now = fresh(opened)
    assert (now.state, now.problem) == ("failed", "Not posted by Uma Reid: The page was down")


def test_not_posted_without_a_reason_is_refused(trust, opened):
    with pytest.raises(NotPossible, match="why it was not posted"):
        assisted.not_posted(delivery=opened, reason=" ", by=trust.uma)


def test_what_was_not_posted_can_be_offered_again(trust, opened):
    assisted.not_posted(delivery=opened, reason="The page was down", by=trust.uma)
    looking.send_again(delivery=fresh(opened), by=trust.uma)
    again = fresh(opened)
    assisted.open_package(delivery=again, by=trust.uma)
    assisted.posted(delivery=again, url=LINK, by=trust.uma)
    assert fresh(opened).state == "sent"


def test_what_nobody_speaks_of_for_a_day_becomes_unknown(trust, opened):
    sweeping.sweep_stuck(at=timezone.now() + PERSON_LEASE + timedelta(seconds=1))
    assert fresh(opened).state == "unknown"
    told = Notice.objects.filter(user=trust.uma, subject__startswith="Please look on Facebook")
    assert told.exists()


def test_what_was_never_opened_for_a_day_goes_back_to_the_head(trust, waiting):
    sweeping.sweep_stuck(at=timezone.now() + timedelta(hours=25))
    assert fresh(waiting).state == "refused"


def test_what_was_posted_although_permission_went_is_taken_down_again(trust, opened):
    withdraw(child=trust.amira, giver=trust.mother(trust.amira), by=trust.connie)
    assisted.posted(delivery=opened, url=LINK, by=trust.uma)
    reviewing.review_live()
    assert fresh(opened).state == "cannot_take_down"


# ── taking down by hand ──────────────────────────────────────────────────────────────────────────
@pytest.fixture
def live(trust, opened) -> Delivery:
    """It is on Facebook."""
    assisted.posted(delivery=opened, url=LINK, by=trust.uma)
    return opened


def test_a_take_down_by_hand_is_asked_for_with_the_link(trust, signed_in, live):
    signed_in(trust.uma).post(address(live, "take-down/"), {"reason": "A parent rang"})
    assert fresh(live).state == "cannot_take_down"
    told = Notice.objects.get(user=trust.uma, subject__startswith="Take down by hand")
    assert LINK in words(signed_in(trust.uma).get(told.path))


def test_it_is_gone_once_a_person_looked(trust, signed_in, live):
    client = signed_in(trust.uma)
    client.post(address(live, "take-down/"))
    client.post(address(live, "gone/"))
    now = fresh(live)
    assert now.state == "taken_down"
    assert now.taken_down_at is not None


def test_a_take_down_by_hand_stays_on_the_desk_until_it_is_done(trust, signed_in, live):
    taking_down.take_down(delivery=live, by=trust.uma, reason="x")
    assert "An aqueduct" in words(signed_in(trust.uma).get("/publishing/"))


@pytest.mark.parametrize("who", ["hana", "uma", "dot", "edith"])
def test_head_authorised_user_and_safeguarding_lead_take_posts_down(trust, live, who):
    user = User.objects.get(pk=getattr(trust, who).pk)
    assert taking_down.take_down(delivery=live, by=user, reason="x") == "cannot_take_down"


@pytest.mark.parametrize("who", ["tessa", "connie", "owen", "cara"])
def test_nobody_else_takes_posts_down(trust, live, who):
    with pytest.raises(NotPossible, match="takes posts down"):
        taking_down.take_down(delivery=live, by=getattr(trust, who), reason="x")
    assert fresh(live).state == "sent"


def test_every_step_is_kept(trust, live):
    taking_down.take_down(delivery=live, by=trust.uma, reason="A parent rang")
    taking_down.confirm_gone(delivery=live, by=trust.uma)
    steps = Attempt.objects.filter(delivery=live).values_list("step", flat=True)
    assert list(steps) == ["begun", "sent", "down_begun", "down_failed", "down"]


# ── in words ─────────────────────────────────────────────────────────────────────────────────────
def post_page(signed_in, user, delivery: Delivery) -> str:
    return words(signed_in(user).get(f"/posts/{delivery.post_id}/"))


def test_its_author_reads_for_whom_it_waits(trust, signed_in, waiting):
    page = post_page(signed_in, trust.tessa, waiting)
    assert "Waits for Uma Reid to post it" in page
    assert "Waits for its time" not in page


def test_of_several_any_one_may_post_it(trust, signed_in, waiting):
    other = trust.person("Ravi Patel", Role.AUTHORISED_USER, trust.oak)
    ChannelGrant.objects.create(channel=waiting.channel, user=other)
    page = post_page(signed_in, trust.tessa, waiting)
    assert "Waits for Ravi Patel or Uma Reid to post it" in page


def test_where_nobody_is_authorised_its_author_reads_that(trust, signed_in, waiting):
    ChannelGrant.objects.all().delete()
    assert "nobody is one for this account yet" in post_page(signed_in, trust.tessa, waiting)


def test_before_its_time_it_waits_for_its_time(trust, signed_in):
    post = trust.approved(channels=["facebook"], goes_out_at=timezone.now() + timedelta(hours=2))
    trust.send_all()
    page = words(signed_in(trust.tessa).get(f"/posts/{post.pk}/"))
    assert "Waits for its time" in page
    assert "to post it" not in page


def test_its_author_reads_who_has_opened_it(trust, signed_in, opened):
    assert "Uma Reid has opened it to post it" in post_page(signed_in, trust.tessa, opened)


def test_what_a_person_posted_is_said_by_that_person(trust, signed_in, opened):
    assisted.posted(delivery=opened, url=LINK, by=trust.uma)
    page = post_page(signed_in, trust.tessa, opened)
    assert "Uma Reid says that it is posted, by hand" in page
    assert "Posted by hand" in page
    history = words(signed_in(trust.tessa).get(address(opened)))
    assert "Uma Reid says that it is posted" in history
    assert "The platform took it" not in history


def test_what_a_person_did_not_post_is_no_answer_of_the_platform(trust, signed_in, opened):
    assisted.not_posted(delivery=opened, reason="The page is locked", by=trust.uma)
    history = words(signed_in(trust.tessa).get(address(opened)))
    assert "Uma Reid says that it is not posted : The page is locked" in history
    assert "The platform said no" not in history
