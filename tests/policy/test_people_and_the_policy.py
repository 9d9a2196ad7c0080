"""Training, what a Head lays down for one person, LinkedIn, and looking at what somebody did."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.utils import timezone

from approvals import actions as approvals
from approvals.further import say_yes_as_well
from audit.models import Event
from audit.vocabulary import described
from policy import linkedin
from policy.models import (
    ChannelGrant,
    LinkedInPermission,
    Restriction,
    Training,
    TrainingRequirement,
)
from policy.reminding import remind_due
from policy.restricting import lift, restrict
from policy.training import no_longer_require, record_training, require_training, strike_out
from posts import actions as drafting
from posts.checks import check
from posts.errors import Refused
from posts.lifecycle import State
from posts.models import Post
from publishing.lifecycle import DeliveryState
from schools.errors import NotAllowed
from schools.models import Notice, User
from schools.roles import Permission, Role
from tests.approvals.pages import queries, words
from tests.cast import declared
from tests.policy.walk import put_in_force

pytestmark = pytest.mark.django_db


def trained(user: User, by: User | None, *, days: int, kind: str = "posting") -> Training:
    """Trained today, until so many days from now."""
    today = timezone.localdate()
    return record_training(
        user=user,
        kind=kind,
        provider="Two Trees Trust",
        done_on=min(today, today + timedelta(days=days)),
        expires_on=today + timedelta(days=days),
        by=by,
    )


def limited(trust, **limits) -> Restriction:
    """Hana lays something down for Tessa."""
    given = {"reason": "While you learn."} | limits
    return restrict(user=trust.tessa, school=trust.oak, by=trust.hana, **given)


def marcus(trust) -> User:
    """Somebody besides the Head who sees the school's posts."""
    return trust.person("Marcus Bell", Role.MANAGER, trust.oak)


# ── training ─────────────────────────────────────────────────────────────────────────────────────
def test_r_056_where_the_head_asks_for_training_nobody_untrained_drafts(trust):
    require_training(school=trust.oak, user=None, by=trust.hana)
    with pytest.raises(Refused, match="You need the training") as caught:
        drafting.start(school=trust.oak, by=trust.tessa)
    assert caught.value.findings[0].clause == "Educational use, 2a"


def test_r_056_whoever_is_trained_drafts(trust):
    require_training(school=trust.oak, user=None, by=trust.hana)
    trained(trust.tessa, trust.hana, days=0)
    assert drafting.start(school=trust.oak, by=trust.tessa).state == State.DRAFT


def test_r_056_training_that_expired_yesterday_submits_nothing(trust):
    trained(trust.tessa, trust.hana, days=0)
    require_training(school=trust.oak, user=None, by=trust.hana)
    post = trust.draft()
    tomorrow = timezone.now() + timedelta(days=1)
    with (
        time_machine.travel(tomorrow),
        pytest.raises(Refused, match="the last one ended on"),
    ):
        approvals.submit(post=post, by=trust.tessa, declared=declared())


def test_r_056_it_can_be_asked_of_one_person_alone(trust):
    require_training(school=trust.oak, user=trust.tessa, by=trust.hana)
    assert drafting.start(school=trust.oak, by=trust.uma).state == State.DRAFT
    with pytest.raises(Refused):
        drafting.start(school=trust.oak, by=trust.tessa)


def test_r_056_a_training_struck_out_counts_no_longer(trust):
    require_training(school=trust.oak, user=None, by=trust.hana)
    strike_out(training=trained(trust.tessa, trust.hana, days=9), by=trust.hana)
    with pytest.raises(Refused):
        drafting.start(school=trust.oak, by=trust.tessa)


def test_r_056_no_longer_asked_for_nobody_needs_it(trust):
    asked = require_training(school=trust.oak, user=None, by=trust.hana)
    no_longer_require(requirement=asked, by=trust.hana)
    assert drafting.start(school=trust.oak, by=trust.tessa)


def test_r_056_where_the_policy_knows_no_such_gate_nothing_is_asked(trust):
    require_training(school=trust.oak, user=None, by=trust.hana)
    put_in_force(trust, "champion")
    assert drafting.start(school=trust.oak, by=trust.tessa)


def test_nobody_records_their_own_training(trust):
    with pytest.raises(NotAllowed, match="their own training"):
        trained(trust.hana, trust.hana, days=9)
    with pytest.raises(IntegrityError), transaction.atomic():
        Training.objects.create(
            user=trust.hana,
            kind="posting",
            provider="Herself",
            done_on=timezone.localdate(),
            expires_on=timezone.localdate(),
            recorded_by=trust.hana,
        )


def test_a_head_of_another_school_records_none_and_asks_for_none(trust):
    with pytest.raises(NotAllowed):
        trained(trust.tessa, trust.owen, days=9)
    with pytest.raises(NotAllowed):
        require_training(school=trust.oak, user=None, by=trust.owen)


# ── role training ────────────────────────────────────────────────────────────────────────────────
def lapse(user: User) -> User:
    """Every training of theirs is over; the person as the next page loads them."""
    yesterday = timezone.localdate() - timedelta(days=1)
    Training.objects.filter(user=user).update(done_on=yesterday, expires_on=yesterday)
    return User.objects.get(pk=user.pk)


def test_r_109_a_consent_administrator_with_lapsed_training_reads_and_records_nothing(trust):
    connie = lapse(trust.connie)
    assert connie.may(Permission.CONSENT_SEE, trust.oak)
    assert not connie.may(Permission.CONSENT_RECORD, trust.oak)
    assert not connie.may(Permission.CHILD_IMPORT, trust.oak)


def test_r_109_and_reads_why_on_the_childs_page(trust, signed_in):
    child, connie = trust.amira, lapse(trust.connie)
    page = signed_in(connie).get(f"/children/{child.pk}/")
    assert page.status_code == 200
    assert "for reading only until your training" in words(page)


def test_r_109_her_form_sent_all_the_same_writes_nothing(trust, signed_in):
    child, platform = trust.tom, trust.platform("facebook")
    number, connie = child.decisions.count(), lapse(trust.connie)
    form = {
        "giver": trust.mother(child).pk,
        "platforms": [platform.pk],
        "kinds": ["photo"],
        "answer": "yes",
        "way": "paper",
        "given_on": "2026-01-05",
    }
    signed_in(connie).post(f"/children/{child.pk}/", form)
    assert child.decisions.count() == number


def test_r_109_trained_again_she_records(trust):
    connie = lapse(trust.connie)
    trained(connie, trust.cara, days=9, kind="records")
    assert User.objects.get(pk=connie.pk).may(Permission.CONSENT_RECORD, trust.oak)


def test_r_109_where_the_policy_asks_for_no_role_training_nobody_lacks_it(trust):
    connie = lapse(trust.connie)
    put_in_force(trust, "champion")
    Training.objects.filter(user=connie).delete()
    assert User.objects.get(pk=connie.pk).may(Permission.CONSENT_RECORD, trust.oak)


# ── what a Head lays down ────────────────────────────────────────────────────────────────────────
def test_r_057_restricted_to_the_newsletter_nobody_can_choose_facebook(trust, signed_in):
    limited(trust, platforms=["news"])
    post = trust.draft()
    page = signed_in(trust.tessa).get(f"/posts/{post.pk}/edit/")
    assert f'value="{trust.channel("news").pk}"' in page.content.decode()
    assert f'name="channels" value="{trust.channel("facebook").pk}"' not in page.content.decode()
    assert "A Head has closed Facebook, Instagram and X to posts by Tessa Marlow." in words(page)


def test_r_057_nor_submit_a_post_that_has_it_already(trust):
    post = trust.draft(channels=["news", "facebook"])
    limited(trust, platforms=["news"])
    with pytest.raises(Refused, match="closed Facebook"):
        approvals.submit(post=post, by=trust.tessa, declared=declared())


def test_r_057_a_kind_of_post_can_be_closed(trust):
    post = trust.draft()
    limited(trust, purposes=["staff"])
    with pytest.raises(Refused, match="Children’s achievements"):
        approvals.submit(post=post, by=trust.tessa, declared=declared())


def test_r_057_and_choosing_a_time(trust):
    post = trust.draft(goes_out_at=timezone.now() + timedelta(hours=3))
    limited(trust, may_schedule=False)
    with pytest.raises(Refused, match="not at a time"):
        approvals.submit(post=post, by=trust.tessa, declared=declared())


def test_r_057_one_press_takes_the_time_out(trust, signed_in):
    post = trust.draft(goes_out_at=timezone.now() + timedelta(hours=3))
    limited(trust, may_schedule=False)
    drafting.without_time(post=Post.objects.get(pk=post.pk), by=trust.tessa)
    assert approvals.submit(post=Post.objects.get(pk=post.pk), by=trust.tessa, declared=declared())


def test_r_057_laid_down_after_the_approval_it_holds_what_waits(trust):
    post = trust.approved(channels=["news"])
    limited(trust, platforms=["facebook"])
    trust.send_all()
    assert trust.delivery(post).state == DeliveryState.REFUSED


def test_r_057_another_school_is_not_concerned(trust):
    post = trust.draft()
    limited(trust, platforms=[])
    Restriction.objects.update(school=trust.elm)
    assert "restrictions" not in {f.rule for f in check(post).findings}


def test_r_057_it_ends_with_its_last_day(trust):
    post = trust.draft()
    limited(trust, platforms=[], until=timezone.localdate())
    assert "restrictions" in {f.rule for f in check(post).findings}
    tomorrow = timezone.now() + timedelta(days=1)
    assert "restrictions" not in {f.rule for f in check(post, at=tomorrow).findings}


def test_r_057_lifted_it_counts_no_longer(trust):
    post = trust.draft()
    lift(restriction=limited(trust, platforms=[]), by=trust.hana)
    assert approvals.submit(post=post, by=trust.tessa, declared=declared())


def test_r_057_the_next_one_takes_its_place_and_the_first_stays_as_history(trust):
    limited(trust, platforms=[])
    second = limited(trust, may_schedule=False)
    assert Restriction.objects.count() == 2
    assert list(Restriction.objects.in_force()) == [second]


def test_r_057_only_a_head_of_the_school_lays_it_down_and_nobody_for_themselves(trust):
    for by, user in ((trust.owen, trust.tessa), (trust.uma, trust.tessa), (trust.hana, trust.hana)):
        with pytest.raises(NotAllowed):
            restrict(user=user, school=trust.oak, by=by, reason="No", platforms=[])


def test_r_057_one_that_restricts_nothing_is_none(trust):
    with pytest.raises(NotAllowed, match="leaves everything open"):
        limited(trust)


# ── a further yes ────────────────────────────────────────────────────────────────────────────────
def test_r_057_without_the_further_yes_the_head_approves_nothing(trust):
    limited(trust, extra_approver=marcus(trust))
    submission = trust.submitted()
    with pytest.raises(Refused, match="Marcus Bell must say yes to this as well"):
        approvals.approve(submission=submission, by=trust.hana)


def test_r_057_with_it_she_does(trust):
    other = marcus(trust)
    limited(trust, extra_approver=other)
    submission = trust.submitted()
    say_yes_as_well(submission=submission, by=other)
    assert approvals.approve(submission=submission, by=trust.hana).outcome == "approved"


def test_r_057_a_yes_to_an_earlier_submission_is_none_to_this_one(trust):
    other = marcus(trust)
    limited(trust, extra_approver=other)
    first = trust.submitted()
    say_yes_as_well(submission=first, by=other)
    approvals.take_back(post=first.post, by=trust.tessa)
    again = approvals.submit(
        post=Post.objects.get(pk=first.post_id), by=trust.tessa, declared=declared()
    )
    with pytest.raises(Refused, match="must say yes"):
        approvals.approve(submission=again, by=trust.hana)


def test_r_057_nobody_else_says_it(trust):
    limited(trust, extra_approver=marcus(trust))
    submission = trust.submitted()
    with pytest.raises(Refused, match="Nobody has asked you"):
        say_yes_as_well(submission=submission, by=trust.uma)


def test_r_057_asked_after_the_approval_it_is_needed_before_it_goes(trust):
    post = trust.approved()
    limited(trust, extra_approver=marcus(trust))
    trust.send_all()
    assert trust.delivery(post).state == DeliveryState.REFUSED


def test_r_057_the_posts_page_has_the_button_for_who_is_asked(trust, signed_in):
    other = marcus(trust)
    limited(trust, extra_approver=other)
    submission = trust.submitted()
    client = signed_in(other)
    assert "Yes, exactly this" in words(client.get(f"/posts/{submission.post_id}/"))
    client.post(f"/approvals/{submission.pk}/yes/")
    assert submission.extra_yeses.get().by == other


# ── the accounts of the schools ──────────────────────────────────────────────────────────────────
def test_r_122_under_champion_nobody_drafts_to_an_account_without_a_managers_consent(trust):
    tessa = trust.tessa
    put_in_force(trust, "champion")
    ChannelGrant.objects.filter(user=tessa, channel=trust.channel("facebook")).delete()
    post = trust.draft(channels=["news", "facebook"])
    [finding] = [f for f in check(post).findings if f.rule == "authorised_user"]
    assert finding.channels == (trust.channel("facebook").pk,)
    assert finding.clause == "Work purposes, para 1, 1a"


def test_r_122_a_consent_that_has_ended_is_none(trust):
    tessa = trust.tessa
    put_in_force(trust, "champion")
    yesterday = timezone.localdate() - timedelta(days=1)
    ChannelGrant.objects.filter(user=tessa).update(starts=yesterday, ends=yesterday)
    assert "authorised_user" in {f.rule for f in check(trust.draft()).findings}


def test_r_079_under_sovereign_drafting_needs_no_grant(trust):
    assert "authorised_user" not in {f.rule for f in check(trust.draft()).findings}


# ── the list ─────────────────────────────────────────────────────────────────────────────────────
def test_r_029_a_head_sees_who_has_not_read_the_version_in_force(trust, signed_in):
    nia = User.objects.create_user("nia@demo.example", name="Nia New")
    nia.roles.create(role=Role.STAFF, school=trust.oak)
    assert trust.tessa.pk
    page = words(signed_in(trust.hana).get("/policy/people/?show=missing"))
    assert "Nia New" in page
    assert "Tessa Marlow" not in page


def test_r_029_and_nobody_of_another_school(trust, signed_in):
    assert trust.tessa.pk
    assert "Tessa Marlow" not in words(signed_in(trust.owen).get("/policy/people/"))


def test_r_029_the_list_asks_as_much_for_many_as_for_few(trust, signed_in):
    client = signed_in(trust.hana)
    few = queries(client, "/policy/people/")
    for number in range(12):
        trust.person(f"Some Body{number}", Role.STAFF, trust.oak)
    assert queries(client, "/policy/people/") == few


def test_r_029_pressing_reminds_who_lacks_something_and_nobody_else(trust, signed_in):
    nia = User.objects.create_user("nia@demo.example", name="Nia New")
    nia.roles.create(role=Role.STAFF, school=trust.oak)
    assert trust.tessa.pk
    signed_in(trust.hana).post("/policy/people/", {"verb": "remind"})
    assert [n.user for n in Notice.objects.filter(subject__startswith="The policy:")] == [nia]


def test_r_056_who_lacks_something_is_reminded_once_a_week_by_itself(trust):
    require_training(school=trust.oak, user=trust.tessa, by=trust.hana)
    now = timezone.now()
    told = [remind_due(at=now + timedelta(days=days)) for days in (0, 0, 1, 8)]
    assert told[1:3] == [0, 0]
    assert (told[0] > 0, told[3] > 0) == (True, True)


def test_r_056_training_that_ends_within_a_month_is_said_beforehand(trust):
    require_training(school=trust.oak, user=trust.tessa, by=trust.hana)
    trained(trust.tessa, trust.hana, days=20)
    remind_due()
    [told] = Notice.objects.filter(user=trust.tessa, subject__startswith="The policy:")
    assert "ends on" in told.body


def test_a_heads_page_of_a_person_records_and_lays_down(trust, signed_in):
    client, today = signed_in(trust.hana), timezone.localdate().isoformat()
    address = f"/policy/people/{trust.tessa.pk}/"
    assert client.get(address).status_code == 200
    form = {"kind": "posting", "provider": "Trust", "done_on": today, "expires_on": today}
    client.post(address, form | {"verb": "train"})
    mine = f"s{trust.oak.pk}-"
    limits = {f"{mine}platforms": ["news"], f"{mine}may_schedule": "on", f"{mine}reason": "New"}
    every = [p.key for p in trust.policy.purposes.all()]
    limits |= {f"{mine}purposes": every, "verb": "restrict", "school": trust.oak.pk}
    client.post(address, limits)
    client.post(address, {"verb": "require", "school": trust.oak.pk})
    assert Training.objects.filter(user=trust.tessa, recorded_by=trust.hana).count() == 1
    made = Restriction.objects.get(user=trust.tessa)
    assert (made.platforms, made.purposes, made.may_schedule) == (["news"], None, True)
    assert TrainingRequirement.objects.get().user == trust.tessa


# ── LinkedIn ─────────────────────────────────────────────────────────────────────────────────────
def harriet(trust) -> User:
    return trust.person("Harriet Boyd", Role.CHRO, None)


def test_r_047_staff_see_who_granted_it_and_when(trust, signed_in):
    asked = linkedin.ask(by=trust.tessa)
    linkedin.decide(asked=asked, granted=True, by=harriet(trust))
    page = words(signed_in(trust.tessa).get("/policy/you/"))
    assert "LinkedIn permission: granted" in page
    assert "by Harriet Boyd" in page


def test_r_047_not_asked_it_is_not_granted(trust, signed_in):
    page = words(signed_in(trust.tessa).get("/policy/you/"))
    assert "LinkedIn permission: not granted" in page


def test_r_047_only_who_the_policy_names_answers_and_never_for_themselves(trust):
    hr = harriet(trust)
    with pytest.raises(NotAllowed):
        linkedin.decide(asked=linkedin.ask(by=trust.tessa), granted=True, by=trust.hana)
    with pytest.raises(NotAllowed):
        linkedin.decide(asked=linkedin.ask(by=hr), granted=True, by=hr)


def test_r_047_it_is_asked_once_and_answered_once(trust):
    asked, hr = linkedin.ask(by=trust.tessa), harriet(trust)
    with pytest.raises(NotAllowed, match="asked for it already"):
        linkedin.ask(by=trust.tessa)
    linkedin.decide(asked=asked, granted=False, by=hr)
    with pytest.raises(NotAllowed, match="answered already"):
        linkedin.decide(asked=asked, granted=True, by=hr)
    assert LinkedInPermission.objects.get().state == "refused"


def test_r_047_hr_answers_on_a_page_nobody_else_finds(trust, signed_in):
    asked = linkedin.ask(by=trust.tessa)
    signed_in(harriet(trust)).post("/policy/people/linkedin/", {"asked": asked.pk, "verb": "grant"})
    asked.refresh_from_db()
    assert asked.state == "granted"
    assert signed_in(trust.hana).get("/policy/people/linkedin/").status_code == 404


def test_r_047_champion_knows_no_such_permission(trust, signed_in):
    put_in_force(trust, "champion")
    with pytest.raises(NotAllowed, match="no such permission"):
        linkedin.ask(by=trust.tessa)
    assert "LinkedIn permission" not in words(signed_in(trust.tessa).get("/policy/you/"))


# ── what somebody did ────────────────────────────────────────────────────────────────────────────
def test_r_050_looking_at_what_another_did_needs_the_role(trust, signed_in):
    address = f"/policy/people/{trust.tessa.pk}/activity/"
    assert signed_in(trust.hana).post(address).status_code == 404
    assert not Event.objects.filter(verb="activity.opened").exists()


def test_r_050_and_is_itself_written_down(trust, signed_in):
    trust.draft()
    address = f"/policy/people/{trust.tessa.pk}/activity/"
    client = signed_in(trust.cara)
    asked = words(client.get(address))
    shown = words(client.post(address))
    assert "Started a post" not in asked
    assert "Started a post" in shown
    [event] = Event.objects.filter(verb="activity.opened")
    assert (event.actor_id, event.subject_id) == (trust.cara.pk, trust.tessa.pk)


def test_r_109_without_training_in_date_nobody_looks(trust, signed_in):
    address = f"/policy/people/{trust.tessa.pk}/activity/"
    assert signed_in(lapse(trust.cara)).post(address).status_code == 404


def test_r_052_the_page_lists_every_kind_of_event(trust, signed_in):
    page = words(signed_in(trust.tessa).get("/policy/you/record/"))
    assert [said for said in described().values() if said not in page] == []


def test_ones_own_page_is_read_without_any_role(trust, signed_in):
    client = signed_in(trust.pat)
    for address in ("/policy/you/", "/policy/you/record/", "/policy/you/activity/"):
        assert client.get(address).status_code == 200


def test_r_109_who_keeps_no_records_is_told_of_no_training_for_it(trust, signed_in):
    page = words(signed_in(lapse(trust.tessa)).get("/policy/you/"))
    assert "until your training" not in page
    assert "until your training" in words(signed_in(lapse(trust.connie)).get("/policy/you/"))
