"""Before a permission is withdrawn, its page says what that stops and what it lists (R-147)."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from approvals import actions as approvals
from consents.actions import set_hold
from consents.models import Child, Kind
from posts import picturing
from posts.models import Appearance, Post
from publishing import assisted
from publishing.reviewing import review_live
from schools.actions import grant_role
from schools.roles import Role
from tests.approvals.pages import words
from tests.cast import Trusty, declared
from tests.consents.test_all_refusals_look_alike import looked

pytestmark = pytest.mark.django_db

LINK = "https://www.facebook.com/oakprimary/posts/1"
NOTHING = "nothing is stopped or taken down"


def page_of(child: Child) -> str:
    return f"/children/{child.pk}/"


@pytest.fixture
def page(trust, signed_in):
    """`page("connie")`: Amira’s page, as this person reads it."""

    def seen(who: str = "connie") -> str:
        return words(signed_in(getattr(trust, who)).get(page_of(trust.amira)))

    return seen


@pytest.fixture
def pressed(trust, signed_in):
    """`pressed(1)`: what Connie reads after the mother withdrew, there or everywhere."""

    def press(what: object = "all") -> str:
        address = f"/children/{trust.amira.pk}/withdraw/"
        form = {"what": what, "way": "phone", "who": trust.mother(trust.amira).pk}
        answer = signed_in(trust.connie).post(address, form, follow=True)
        return " ".join(str(message) for message in answer.context["messages"])

    return press


# ── beforehand ───────────────────────────────────────────────────────────────────────────────────
def test_a_pupil_in_no_post_stops_nothing(page):
    assert NOTHING in page()


def test_what_waits_for_the_head_is_told(trust, page):
    trust.submitted(children=[trust.amira])
    seen = page()
    assert "1 post that waits does not go out with Amira." in seen
    assert "News page: waits for the Head, who can no longer approve it as it is." in seen


def test_what_is_approved_for_tomorrow_is_told(trust, page):
    trust.approved(children=[trust.amira], goes_out_at=timezone.now() + timedelta(days=1))
    trust.send_all()
    assert "News page: is approved, and will not go out as it is." in page()


def test_what_is_approved_and_not_queued_yet_is_told_just_so(trust, page):
    trust.approved(children=[trust.amira])
    assert "News page: is approved, and will not go out as it is." in page()


def test_what_is_live_is_told_with_who_takes_it_down(trust, page):
    trust.published(children=[trust.amira])
    assert "News page: is live, and GoLive takes it down." in page()


def test_what_was_posted_by_hand_is_taken_down_by_a_person(trust, page):
    post = opened_by_hand(trust)
    assisted.posted(delivery=trust.delivery(post, "facebook"), url=LINK, by=trust.uma)
    assert "Facebook: is live, and a person takes it down." in page()


def opened_by_hand(trust: Trusty) -> Post:
    assert trust.uma
    post = trust.approved(children=[trust.amira], channels=["facebook"])
    trust.send_all()
    assisted.open_package(delivery=trust.delivery(post, "facebook"), by=trust.uma)
    return post


def test_what_is_open_to_be_posted_by_hand_is_told(trust, page):
    opened_by_hand(trust)
    assert "Facebook: is open to be posted by hand: its package closes" in page()


def test_a_draft_is_neither_stopped_nor_listed(trust, page):
    trust.draft(children=[trust.amira])
    assert NOTHING in page()


def test_what_is_gone_is_not_listed_again(trust, page):
    trust.published(children=[trust.amira, trust.tom])
    trust.says(trust.tom, "withdrawn", [trust.platform("news")])
    review_live()
    assert NOTHING in page()


def test_a_channel_that_leaves_the_photo_out_is_not_told(trust, page):
    post = trust.draft(children=[trust.amira], channels=["news", "facebook"])
    facebook = trust.channel("facebook")
    picturing.leave_out(picture=post.pictures.get(), channel=facebook, by=trust.tessa)
    approvals.submit(post=Post.objects.get(pk=post.pk), by=trust.tessa, declared=declared())
    seen = page()
    assert "News page: waits for the Head" in seen
    assert "Facebook: waits" not in seen


def test_what_went_out_is_told_though_its_author_has_changed_the_post_since(trust, page):
    post = trust.approved(children=[trust.amira], channels=["news", "facebook"])
    trust.send_all()
    approvals.take_back(post=Post.objects.get(pk=post.pk), by=trust.tessa)
    picturing.remove(picture=post.pictures.get(), by=trust.tessa)
    assert "News page: is live, and GoLive takes it down." in page()


def test_what_is_live_is_told_by_what_was_sent_however_the_post_reads_now(trust, page):
    post = trust.published(children=[trust.amira])
    # Not even its revision tells: a row of old data, mended by hand.
    Appearance.objects.filter(picture__post=post).delete()
    assert "News page: is live, and GoLive takes it down." in page()


def test_another_pupils_post_is_not_told(trust, page):
    trust.published(children=[trust.tom])
    assert NOTHING in page()


# ── who may open it ──────────────────────────────────────────────────────────────────────────────
def test_the_office_reads_the_state_and_not_what_the_post_says(trust, page, signed_in):
    post = trust.published(children=[trust.amira])
    html = signed_in(trust.connie).get(page_of(trust.amira)).content.decode()
    assert "aqueduct" not in html
    assert f"/posts/{post.pk}/" not in html
    assert trust.delivery(post).url not in html


def test_who_may_open_it_gets_its_links(trust, signed_in):
    nora = trust.person("Nora Bell", Role.CONSENT_ADMIN, trust.oak)
    grant_role(user=nora, role=Role.HEAD, school=trust.oak, by=None)
    post = trust.published(children=[trust.amira])
    html = signed_in(nora).get(page_of(trust.amira)).content.decode()
    foreseen = html[html.index("s-foreseen") : html.index("How they said it")]
    assert f'href="/posts/{post.pk}/"' in foreseen
    assert trust.delivery(post).url in foreseen


def test_more_posts_are_no_more_questions(trust, signed_in):
    counts = []
    for _ in range(2):
        trust.published(children=[trust.amira])
        trust.submitted(children=[trust.amira], channels=["facebook"])
        counts.append(looked(signed_in(trust.connie), page_of(trust.amira))[1])
    assert counts[0] == counts[1]


def test_it_reads_the_same_for_a_pupil_under_a_hold(trust, signed_in):
    trust.submitted(children=[trust.amira])
    trust.approved(children=[trust.amira], goes_out_at=timezone.now() + timedelta(days=1))
    trust.send_all()
    before = looked(signed_in(trust.connie), page_of(trust.amira))
    set_hold(child=trust.amira, kind="protected", by=trust.dot)
    assert looked(signed_in(trust.connie), page_of(trust.amira)) == before


# ── after the press ──────────────────────────────────────────────────────────────────────────────
def test_after_the_press_it_says_what_is_stopped_and_what_is_listed(trust, pressed):
    trust.published(children=[trust.amira])
    trust.submitted(children=[trust.amira])
    said = pressed()
    assert "1 post that waits does not go out as things are." in said
    assert "1 post that is or may be live goes on the list of take-downs within a minute." in said


def test_what_another_platform_shows_is_not_said_to_stop(trust, pressed):
    trust.published(children=[trust.amira])
    assert "No post that waits or is live needed it." in pressed(trust.platform("facebook").pk)


def test_what_another_kind_carries_is_not_said_to_stop(trust, pressed):
    news = trust.platform("news")
    trust.says(trust.amira, "yes", [news], kind=Kind.WORK)
    trust.published(children=[trust.amira])
    assert "No post that waits or is live needed it." in pressed(f"{news.pk}:work")


def test_a_name_in_the_words_needs_its_own_permission(trust, pressed):
    news = trust.platform("news")
    trust.says(trust.amira, "yes", [news], kind=Kind.FULL_NAME)
    trust.submitted(children=[trust.amira], text="Amira Khan built it.")
    said = pressed(f"{news.pk}:full_name")
    assert "1 post that waits does not go out as things are." in said


def test_the_words_after_the_press_are_the_same_under_a_hold(trust, pressed):
    trust.submitted(children=[trust.amira])
    trust.submitted(children=[trust.amira], channels=["facebook"])
    set_hold(child=trust.amira, kind="care", by=trust.dot)
    said = pressed(trust.platform("facebook").pk)
    assert "1 post that waits does not go out as things are." in said


def test_what_it_says_comes_true(trust, pressed):
    live = trust.published(children=[trust.amira])
    waits = trust.approved(children=[trust.amira], goes_out_at=timezone.now() + timedelta(days=1))
    trust.send_all()
    pressed()
    review_live()
    trust.send_all(at=timezone.now() + timedelta(days=1, seconds=1))
    assert trust.delivery(live).state == "taken_down"
    assert trust.delivery(waits).state == "refused"


# ── the class, the door, adults ──────────────────────────────────────────────────────────────────
def test_a_class_list_says_what_a_no_there_would_stop(trust, signed_in):
    trust.published(children=[trust.amira])
    news = trust.platform("news").pk
    client = signed_in(trust.connie)
    page = words(client.get(f"/children/class/?class=4B&platform={news}"))
    assert "News page: is live, and GoLive takes it down." in page


def test_a_class_list_says_afterwards_what_its_noes_stopped(trust, signed_in):
    trust.published(children=[trust.amira])
    news = trust.platform("news").pk
    answer = signed_in(trust.connie).post(
        f"/children/class/?class=4B&platform={news}",
        {f"a_{trust.amira.pk}_{news}": "withdrawn", "way": "paper", "given_on": ""},
        follow=True,
    )
    assert "goes on the list of take-downs within a minute" in words(answer)


def test_nobody_can_write_down_that_a_file_was_undone(trust, signed_in):
    news = trust.platform("news").pk
    trust.says(trust.rose, "no", [trust.platform("news")])
    client, address = signed_in(trust.connie), f"/children/class/?class=4B&platform={news}"
    assert "Taken back with its file" not in words(client.get(address))
    client.post(address, {f"a_{trust.rose.pk}_{news}": "undone", "way": "paper"})
    assert not trust.rose.decisions.filter(answer="undone").exists()


def test_an_adults_page_says_it_too(trust, signed_in):
    ada = trust.author_visit
    trust.adult_says(ada, "yes", [trust.platform("news")])
    post = trust.draft(photos=1)
    photo = post.pictures.get()
    picturing.show_adult(picture=photo, adult=ada, by=trust.tessa)
    picturing.describe(picture=photo, alt_text="A visitor", is_decorative=False, by=trust.tessa)
    picturing.declare(picture=photo, people_complete=True, nothing_readable=True, by=trust.tessa)
    approvals.submit(post=Post.objects.get(pk=post.pk), by=trust.tessa, declared=declared())
    client = signed_in(trust.connie)
    page = words(client.get(f"/children/adults/{ada.pk}/"))
    told = "News page: waits for the Head, who can no longer approve it as it is."
    assert f"{told} It needs the yes to photo." in page
    after = client.post(f"/children/adults/{ada.pk}/withdraw/", follow=True)
    assert re.search("1 post that waits does not go out", words(after))
