"""R-094: once a year somebody looks at how each official account presents the school."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from policy.models import Channel
from policy.presets import load_preset
from posts.errors import NotPossible
from publishing import profiles
from schools.models import Notice
from tests.approvals.pages import words

pytestmark = pytest.mark.django_db

YEAR = timedelta(days=366)


def _look(trust, channel, **more):
    return profiles.review(channel=channel, said=profiles.LINES, by=trust.cara, **more)


def _due(at=None) -> set[str]:
    """Oak's accounts, by platform."""
    found = profiles.due(Channel.objects.filter(school__slug="oak"), at=at)
    return {channel.platform.key for channel in found}


def test_r_094_an_account_is_due_until_somebody_looked_and_again_after_a_year(trust):
    channel = trust.channel("facebook")
    assert "facebook" in _due()
    _look(trust, channel)
    assert "facebook" not in _due()
    assert "facebook" in _due(timezone.now() + YEAR)


def test_r_094_the_news_page_of_our_own_has_no_profile(trust):
    trust.channel("news")
    assert "news" not in _due()


def test_r_094_an_account_out_of_use_is_not_looked_at(trust):
    channel = trust.channel("facebook")
    Channel.objects.filter(pk=channel.pk).update(is_active=False)
    assert "facebook" not in _due()


def test_r_094_every_line_is_said(trust):
    channel = trust.channel("facebook")
    with pytest.raises(NotPossible, match="Tick each line"):
        profiles.review(channel=channel, said=list(profiles.LINES)[1:], by=trust.cara)
    assert "facebook" in _due()


@pytest.mark.parametrize("who", ["tessa", "hana", "owen"])
def test_r_094_who_does_not_look_after_channels_cannot_say_it(trust, who):
    with pytest.raises(NotPossible):
        profiles.review(
            channel=trust.channel("facebook"), said=profiles.LINES, by=getattr(trust, who)
        )


def test_r_094_whoever_looks_after_channels_is_told_once_in_thirty_days(trust):
    trust.channel("facebook")
    cara, now = trust.cara, timezone.now()
    assert profiles.remind_due(at=now) > 0
    assert profiles.remind_due(at=now + timedelta(days=20)) == 0
    assert profiles.remind_due(at=now + timedelta(days=31)) > 0
    told = Notice.objects.filter(user=cara, subject__contains="look at the profiles")
    assert "Facebook" in told[0].body


def test_r_094_a_policy_without_the_clause_asks_nobody(trust):
    trust.channel("facebook")
    load_preset("champion")
    assert _due() == set()


def test_r_094_it_is_said_on_the_page_of_the_account(trust, signed_in):
    channel, client = trust.channel("facebook"), signed_in(trust.cara)
    before = words(client.get("/publishing/channels/")).count("Profile to look at")
    assert before > 0
    address = f"/publishing/channels/{channel.pk}/"
    assert "Nobody has said yet that they looked." in words(client.get(address))
    form = {"verb": "profile", "said": list(profiles.LINES), "note": "New logo since May."}
    client.post(f"{address}act/", form)
    page = words(client.get(address))
    assert f"{trust.cara.name} looked" in page
    assert "New logo since May." in page
    assert words(client.get("/publishing/channels/")).count("Profile to look at") == before - 1
