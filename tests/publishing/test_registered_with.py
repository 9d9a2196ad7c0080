"""R-046: an official account is registered with a role’s mailbox, never with one person’s."""

from __future__ import annotations

import pytest

from policy.models import Channel
from posts.errors import NotPossible
from publishing import connecting
from tests.approvals.pages import words

pytestmark = pytest.mark.django_db

OFFICE = "news@oak.example"


def add(client, trust, mailbox: str):
    form = {
        "school": trust.oak.pk,
        "platform": trust.platform("facebook").pk,
        "name": "Oak on Facebook",
        "mailbox": mailbox,
        "way": "assisted",
    }
    return client.post("/publishing/channels/", form, follow=True)


def test_r_046_an_account_is_added_with_a_role_s_mailbox(trust, signed_in):
    add(signed_in(trust.cara), trust, OFFICE)
    assert Channel.objects.get(name="Oak on Facebook").mailbox == OFFICE


@pytest.mark.parametrize("spelled", [str.lower, str.upper])
def test_r_046_one_person_s_mailbox_is_refused_and_nothing_is_lost(trust, signed_in, spelled):
    page = add(signed_in(trust.cara), trust, spelled(trust.tessa.email))
    assert "This is the mailbox of one person." in words(page)
    assert "Oak on Facebook" in page.content.decode()
    assert not Channel.objects.filter(name="Oak on Facebook").exists()


def test_r_046_the_verbs_refuse_it_as_well(trust):
    channel = trust.channel("facebook")
    with pytest.raises(NotPossible, match="mailbox of one person"):
        connecting.register(channel=channel, mailbox=trust.hana.email, by=trust.cara)
    new = Channel(school=trust.oak, platform=channel.platform, mailbox=trust.hana.email)
    with pytest.raises(NotPossible, match="mailbox of one person"):
        connecting.add_channel(channel=new, by=trust.cara)


def test_an_account_that_is_there_already_gets_its_mailbox(trust, signed_in):
    channel = trust.channel("facebook")
    client = signed_in(trust.cara)
    assert "no mailbox recorded" in words(client.get("/publishing/channels/"))
    address = f"/publishing/channels/{channel.pk}/act/"
    client.post(address, {"verb": "register", "mailbox": OFFICE}, follow=True)
    assert Channel.objects.get(pk=channel.pk).mailbox == OFFICE


def test_a_head_who_only_pauses_is_shown_no_mailbox(trust, signed_in):
    Channel.objects.update(mailbox=OFFICE)
    assert OFFICE not in words(signed_in(trust.hana).get("/publishing/channels/"))


def test_a_head_registers_nothing(trust):
    with pytest.raises(NotPossible, match="looks after channels"):
        connecting.register(channel=trust.channel("facebook"), mailbox=OFFICE, by=trust.hana)
