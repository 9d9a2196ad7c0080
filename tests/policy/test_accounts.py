"""A manager's express consent to use an account: who, which, by whom, from when, until when."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from audit.models import Event
from policy.granting import consent_to_use, end_use
from policy.models import ChannelGrant
from posts.checks import check
from schools.errors import NotAllowed
from schools.models import User
from schools.roles import Role
from tests.approvals.pages import words
from tests.policy.walk import put_in_force

pytestmark = pytest.mark.django_db


@pytest.fixture
def manager(trust):
    """Mo, who manages Tessa, under Champion, where nobody has consented to anything yet."""
    assert trust.tessa.pk
    put_in_force(trust, "champion")
    mo = trust.person("Mo Manager", Role.MANAGER, trust.oak)
    User.objects.filter(pk=trust.tessa.pk).update(manager=mo)
    trust.tessa.refresh_from_db()
    ChannelGrant.objects.all().delete()
    return mo


def needs_consent(post) -> bool:
    return "authorised_user" in {f.rule for f in check(post).findings}


def test_r_122_a_managers_consent_opens_the_account(trust, manager):
    post = trust.draft()
    assert needs_consent(post)
    consent_to_use(channel=trust.channel("news"), user=trust.tessa, by=manager)
    assert not needs_consent(post)


def test_r_122_who_which_account_which_manager_and_until_when_is_kept(trust, manager):
    until = timezone.localdate() + timedelta(days=30)
    made = consent_to_use(channel=trust.channel("news"), user=trust.tessa, by=manager, ends=until)
    assert (made.user, made.granted_by, made.starts, made.ends) == (
        trust.tessa,
        manager,
        timezone.localdate(),
        until,
    )
    [event] = Event.objects.about(made.channel).filter(verb="channel.granted")
    assert event.facts == {"user": trust.tessa.pk, "until": str(until)}


def test_r_122_ended_it_is_closed_again(trust, manager):
    post = trust.draft()
    end_use(
        grant=consent_to_use(channel=trust.channel("news"), user=trust.tessa, by=manager),
        by=manager,
    )
    assert needs_consent(post)


def test_r_122_nobody_consents_for_themselves(trust, manager):
    with pytest.raises(NotAllowed, match="to themselves"):
        consent_to_use(channel=trust.channel("news"), user=manager, by=manager)


def test_r_122_nor_does_a_colleague_or_somebody_of_another_school(trust, manager):
    other = trust.person("Ed Elsewhere", Role.MANAGER, trust.elm)
    for by in (trust.uma, other):
        with pytest.raises(NotAllowed):
            consent_to_use(channel=trust.channel("news"), user=trust.tessa, by=by)


def test_r_122_the_manager_does_it_on_a_page(trust, manager, signed_in):
    client = signed_in(manager)
    form = {"user": trust.tessa.pk, "channel": trust.channel("news").pk, "ends": ""}
    client.post("/policy/people/accounts/", form)
    assert "Tessa Marlow" in words(client.get("/policy/people/accounts/"))
    assert ChannelGrant.objects.get(user=trust.tessa).granted_by == manager


def test_r_122_an_account_of_another_school_cannot_be_chosen(trust, manager, signed_in):
    form = {"user": trust.tessa.pk, "channel": trust.channel("news", trust.elm).pk, "ends": ""}
    signed_in(manager).post("/policy/people/accounts/", form)
    assert not ChannelGrant.objects.filter(user=trust.tessa).exists()


def test_who_answers_for_no_account_finds_no_such_page(trust, signed_in):
    for somebody in (trust.tessa, trust.hana):
        assert signed_in(somebody).get("/policy/people/accounts/").status_code == 404
