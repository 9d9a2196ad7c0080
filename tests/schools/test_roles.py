"""A role counts from its first day to its last, at its school, and for what the table says."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from approvals import actions as approvals
from audit.models import Event
from posts.errors import Refused
from schools.actions import end_role, grant_role
from schools.clock import day
from schools.errors import NotAllowed
from schools.models import StaffRole, User
from schools.roles import APPROVER_ROLES, Permission, Role
from tests.approvals.pages import words
from tests.cast import PASSWORD, ready

pytestmark = pytest.mark.django_db

LANDINGS = {
    Role.STAFF: "posts:mine",
    Role.MANAGER: "posts:mine",
    Role.HEAD: "approvals:queue",
    Role.EXECUTIVE_HEAD: "approvals:queue",
    Role.DEPUTY: "approvals:queue",
    Role.AUTHORISED_USER: "publishing:desk",
    Role.CONSENT_ADMIN: "consents:children",
    Role.DSL: "consents:holds",
    Role.DPO: "consents:children",
    Role.CIO: "publishing:channels",
    Role.CEO: "posts:school",
    Role.CHRO: "schools:notices",
    Role.BOARD: "schools:notices",
    Role.EXTERNAL: "schools:notices",
}


def today():
    return timezone.localdate()


def holder(trust, role: Role = Role.HEAD, *, starts=None, ends=None, **fields) -> User:
    """Somebody with one role at Oak and these dates; loaded anew, as by the next request."""
    user = User.objects.create_user("new@demo.example", PASSWORD, name="Nia New", **fields)
    grant_role(user=user, role=role, school=trust.oak, by=None, starts=starts, ends=ends)
    return User.objects.get(pk=ready(user).pk)


@pytest.mark.parametrize("role", list(Role), ids=str)
def test_everybody_lands_on_a_page_of_their_own(trust, signed_in, role):
    ends = today() + timedelta(days=3) if role == Role.DEPUTY else None
    answer = signed_in(holder(trust, role, ends=ends)).get("/", follow=True)
    assert answer.status_code == 200
    assert answer.redirect_chain[-1][0] == reverse(LANDINGS[role])


def test_somebody_without_any_role_still_lands_somewhere(trust, signed_in):
    assert signed_in(trust.pat).get("/", follow=True).status_code == 200


def test_a_role_counts_on_its_last_day(trust):
    assert holder(trust, ends=today()).may(Permission.POST_APPROVE, trust.oak)


def test_a_role_does_not_count_after_its_last_day(trust):
    user = holder(trust, starts=today() - timedelta(days=9), ends=today() - timedelta(days=1))
    assert not user.may(Permission.POST_APPROVE, trust.oak)


def test_a_role_does_not_count_before_its_first_day(trust):
    user = holder(trust, starts=today() + timedelta(days=1))
    assert not user.may(Permission.POST_APPROVE, trust.oak)


def test_a_role_taken_away_counts_no_more_at_once(trust):
    user = holder(trust)
    end_role(role=user.roles.get(), by=trust.cara)
    assert not User.objects.get(pk=user.pk).may(Permission.POST_APPROVE, trust.oak)


def test_nothing_counts_after_a_persons_own_last_day(trust):
    user = holder(trust, ends_on=today() - timedelta(days=1))
    assert not user.may(Permission.POST_APPROVE, trust.oak)


def test_nothing_counts_for_somebody_whose_account_is_closed(trust):
    user = holder(trust, is_active=False)
    assert not user.may(Permission.POST_APPROVE, trust.oak)


def test_a_role_for_the_whole_trust_reaches_every_school(trust):
    assert trust.cara.may(Permission.STAFF_MANAGE, trust.oak)
    assert trust.cara.may(Permission.STAFF_MANAGE, trust.elm)


def test_a_role_at_one_school_reaches_no_other(trust):
    assert not trust.hana.may(Permission.POST_APPROVE, trust.elm)


# ── deputies ─────────────────────────────────────────────────────────────────────────────────────
def test_a_deputy_decides_while_the_dates_last(trust):
    submission = trust.submitted()
    made = approvals.approve(submission=submission, by=holder(trust, Role.DEPUTY, ends=today()))
    assert made.outcome == "approved"


def test_a_deputy_whose_dates_are_over_decides_nothing(trust):
    submission = trust.submitted()
    starts, ends = today() - timedelta(days=9), today() - timedelta(days=1)
    late = holder(trust, Role.DEPUTY, starts=starts, ends=ends)
    with pytest.raises(Refused, match="Only a Head of this school"):
        approvals.approve(submission=submission, by=late)


def test_a_deputy_cannot_decide_on_their_own_post(trust):
    deputy = holder(trust, Role.DEPUTY, ends=today())
    submission = trust.submitted(by=deputy)
    with pytest.raises(Refused, match="Somebody else must decide"):
        approvals.approve(submission=submission, by=deputy)


def test_an_approval_given_by_a_deputy_counts_after_the_dates(trust):
    submission = trust.submitted()
    deputy = holder(trust, Role.DEPUTY, ends=today())
    approvals.approve(submission=submission, by=deputy)
    end_role(role=deputy.roles.get(), by=trust.cara)
    trust.send_all()
    assert trust.delivery(submission.post).state == "sent"


# ── who may give and end them ────────────────────────────────────────────────────────────────────
def test_a_teacher_cannot_make_herself_head(trust):
    with pytest.raises(NotAllowed, match="do not manage the staff"):
        grant_role(user=trust.tessa, role=Role.HEAD, school=trust.oak, by=trust.tessa)


@pytest.mark.parametrize("role", sorted(APPROVER_ROLES))
def test_nobody_makes_themselves_an_approver(trust, role):
    with pytest.raises(NotAllowed, match="Somebody else must give you this role"):
        grant_role(user=trust.cara, role=role, school=trust.oak, by=trust.cara, ends=today())


def test_a_manager_of_one_school_gives_no_role_elsewhere(trust):
    manager = trust.person("Ola Local", Role.CIO, trust.oak)
    for school in (trust.elm, None):
        with pytest.raises(NotAllowed):
            grant_role(user=trust.pat, role=Role.STAFF, school=school, by=manager)


def test_a_closed_account_is_given_no_role(trust):
    User.objects.filter(pk=trust.pat.pk).update(is_active=False)
    closed = User.objects.get(pk=trust.pat.pk)
    with pytest.raises(NotAllowed, match="is closed"):
        grant_role(user=closed, role=Role.STAFF, school=trust.oak, by=trust.cara)


def test_a_head_ends_no_role(trust):
    with pytest.raises(NotAllowed):
        end_role(role=trust.tessa.roles.get(), by=trust.hana)
    assert trust.tessa.roles.get().ended_at is None


def test_a_role_ends_once(trust):
    role = trust.tessa.roles.get()
    assert end_role(role=role, by=trust.cara)
    ended = trust.tessa.roles.get().ended_at
    assert not end_role(role=StaffRole.objects.get(pk=role.pk), by=trust.cara)
    assert trust.tessa.roles.get().ended_at == ended
    assert Event.objects.filter(verb="role.ended").count() == 1


def test_the_last_who_manages_the_trusts_staff_keeps_the_role(trust):
    with pytest.raises(NotAllowed, match="Nobody else manages"):
        end_role(role=trust.cara.roles.get(), by=trust.cara)


def test_with_another_there_it_can_be_ended(trust):
    other = trust.person("Nia New", Role.CIO, None)
    assert end_role(role=trust.cara.roles.get(), by=other)


# ── the page where roles are given ───────────────────────────────────────────────────────────────
def given(client, **fields):
    return client.post("/staff/", {"starts": today().isoformat()} | fields)


def test_a_role_is_given_with_dates_and_by_whom(trust, signed_in):
    ends = today() + timedelta(days=5)
    given(
        signed_in(trust.cara),
        user=trust.pat.pk,
        role="deputy",
        school=trust.oak.pk,
        ends=ends.isoformat(),
    )
    role = StaffRole.objects.get(user=trust.pat)
    assert (role.role, role.ends, role.granted_by) == ("deputy", ends, trust.cara)


def test_a_deputy_without_a_last_day_is_refused_in_words(trust, signed_in):
    answer = given(signed_in(trust.cara), user=trust.pat.pk, role="deputy", school=trust.oak.pk)
    assert "stands in at one school until a day" in answer.content.decode()
    assert not StaffRole.objects.filter(user=trust.pat).exists()


def refused(trust, signed_in, **fields) -> str:
    """Cara gives Pat a role at Oak on the page; what it says, with nothing given."""
    form = {"user": trust.pat.pk, "role": "head", "school": trust.oak.pk} | fields
    page = words(given(signed_in(trust.cara), **form))
    assert not StaffRole.objects.filter(user=trust.pat).exists()
    return page


def test_a_role_of_days_that_are_over_is_refused(trust, signed_in):
    page = refused(trust, signed_in, starts="2020-01-01", ends="2020-01-02")
    assert "The last day has passed. Choose today or a later day." in page
    with pytest.raises(NotAllowed, match="The last day has passed"):
        grant_role(
            user=trust.pat,
            role=Role.HEAD,
            school=trust.oak,
            by=trust.cara,
            starts=date(2020, 1, 1),
            ends=date(2020, 1, 2),
        )


def test_nobody_is_made_head_of_days_before_today(trust, signed_in):
    page = refused(trust, signed_in, starts=(today() - timedelta(days=1)).isoformat())
    assert "The first day has passed. Choose today or a later day." in page


def test_a_role_from_today_is_said_to_be_there_now(trust, signed_in):
    client = signed_in(trust.cara)
    given(client, user=trust.pat.pk, role="head", school=trust.oak.pk)
    assert "Pat Nobody is now Head of School, Oak." in words(client.get("/staff/"))


def test_a_role_to_come_is_said_and_listed_as_such(trust, signed_in):
    client, starts = signed_in(trust.cara), today() + timedelta(days=40)
    given(client, user=trust.pat.pk, role="head", school=trust.oak.pk, starts=starts.isoformat())
    page = words(client.get("/staff/"))
    assert f"From {day(starts)} Pat Nobody is Head of School, Oak." in page
    assert f"Head of School, Oak · from {day(starts)} · given by Cara Lindqvist" in page


def test_a_role_that_somebody_holds_is_not_given_a_second_time(trust, signed_in):
    client = signed_in(trust.cara)
    answer = given(client, user=trust.tessa.pk, role="staff", school=trust.oak.pk)
    assert "Tessa Marlow is already Staff, Oak. End that first" in words(answer)
    assert trust.tessa.roles.count() == 1
    with pytest.raises(NotAllowed, match="is already"):
        grant_role(user=trust.tessa, role=Role.STAFF, school=trust.oak, by=trust.cara)


def test_a_role_for_the_whole_trust_is_not_given_again_for_one_school(trust):
    jo = trust.person("Jo Whitfield", Role.DPO, None)
    with pytest.raises(NotAllowed, match="already Data Protection Officer, whole trust"):
        grant_role(user=jo, role=Role.DPO, school=trust.oak, by=trust.cara)


def test_a_deputy_is_given_days_after_those_they_have(trust):
    first = {"user": trust.tessa, "role": Role.DEPUTY, "school": trust.oak, "by": trust.cara}
    ends = today() + timedelta(days=5)
    grant_role(**first, ends=ends)
    with pytest.raises(NotAllowed, match=f"already Deputy approver, Oak until {day(ends)}"):
        grant_role(**first, starts=ends, ends=ends)
    after = ends + timedelta(days=1)
    assert grant_role(**first, starts=after, ends=after)


def test_a_role_that_ended_can_be_given_again(trust):
    end_role(role=trust.tessa.roles.get(), by=trust.cara)
    assert grant_role(user=trust.tessa, role=Role.STAFF, school=trust.oak, by=trust.cara)


def test_no_role_begins_after_the_account_has_ended(trust):
    over = holder(trust, Role.STAFF, ends_on=today() + timedelta(days=3))
    with pytest.raises(NotAllowed, match="The account of Nia New ends"):
        grant_role(
            user=over,
            role=Role.HEAD,
            school=trust.oak,
            by=trust.cara,
            starts=today() + timedelta(days=4),
        )


def test_giving_and_ending_a_role_is_written_down(trust, signed_in):
    client = signed_in(trust.cara)
    given(client, user=trust.pat.pk, role="staff", school=trust.oak.pk)
    client.post(f"/staff/{StaffRole.objects.get(user=trust.pat).pk}/end/")
    done = Event.objects.filter(actor_id=trust.cara.pk, verb__startswith="role.")
    assert list(done.order_by("pk").values_list("verb", flat=True)) == [
        "role.granted",
        "role.ended",
    ]


def test_whoever_manages_one_school_gives_no_role_for_the_trust(trust, signed_in):
    manager = trust.person("Ola Local", Role.CIO, trust.oak)
    given(signed_in(manager), user=trust.pat.pk, role="ceo", school="")
    assert not StaffRole.objects.filter(user=trust.pat).exists()


def test_whoever_manages_one_school_gives_no_role_at_another(trust, signed_in):
    manager = trust.person("Ola Local", Role.CIO, trust.oak)
    given(signed_in(manager), user=trust.pat.pk, role="head", school=trust.elm.pk)
    assert not StaffRole.objects.filter(user=trust.pat).exists()


def test_whoever_manages_staff_cannot_make_herself_head_on_the_page(trust, signed_in):
    answer = given(signed_in(trust.cara), user=trust.cara.pk, role="head", school=trust.oak.pk)
    assert "Nobody makes themselves an approver" in answer.content.decode()
    assert not trust.cara.roles.filter(role="head").exists()


def test_the_whole_trust_is_never_the_choice_that_stands_there_first(trust, signed_in):
    form = signed_in(trust.cara).get("/staff/").context["form"]
    assert form["school"].value() is not None


def test_a_head_cannot_give_roles(trust, signed_in):
    assert signed_in(trust.hana).get("/staff/").status_code == 404
