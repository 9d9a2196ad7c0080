"""Rows of the catalogue that rules of long standing keep, each by the row's own example."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from approvals import actions as approvals
from approvals.models import ApprovalDecision
from audit.models import Event
from consents.actions import withdraw
from consents.models import Child
from policy.routes import people
from posts.checks import check
from posts.errors import NotPossible, Refused
from posts.models import Post
from posts.picturing import show_adult, show_child
from publishing import reviewing
from publishing.models import NewsItem, Snapshot
from schools.actions import grant_role
from schools.models import StaffRole
from schools.roles import Role
from tests.approvals.pages import words
from tests.cast import declared

pytestmark = pytest.mark.django_db


def refusal(trust, **draft) -> str:
    with pytest.raises(Refused) as caught:
        trust.submitted(**draft)
    return str(caught.value)


def test_r_016_whom_a_court_protects_is_refused_like_anybody_else(trust):
    protected = refusal(trust, children=[trust.jack])
    assert protected.replace("Jack M.", "Rose G.") == refusal(trust, children=[trust.rose])


def test_r_017_what_was_withdrawn_meanwhile_is_not_published_by_the_worker(trust):
    trust.approved(children=[trust.amira])
    withdraw(child=trust.amira, giver=trust.mother(trust.amira), by=trust.connie)
    trust.send_all()
    assert not NewsItem.objects.exists()


def test_r_013_whatever_is_published_names_a_person_and_an_account(trust):
    post = trust.published()
    delivery = trust.delivery(post)
    assert ApprovalDecision.objects.get(submission=delivery.submission).by == trust.hana
    assert delivery.channel == trust.channel("news")


def test_r_027_a_heads_role_names_school_and_delegator_and_can_end(trust):
    last = timezone.localdate() + timedelta(days=30)
    granted = grant_role(user=trust.pat, role=Role.HEAD, school=trust.oak, by=trust.cara, ends=last)
    held = StaffRole.objects.get(pk=granted.pk)
    assert (held.school, held.granted_by, held.ends) == (trust.oak, trust.cara, last)


def test_r_055_what_is_not_approved_is_not_sent(trust):
    trust.submitted(children=[trust.amira])
    assert trust.send_all() == []
    assert not NewsItem.objects.exists()


def test_r_059_a_volunteer_without_permission_stops_the_post(trust):
    post = trust.draft(photos=1)
    show_adult(picture=post.pictures.get(), adult=trust.author_visit, by=trust.tessa)
    with pytest.raises(Refused, match="Ada Visitor"):
        approvals.submit(post=Post.objects.get(pk=post.pk), by=trust.tessa, declared=declared())


def test_r_106_a_pupils_own_no_beats_the_parents_yes(trust):
    trust.says_own(trust.amira, "no", [trust.platform("news")])
    assert refusal(trust, children=[trust.amira]) == "Amira K. cannot be shown on News page."


def test_r_107_a_visiting_author_stops_nothing_once_she_has_agreed(trust):
    post = trust.draft(photos=1)
    show_adult(picture=post.pictures.get(), adult=trust.author_visit, by=trust.tessa)

    def stopped() -> bool:
        found = check(Post.objects.get(pk=post.pk)).findings
        return "adult_permission" in {finding.rule for finding in found}

    assert stopped()
    trust.adult_says(trust.author_visit, "yes", [trust.platform("news")])
    assert not stopped()


def test_r_119_the_author_is_recorded(trust):
    submission = trust.submitted()
    event = Event.objects.about(submission.post).filter(verb="post.submitted").get()
    assert event.actor_id == trust.tessa.pk


@pytest.mark.parametrize("channel", ["facebook", "instagram"])
def test_r_120_a_channel_behind_a_login_asks_for_permission_like_any_other(trust, channel):
    assert "cannot be shown" in refusal(trust, children=[trust.tom], channels=[channel])


def test_r_165_why_it_was_allowed_has_an_answer(trust):
    post = trust.published(children=[trust.amira])
    snapshot = Snapshot.objects.get(delivery__post=post)
    assert [row["child"] for row in snapshot.permissions] == [trust.amira.pk]
    assert Event.objects.about(post).filter(verb="post.approved", actor_id=trust.hana.pk).exists()


# ── rows of which a part waits for other rooms ───────────────────────────────────────────────────
def test_r_009_that_a_breach_is_a_matter_of_discipline_is_read_and_acknowledged(trust, signed_in):
    page = signed_in(trust.newcomer()).get("/policy/you/read/")
    assert "Breaking the policy is a disciplinary matter" in words(page)


def test_r_164_a_leavers_photos_are_not_added_to_new_posts(trust):
    draft = trust.draft(children=[trust.amira])
    Child.objects.filter(pk=trust.amira.pk).update(left_on=timezone.localdate())
    with pytest.raises(Refused, match=r"Amira K\. cannot be shown on News page\."):
        approvals.submit(post=draft, by=trust.tessa, declared=declared())


def test_r_164_a_leaver_is_not_among_those_who_can_be_picked(trust):
    picture = trust.draft(photos=1).pictures.get()
    Child.objects.filter(pk=trust.amira.pk).update(left_on=timezone.localdate())
    with pytest.raises(NotPossible):
        show_child(picture=picture, child=Child.objects.get(pk=trust.amira.pk), by=trust.tessa)


def test_r_162_one_press_on_a_mistake_takes_it_down(trust):
    post = trust.published(children=[trust.amira])
    approvals.stop(post=post, by=trust.tessa, reason="A mistake")
    assert not NewsItem.objects.public().exists()
    reviewing.review_live()
    assert trust.delivery(post).state == "taken_down"


@pytest.mark.parametrize("route", ["media_enquiry", "harmful_content"])
def test_r_058_and_r_097_the_route_leads_to_the_headteacher(trust, route):
    told = [trust.hana, trust.edith, trust.person("Chris Chief", Role.CEO, None)]
    assert people(route, trust.oak) == told[:1]
