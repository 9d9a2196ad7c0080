"""The list for a trip: who may be shown where, and nothing of why others may not."""

from __future__ import annotations

import re

import pytest
from django.utils import timezone

from audit.models import Event
from consents.actions import set_hold
from consents.models import ConsentDecision
from schools import clock
from tests.consents.test_all_refusals_look_alike import EACH_STATE, plain

pytestmark = pytest.mark.django_db
LIST = "/children/shown/?school=oak&class=4B"


def lists(page: str) -> dict[str, list[str]]:
    """Platform → the names under it."""
    found = re.findall(r"<dt>.*?</svg> (.*?) <span.*?</dt><dd>(.*?)</dd>", page, re.DOTALL)
    return {name: re.findall(r'nowrap">(.*?)</span>', names) for name, names in found}


def test_it_names_who_may_be_shown_and_nobody_else(trust, signed_in):
    assert all([trust.amira, trust.tom, trust.rose, trust.jack, trust.ife, trust.ella])
    found = lists(signed_in(trust.connie).get(LIST).content.decode())
    assert found["Facebook"] == ["Amira Khan"]
    assert found["News page"] == ["Amira Khan", "Tom Rees"]


@EACH_STATE
def test_every_refusal_reads_like_never_having_been_asked(trust, signed_in, state):
    assert all([trust.amira, trust.dot])
    robin, client = trust.child("Robin", "Vale"), signed_in(trust.connie)
    never_asked = words(client.get(LIST))
    state(trust, robin)
    assert words(client.get(LIST)) == never_asked
    assert "Robin" not in never_asked


def words(answer) -> str:
    """The page without its moment."""
    return re.sub(r"\d\d?:\d\d", "", plain(answer))


def test_it_carries_its_date(trust, signed_in):
    assert trust.amira
    page = signed_in(trust.connie).get(LIST).content.decode()
    assert f"as of {clock.day(timezone.localdate())}" in page


def test_opening_one_is_written_down(trust, signed_in):
    assert trust.amira
    signed_in(trust.hana).get(f"{LIST}&kind=video")
    event = Event.objects.get(verb="consent.list_opened")
    assert event.actor_id == trust.hana.pk
    assert event.facts == {"form": "4B", "kind": "video"}


def test_looking_for_a_class_is_not_opening_a_list(trust, signed_in):
    signed_in(trust.connie).get("/children/shown/")
    assert not Event.objects.filter(verb="consent.list_opened").exists()


@pytest.mark.parametrize("who", ["tessa", "uma", "cara", "owen"])
def test_others_do_not_find_it(trust, signed_in, who):
    assert trust.amira
    assert signed_in(getattr(trust, who)).get(LIST).status_code == 404


def test_a_class_that_is_none_is_not_found(trust, signed_in):
    assert trust.amira
    assert signed_in(trust.connie).get("/children/shown/?class=zzz").status_code == 404


def test_a_full_name_lets_the_first_name_be_used(trust, signed_in):
    trust.says(trust.rose, "yes", [trust.platform("facebook")], kind="full_name")
    page = signed_in(trust.connie).get(f"{LIST}&kind=first_name").content.decode()
    assert lists(page)["Facebook"] == ["Rose Green"]


def test_a_hold_set_this_moment_is_on_no_list(trust, signed_in):
    set_hold(child=trust.amira, kind="care", by=trust.dot)
    assert "Amira" not in signed_in(trust.connie).get(LIST).content.decode()


# ── answers per day ──────────────────────────────────────────────────────────────────────────────
def test_todays_answers_are_counted_under_today(trust, signed_in):
    assert trust.tom
    trust.says(trust.rose, "no", [trust.platform("facebook"), trust.platform("x")])
    answer = signed_in(trust.connie).get("/children/days/")
    assert dict(answer.context["numbers"])[timezone.localdate()] == 3
    assert "3 answers written down" in answer.content.decode()


def test_a_day_without_answers_is_there_with_none(trust, signed_in):
    assert not ConsentDecision.objects.exists()
    answer = signed_in(trust.connie).get("/children/days/")
    assert [number for _, number in answer.context["numbers"]] == [0] * 21


def test_answers_of_another_school_are_not_counted(trust, signed_in):
    trust.says(trust.leo, "no", [trust.platform("facebook")])
    answer = signed_in(trust.connie).get("/children/days/")
    assert sum(number for _, number in answer.context["numbers"]) == 0
